//! What the words beside an act or tie add to it: whether it holds, how often it happens, which of its kind it is.

use hedgerow_codebook::claim::{Kind, Modality, Ordinal};
use hedgerow_parse::{Rel, Xpos};

use crate::fit::Fit;
use crate::rank;
use crate::scene::Scene;
use crate::time::TimeExpr;
use crate::tree::Ix;

impl<'c> Scene<'_, 'c> {
    /// Whether a tie holds: told in the present or perfect, or "since"; holds no more: ended, or "until", "former".
    pub(crate) fn in_force(
        &self,
        fit: &Fit<'c>,
        modality: Modality,
        time: Option<&TimeExpr>,
    ) -> Option<bool> {
        let told = matches!(modality, Modality::Actual | Modality::HistoricalBackground);
        if fit.sense.what.kind != Kind::Tie || !told {
            return None;
        }
        let tree = self.tree;
        if matches!(fit.sense.change.as_deref(), Some("ended" | "suspended")) {
            return Some(false);
        }
        let past = tree.kids_by(fit.trigger, &[Rel::Amod]).any(|k| {
            matches!(tree.lemma(k), "former" | "erstwhile" | "past" | "onetime" | "one-time")
        });
        let opening = time.map(|t| tree.word(t.first).to_lowercase());
        match opening.as_deref() {
            Some("until" | "till") => return Some(false),
            Some("since") => return Some(true),
            _ if past => return Some(false),
            _ => {}
        }
        let clause = tree.clause_of(fit.trigger);
        let present = |i: Ix| matches!(tree.xpos(i), Xpos::Vbz | Xpos::Vbp);
        let finite = tree.kids_by(clause, &[Rel::Aux, Rel::AuxPass, Rel::Cop]).any(present);
        (present(clause) || finite).then_some(true)
    }

    /// How often: by an adjective of the trigger, an adverb of its clause, or "a year" behind a sum.
    pub(crate) fn recurring(&self, fit: &Fit<'c>, amounts: &[(Ix, Ix)]) -> Option<String> {
        const BESIDE: [Rel; 4] = [Rel::Amod, Rel::Advmod, Rel::Compound, Rel::Obl];
        let tree = self.tree;
        let clause = tree.clause_of(fit.trigger);
        let mut stretches: Vec<(Ix, Ix)> = Vec::new();
        for top in [fit.trigger, clause] {
            let own = |&k: &Ix| {
                let unmarked = matches!(tree.rel(k), Rel::OblUnmarked | Rel::NmodUnmarked);
                unmarked || BESIDE.contains(&tree.rel(k)) && tree.preposition(k).is_none()
            };
            stretches.extend(tree.kids(top).iter().copied().filter(own).map(|k| tree.reach(k)));
        }
        for &(_, last) in amounts {
            stretches.push((last + 1, (last + 2).min(tree.len() - 1)));
        }
        stretches.into_iter().filter(|(a, b)| a <= b).find_map(|(a, b)| {
            let words = tree.cover(a, b).of(tree.text).to_lowercase();
            self.codebook.marks.period(&words).map(str::to_owned)
        })
    }

    /// Which of its kind: "Trong's first visit since 2011", "met for the third time".
    pub(crate) fn ordinal(&self, trigger: Ix) -> Option<Ordinal> {
        let tree = self.tree;
        let numbered = |noun: Ix| {
            tree.kids_by(noun, &[Rel::Amod]).find_map(|k| Some((k, rank::ordinal(tree.lemma(k))?)))
        };
        let time = || {
            let mut phrases =
                tree.kids_by(trigger, &[Rel::Obl]).filter(|&k| tree.lemma(k) == "time");
            phrases.find_map(|k| Some((k, numbered(k)?)))
        };
        let own = numbered(trigger).filter(|_| tree.is_noun(trigger));
        let (noun, (word, value)) = own.map(|found| (trigger, found)).or_else(time)?;
        let since = [trigger, noun].into_iter().find_map(|top| {
            tree.kids(top).iter().copied().find(|&k| {
                let marked = tree.kids_by(k, &[Rel::Mark]).any(|m| tree.lemma(m) == "since");
                marked || tree.preposition(k) == Some("since")
            })
        });
        let words = |first: Ix, last: Ix| tree.cover(first, last).of(tree.text).to_owned();
        let since = since.map(|k| {
            words(tree.reach(k).0, tree.reach(k).1).trim_end_matches(['.', ',', ' ']).to_owned()
        });
        Some(Ordinal { value, since, text: words(word, noun) })
    }
}
