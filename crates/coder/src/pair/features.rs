//! What the linear model sees of a sentence with a given pair: words, the way between the two in the tree, moods, and
//! what the lexicon knows of each word. Every feature is a bucket of a hash.

use hedgerow_codebook::lexicon::Pos;
use hedgerow_parse::{Rel, Upos};

use super::{Given, Side};
use crate::tree::Ix;

/// Buckets; a power of two.
pub(crate) const BUCKETS: usize = 1 << 15;
/// Steps of the way between the two that are looked at.
const STEPS: usize = 10;

/// Collects features.
struct Bag(Vec<u32>);

impl Bag {
    /// Adds the feature made of these parts (FNV-1a).
    fn add(&mut self, parts: &[&str]) {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.0.push(((hash >> 24) as usize & (BUCKETS - 1)) as u32);
    }
}

impl Given<'_, '_> {
    /// The buckets of the features, each once, in order.
    pub(crate) fn features(&self) -> Vec<u32> {
        let mut bag = Bag(Vec::new());
        bag.add(&["bias"]);
        self.words(&mut bag);
        self.way(&mut bag);
        for side in [Side::Source, Side::Target] {
            self.phrase(side, &mut bag);
        }
        let mut found = bag.0;
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The name of a word for features: its side where it belongs to one, nothing for names and numbers.
    fn name(&self, i: Ix) -> &str {
        let tree = self.scene.tree;
        match (self.sides[i], tree.upos(i)) {
            (Some(Side::Source), _) => "<S>",
            (Some(Side::Target), _) => "<T>",
            (None, Upos::Propn) => "<name>",
            (None, Upos::Num) => "<number>",
            _ => tree.lemma(i),
        }
    }

    /// Lemmas and pairs of neighbours outside the two phrases, and where they stand.
    fn words(&self, bag: &mut Bag) {
        let tree = self.scene.tree;
        let first = |side| self.sides.iter().position(|s| *s == Some(side));
        let (s, t) = (first(Side::Source), first(Side::Target));
        let between = |i: Ix| match (s, t) {
            (Some(s), Some(t)) => s.min(t) < i && i < s.max(t),
            _ => true,
        };
        let mut before = "<begin>";
        for i in 0..tree.len() {
            let name = self.name(i);
            if tree.upos(i) == Upos::Punct || name == before {
                continue;
            }
            bag.add(&["2", before, name]);
            before = name;
            if self.sides[i].is_some() || matches!(tree.upos(i), Upos::Propn | Upos::Num) {
                continue;
            }
            bag.add(&["w", name]);
            if between(i) {
                bag.add(&["b", name]);
            }
            self.known(i, if between(i) { "kb" } else { "k" }, bag);
        }
    }

    /// Types that the lexicon knows for a word, whatever its syntax.
    fn known(&self, i: Ix, mark: &str, bag: &mut Bag) {
        let scene = self.scene;
        let lemma = scene.tree.lemma(i);
        let pos = match scene.tree.upos(i) {
            Upos::Verb => Pos::Verb,
            Upos::Noun => Pos::Noun,
            Upos::Adj => Pos::Adj,
            _ => return,
        };
        let book = scene.codebook;
        let mut types: Vec<&str> = Vec::new();
        let senses = book.lexicon.senses_of(lemma, pos).chain(book.pairs.senses_of(lemma, pos));
        for sense in senses {
            if !types.contains(&&*sense.what.type_) {
                types.push(&sense.what.type_);
            }
        }
        for type_ in types {
            bag.add(&[mark, type_]);
        }
    }

    /// The way between the two in the tree: its words, its relations, and the mood at its top.
    fn way(&self, bag: &mut Bag) {
        let tree = self.scene.tree;
        let (Some(&s), Some(&t)) = (self.source.first(), self.target.first()) else { return };
        let up: Vec<Ix> = tree.path_up(s).take(STEPS).collect();
        let down: Vec<Ix> = tree.path_up(t).take(STEPS).collect();
        let Some((m, n)) =
            down.iter().enumerate().find_map(|(n, at)| Some((up.iter().position(|u| u == at)?, n)))
        else {
            return;
        };
        let top = up[m];
        let mut line = String::new();
        for &i in &up[1.min(m)..m] {
            line += self.name(i);
            line += "<";
        }
        line += self.name(top);
        for &i in down[1.min(n)..n].iter().rev() {
            line += ">";
            line += self.name(i);
        }
        bag.add(&["way", &line]);
        for &i in up[1.min(m)..=m].iter().chain(&down[1.min(n)..n]) {
            bag.add(&["p", self.name(i)]);
            self.known(i, "kp", bag);
        }
        bag.add(&["top", self.name(top), tree.rel(s).as_str()]);
        self.mood(top, "mt", bag);
        for &i in &down[1.min(n)..n] {
            self.mood(i, "md", bag);
        }
    }

    /// Auxiliaries, negation and particles of a word, alone and with it.
    fn mood(&self, at: Ix, mark: &str, bag: &mut Bag) {
        let tree = self.scene.tree;
        for &kid in tree.kids(at) {
            let tells = matches!(tree.rel(kid), Rel::Aux | Rel::AuxPass | Rel::CompoundPrt)
                || matches!(tree.lemma(kid), "not" | "n't" | "never" | "no");
            if tells {
                bag.add(&[mark, tree.lemma(kid)]);
                bag.add(&[mark, tree.lemma(kid), self.name(at)]);
            }
        }
        let turn = self.scene.turn(at);
        bag.add(&[mark, turn.modality.as_str()]);
        if turn.refused {
            bag.add(&[mark, "refused"]);
        }
        if turn.ceased {
            bag.add(&[mark, "ceased"]);
        }
    }

    /// The words of one phrase, and how its head hangs in the tree.
    fn phrase(&self, side: Side, bag: &mut Bag) {
        let tree = self.scene.tree;
        let mark = if side == Side::Source { "s" } else { "t" };
        if self.heads(side).is_empty() {
            bag.add(&[mark, "<missing>"]);
        }
        for i in (0..tree.len()).filter(|&i| self.sides[i] == Some(side)) {
            if matches!(tree.upos(i), Upos::Noun | Upos::Verb | Upos::Adj) {
                bag.add(&[mark, tree.lemma(i)]);
                self.known(i, mark, bag);
            }
        }
        for &head in self.heads(side) {
            let rel = tree.rel(head).as_str();
            let over = tree.head(head).map_or("<root>", |h| self.name(h));
            let case = tree.preposition(head).unwrap_or("");
            bag.add(&[mark, "rel", rel, case]);
            bag.add(&[mark, "over", over, case]);
            bag.add(&[mark, "over", over]);
            if tree.upos(head) == Upos::Noun {
                bag.add(&[mark, "head", tree.lemma(head), over]);
            }
        }
    }
}
