//! CAMEO codes and Goldstein values of our events, both ways: `codebook/crosswalk/cameo.tsv`.

use std::collections::BTreeMap;

use crate::claim::{Claim, Kind, Modality};
use crate::fault::{Fault, Report};
use crate::lexicon::What;
use crate::page::Page;
use crate::source::Source;
use crate::table::{self, Row};

/// Where the table stands.
const FILE: &str = "crosswalk/cameo.tsv";

/// The table.
#[derive(Debug, Clone, Default)]
pub struct Cameo {
    by_code: BTreeMap<Box<str>, Entry>,
    /// The code that an act goes by.
    main: BTreeMap<Done, Box<str>>,
}

/// Type, mode and mood of an act.
type Done = (Box<str>, Option<Box<str>>, Mood);

/// What a CAMEO code stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The Goldstein value, -10 (conflict) to 10 (cooperation).
    pub goldstein: f64,
    /// Type and mode with us; nothing where we have no such event.
    pub what: Option<What>,
    /// The modality that the code says with it.
    pub modality: Modality,
    /// Whether acts of that type, mode and modality go by this code.
    pub main: bool,
    /// What the code says, in a few words.
    pub note: Box<str>,
}

/// The modalities that CAMEO tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mood {
    Done,
    Planned,
    CalledFor,
    Denied,
}

impl Mood {
    fn of(modality: Modality) -> Self {
        match modality {
            Modality::Actual | Modality::HistoricalBackground => Self::Done,
            Modality::Planned | Modality::Pledged | Modality::Expected | Modality::Hypothetical => {
                Self::Planned
            }
            Modality::CalledFor => Self::CalledFor,
            Modality::Denied => Self::Denied,
        }
    }
}

impl Cameo {
    /// Reads the table of a codebook; mistakes go to `faults`.
    pub(crate) fn load(source: &Source, pages: &[Page], faults: &mut Vec<Fault>) -> Self {
        let mut cameo = Self::default();
        let Some(text) = source.get(FILE) else { return cameo };
        let mut report = Report::new(FILE, text);
        let columns = ["cameo", "goldstein", "what", "modality", "main"];
        table::read(text, &columns, &mut report, |row, report| cameo.add(row, pages, report));
        for page in pages.iter().filter(|page| page.kind == Kind::Event) {
            if cameo.code(&page.type_, None, Modality::Actual).is_none() {
                let message = format!("no code for {}", page.type_);
                report.add(
                    "no-cameo",
                    0..0,
                    message,
                    "mark a row of the type without mode as main",
                );
            }
        }
        faults.append(&mut report.faults);
        cameo
    }

    fn add(&mut self, row: &Row<'_>, pages: &[Page], report: &mut Report<'_>) {
        let code = row.get("cameo");
        let goldstein: f64 = row.get("goldstein").parse().unwrap_or(f64::NAN);
        if !(-10.0..=10.0).contains(&goldstein) {
            let message = format!("`{}` is no Goldstein value", row.get("goldstein"));
            row.fault(report, "bad-number", message, "write a number from -10 to 10");
        }
        let what = Some(row.get("what")).filter(|what| *what != "-").and_then(|what| {
            let parsed = What::parse(what).filter(|it| explains(pages, it));
            if parsed.is_none() {
                let message = format!("no page explains `{what}`");
                row.fault(
                    report,
                    "unknown-code",
                    message,
                    "use a type and mode of codebook/events",
                );
            }
            parsed
        });
        let modality = match row.get("modality") {
            "" => Some(Modality::Actual),
            name => Modality::parse(name),
        };
        let modality = modality.unwrap_or_else(|| {
            let message = format!("unknown modality `{}`", row.get("modality"));
            row.fault(
                report,
                "unknown-modality",
                message,
                "use planned, called-for, denied or nothing",
            );
            Modality::Actual
        });
        let main = row.get("main") == "main";
        if main && let Some(what) = &what {
            let key = (what.type_.clone(), what.mode.clone(), Mood::of(modality));
            if let Some(other) = self.main.insert(key, code.into()) {
                let message = format!("{other} is main for the same act");
                row.fault(report, "duplicate-code", message, "mark one of the two");
            }
        }
        let entry = Entry { goldstein, what, modality, main, note: row.get("note").into() };
        if self.by_code.insert(code.into(), entry).is_some() {
            let message = format!("the code {code} stands here twice");
            row.fault(report, "duplicate-code", message, "keep one row");
        }
    }

    /// The code of an act: that of its type and mode, or else of its type; nothing where CAMEO has none for its modality.
    pub fn code(&self, type_: &str, mode: Option<&str>, modality: Modality) -> Option<&str> {
        let key = |mode: Option<&str>| (type_.into(), mode.map(Into::into), Mood::of(modality));
        let exact = mode.and_then(|mode| self.main.get(&key(Some(mode))));
        exact.or_else(|| self.main.get(&key(None))).map(|code| &**code)
    }

    /// The code of a claim; only events have one.
    pub fn code_of(&self, claim: &Claim) -> Option<&str> {
        let event = claim.kind == Kind::Event;
        event.then(|| self.code(&claim.type_, claim.mode.as_deref(), claim.modality)).flatten()
    }

    /// What a code stands for; of a code that the table lacks, what the longest one that it begins with does.
    pub fn entry(&self, code: &str) -> Option<&Entry> {
        (3..=code.len()).rev().find_map(|n| self.by_code.get(code.get(..n)?))
    }

    /// All codes in order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.by_code.iter().map(|(code, entry)| (&**code, entry))
    }
}

/// Whether a page has the type, and the mode where there is one.
fn explains(pages: &[Page], what: &What) -> bool {
    pages.iter().any(|page| {
        page.kind == what.kind
            && page.type_ == *what.type_
            && what.mode.as_deref().is_none_or(|mode| page.modes().any(|m| m == mode))
    })
}
