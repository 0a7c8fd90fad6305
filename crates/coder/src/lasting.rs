//! How long a visit lasts: "a four-day visit" that begins on a day ends three days later.

use hedgerow_codebook::claim::{Precision, When};
use hedgerow_parse::{Rel, Xpos};
use hedgerow_text::Span;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::scene::Scene;
use crate::time::small_number;
use crate::tree::Ix;

/// Days beyond which a number is no length of a visit.
const LONGEST: i64 = 60;

impl Scene<'_, '_> {
    /// The date of a visit, a meeting or an exercise over all the days that it lasts, where the text tells the day of its
    /// beginning or end and their number; "is coming to the end of a three-week tour" ends on the day of publication.
    pub(crate) fn all_days(&self, trigger: Ix, date: When, published: Option<Date>) -> When {
        let one_day = date.precision == Precision::Day && date.start == date.end;
        let Some((days, words)) = self.days_of(trigger).filter(|_| one_day || date.start.is_none())
        else {
            return date;
        };
        let tree = self.tree;
        let clause = tree.clause_of(trigger);
        let ends = tree.path_up(trigger).take_while(|&at| at != clause).chain([clause]).any(|at| {
            matches!(tree.lemma(at), "end" | "conclude" | "finish" | "wrap" | "complete" | "close")
        });
        // "wraps up", "is wrapping up"
        let now = matches!(tree.xpos(clause), Xpos::Vbz | Xpos::Vbp)
            || tree.xpos(clause) == Xpos::Vbg
                && tree.kids_by(clause, &[Rel::Aux]).any(|k| matches!(tree.word(k), "is" | "are"));
        let today = published.filter(|_| ends && now);
        let Some(known) = date.start.or(today) else { return date };
        let other = if ends {
            known.checked_sub((days - 1).days())
        } else {
            known.checked_add((days - 1).days())
        };
        let Ok(other) = other else { return date };
        When {
            start: Some(known.min(other)),
            end: Some(known.max(other)),
            precision: Precision::Day,
            text: date.text.or_else(|| Some(words.of(tree.text).to_owned())),
        }
    }

    /// "a four-day visit", "for three days", "lasted two weeks", in the clause of `trigger`: days, and the words.
    fn days_of(&self, trigger: Ix) -> Option<(i64, Span)> {
        let tree = self.tree;
        let clause = tree.clause_of(trigger);
        let word = |i: Ix| if i < tree.len() { tree.word(i) } else { "" };
        let length = |i: Ix| match (i < tree.len()).then(|| tree.lemma(i))? {
            "day" => Some(1),
            "week" => Some(7),
            _ => None,
        };
        let own = |i: &Ix| tree.clause_of(*i) == clause;
        (0..tree.len()).filter(own).find_map(|i| {
            let number = small_number(word(i))?;
            let hyphen = matches!(word(i + 1), "-" | "\u{2010}" | "\u{2011}");
            let counted = i > 0 && matches!(tree.lemma(i - 1), "for" | "last");
            let unit = if hyphen { i + 2 } else { i + 1 };
            let days = number * length(unit).filter(|_| hyphen || counted)?;
            (2..=LONGEST).contains(&days).then(|| (days, tree.cover(i, unit)))
        })
    }
}
