//! How long a visit lasts: "a four-day visit" that begins on a day ends three days later.

use hedgerow_codebook::claim::{Precision, When};
use jiff::ToSpan;

use crate::scene::Scene;
use crate::time::small_number;
use crate::tree::Ix;

/// Days beyond which a number is no length of a visit.
const LONGEST: i64 = 60;

impl Scene<'_, '_> {
    /// The date of a visit over all the days that it lasts, where the text tells the day of its beginning or end and
    /// their number.
    pub(crate) fn whole_visit(&self, trigger: Ix, date: When) -> When {
        let (Some(start), true) = (date.start, date.start == date.end) else { return date };
        let Some(days) = self.days_of_visit(trigger).filter(|_| date.precision == Precision::Day)
        else {
            return date;
        };
        let tree = self.tree;
        let verb = tree.lemma(tree.clause_of(trigger));
        let other = if matches!(verb, "end" | "conclude" | "finish" | "wrap" | "complete") {
            start.checked_sub((days - 1).days())
        } else {
            start.checked_add((days - 1).days())
        };
        match other {
            Ok(other) => {
                When { start: Some(start.min(other)), end: Some(start.max(other)), ..date }
            }
            Err(_) => date,
        }
    }

    /// "a four-day visit", "for three days", in the clause of `trigger`.
    fn days_of_visit(&self, trigger: Ix) -> Option<i64> {
        let tree = self.tree;
        let clause = tree.clause_of(trigger);
        let word = |i: Ix| if i < tree.len() { tree.word(i) } else { "" };
        let is_day = |i: Ix| i < tree.len() && tree.lemma(i) == "day";
        let own = |i: &Ix| tree.clause_of(*i) == clause;
        (0..tree.len()).filter(own).find_map(|i| {
            let number = small_number(word(i)).filter(|n| (2..=LONGEST).contains(n))?;
            let before = matches!(word(i + 1), "-" | "\u{2010}" | "\u{2011}") && is_day(i + 2);
            let after = is_day(i + 1) && i > 0 && tree.lemma(i - 1) == "for";
            (before || after).then_some(number)
        })
    }
}
