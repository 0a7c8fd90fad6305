//! Scales of the codebook: how cooperative a type of event is, how high a named partnership stands.

use crate::domain::has_word;
use crate::fault::{Fault, Report};
use crate::source::Source;
use crate::table;

const SCORES: &str = "scores.tsv";
const LEVELS: &str = "levels.tsv";
/// The highest level that there is.
const TOP: f64 = 4.0;

/// PLOVER's scores by type and mode, -10 conflict to 10 cooperation.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    rows: Vec<(Box<str>, Box<str>, f64)>,
}

impl Scores {
    pub(crate) fn load(source: &Source, faults: &mut Vec<Fault>) -> Self {
        let mut scores = Self::default();
        let Some(text) = source.get(SCORES) else { return scores };
        let mut report = Report::new(SCORES, text);
        table::read(text, &["type", "mode", "score"], &mut report, |row, report| {
            let number: Option<f64> = row.get("score").parse().ok();
            if let Some(score) = number.filter(|it| (-10.0..=10.0).contains(it)) {
                scores.rows.push((row.get("type").into(), row.get("mode").into(), score));
            } else {
                let message = format!("`{}` is no score", row.get("score"));
                row.fault(report, "bad-number", message, "write a number from -10 to 10");
            }
        });
        faults.append(&mut report.faults);
        scores
    }

    /// The score of a type, of that mode where the table has it.
    pub fn of(&self, type_: &str, mode: Option<&str>) -> Option<f64> {
        let rows = || self.rows.iter().filter(|(name, ..)| **name == *type_);
        let row = rows()
            .find(|(_, own, _)| Some(&**own) == mode)
            .or_else(|| rows().find(|(_, own, _)| own.is_empty()))?;
        Some(row.2)
    }
}

/// The ladder of named partnerships.
#[derive(Debug, Clone, Default)]
pub struct Ladder {
    /// Words in small letters, longest first, with their place.
    steps: Vec<(Box<str>, Option<f64>)>,
}

impl Ladder {
    pub(crate) fn load(source: &Source, faults: &mut Vec<Fault>) -> Self {
        let mut ladder = Self::default();
        let Some(text) = source.get(LEVELS) else { return ladder };
        let mut report = Report::new(LEVELS, text);
        table::read(text, &["value", "words"], &mut report, |row, report| {
            let value: Option<f64> =
                row.get("value").parse().ok().filter(|it| (0.0..=TOP).contains(it));
            if value.is_none() && !row.get("value").is_empty() {
                let message = format!("`{}` is no place on the ladder", row.get("value"));
                let help = "write a number from 0 to 4, or nothing";
                row.fault(report, "bad-number", message, help);
            }
            ladder.steps.extend(row.list("words").map(|it| (it.to_lowercase().into(), value)));
        });
        ladder.steps.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        faults.append(&mut report.faults);
        ladder
    }

    /// Where a level stands that a text names; `None` where the ladder has no place for it.
    pub fn place(&self, level: &str) -> Option<f64> {
        let level = level.to_lowercase();
        self.steps.iter().find(|(words, _)| has_word(&level, words)).and_then(|(_, value)| *value)
    }
}
