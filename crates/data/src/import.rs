//! Importing one file: hash it, read it row by row, keep what it gives, say what came of it.

pub(crate) mod archigos;
pub(crate) mod atop;
pub(crate) mod comtrade;
pub(crate) mod cow_alliances;
pub(crate) mod cow_diplomatic;
pub(crate) mod cow_states;
pub(crate) mod cow_trade;
pub(crate) mod dac;
pub(crate) mod dates;
pub(crate) mod desta;
pub(crate) mod fbic;
pub(crate) mod gcdf;
pub(crate) mod gdelt_events;
pub(crate) mod gdelt_mentions;
pub(crate) mod icews;
pub(crate) mod mid;
pub(crate) mod polecat;
pub(crate) mod reign;
pub(crate) mod sipri;
pub(crate) mod un_ideal_points;
pub(crate) mod un_votes;
pub(crate) mod wdi;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use hedgerow_codebook::Codebook;
use hedgerow_ledger::structured::{
    Absent, Batch, Begun, ImportRow, Intake, NewImport, Tally, Variable, VariableId,
};
use hedgerow_ledger::{Ledger, hex};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::Error;
use crate::codes::Codes;
use crate::kind::{Kind, Out, Reader};
use crate::row::{Columns, Skip};
use crate::table::{Table, open, unreadable};

/// Rows of the ledger that are written at a time.
const BATCH: usize = 500_000;
/// Different names that are held in memory.
const MOST_TERMS: usize = 2_000_000;

/// What the user says about a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Version of the data.
    pub version: Option<String>,
    /// What the file does not say, by key; see [`Kind::asks`].
    pub assume: BTreeMap<String, String>,
    /// Session and day of the roll calls that the ledger has already.
    pub(crate) roll_calls: BTreeMap<i64, (i16, Option<Date>)>,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// The ledger had this file, read in the same way: nothing was written.
    Known(Box<ImportRow>),
    /// It is kept under this number.
    Kept(i64, Tally),
    /// It was only tried: nothing was written.
    Tried(Tally),
}

/// Reads `path` as a file of `kind` and keeps what it gives in `ledger`. Where it is only to be tried, nothing is written, and there
/// need be no ledger.
///
/// Events and mentions are kept in parts: after a crash the same call goes on where the last part ended. Every other kind is kept
/// whole or not at all. `progress` is told now and then how far it is.
///
/// # Errors
/// Where the file or its format is not what it should be, or the ledger refuses. Then nothing of the rows since the last part is kept.
pub fn import(
    kind: &Kind,
    path: &Path,
    given: &Given,
    codebook: &Codebook,
    ledger: Option<&mut Ledger>,
    only_try: bool,
    progress: &mut dyn FnMut(Step),
) -> Result<Done, Error> {
    let mut given = given.clone();
    for key in given.assume.keys() {
        if !kind.asks.iter().any(|(known, _)| known == key) {
            let keys: Vec<&str> = kind.asks.iter().map(|(key, _)| *key).collect();
            let remedy = if keys.is_empty() {
                "leave it out".to_owned()
            } else {
                format!("it can be told: {}", keys.join(", "))
            };
            let wrong = format!("nothing called `{key}` can be assumed of {}", kind.name);
            return Err(Error::Format { path: path.to_owned(), wrong, remedy });
        }
    }
    if let Some(ledger) = ledger.as_deref().filter(|_| kind.name == un_votes::KIND.name) {
        given.roll_calls = ledger.roll_calls()?.into_iter().map(|(n, s, d)| (n, (s, d))).collect();
    }
    let mut table = Table::open(path, kind.layout)?;
    let mut batch = Batch::default();
    let mut reader = (kind.open)(&table.columns, &given, &mut batch)?;
    let codes = Codes { codebook };
    let mut run = Run {
        kind,
        codes,
        batch: &mut batch,
        reader: &mut *reader,
        tally: Tally::default(),
        done: 0,
    };
    let Some(ledger) = ledger.filter(|_| !only_try) else {
        run.read(&mut table, None, progress)?;
        return Ok(Done::Tried(run.tally));
    };
    let (sha256, bytes) = hash(path, progress)?;
    let new = NewImport {
        kind: kind.name.to_owned(),
        file: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        bytes,
        sha256,
        assumed: serde_json::to_string(&given.assume).unwrap_or_default(),
        reader: format!("{}/{}", kind.name, kind.reader),
        codebook: codebook.version().to_owned(),
        version: given.version.clone().or_else(|| stated_version(&table.columns)),
        licence: kind.licence.to_owned(),
        citation: kind.citation.to_owned(),
        url: kind.url.to_owned(),
    };
    match ledger.begin_import(&new)? {
        Begun::Known(row) => Ok(Done::Known(row)),
        Begun::Open(mut intake) => {
            if let Some((rows, tally)) = intake.resumed() {
                (run.done, run.tally) = (rows, tally);
            }
            run.read(&mut table, Some(&mut intake), progress)?;
            Ok(Done::Kept(intake.end(&run.tally)?, run.tally))
        }
    }
}

/// What an import is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Fingerprinting the file; bytes done.
    Hashing(u64),
    /// Reading rows; bytes of the file, or rows of a Parquet file, and rows done.
    Reading(u64, u64),
}

struct Run<'r> {
    kind: &'r Kind,
    codes: Codes<'r>,
    batch: &'r mut Batch,
    reader: &'r mut dyn Reader,
    tally: Tally,
    /// Rows that an earlier run has kept.
    done: u64,
}

impl Run<'_> {
    fn read(
        &mut self,
        table: &mut Table,
        mut intake: Option<&mut Intake<'_>>,
        progress: &mut dyn FnMut(Step),
    ) -> Result<(), Error> {
        let mut row_number = 0;
        loop {
            if row_number % 8192 == 0 {
                progress(Step::Reading(table.position(), row_number));
            }
            let Some(row) = table.next()? else { break };
            row_number += 1;
            if row_number <= self.done {
                continue;
            }
            self.tally.read += 1;
            let mut out = Out { batch: self.batch, codes: self.codes };
            match self.reader.row(&row, &mut out) {
                Ok(()) => self.tally.kept += 1,
                Err(Skip::PassOver(why)) => {
                    self.tally.passed_over += 1;
                    self.tally.because(&why, row.line);
                }
                Err(Skip::Refuse(why)) => {
                    self.tally.refused += 1;
                    self.tally.because(&why, row.line);
                }
            }
            if self.batch.len() >= BATCH {
                self.flush(intake.as_deref_mut(), row_number)?;
                if self.kind.in_parts
                    && let Some(intake) = &mut intake
                {
                    intake.part(row_number, &self.tally)?;
                }
            }
        }
        let mut out = Out { batch: self.batch, codes: self.codes };
        self.reader.finish(&mut out);
        self.flush(intake, row_number)?;
        progress(Step::Reading(table.position(), row_number));
        Ok(())
    }

    fn flush(&mut self, intake: Option<&mut Intake<'_>>, row: u64) -> Result<(), Error> {
        for (variable, from, to) in self.batch.take_years() {
            self.tally.cover(&variable, from, to);
        }
        let there = if let Some(intake) = intake {
            intake.keep(self.batch)?
        } else {
            self.batch.clear_rows();
            0
        };
        if there > 0 && self.kind.in_parts {
            // Each row gives at most a few of these, so a row whose events were all there is known.
            let known = there.min(self.tally.kept);
            self.tally.kept -= known;
            self.tally.known += known;
            self.tally.because_of("there already, from this file or an earlier import", row, known);
        } else if there > 0 {
            self.tally.repeated += there;
            let why = "values given again for the same states and year: the first counts";
            self.tally.because_of(why, row, there);
        }
        if self.batch.terms() > MOST_TERMS {
            self.batch.forget_terms();
        }
        Ok(())
    }
}

/// SHA-256 and length of a file.
fn hash(path: &Path, progress: &mut dyn FnMut(Step)) -> Result<(String, u64), Error> {
    let mut file = open(path)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 18];
    let mut bytes = 0;
    loop {
        match file.read(&mut piece).map_err(|e| unreadable(path, &e))? {
            0 => return Ok((hex(&hasher.finalize()), bytes)),
            n => {
                hasher.update(&piece[..n]);
                bytes += n as u64;
                progress(Step::Hashing(bytes));
            }
        }
    }
}

/// The version that a file states of itself above its heading.
fn stated_version(columns: &Columns) -> Option<String> {
    let found = columns.preamble.iter().find_map(|line| {
        let line = line.trim().trim_end_matches(',').replace('"', "");
        ["Data generated:", "Last Updated Date,"]
            .into_iter()
            .find_map(|start| line.strip_prefix(start).map(|rest| rest.trim().to_owned()))
    });
    found.filter(|it| !it.is_empty())
}

/// Tells a batch of a variable.
pub(crate) fn variable(
    batch: &mut Batch,
    name: &str,
    unit: &str,
    what: &str,
    absent: Absent,
) -> VariableId {
    batch.variable(Variable {
        name: name.to_owned(),
        unit: unit.to_owned(),
        what: what.to_owned(),
        absent,
    })
}

/// What else a source says of a spell: pairs whose value is there, as a JSON object.
pub(crate) fn detail<const N: usize>(pairs: [(&str, Option<String>); N]) -> String {
    let there: serde_json::Map<String, serde_json::Value> = pairs
        .into_iter()
        .filter_map(|(key, value)| value.map(|value| (key.to_owned(), value.into())))
        .collect();
    serde_json::Value::Object(there).to_string()
}
