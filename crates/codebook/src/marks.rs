//! Small tables of words that say more of a claim than what it is: how it is related to another, what it is for, how often
//! it happens.

use crate::claim::Relation;
use crate::fault::{Fault, Report};
use crate::source::Source;
use crate::table;

/// The tables `links.tsv`, `sectors.tsv` and `recurrence.tsv`.
#[derive(Debug, Clone, Default)]
pub struct Marks {
    links: Vec<(Relation, Form, Vec<Box<str>>)>,
    sectors: Vec<Sector>,
    recurrence: Vec<(Box<str>, Vec<Box<str>>)>,
}

/// What follows a word that relates two claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A clause with its own subject ("because it was attacked").
    Clause,
    /// A gerund ("by sending ships").
    Gerund,
    /// An infinitive ("in order to deter it").
    Infinitive,
    /// A phrase with that preposition ("amid tensions").
    Phrase,
    /// A phrase with "in" and that noun ("in response to").
    Noun,
}

/// What something may be for.
#[derive(Debug, Clone)]
pub struct Sector {
    /// Its name, `maritime security`.
    pub name: Box<str>,
    /// Words and phrases by which texts name it, in lower case.
    words: Vec<Box<str>>,
}

/// How often something may happen.
const PERIODS: [&str; 6] = ["day", "week", "month", "quarter", "year", "regular"];

impl Marks {
    /// Reads the tables of a codebook; mistakes go to `faults`.
    pub(crate) fn load(source: &Source, faults: &mut Vec<Fault>) -> Self {
        let mut marks = Self::default();
        let mut file =
            |path: &str,
             columns: &[&str],
             each: &mut dyn FnMut(&table::Row<'_>, &mut Report<'_>)| {
                let Some(text) = source.get(path) else { return };
                let mut report = Report::new(path, text);
                table::read(text, columns, &mut report, |row, report| each(row, report));
                faults.append(&mut report.faults);
            };
        file("links.tsv", &["relation", "form", "words"], &mut |row, report| {
            let relation = Relation::parse(row.get("relation"));
            let form = Form::parse(row.get("form"));
            match relation.zip(form) {
                Some((relation, form)) => {
                    marks.links.push((relation, form, row.list("words").map(Into::into).collect()));
                }
                None => row.fault(
                    report,
                    "unknown-word",
                    format!("`{}` with `{}`", row.get("relation"), row.get("form")),
                    "use by-means-of, in-order-to, because-of, amid, upgraded-from, delivery-of with clause, gerund, \
                     infinitive, phrase, noun",
                ),
            }
        });
        file("sectors.tsv", &["sector", "words"], &mut |row, _| {
            marks.sectors.push(Sector {
                name: row.get("sector").into(),
                words: row.list("words").map(Into::into).collect(),
            });
        });
        file("recurrence.tsv", &["period", "words"], &mut |row, report| {
            one_of(row, "period", &PERIODS, report);
            marks
                .recurrence
                .push((row.get("period").into(), row.list("words").map(Into::into).collect()));
        });
        marks
    }

    /// How a word relates what it introduces in that form to what it stands with; `word` in lower case.
    pub fn relation(&self, word: &str, form: Form) -> Option<Relation> {
        let row = self
            .links
            .iter()
            .find(|(_, f, words)| *f == form && words.iter().any(|w| **w == *word));
        row.map(|(relation, ..)| *relation)
    }

    /// How often something happens that is told with these words; `words` in lower case, with single blanks.
    pub fn period(&self, words: &str) -> Option<&str> {
        let row = self.recurrence.iter().find(|(_, list)| list.iter().any(|w| holds(words, w)));
        row.map(|(period, _)| &**period)
    }

    /// The sector that these words name, the one with the longest name first; `words` in lower case, with single blanks.
    pub fn sector(&self, words: &str) -> Option<&Sector> {
        let named = |sector: &&Sector| {
            sector.words.iter().filter(|w| holds(words, w)).map(|w| w.len()).max()
        };
        self.sectors.iter().filter(|s| named(s).is_some()).max_by_key(|s| named(s))
    }

    /// Whether these words are the name of a sector and nothing else; in lower case.
    pub fn is_sector(&self, words: &str) -> bool {
        self.sectors.iter().any(|sector| sector.words.iter().any(|w| **w == *words))
    }
}

impl Form {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "clause" => Self::Clause,
            "gerund" => Self::Gerund,
            "infinitive" => Self::Infinitive,
            "phrase" => Self::Phrase,
            "noun" => Self::Noun,
            _ => return None,
        })
    }
}

/// Whether `words` has `word` as whole words; the last one also in the plural.
fn holds(words: &str, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    words.match_indices(word).any(|(at, _)| {
        let after = &words[at + word.len()..];
        let after = after
            .strip_prefix("es")
            .filter(|rest| !letter(rest.chars().next()))
            .or_else(|| after.strip_prefix('s'))
            .unwrap_or(after);
        !letter(words[..at].chars().next_back()) && !letter(after.chars().next())
    })
}

fn one_of(row: &table::Row<'_>, column: &str, known: &[&str], report: &mut Report<'_>) {
    let word = row.get(column);
    if !known.contains(&word) {
        let message = format!("unknown {column} `{word}`");
        row.fault(report, "unknown-word", message, &format!("use one of: {}", known.join(", ")));
    }
}
