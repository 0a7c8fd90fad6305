//! Published measures on a sheet.

use std::io;

use hedgerow_data::published::Figure;

use super::Out;
use super::table::{Table, heading};

/// Prints them as a table; nothing where there are none.
pub(crate) fn print(out: &mut Out, figures: &[Figure]) -> io::Result<()> {
    if figures.is_empty() {
        return Ok(());
    }
    heading(out, out.style, "Published measures, from what was imported")?;
    let mut table =
        Table::new(&["measure", "of", "year", "value", "rests on", "source", "explain"]);
    for it in figures {
        let of = it.of.join(if it.directed { " -> " } else { ", " });
        let value = if it.value.abs() >= 100.0 {
            format!("{:.1}", it.value)
        } else {
            format!("{:.4}", it.value)
        };
        table.row(vec![
            it.measure.to_owned(),
            of,
            it.year.to_string(),
            value,
            it.basis.clone(),
            it.source.to_owned(),
            it.page.to_owned(),
        ]);
    }
    table.print(out)
}
