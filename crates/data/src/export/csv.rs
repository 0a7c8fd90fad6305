//! Comma-separated values: UTF-8, LF, empty where there is nothing, and no cell that a spreadsheet takes for a formula.

use std::io::{Seek, Write};

use super::sheet::{Cell, Sheet};
use super::{ExportError, Zip};

/// Writes one table.
pub(super) fn write<W: Write + Seek>(
    sheet: &Sheet<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let name = format!("{}.csv", sheet.name());
    zip.begin(&name)?;
    let heading: Vec<&str> = sheet.columns.iter().map(|it| it.name).collect();
    let to = &mut zip.to;
    writeln!(to, "{}", heading.join(","))?;
    let mut line = String::new();
    let rows = sheet.each(&mut |row| {
        line.clear();
        for (n, cell) in row.iter().enumerate() {
            if n > 0 {
                line.push(',');
            }
            push(cell, &mut line);
        }
        line.push('\n');
        Ok(to.write_all(line.as_bytes())?)
    })?;
    zip.wrote(&name, rows);
    Ok(())
}

fn push(cell: &Cell, line: &mut String) {
    match cell {
        Cell::Empty => {}
        Cell::Whole(n) => line.push_str(&n.to_string()),
        Cell::Number(n) => line.push_str(&n.to_string()),
        Cell::Text(text) => {
            let text = safe(text);
            if text.contains([',', '"', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ')
            {
                line.push('"');
                line.push_str(&text.replace('"', "\"\""));
                line.push('"');
            } else {
                line.push_str(&text);
            }
        }
    }
}

/// A spreadsheet runs what begins like a formula; an apostrophe before it makes it text. Zero bytes end cells in some programs.
pub(super) fn safe(text: &str) -> std::borrow::Cow<'_, str> {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    match (formula, text.contains('\0')) {
        (false, false) => text.into(),
        (true, _) => format!("'{}", text.replace('\0', "\u{fffd}")).into(),
        (false, true) => text.replace('\0', "\u{fffd}").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        let mut line = String::new();
        push(&Cell::text("=HYPERLINK(\"http://x\",\"y\")"), &mut line);
        assert_eq!(line, "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
        assert_eq!(safe("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(safe("Japan - Vietnam"), "Japan - Vietnam");
        line.clear();
        push(&Cell::Whole(-1), &mut line);
        assert_eq!(line, "-1", "a number is no formula");
    }
}
