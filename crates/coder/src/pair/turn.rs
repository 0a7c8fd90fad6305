//! Whether an act was refused, or ended: PLOVER tells the two apart, our modality `denied` does not.

use hedgerow_codebook::claim::Modality;
use hedgerow_codebook::lexicon::Operator;
use hedgerow_parse::Rel;

use crate::scene::Scene;
use crate::tree::Ix;

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Turn {
    /// Refused, negated, failed.
    pub(crate) refused: bool,
    /// Ended, suspended, reduced.
    pub(crate) ceased: bool,
}

impl Scene<'_, '_> {
    /// How the words above `trigger` turn the act that it names.
    pub(crate) fn turn(&self, trigger: Ix) -> Turn {
        let tree = self.tree;
        let mut turn = Turn::default();
        let mut path = tree.path_up(trigger).peekable();
        while let Some(at) = path.next() {
            turn.refused ^= self.is_negated(at);
            let Some(&head) = path.peek() else { break };
            if !self.governs(head, at) {
                break;
            }
            let operator = self.codebook.lexicon.operator(tree.lemma(head));
            let whole = !matches!(tree.rel(at), Rel::Obl | Rel::Nmod | Rel::Compound)
                || matches!(tree.preposition(at), Some("of" | "to" | "on"));
            if whole && self.is_end(head) {
                turn.ceased = true;
            } else if operator == Some(Operator::Mood(Modality::Denied)) {
                turn.refused ^= true;
            }
            if tree.rel(at) == Rel::Ccomp {
                // The telling may be refused too, but that is another act.
                break;
            }
        }
        turn
    }

    /// Whether the word says that something ends or shrinks.
    pub(crate) fn is_end(&self, at: Ix) -> bool {
        let tree = self.tree;
        self.codebook.lexicon.is(tree.lemma(at), "ceasing")
            || matches!(tree.lemma(at), "call" | "break")
                && tree
                    .kids_by(at, &[Rel::CompoundPrt, Rel::Advmod])
                    .any(|k| tree.lemma(k) == "off")
    }

    pub(crate) fn is_negated(&self, at: Ix) -> bool {
        let tree = self.tree;
        let no = |k: Ix| tree.lemma(k) == "no" && tree.rel(k) == Rel::Det;
        let never = |k: Ix| matches!(tree.lemma(k), "not" | "n't" | "never" | "n’t");
        let own = tree.kids(at).iter().any(|&k| never(k) || tree.is_noun(at) && no(k));
        let nothing = tree.is_verb(at)
            && tree
                .kids_by(at, &[Rel::Nsubj, Rel::NsubjPass, Rel::Obj])
                .any(|k| tree.kids(k).iter().any(|&d| no(d)));
        own != nothing
    }
}
