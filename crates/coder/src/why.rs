//! Why a sense did not fire: for those who write senses.

use hedgerow_codebook::lexicon::Sense;

use crate::fit::Fit;
use crate::scene::Scene;
use crate::tree::Ix;

/// A sense that was looked at and did not fit, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The word.
    pub word: String,
    /// The sense.
    pub sense: String,
    /// What was lacking.
    pub why: String,
}

impl<'c> Scene<'_, 'c> {
    /// Every sense of every word with the reason why it does not fit.
    pub(crate) fn tried(&self) -> Vec<Tried> {
        let mut tried = Vec::new();
        for i in 0..self.tree.len() {
            if self.mention(i).is_some() {
                continue;
            }
            for pos in self.parts_of_speech(i) {
                for sense in self.codebook.lexicon.senses_of(self.tree.lemma(i), pos) {
                    let (word, id) = (self.tree.word(i).to_owned(), sense.id.to_string());
                    match self.lacking(sense, i) {
                        Ok(_) => break,
                        Err(why) => tried.push(Tried { word, sense: id, why }),
                    }
                }
            }
        }
        for i in (0..self.tree.len()).filter(|&i| self.mention(i).is_none()) {
            for pos in self.parts_of_speech(i) {
                for sense in self.codebook.alone.senses_of(self.tree.lemma(i), pos) {
                    let (word, id) = (self.tree.word(i).to_owned(), sense.id.to_string());
                    let why = self.failing(sense, i).unwrap_or_else(|| self.sides(sense, i));
                    tried.push(Tried { word, sense: id, why });
                }
            }
        }
        tried
    }

    /// The first test that fails, with the words in its place.
    fn failing(&self, sense: &'c Sense, at: Ix) -> Option<String> {
        let test = sense.tests.iter().find(|test| !self.passes(at, test))?;
        let words: Vec<&str> =
            self.follow(at, &test.path).into_iter().map(|i| self.tree.word(i)).collect();
        Some(format!("`{}` is [{}]", test.path, words.join(" ")))
    }

    fn lacking(&self, sense: &'c Sense, at: Ix) -> Result<Fit<'c>, String> {
        if let Some(fit) = self.fit(sense, at) {
            return Ok(fit);
        }
        Err(self.failing(sense, at).unwrap_or_else(|| self.sides(sense, at)))
    }

    /// Who stands in the places of the sides.
    fn sides(&self, sense: &'c Sense, at: Ix) -> String {
        let named = |paths: &[hedgerow_codebook::lexicon::Path]| {
            let shown = paths.iter().map(|path| {
                let words = self.follow(at, path).into_iter().map(|i| {
                    let codes: Vec<String> =
                        self.parties(i).iter().map(|p| p.identity.code.to_string()).collect();
                    format!("{}({})", self.tree.word(i), codes.join("+"))
                });
                format!("{path}: {}", words.collect::<Vec<_>>().join(" "))
            });
            shown.collect::<Vec<_>>().join("; ")
        };
        if sense.parties.is_empty() {
            format!("actor {{{}}} recipient {{{}}}", named(&sense.actor), named(&sense.recipient))
        } else {
            format!("parties {{{}}}", named(&sense.parties))
        }
    }
}
