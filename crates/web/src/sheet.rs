//! A page as a table of its own, for spreadsheets and statistics programs (RFC 4180).

/// Column names and rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    pub(crate) fn new(columns: &[&str]) -> Self {
        Self { columns: columns.iter().map(|&it| it.to_owned()).collect(), rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    pub(crate) fn rows(mut self, rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// The file: comma-separated, a line of names first, lines ending as the standard has it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            for (n, cell) in row.iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                put(&mut text, cell);
            }
            text.push_str("\r\n");
        }
        text
    }
}

/// Writes a cell. What a spreadsheet would run as a formula gets an apostrophe before it: cells come from articles.
fn put(text: &mut String, cell: &str) {
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    let guard = formula && cell.parse::<f64>().is_err();
    // A semicolon parts cells in some countries, so it is held together, too.
    let quoted = cell.contains([',', ';', '"', '\n', '\r', '\t'])
        || cell.starts_with(' ')
        || cell.ends_with(' ');
    if quoted {
        text.push('"');
    }
    if guard {
        text.push('\'');
    }
    text.push_str(&if quoted { cell.replace('"', "\"\"") } else { cell.to_owned() });
    if quoted {
        text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(cell: &str) -> String {
        let mut text = String::new();
        put(&mut text, cell);
        text
    }

    #[test]
    fn no_cell_is_a_formula() {
        for evil in ["=1+1", "+A1", "-A1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1+1"] {
            let told = cell(evil);
            assert!(told.trim_start_matches('"').starts_with('\''), "{evil:?} is {told}");
        }
        assert_eq!(
            cell("=HYPERLINK(\"http://x\",\"y\")"),
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""
        );
        assert_eq!(cell("x;=1"), "\"x;=1\"");
    }

    #[test]
    fn numbers_and_words_stay_as_they_are() {
        for plain in ["-0.5", "+1", "1e-9", "Vietnam", "a=b", "f-d00-01"] {
            assert_eq!(cell(plain), plain);
        }
        let mut sheet = Sheet::new(&["a", "b"]);
        sheet.row(["x, y", "say \"so\""]);
        assert_eq!(sheet.text(), "a,b\r\n\"x, y\",\"say \"\"so\"\"\"\r\n");
    }
}
