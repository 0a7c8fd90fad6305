//! Rows under headings.

use super::{Out, Style};
use std::io;

/// A table whose columns are as wide as their longest entry.
#[derive(Debug, Default)]
pub(crate) struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub(crate) fn new(head: &[&str]) -> Self {
        Self { head: head.iter().map(|&text| text.to_owned()).collect(), rows: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Whether there are no rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Prints it; numbers stand to the right.
    pub(crate) fn print(&self, out: &mut Out) -> io::Result<()> {
        let style = out.style;
        let widths: Vec<usize> = (0..self.head.len())
            .map(|n| {
                let cells = self.rows.iter().filter_map(|row| row.get(n));
                cells.chain(self.head.get(n)).map(|cell| cell.chars().count()).max().unwrap_or(0)
            })
            .collect();
        out.line(style.faint(&self.format(&self.head, &widths)))?;
        for row in &self.rows {
            out.line(self.format(row, &widths))?;
        }
        Ok(())
    }

    fn format(&self, cells: &[String], widths: &[usize]) -> String {
        let mut line = String::new();
        for (n, (cell, &width)) in cells.iter().zip(widths).enumerate() {
            let pad = " ".repeat(width - cell.chars().count());
            let number = self
                .rows
                .iter()
                .all(|row| row.get(n).is_some_and(|it| it.chars().all(|c| c.is_ascii_digit())));
            line.push_str("  ");
            line.push_str(&if number { pad + cell } else { cell.clone() + &pad });
        }
        line.trim_end().to_owned()
    }
}

/// A heading with an empty line before it.
pub(crate) fn heading(out: &mut Out, style: Style, text: &str) -> io::Result<()> {
    out.blank()?;
    out.line(style.strong(text))
}
