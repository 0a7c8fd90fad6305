//! Tab-separated tables with a header line and `#` comments.

use jiff::civil::Date;

use crate::fault::Report;
use crate::gazetteer::Term;

/// One row with its column names.
pub(crate) struct Row<'t> {
    header: &'t [&'t str],
    cells: Vec<&'t str>,
    start: usize,
}

/// Calls `each` for every row of `text`; rows with another number of cells are reported and skipped.
pub(crate) fn read<'t>(
    text: &'t str,
    columns: &[&str],
    report: &mut Report<'_>,
    mut each: impl FnMut(&Row<'_>, &mut Report<'_>),
) {
    let mut header: Option<Vec<&'t str>> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let Some(header) = &header else {
            for column in columns {
                if !cells.contains(column) {
                    let message = format!("the column `{column}` is missing");
                    report.add(
                        "bad-table",
                        at..at + line.len(),
                        message,
                        format!("expected {}", columns.join(", ")),
                    );
                }
            }
            header = Some(cells);
            continue;
        };
        if cells.len() > header.len() {
            let message = format!("{} cells in a table of {} columns", cells.len(), header.len());
            report.add("bad-table", at..at + line.len(), message, "check the tabs of this line");
            continue;
        }
        each(&Row { header, cells, start: at }, report);
    }
}

impl<'t> Row<'t> {
    /// The cell of a column; empty where the row ends before it.
    pub(crate) fn get(&self, column: &str) -> &'t str {
        let index = self.header.iter().position(|name| *name == column);
        index.and_then(|n| self.cells.get(n)).copied().unwrap_or("")
    }

    /// The values of a cell.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'t str> {
        self.get(column).split(';').map(str::trim).filter(|value| !value.is_empty())
    }

    /// The cell, where it is not empty.
    pub(crate) fn some(&self, column: &str) -> Option<Box<str>> {
        Some(self.get(column)).filter(|cell| !cell.is_empty()).map(Into::into)
    }

    /// A whole number.
    pub(crate) fn number(&self, column: &str) -> Option<u16> {
        self.get(column).parse().ok()
    }

    /// The interval of the columns `from` and `to`.
    pub(crate) fn term(&self, report: &mut Report<'_>) -> Term {
        let term = Term { from: self.day("from", report), to: self.day("to", report) };
        if let (Some(from), Some(to)) = (term.from, term.to)
            && to <= from
        {
            self.fault(
                report,
                "bad-date",
                format!("it ends ({to}) before it begins ({from})"),
                "intervals are half-open",
            );
        }
        term
    }

    /// `2015-09-20`, `2015-09` or `2015`: the first day of it.
    fn day(&self, column: &str, report: &mut Report<'_>) -> Option<Date> {
        let text = self.get(column);
        if text.is_empty() {
            return None;
        }
        let full = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_owned(),
        };
        let day = full.parse().ok();
        if day.is_none() {
            self.fault(
                report,
                "bad-date",
                format!("`{text}` is no date"),
                "write 2015-09-20, 2015-09 or 2015",
            );
        }
        day
    }

    /// Where the row begins in its file.
    pub(crate) fn start(&self) -> usize {
        self.start
    }

    /// Reports a mistake in this row.
    pub(crate) fn fault(
        &self,
        report: &mut Report<'_>,
        check: &'static str,
        message: String,
        help: &str,
    ) {
        report.add(check, self.start..self.start, message, help);
    }
}
