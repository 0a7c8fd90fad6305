//! The parameters of the network: what there is, where it stands, how it starts.

use hedgerow_parse::build::FAR;

use crate::random::Random;

/// A matrix or vector within the dense parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// First value.
    pub at: usize,
    /// Rows: inputs of a layer, 1 for a vector.
    pub rows: usize,
    /// Columns: outputs of a layer, or the length of a vector.
    pub columns: usize,
}

impl Part {
    /// Number of values.
    pub fn size(self) -> usize {
        self.rows * self.columns
    }

    /// Where the values stand.
    pub fn range(self) -> std::ops::Range<usize> {
        self.at..self.at + self.size()
    }
}

/// Weights and bias of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Affine {
    /// Inputs by outputs.
    pub weight: Part,
    /// One value per output.
    pub bias: Part,
}

/// Gain and bias of a layer normalisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Norm {
    /// Factor.
    pub gain: Part,
    /// Summand.
    pub bias: Part,
}

/// One layer of words in context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// Rows seen at once: 1 or 3.
    pub window: usize,
    /// Gates, then candidates.
    pub gate: Affine,
    /// From states back to the width.
    pub project: Affine,
    /// Of what is added.
    pub norm: Norm,
}

/// Sizes that the command line may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// Width of word vectors.
    pub width: usize,
    /// Window of each layer.
    pub windows: Vec<usize>,
    /// Width of head scoring.
    pub arc: usize,
    /// Width of relation scoring.
    pub rel: usize,
    /// Tags.
    pub tags: usize,
    /// Relations.
    pub rels: usize,
}

/// Where every dense parameter stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The sizes it was made for.
    pub sizes: Sizes,
    /// Vector of the root.
    pub root: Part,
    /// Of the summed rows of a word.
    pub sum_norm: Norm,
    /// Maxout of a word.
    pub mix: Affine,
    /// Of the maxout.
    pub mix_norm: Norm,
    /// Words in context.
    pub layers: Vec<Layer>,
    /// Tags.
    pub tag: Affine,
    /// A word as dependent.
    pub arc_dependent: Affine,
    /// A word as head.
    pub arc_head: Affine,
    /// Between dependent and head.
    pub bilinear: Part,
    /// How much a word is a head at all.
    pub head_bias: Part,
    /// By distance, from far left to far right.
    pub distance: Part,
    /// A word as dependent, for the relation.
    pub rel_dependent: Affine,
    /// A word as head, for the relation.
    pub rel_head: Affine,
    /// Relations.
    pub rel: Affine,
    /// Number of values in all.
    pub total: usize,
}

/// Hands out places one after the other.
struct Places(usize);

impl Places {
    fn part(&mut self, rows: usize, columns: usize) -> Part {
        let part = Part { at: self.0, rows, columns };
        self.0 = (self.0 + part.size()).next_multiple_of(16);
        part
    }

    fn affine(&mut self, inputs: usize, outputs: usize) -> Affine {
        Affine { weight: self.part(inputs, outputs), bias: self.part(1, outputs) }
    }

    fn norm(&mut self, width: usize) -> Norm {
        Norm { gain: self.part(1, width), bias: self.part(1, width) }
    }
}

impl Shape {
    /// Lays out the parameters.
    pub fn new(sizes: Sizes) -> Self {
        let mut places = Places(0);
        let width = sizes.width;
        let root = places.part(1, width);
        let sum_norm = places.norm(width);
        let mix = places.affine(width, 2 * width);
        let mix_norm = places.norm(width);
        let layer = |&window: &usize| Layer {
            window,
            gate: places.affine(window * width, 2 * width),
            project: places.affine(width, width),
            norm: places.norm(width),
        };
        let layers = sizes.windows.iter().map(layer).collect();
        Self {
            root,
            sum_norm,
            mix,
            mix_norm,
            layers,
            tag: places.affine(width, sizes.tags),
            arc_dependent: places.affine(width, sizes.arc),
            arc_head: places.affine(width, sizes.arc),
            bilinear: places.part(sizes.arc, sizes.arc),
            head_bias: places.part(1, sizes.arc),
            distance: places.part(1, 2 * FAR + 1),
            rel_dependent: places.affine(width, sizes.rel),
            rel_head: places.affine(width, sizes.rel),
            rel: places.affine(sizes.rel, sizes.rels),
            total: places.0,
            sizes,
        }
    }

    /// Parameters to start from.
    pub fn start(&self, random: &mut Random) -> Vec<f32> {
        let mut dense = vec![0.0; self.total];
        let mut fill = |part: Part, size: f32| {
            for value in &mut dense[part.range()] {
                *value = size * random.normal();
            }
        };
        fill(self.root, 0.1);
        fill(self.bilinear, 0.01);
        fill(self.head_bias, 0.01);
        let mut affine = |layer: Affine, size: f32| {
            fill(layer.weight, size / (layer.weight.rows as f32).sqrt());
        };
        affine(self.mix, 1.0);
        for layer in &self.layers {
            affine(layer.gate, 1.0);
            affine(layer.project, 1.0);
        }
        affine(self.tag, 0.5);
        for layer in
            [self.arc_dependent, self.arc_head, self.rel_dependent, self.rel_head, self.rel]
        {
            affine(layer, 1.0);
        }
        let norms =
            self.layers.iter().map(|layer| layer.norm).chain([self.sum_norm, self.mix_norm]);
        for norm in norms {
            dense[norm.gain.range()].fill(1.0);
        }
        dense
    }
}
