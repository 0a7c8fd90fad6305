//! A ledger or an archive, open for reading.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use hedgerow_archive::{Archive, Coded, batch, is_archive};
use hedgerow_ledger::{ClaimRow, Fact, Stand, facts};
use pyo3::prelude::*;

use crate::coder::Coder;
use crate::table::Table;
use crate::{hedge, unread, wrong};

/// A ledger file, or the folder of an archive.
#[pyclass(frozen, module = "hedgerow._native")]
pub(crate) struct Ledger {
    held: Held,
}

enum Held {
    Ledger(Mutex<hedgerow_ledger::Ledger>),
    Archive(Archive),
}

#[pymethods]
impl Ledger {
    #[new]
    fn new(path: PathBuf) -> PyResult<Self> {
        let held = if is_archive(&path) {
            Held::Archive(Archive::open(&path).map_err(unread)?)
        } else {
            let ledger = hedgerow_ledger::Ledger::open_reader(&path).map_err(unread)?;
            Held::Ledger(Mutex::new(ledger))
        };
        Ok(Self { held })
    }

    /// The claims of one code, of a pair (`other`), or all, with the fact of each.
    #[pyo3(signature = (code=None, other=None))]
    fn claims(&self, py: Python<'_>, code: Option<&str>, other: Option<&str>) -> PyResult<Table> {
        py.detach(|| {
            let rows = self.rows(code, other)?;
            let facts = self.facts_of(&rows)?;
            let mut members: BTreeMap<&str, (&str, Stand)> = BTreeMap::new();
            for fact in &facts {
                let of_fact = |it: &'_ hedgerow_ledger::Member| it.stand;
                members.extend(
                    fact.members
                        .iter()
                        .map(|it| (it.claim.as_str(), (fact.id.as_str(), of_fact(it)))),
                );
            }
            let coded = rows.iter().map(|row| {
                let member = members.get(row.claim.id.as_str());
                Coded {
                    row,
                    model: "",
                    fact: member.map(|it| it.0),
                    stand: member.map(|it| it.1.as_str()),
                }
            });
            Ok(Table(batch(coded, false).map_err(wrong)?))
        })
    }

    /// The facts of the same, as JSON.
    #[pyo3(signature = (code=None, other=None))]
    fn facts(&self, py: Python<'_>, code: Option<&str>, other: Option<&str>) -> PyResult<String> {
        py.detach(|| {
            let facts = self.facts_of(&self.rows(code, other)?)?;
            serde_json::to_string(&facts).map_err(wrong)
        })
    }

    /// How a state stands between two rivals, as JSON: on a day, or at the end of each year.
    #[pyo3(signature = (coder, who, rivals, camps, at, series, rates))]
    #[expect(clippy::too_many_arguments, reason = "named arguments in Python")]
    fn hedge(
        &self,
        py: Python<'_>,
        coder: &Coder,
        who: &str,
        rivals: (String, String),
        camps: Vec<(String, String, f64)>,
        at: Option<String>,
        series: bool,
        rates: Vec<(String, f64)>,
    ) -> PyResult<String> {
        py.detach(|| {
            let claims = self.rows(Some(who), None)?;
            let (imported, lens) = match &self.held {
                Held::Ledger(it) => {
                    let ledger = it.lock().map_err(unread)?;
                    let imported = hedgerow_data::ties(&ledger, who).map_err(unread)?;
                    (imported, ledger.lens(&claims).map_err(unread)?)
                }
                Held::Archive(_) => Default::default(),
            };
            let asked =
                hedge::Asked { who, rivals: [rivals.0, rivals.1], camps, at, series, rates };
            hedge::answered(&coder.codebook, &claims, &lens, imported, asked).map_err(wrong)
        })
    }
}

impl Ledger {
    fn rows(&self, code: Option<&str>, other: Option<&str>) -> PyResult<Vec<ClaimRow>> {
        match &self.held {
            Held::Ledger(it) => {
                let ledger = it.lock().map_err(unread)?;
                match (code, other) {
                    (Some(a), Some(b)) => ledger.dyad(a, b),
                    (Some(a), None) | (None, Some(a)) => ledger.actor(a),
                    (None, None) => ledger.claims(),
                }
                .map_err(unread)
            }
            Held::Archive(archive) => match (code, other) {
                (Some(a), Some(b)) => archive.dyad(a, b),
                (Some(a), None) | (None, Some(a)) => archive.actor(a),
                (None, None) => archive.claims(),
            }
            .map_err(unread),
        }
    }

    fn facts_of(&self, rows: &[ClaimRow]) -> PyResult<Vec<Fact>> {
        match &self.held {
            Held::Ledger(it) => it.lock().map_err(unread)?.facts(rows).map_err(unread),
            Held::Archive(_) => Ok(facts(rows)),
        }
    }
}
