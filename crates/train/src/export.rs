//! Writing a trained model as one file.

use hedgerow_parse::build::Writer;

use crate::shape::{Affine, Norm, Part, Shape};

/// An embedding table while training; the last row may stand for what is unknown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Rows that words are hashed to.
    pub rows: usize,
    /// Row by row.
    pub values: Vec<f32>,
}

/// A trained network.
#[derive(Debug, Clone)]
pub struct Weights {
    /// Where the dense parameters stand.
    pub shape: Shape,
    /// The dense parameters.
    pub dense: Vec<f32>,
    /// Rows of whole words.
    pub words: Table,
    /// Rows of pieces of words.
    pub pieces: Table,
}

/// What is known of a model besides its weights.
#[derive(Debug, Clone)]
pub struct Meta {
    /// Name and version.
    pub version: String,
    /// Divisor of head scores.
    pub head_temperature: f32,
    /// Divisor of relation scores.
    pub rel_temperature: f32,
    /// `UPOS XPOS` in the order of the outputs.
    pub tags: Vec<String>,
    /// Relations in the order of the outputs.
    pub rels: Vec<String>,
}

/// The sections of a model file that are counted from the treebanks, not trained with the network.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// Where words and sentences end.
    pub split: Vec<u8>,
    /// Scripts from forms to lemmas.
    pub lemma: Vec<u8>,
    /// Morphological features.
    pub feats: Vec<u8>,
}

/// The bytes of a model file.
pub fn model(meta: &Meta, weights: &Weights, learnt: &Tables) -> Vec<u8> {
    let head = format!(
        "version={}\nhead_temperature={}\nrel_temperature={}\n",
        meta.version, meta.head_temperature, meta.rel_temperature
    );
    let width = weights.shape.sizes.width;
    let mut writer = Writer::default();
    writer
        .section("meta", head.into_bytes())
        .section("tags", lines(&meta.tags))
        .section("rels", lines(&meta.rels))
        .section("words", table(&weights.words, width))
        .section("pieces", table(&weights.pieces, width))
        .section("net", net(weights))
        .section("split", learnt.split.clone())
        .section("lemma", learnt.lemma.clone())
        .section("feats", learnt.feats.clone());
    writer.finish()
}

fn lines(labels: &[String]) -> Vec<u8> {
    labels.iter().flat_map(|label| label.bytes().chain([b'\n'])).collect()
}

/// Rows as signed bytes, each with a scale of its own.
fn table(table: &Table, width: usize) -> Vec<u8> {
    let mut out = (table.rows as u32).to_le_bytes().to_vec();
    let mut values = Vec::with_capacity(table.rows * width);
    for row in table.values.chunks_exact(width).take(table.rows) {
        let scale = quantise(row.iter().copied(), &mut values);
        out.extend(scale.to_le_bytes());
    }
    out.extend(values);
    out
}

/// Appends the values as signed bytes and returns what one step is worth.
fn quantise(values: impl Iterator<Item = f32> + Clone, out: &mut Vec<u8>) -> f32 {
    let top = values.clone().fold(0f32, |top, value| top.max(value.abs()));
    let scale = if top > 0.0 { top / 127.0 } else { 1.0 };
    out.extend(values.map(|value| (value / scale).round() as i8 as u8));
    scale
}

fn net(weights: &Weights) -> Vec<u8> {
    let shape = &weights.shape;
    let mut out = Net { dense: &weights.dense, bytes: Vec::new() };
    out.number(shape.sizes.width);
    out.number(shape.layers.len());
    out.floats(shape.root);
    out.norm(shape.sum_norm);
    out.affine(shape.mix);
    out.norm(shape.mix_norm);
    for layer in &shape.layers {
        out.number(layer.window);
        out.affine(layer.gate);
        out.affine(layer.project);
        out.norm(layer.norm);
    }
    out.affine(shape.tag);
    out.affine(shape.arc_dependent);
    out.affine(shape.arc_head);
    out.matrix(shape.bilinear, &vec![0.0; shape.bilinear.columns]);
    out.floats(shape.head_bias);
    out.floats(shape.distance);
    out.affine(shape.rel_dependent);
    out.affine(shape.rel_head);
    out.affine(shape.rel);
    out.bytes
}

struct Net<'w> {
    dense: &'w [f32],
    bytes: Vec<u8>,
}

impl Net<'_> {
    fn number(&mut self, number: usize) {
        self.bytes.extend((number as u32).to_le_bytes());
    }

    fn floats(&mut self, part: Part) {
        for value in &self.dense[part.range()] {
            self.bytes.extend(value.to_le_bytes());
        }
    }

    fn norm(&mut self, norm: Norm) {
        self.floats(norm.gain);
        self.floats(norm.bias);
    }

    fn affine(&mut self, layer: Affine) {
        self.matrix(layer.weight, &self.dense[layer.bias.range()]);
    }

    /// Number of outputs, scales, bias, then the weights output by output.
    fn matrix(&mut self, part: Part, bias: &[f32]) {
        let matrix = &self.dense[part.range()];
        let (mut scales, mut values) = (Vec::new(), Vec::new());
        for output in 0..part.columns {
            let column = matrix.iter().skip(output).step_by(part.columns).copied();
            scales.push(quantise(column, &mut values));
        }
        self.number(part.columns);
        for value in scales.iter().chain(bias) {
            self.bytes.extend(value.to_le_bytes());
        }
        self.bytes.extend(values);
    }
}
