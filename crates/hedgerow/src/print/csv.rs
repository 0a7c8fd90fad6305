//! Claims as comma-separated values, one claim a row.

use std::io;

use hedgerow_ledger::ClaimRow;

use super::Out;

/// The line of column names.
pub(crate) fn head(out: &mut Out) -> io::Result<()> {
    out.text(&format!("{}\r\n", ClaimRow::COLUMNS.join(",")))
}

/// One claim.
pub(crate) fn row(out: &mut Out, row: &ClaimRow, fact: &str) -> io::Result<()> {
    let line: Vec<String> = row.cells(fact).iter().map(|cell| quote(cell)).collect();
    out.text(&format!("{}\r\n", line.join(",")))
}

/// A cell as it must be written.
pub(crate) fn quote(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
