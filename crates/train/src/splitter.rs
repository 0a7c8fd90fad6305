//! Training the splitter: an averaged perceptron over the places that no rule decides.

use std::collections::BTreeMap;

use hedgerow_parse::build::{Boundary, Contractions, SPLIT_ROWS, Text, walk};

use crate::random::Random;
use crate::rawtext::Document;

/// Boundaries a weight row has room for; the last is padding.
const ROW: usize = 4;
/// Columns that a text is wrapped at when line breaks are made up.
const COLUMNS: [usize; 3] = [60, 72, 80];

/// Contractions that the documents cut more often than not, at least three times.
pub fn contractions(documents: &[Document]) -> Contractions {
    let mut cuts: BTreeMap<(String, u32), u32> = BTreeMap::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for document in documents {
        let is_word_end: std::collections::BTreeSet<usize> =
            document.words.iter().map(|word| word.1).collect();
        for (start, run) in letter_runs(&document.text) {
            let word = run.to_lowercase();
            for (count, (at, _)) in run.char_indices().enumerate().skip(1) {
                let not =
                    run.len() - at == 1 && document.text[start + at..].starts_with(['n', 'N']);
                if is_word_end.contains(&(start + at)) && !not {
                    *cuts.entry((word.clone(), count as u32)).or_default() += 1;
                }
            }
            *seen.entry(word).or_default() += 1;
        }
    }
    let usual = |((word, _), count): &(&(String, u32), &u32)| {
        **count >= 3 && 2 * **count > seen.get(word).copied().unwrap_or_default()
    };
    Contractions::new(
        cuts.iter().filter(usual).map(|((word, at), _)| (word.as_str().into(), *at)).collect(),
    )
}

/// Every run of letters with its first byte.
fn letter_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|run| !run.is_empty())
        .map(move |run| (run.as_ptr() as usize - text.as_ptr() as usize, run))
}

/// Trains on `documents` and returns the section of the model file.
///
/// Treebanks know blank lines only, so in half of the passes their spaces and blank lines become single line breaks.
pub fn train(documents: &[Document], epochs: usize, seed: u64) -> Vec<u8> {
    let contractions = contractions(documents);
    let mut random = Random::new(seed);
    let mut weights = vec![[0f32; ROW]; SPLIT_ROWS];
    let mut sums = vec![[0f64; ROW]; SPLIT_ROWS];
    let mut clock = 1f64;
    let mut order: Vec<usize> = (0..documents.len()).collect();
    let mut text = Text::default();
    let mut pieces = Vec::new();
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &number in &order {
            let document = &documents[number];
            let broken = break_lines(&document.text, &mut random);
            text.read(&broken);
            let gold = gold_boundaries(document, &text);
            walk(
                &text,
                &contractions,
                |features, at, weakest| {
                    clock += 1.0;
                    let gold = gold[at].max(weakest);
                    let guess = best(&weights, features, weakest);
                    if guess != gold {
                        for &feature in features {
                            let (w, s) =
                                (&mut weights[feature as usize], &mut sums[feature as usize]);
                            w[gold as usize] += 1.0;
                            s[gold as usize] += clock;
                            w[guess as usize] -= 1.0;
                            s[guess as usize] -= clock;
                        }
                    }
                    gold
                },
                &mut pieces,
            );
        }
    }
    section(&contractions, &averaged(&weights, &sums, clock))
}

fn averaged(weights: &[[f32; ROW]], sums: &[[f64; ROW]], clock: f64) -> Vec<f32> {
    let rows = weights.iter().flatten().zip(sums.iter().flatten());
    rows.map(|(weight, sum)| (f64::from(*weight) - sum / clock) as f32).collect()
}

fn section(contractions: &Contractions, weights: &[f32]) -> Vec<u8> {
    let mut out = (contractions.entries().len() as u32).to_le_bytes().to_vec();
    for (word, cut) in contractions.entries() {
        out.extend((word.len() as u32).to_le_bytes());
        out.extend(word.bytes());
        out.extend(cut.to_le_bytes());
    }
    // A few weights are far larger than all others; clipping them keeps the resolution of the rest.
    let mut sizes: Vec<f32> = weights.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 2000)).copied().unwrap_or(1.0);
    out.extend(weights.iter().map(|w| (w / top * 127.0).round().clamp(-127.0, 127.0) as i8 as u8));
    out
}

fn best(weights: &[[f32; ROW]], features: &[u32], weakest: Boundary) -> Boundary {
    let mut sums = [0f32; ROW];
    for &feature in features {
        for (sum, weight) in sums.iter_mut().zip(weights[feature as usize]) {
            *sum += weight;
        }
    }
    let mut best = weakest;
    for boundary in Boundary::ALL {
        if boundary > weakest && sums[boundary as usize] > sums[best as usize] {
            best = boundary;
        }
    }
    best
}

/// The true boundary after each character.
fn gold_boundaries(document: &Document, text: &Text) -> Vec<Boundary> {
    let mut gold = vec![Boundary::None; text.chars().len()];
    let mut at = 0;
    for &(_, end, last) in &document.words {
        while (text.byte(at + 1) as usize) < end {
            at += 1;
        }
        gold[at] = if last { Boundary::Sentence } else { Boundary::Word };
    }
    gold
}

/// Makes up line breaks in half of the calls. Every byte keeps its place.
fn break_lines(text: &str, random: &mut Random) -> String {
    match random.below(4) {
        0 => text.replace("\n\n", " \n"),
        1 => {
            let column = random.pick(&COLUMNS);
            let mut line = 0;
            let wrap = |c: char| {
                line = if c == '\n' { 0 } else { line + 1 };
                if c == ' ' && line > column {
                    line = 0;
                    '\n'
                } else {
                    c
                }
            };
            text.chars().map(wrap).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str, words: &[(usize, usize, bool)]) -> Document {
        Document { text: text.to_owned(), words: words.to_vec(), trees: vec![0] }
    }

    #[test]
    fn contractions_are_those_usually_cut() {
        let cut = document(
            "cannot cannot cannot",
            &[
                (0, 3, false),
                (3, 6, false),
                (7, 10, false),
                (10, 13, false),
                (14, 17, false),
                (17, 20, true),
            ],
        );
        let whole =
            document("its its its", &[(0, 2, false), (2, 3, false), (4, 7, false), (8, 11, true)]);
        let found = contractions(&[cut, whole]);
        assert_eq!(found.entries(), &[("cannot".into(), 3)]);
    }

    #[test]
    fn line_breaks_keep_every_byte_in_place() {
        let text = "Việt Nam and Japan met again.\n\nThey signed a deal. ".repeat(5);
        let mut random = Random::new(1);
        for _ in 0..20 {
            let broken = break_lines(&text, &mut random);
            assert_eq!(broken.len(), text.len());
            assert_eq!(broken.split_whitespace().count(), text.split_whitespace().count());
        }
    }
}
