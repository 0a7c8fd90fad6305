//! The shortest stretch of text that states a claim.

use hedgerow_parse::{Rel, Upos};
use hedgerow_text::Span;

use crate::fit::Fit;
use crate::scene::Scene;
use crate::time::TimeExpr;
use crate::tree::Ix;

/// How many tokens away from its clause a party may stand and still be part of the evidence ("Japan wants to help").
const NEAR: usize = 6;

impl<'c> Scene<'_, 'c> {
    /// For a verb its clause without what is coordinated or added to it; for a noun the clause of which it is subject or
    /// object, else the stretch from its first to its last part.
    pub(crate) fn evidence_of(
        &self,
        fit: &Fit<'c>,
        time: Option<&TimeExpr>,
        amounts: &[(Ix, Ix)],
    ) -> Span {
        let tree = self.tree;
        let mut parts: Vec<(Ix, Ix)> = amounts.to_vec();
        parts.extend(time.map(|t| (t.first, t.last)));
        for party in fit.actors.iter().chain(&fit.recipients) {
            let overlaps = |&i: &Ix| party.name.overlaps(tree.span(i));
            let tokens: Vec<Ix> = (0..tree.len()).filter(overlaps).collect();
            parts.extend(tokens.first().zip(tokens.last()).map(|(&a, &b)| (a, b)));
        }
        let clause = self.own_clause(fit.trigger);
        let (mut first, mut last) = if let Some(at) = clause {
            let whole = self.clause_extent(at);
            (whole.0, self.cut(whole, &parts))
        } else {
            let phrase = tree.phrase(fit.trigger);
            let ends = phrase.first().zip(phrase.last());
            ends.map_or((fit.trigger, fit.trigger), |(&a, &b)| (a, b))
        };
        for (a, b) in parts {
            let far = clause.is_some() && (b + NEAR < first || a > last + NEAR);
            if !far {
                (first, last) = (first.min(a), last.max(b));
            }
        }
        while first < last && self.is_edge(first) {
            first += 1;
        }
        while last > first && (self.is_edge(last) || tree.upos(last) == Upos::Det) {
            last -= 1;
        }
        tree.cover(first, last)
    }

    /// The clause that a trigger makes, or that it is subject or object of.
    fn own_clause(&self, trigger: Ix) -> Option<Ix> {
        let tree = self.tree;
        if tree.is_verb(trigger) || tree.has_kid(trigger, &[Rel::Nsubj, Rel::Cop]) {
            return Some(trigger);
        }
        let verb = tree.head(trigger).filter(|&head| tree.is_verb(head))?;
        let argument = matches!(tree.rel(trigger), Rel::Obj | Rel::Nsubj | Rel::NsubjPass);
        argument.then_some(verb)
    }

    /// Where a clause ends: at the first comma after its parts behind which an aside follows.
    fn cut(&self, (first, last): (Ix, Ix), parts: &[(Ix, Ix)]) -> Ix {
        const ASIDE: [Rel; 5] = [Rel::Advcl, Rel::Acl, Rel::AclRelcl, Rel::Parataxis, Rel::Appos];
        let tree = self.tree;
        let inside = parts.iter().filter(|(a, b)| first <= *a && *b <= last);
        let needed = inside.map(|(_, b)| *b).max().unwrap_or(first);
        let cut = (needed + 1..last).find(|&i| {
            let comma = tree.word(i) == ",";
            let begins = |k: Ix| tree.reach(k).0 == i + 1 || tree.reach(k).0 == i;
            comma && tree.path_up(i + 1).any(|k| ASIDE.contains(&tree.rel(k)) && begins(k))
        });
        cut.map_or(last, |comma| comma - 1)
    }

    /// Punctuation and conjunctions at the ends say nothing.
    fn is_edge(&self, i: Ix) -> bool {
        matches!(self.tree.upos(i), Upos::Punct | Upos::Cconj)
    }

    /// "by strengthening its partnership", "amid rising tensions": how and when, which another claim may tell.
    fn is_manner(&self, clause: Ix) -> bool {
        let tree = self.tree;
        tree.kids_by(clause, &[Rel::Mark, Rel::Case])
            .any(|m| matches!(tree.lemma(m), "by" | "through" | "amid" | "while" | "without"))
    }

    /// First and last token of a clause without coordinated clauses, asides and what comes before its subject.
    fn clause_extent(&self, at: Ix) -> (Ix, Ix) {
        let tree = self.tree;
        let (mut first, mut last) = (at, at);
        for &kid in tree.kids(at) {
            let (a, b) = tree.reach(kid);
            let outside = match tree.rel(kid) {
                Rel::Conj | Rel::Cc | Rel::Parataxis | Rel::Punct | Rel::Discourse | Rel::Mark => {
                    true
                }
                Rel::Advmod => kid < at && a < first && tree.is_noun(kid),
                Rel::Advcl => {
                    a > 0 && tree.upos(a - 1) == Upos::Punct || kid < at || self.is_manner(kid)
                }
                Rel::Obl => matches!(tree.preposition(kid), Some("amid" | "according" | "accord")),
                _ => false,
            };
            if !outside {
                first = first.min(a);
                last = last.max(b);
            }
        }
        (first, last)
    }
}
