//! JSON lines, exactly as the ledger holds them.

use std::io::{Seek, Write};

use serde::Serialize;

use super::{Content, ExportError, What, Zip};

/// Writes one table.
pub(super) fn write<W: Write + Seek>(
    what: What,
    content: &Content<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    match what {
        What::Claims => lines(what, &content.claims, zip),
        What::Facts => lines(what, &content.facts, zip),
        What::DyadYear => lines(what, &content.years, zip),
        What::Documents if content.texts => {
            let mut texts = Vec::new();
            for it in &content.documents {
                texts.extend(content.ledger.document(&it.id)?);
            }
            lines(what, &texts, zip)
        }
        What::Documents => lines(what, &content.documents, zip),
    }
}

fn lines<W: Write + Seek>(
    what: What,
    rows: &[impl Serialize],
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let name = format!("{}.jsonl", what.as_str().replace('-', "_"));
    zip.begin(&name)?;
    for row in rows {
        let line = serde_json::to_string(row).map_err(std::io::Error::from)?;
        writeln!(zip.to, "{line}")?;
    }
    zip.wrote(&name, rows.len() as u64);
    Ok(())
}
