//! Sentences for training, made of the frames in `codebook/pair/frames.txt` in a fixed order.

mod frame;
mod verb;

use hedgerow_codebook::Codebook;
use hedgerow_codebook::claim::Modality;
use hedgerow_codebook::crosswalk::{Act, Plover};
use hedgerow_text::Span;

use frame::Frames;

/// Times that each frame is filled.
const FILLINGS: usize = 40;
/// What may stand before a sentence.
const BEFORE: [&str; 10] = [
    "",
    "",
    "",
    "",
    "On Monday, ",
    "Last week, ",
    "Meanwhile, ",
    "In a statement, ",
    "In 2014, ",
    "Officials said ",
];
/// What may stand after it.
const AFTER: [&str; 16] = [
    "",
    "",
    "",
    "",
    "",
    " on Tuesday",
    " last year",
    ", officials said",
    ", the news agency reported",
    " after weeks of talks",
    " amid rising tensions",
    ", according to a spokesman",
    " over the weekend",
    " following last month's attack",
    " despite protests at home",
    ", a move that surprised observers",
];

/// A sentence with its pair and its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) text: String,
    pub(super) source: Span,
    pub(super) target: Span,
    pub(super) plover: Plover,
}

/// How an act is put.
#[derive(Debug, Clone, Copy)]
enum Mood {
    Past,
    Perfect,
    Passive,
    To(&'static str, Modality),
    Not(&'static str),
    Stop(&'static str),
}

/// The moods in which verbs of frames are put, in turn.
const MOODS: [Mood; 22] = [
    Mood::Past,
    Mood::Perfect,
    Mood::Past,
    Mood::To("will", Modality::Planned),
    Mood::Not("refused to"),
    Mood::Perfect,
    Mood::Passive,
    Mood::To("plans to", Modality::Planned),
    Mood::Past,
    Mood::To("agreed to", Modality::Planned),
    Mood::Not("did not"),
    Mood::Perfect,
    Mood::To("promised to", Modality::Pledged),
    Mood::Past,
    Mood::Passive,
    Mood::To("is ready to", Modality::Planned),
    Mood::Not("will not"),
    Mood::Stop("stopped"),
    Mood::Past,
    Mood::To("said it would", Modality::Planned),
    Mood::Not("declined to"),
    Mood::Past,
];

/// A source of numbers that only look like chance (`SplitMix64`).
#[derive(Debug)]
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, or 0.
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// Puts the items in another order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Every frame, filled; a mistake in the frames ends it.
pub(super) fn sentences(text: &str, codebook: &Codebook) -> Result<Vec<Made>, String> {
    let frames = Frames::read(text)?;
    let mut chance = Chance::new(7);
    let mut made = Vec::new();
    let mut turn = 0;
    for frame in &frames.all {
        for _ in 0..FILLINGS {
            let mood = if frame.has_verb() { MOODS[turn % MOODS.len()] } else { Mood::Past };
            turn += 1;
            let (modality, ceased) = match mood {
                Mood::To(_, modality) => (modality, false),
                Mood::Not(_) => (Modality::Denied, false),
                Mood::Stop(_) => (Modality::Denied, true),
                _ => (Modality::Actual, false),
            };
            let act = Act { what: &frame.what, change: None, modality, ceased };
            let Some(plover) = codebook.projection.of(act) else { continue };
            let before = chance.pick(&BEFORE).copied().unwrap_or_default();
            let after = chance.pick(&AFTER).copied().unwrap_or_default();
            if let Some((text, source, target)) =
                frames.fill(frame, mood, (before, after), &mut chance)
            {
                made.push(Made { text, source, target, plover });
            }
        }
    }
    Ok(made)
}
