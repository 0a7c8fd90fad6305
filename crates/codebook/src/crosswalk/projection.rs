//! The projection of our claims to the root types of PLOVER: `codebook/crosswalk/projection.tsv`.

use super::Plover;
use crate::claim::{Claim, Kind, Modality};
use crate::fault::{Fault, Report};
use crate::lexicon::What;
use crate::page::Page;
use crate::source::Source;
use crate::table::{self, Row};

/// Where the table stands.
const FILE: &str = "crosswalk/projection.tsv";
/// What may happen to a tie.
const CHANGES: [&str; 5] = ["established", "upgraded", "downgraded", "suspended", "ended"];

/// The table, row by row.
#[derive(Debug, Clone, Default)]
pub struct Projection {
    rows: Vec<Line>,
}

#[derive(Debug, Clone)]
struct Line {
    what: Vec<What>,
    change: Vec<Box<str>>,
    modality: Vec<Modality>,
    /// Whether the row is for what was ended, rather than only denied.
    ceased: bool,
    to: Option<Plover>,
    start: usize,
}

/// What of a claim decides on its PLOVER type.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// Kind, type and polarity.
    pub what: &'a What,
    /// What happened to a tie.
    pub change: Option<&'a str>,
    /// Whether it happened, will, is denied.
    pub modality: Modality,
    /// Whether it is denied by ending what was ("suspended its aid") rather than by refusing it.
    pub ceased: bool,
}

impl Projection {
    /// Reads the table of a codebook; mistakes go to `faults`.
    pub(crate) fn load(source: &Source, pages: &[Page], faults: &mut Vec<Fault>) -> Self {
        let mut projection = Self::default();
        let Some(text) = source.get(FILE) else { return projection };
        let mut report = Report::new(FILE, text);
        let columns = ["what", "change", "modality", "plover"];
        table::read(text, &columns, &mut report, |row, report| {
            projection.rows.push(line(row, report));
        });
        if report.faults.is_empty() {
            projection.check(pages, &mut report);
        }
        faults.append(&mut report.faults);
        projection
    }

    /// The root type of an act, where it has one.
    pub fn of(&self, act: Act<'_>) -> Option<Plover> {
        self.row(act).and_then(|row| row.to)
    }

    /// The root type of a claim, where it has one. A claim does not keep whether a denial ended what was.
    pub fn of_claim(&self, claim: &Claim) -> Option<Plover> {
        let what = What {
            kind: claim.kind,
            type_: claim.type_.as_str().into(),
            mode: None,
            polarity: claim.polarity,
        };
        let change = claim.change.as_deref();
        self.of(Act { what: &what, change, modality: claim.modality, ceased: false })
    }

    fn row(&self, act: Act<'_>) -> Option<&Line> {
        self.rows.iter().find(|row| row.fits(act))
    }

    /// Reports codes without a row and rows that are never reached.
    fn check(&self, pages: &[Page], report: &mut Report<'_>) {
        let mut reached = vec![false; self.rows.len()];
        for what in pages.iter().filter(|page| !page.kind.is_alone()).flat_map(codes) {
            let mut lacks = false;
            let changes = CHANGES.iter().copied().map(Some).chain([None]);
            for change in changes.filter(|change| change.is_none() || what.kind == Kind::Tie) {
                for (modality, ceased) in moods() {
                    let act = Act { what: &what, change, modality, ceased };
                    match self.rows.iter().position(|row| row.fits(act)) {
                        Some(n) => reached[n] = true,
                        None => lacks = true,
                    }
                }
            }
            if lacks {
                let message = format!("`{what}` has no row for every modality");
                report.add("no-projection", 0..0, message, "add a row; `-` says that it has none");
            }
        }
        for (row, _) in self.rows.iter().zip(reached).filter(|(_, reached)| !reached) {
            let message = "no claim ever comes to this row";
            let help = "rows above it take all of its claims, or its codes have no page";
            report.add("unreached-row", row.start..row.start, message, help);
        }
    }
}

impl Line {
    fn fits(&self, act: Act<'_>) -> bool {
        let same = |w: &What| {
            w.kind == act.what.kind && w.type_ == act.what.type_ && w.polarity == act.what.polarity
        };
        let change = self.change.is_empty()
            || act.change.is_some_and(|change| self.change.iter().any(|c| &**c == change));
        let any = self.modality.is_empty() && !self.ceased;
        let mood =
            any || if act.ceased { self.ceased } else { self.modality.contains(&act.modality) };
        change && mood && self.what.iter().any(same)
    }
}

/// Every modality, and the denial by ending.
fn moods() -> impl Iterator<Item = (Modality, bool)> {
    Modality::ALL.into_iter().map(|m| (m, false)).chain([(Modality::Denied, true)])
}

/// The codes that a page explains.
fn codes(page: &Page) -> Vec<What> {
    let what = |polarity| What {
        kind: page.kind,
        type_: page.type_.as_str().into(),
        mode: None,
        polarity,
    };
    match page.kind {
        Kind::Stance => [1, 0, -1].map(|sign| what(Some(sign))).into(),
        _ => vec![what(None)],
    }
}

fn line(row: &Row<'_>, report: &mut Report<'_>) -> Line {
    let mut line = Line {
        what: Vec::new(),
        change: row.list("change").map(Into::into).collect(),
        modality: Vec::new(),
        ceased: false,
        to: None,
        start: row.start(),
    };
    for code in row.list("what") {
        match What::parse(code) {
            Some(what) => line.what.push(what),
            None => row.fault(
                report,
                "unknown-code",
                format!("`{code}` is no code"),
                "write TYPE, flow.TYPE, tie.TYPE, stance+, stance- or stance0",
            ),
        }
    }
    for change in row.list("change").filter(|change| !CHANGES.contains(change)) {
        let message = format!("`{change}` is nothing that happens to a tie");
        row.fault(report, "unknown-change", message, &format!("use {}", CHANGES.join(", ")));
    }
    for name in row.list("modality") {
        match Modality::parse(name) {
            Some(modality) => line.modality.push(modality),
            None if name == "ceased" => line.ceased = true,
            None => {
                let message = format!("unknown modality `{name}`");
                row.fault(report, "unknown-modality", message, "use a modality, or ceased");
            }
        }
    }
    let to = row.get("plover");
    line.to = Plover::parse(to);
    if line.to.is_none() && to != "-" {
        let message = format!("`{to}` is no root type of PLOVER");
        row.fault(report, "unknown-code", message, "write a type in capitals, or - for none");
    }
    line
}
