//! Claims as comma-separated values, one claim a row.

use std::io;

use hedgerow_ledger::ClaimRow;

use super::Out;

const COLUMNS: [&str; 25] = [
    "id",
    "fact",
    "doc",
    "outlet",
    "published",
    "kind",
    "type",
    "mode",
    "actors",
    "recipients",
    "symmetric",
    "date_start",
    "date_end",
    "date_precision",
    "modality",
    "stage",
    "amount",
    "unit",
    "currency",
    "count_of",
    "polarity",
    "attributed_to",
    "evidence",
    "rule",
    "url",
];

/// The line of column names.
pub(crate) fn head(out: &mut Out) -> io::Result<()> {
    out.text(&format!("{}\r\n", COLUMNS.join(",")))
}

/// One claim.
pub(crate) fn row(out: &mut Out, row: &ClaimRow, fact: &str) -> io::Result<()> {
    let claim = &row.claim;
    let codes = |actors: &[hedgerow_codebook::claim::Actor]| {
        actors.iter().map(|it| it.code.as_str()).collect::<Vec<_>>().join(";")
    };
    let day = |date: Option<jiff::civil::Date>| date.map(|it| it.to_string()).unwrap_or_default();
    let some = |text: &Option<String>| text.clone().unwrap_or_default();
    let amount = claim.amount.as_ref();
    let cells: [String; 25] = [
        claim.id.clone(),
        fact.to_owned(),
        claim.doc.clone(),
        some(&row.outlet),
        day(row.published),
        claim.kind.as_str().to_owned(),
        claim.type_.clone(),
        some(&claim.mode),
        codes(&claim.actors),
        codes(&claim.recipients),
        claim.symmetric.to_string(),
        day(claim.date.start),
        day(claim.date.end),
        word(&claim.date.precision),
        claim.modality.as_str().to_owned(),
        some(&claim.stage),
        amount.and_then(|it| it.value).map(|it| it.to_string()).unwrap_or_default(),
        amount.map(|it| it.unit.as_str().to_owned()).unwrap_or_default(),
        amount.and_then(|it| it.currency.clone()).unwrap_or_default(),
        amount.and_then(|it| it.count_of.clone()).unwrap_or_default(),
        claim.polarity.map(|it| it.to_string()).unwrap_or_default(),
        claim.attributed_to.as_ref().map(|it| it.code.clone()).unwrap_or_default(),
        claim.evidence.text.clone(),
        claim.rule.clone(),
        some(&row.url),
    ];
    let line: Vec<String> = cells.iter().map(|cell| quote(cell)).collect();
    out.text(&format!("{}\r\n", line.join(",")))
}

/// The word that JSON has for an enumeration.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|it| it.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// A cell as it must be written.
pub(crate) fn quote(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
