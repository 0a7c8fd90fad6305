//! Directed dyad-years and dyad-months.

use std::collections::BTreeMap;
use std::fmt::Display;

use hedgerow_measure::goldstein::Sums;
use hedgerow_measure::series::DyadPeriod;

use super::Out;
use super::csv::quote;
use super::table::{Table, heading};
use super::wrap::wrap;
use crate::command::SheetFormat;

const COLUMNS: &str = "actor,recipient,year,month,facts,verbal_cooperation,material_cooperation,verbal_conflict,material_conflict,\
                       goldstein_cooperation,goldstein_conflict,goldstein_events,plover_cooperation,plover_conflict,level,warm,neutral,cold,\
                       types,flows,dollars,documents,outlets,ids";

/// Prints the table, and names the facts that no period holds.
pub(crate) fn print(
    out: &mut Out,
    format: SheetFormat,
    rows: &[DyadPeriod],
    outside: &[String],
) -> anyhow::Result<()> {
    match format {
        SheetFormat::Table => table(out, rows, outside),
        SheetFormat::Jsonl => {
            for row in rows {
                out.line(serde_json::to_string(row)?)?;
            }
            Ok(())
        }
        SheetFormat::Csv => {
            out.text(&format!("{COLUMNS}\r\n"))?;
            for row in rows {
                let cells = cells(row).map(|cell| quote(&cell));
                out.text(&format!("{}\r\n", cells.join(",")))?;
            }
            Ok(())
        }
    }
}

fn cells(row: &DyadPeriod) -> [String; 24] {
    let [q1, q2, q3, q4] = row.quads.map(|n| n.to_string());
    let [warm, neutral, cold] = row.stances.map(|n| n.to_string());
    [
        row.actor.clone(),
        row.recipient.clone(),
        row.period.year.to_string(),
        row.period.month.map(|it| it.to_string()).unwrap_or_default(),
        row.facts.to_string(),
        q1,
        q2,
        q3,
        q4,
        rounded(row.goldstein.cooperation),
        rounded(row.goldstein.conflict),
        row.goldstein.events.to_string(),
        rounded(row.plover.cooperation),
        rounded(row.plover.conflict),
        row.level.map(|it| it.to_string()).unwrap_or_default(),
        warm,
        neutral,
        cold,
        list(&row.types),
        list(&row.flows),
        list(&row.dollars),
        row.documents.to_string(),
        row.outlets.to_string(),
        row.ids.join(";"),
    ]
}

/// `CONSULT 2;flow.aid 1`.
fn list<V: Display>(map: &BTreeMap<String, V>) -> String {
    map.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(";")
}

/// Scores have one decimal; sums of them no more.
fn rounded(value: f64) -> String {
    format!("{:.1}", value + 0.0)
}

fn table(out: &mut Out, rows: &[DyadPeriod], outside: &[String]) -> anyhow::Result<()> {
    let mut start = 0;
    while start < rows.len() {
        let same = |it: &&DyadPeriod| {
            it.actor == rows[start].actor && it.recipient == rows[start].recipient
        };
        let end = start + rows[start..].iter().take_while(same).count();
        let title = format!("{} toward {}", rows[start].actor, rows[start].recipient);
        heading(out, out.style, &title)?;
        let mut table = Table::new(&[
            "period",
            "facts",
            "coop",
            "conf",
            "Goldstein",
            "PLOVER",
            "level",
            "warm",
            "cold",
            "flows",
            "documents",
            "outlets",
        ]);
        for row in &rows[start..end] {
            let month = row.period.month.map(|it| format!("-{it:02}")).unwrap_or_default();
            let net = |sums: &Sums| rounded(sums.net());
            table.row(vec![
                format!("{}{month}", row.period.year),
                row.facts.to_string(),
                (row.quads[0] + row.quads[1]).to_string(),
                (row.quads[2] + row.quads[3]).to_string(),
                net(&row.goldstein),
                net(&row.plover),
                row.level.map(|it| it.to_string()).unwrap_or_default(),
                row.stances[0].to_string(),
                row.stances[2].to_string(),
                list(&row.flows),
                row.documents.to_string(),
                row.outlets.to_string(),
            ]);
        }
        table.print(out)?;
        start = end;
    }
    if rows.is_empty() {
        out.line("Nothing is told of them.")?;
    }
    if !outside.is_empty() {
        let said =
            format!("In no period, since undated or longer than one: {}", outside.join(", "));
        out.blank()?;
        for line in wrap(&said, out.style.width, 0) {
            out.line(line)?;
        }
    }
    out.blank()?;
    let note = "Periods without a document in the ledger are missing, not zero. What counts: hedgerow explain dyad-series";
    Ok(out.line(out.style.faint(note))?)
}
