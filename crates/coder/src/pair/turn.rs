//! Whether an act was refused, or ended: PLOVER tells the two apart, our modality `denied` does not.

use hedgerow_codebook::claim::Modality;
use hedgerow_codebook::lexicon::Operator;
use hedgerow_parse::Rel;

use crate::mood::{self, Mood};
use crate::scene::Scene;
use crate::tree::Ix;

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Whether it happened, will, is asked for; denial apart.
    pub(crate) modality: Modality,
    /// Refused, negated, failed.
    pub(crate) refused: bool,
    /// Ended, suspended, reduced.
    pub(crate) ceased: bool,
}

impl Scene<'_, '_> {
    /// How the words above `trigger` turn the act that it names. What is done by saying so ("announced a ceasefire",
    /// "ordered the release") is done.
    pub(crate) fn turn(&self, trigger: Ix) -> Turn {
        let tree = self.tree;
        let lexicon = &self.codebook.lexicon;
        let mut turn = Turn { modality: Modality::Actual, refused: false, ceased: false };
        let mut mood = Mood { modality: Modality::Actual, blocked: false };
        let mut negated = false;
        let mut via = None;
        let mut path = tree.path_up(trigger).peekable();
        while let Some(at) = path.next() {
            let before = mood.modality;
            self.own_mood(at, via, &mut mood, &mut negated);
            via = Some(at);
            // "may have launched" guesses at what was done.
            if tree.kids_by(at, &[Rel::Aux]).any(|k| tree.lemma(k) == "have") && tree.is_verb(at) {
                mood.modality = before;
            }
            let Some(&head) = path.peek() else { break };
            if !self.governs(head, at) {
                break;
            }
            let operator = self.operator(head);
            let whole = !matches!(tree.rel(at), Rel::Obl | Rel::Nmod | Rel::Compound)
                || matches!(tree.preposition(at), Some("of" | "to" | "on"));
            match operator {
                _ if lexicon.is(tree.lemma(head), "pair-declaring") => {}
                _ if lexicon.is(tree.lemma(head), "pair-willing") => {
                    mood::set(&mut mood, Modality::Planned);
                }
                _ if whole && self.is_end(head) => turn.ceased = true,
                Some(Operator::Mood(Modality::Denied)) => turn.refused ^= true,
                Some(Operator::Mood(modality)) if self.is_operator(head, at) => {
                    mood::set(&mut mood, modality);
                }
                _ => {}
            }
            if tree.rel(at) == Rel::Ccomp {
                // The telling may be refused too, but that is another act.
                break;
            }
        }
        turn.refused ^= negated;
        turn.modality = mood.modality;
        turn
    }

    /// Whether the word says that something ends or shrinks.
    pub(crate) fn is_end(&self, at: Ix) -> bool {
        let tree = self.tree;
        self.codebook.lexicon.is(tree.lemma(at), "pair-ceasing")
            || matches!(tree.lemma(at), "call" | "break")
                && tree
                    .kids_by(at, &[Rel::CompoundPrt, Rel::Advmod])
                    .any(|k| tree.lemma(k) == "off")
    }
}
