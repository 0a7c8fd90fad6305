//! Rows that measures read from files that the user brings along: claims, and a table of ties.

use std::fs;
use std::path::Path;

use anyhow::Context;
use hedgerow_ledger::ClaimRow;
use hedgerow_measure::{Indicator, Origin, Reading, RegisterError, Series, TieRow};
use jiff::civil::Date;

use crate::trouble::{Refusal, Trouble};

/// Reads claims in the interchange format (one JSON object a line), with or without what is known of their documents; lines
/// that are wrong are refused one by one.
pub(crate) fn claims_of(path: &Path, trouble: &mut Trouble) -> anyhow::Result<Vec<ClaimRow>> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).with_context(|| name.clone())?;
    let mut claims = Vec::new();
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(row) => claims.push(row),
            Err(error) => {
                let remedy = "write claims as `hedgerow code --format jsonl` does";
                trouble.refuse(&Refusal::new(
                    format!("{name}, line {}", n + 1),
                    error.to_string(),
                    remedy,
                ));
            }
        }
    }
    Ok(claims)
}

/// The columns of a table of ties; `error` may be left out.
pub(crate) const COLUMNS: &str = "id,source,actor,recipient,indicator,series,start,end,value,error";

/// Reads a table of ties (comma-separated, with a line of names); lines that are wrong are refused one by one.
pub(crate) fn of_table(path: &Path, trouble: &mut Trouble) -> anyhow::Result<Vec<TieRow>> {
    let name = path.display().to_string();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_path(path)
        .with_context(|| name.clone())?;
    let heads = reader.headers().with_context(|| name.clone())?.clone();
    let mut rows = Vec::new();
    for (n, record) in reader.records().enumerate() {
        let place = format!("{name}, row {}", n + 2);
        let remedy = format!("the columns are {COLUMNS}");
        let read = record.map_err(|e| e.to_string()).and_then(|record| {
            let cell = |column: &str| {
                let at = heads.iter().position(|head| head == column);
                at.and_then(|at| record.get(at)).unwrap_or_default()
            };
            row(&cell)
        });
        match read {
            Ok(row) => rows.push(row),
            Err(wrong) => trouble.refuse(&Refusal::new(place, wrong, remedy)),
        }
    }
    Ok(rows)
}

fn row<'t>(cell: &dyn Fn(&str) -> &'t str) -> Result<TieRow, String> {
    let some = |column: &str| {
        let text = cell(column);
        if text.is_empty() { Err(format!("no {column}")) } else { Ok(text.to_owned()) }
    };
    let day = |column: &str| -> Result<Option<Date>, String> {
        let text = cell(column);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| format!("{column} `{text}` is no day like 2015-09-20"))
    };
    let id = some("id")?;
    let value: f64 =
        cell("value").parse().map_err(|_| format!("`{}` is no value", cell("value")))?;
    if !value.is_finite() || value < 0.0 {
        return Err(format!("a value of {value}; they are 0 or more"));
    }
    let indicator = Indicator::parse(cell("indicator"));
    let series = Series::parse(cell("series"));
    Ok(TieRow {
        actor: some("actor")?,
        recipient: some("recipient")?,
        indicator: indicator.ok_or_else(|| format!("`{}` is no indicator", cell("indicator")))?,
        series: series.ok_or_else(|| format!("`{}` is no series", cell("series")))?,
        kind: "table".to_owned(),
        start: day("start")?,
        end: day("end")?,
        told: None,
        source: Origin::Register { name: some("source")?, error: error(cell("error"))? },
        readings: vec![Reading {
            value,
            denies: false,
            publishers: vec![some("source")?],
            claims: vec![id.clone()],
        }],
        id,
    })
}

/// Nothing, `0.08` for a lognormal error, or `ballots:69`.
fn error(text: &str) -> Result<RegisterError, String> {
    let wrong = || format!("`{text}` is no error like 0.08 or ballots:69");
    if text.is_empty() {
        Ok(RegisterError::None)
    } else if let Some(n) = text.strip_prefix("ballots:") {
        n.parse().map(RegisterError::Ballots).map_err(|_| wrong())
    } else {
        let spread: f64 = text.parse().map_err(|_| wrong())?;
        if (0.0..=10.0).contains(&spread) {
            Ok(RegisterError::Relative(spread))
        } else {
            Err(wrong())
        }
    }
}
