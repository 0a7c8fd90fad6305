//! What goes with every export: the page on its columns, the licence, the query, the citation.

use std::fmt::Write as _;
use std::io::{Seek, Write};

use super::sheet::{Sheet, Unit};
use super::{Content, ExportError, Format, Query, What, Zip};

/// Writes `CODEBOOK.md`, `LICENCE.txt`, `query.json` and `CITATION.bib`.
pub(super) fn write<W: Write + Seek>(
    query: &Query,
    tables: &[What],
    sheets: &[Sheet<'_>],
    content: &Content<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    zip.begin("CODEBOOK.md")?;
    zip.to.write_all(codebook(query.format, sheets).as_bytes())?;
    zip.begin("LICENCE.txt")?;
    zip.to.write_all(licence(query).as_bytes())?;
    zip.begin("query.json")?;
    let counts = content.ledger.counts()?;
    let asked = serde_json::json!({
        "format": query.format.as_str(),
        "what": tables.iter().map(|it| it.as_str()).collect::<Vec<_>>(),
        "texts": query.texts,
        "ledger": {
            "file": content.ledger.path().file_name().map(|it| it.to_string_lossy()),
            "state": content.ledger.state()?,
            "documents": counts.documents,
            "claims": counts.claims,
        },
        "program": format!("hedgerow {}", env!("CARGO_PKG_VERSION")),
        "codebook": content.codebook.version(),
    });
    writeln!(zip.to, "{asked:#}")?;
    zip.begin("CITATION.bib")?;
    zip.to.write_all(citation(content).as_bytes())?;
    Ok(())
}

fn codebook(format: Format, sheets: &[Sheet<'_>]) -> String {
    let mut page = String::from("# What is in this export\n\n");
    page.push_str(match format {
        Format::Csv => "UTF-8, one heading line, LF, ISO 8601 days, empty where nothing is known. A cell that a spreadsheet would take for a formula has an apostrophe before it; the JSON lines export has the text as it is.\n",
        Format::Jsonl => "One JSON object a line, as the ledger holds it; fields that are not explained here are in docs/codebook.md.\n",
        Format::Parquet => "One Parquet file a table; days are days, claims have the columns of the ledger's view `claims`.\n",
        Format::Xlsx => "One sheet a table, days as ISO 8601 text, texts cut at 32,767 characters.\n",
        Format::Dta => "Stata 14 or later, days as ISO 8601 text: `gen day = date(date_start, \"YMD\")`.\n",
        Format::Graphml | Format::Gexf => "A directed network: a node a code, an edge an actor and recipient with its counts over all years. Claims are counted, not happenings; GEXF has them as the weight.\n",
        Format::Bibtex | Format::Ris => "An entry a document.\n",
        Format::Icews => "One row for each fact and pair of parties, in the columns of ICEWS. Only events dated to a day that have a CAMEO code; the name of the country is Hedgerow's, the event text is the PLOVER type and mode, the intensity the Goldstein value of the code, the sentence number empty. Of a fact the claim that is taken as current speaks.\n",
        Format::Polecat => "One row for each fact and pair of parties, in the columns of POLECAT. Only events dated to a day; the type is the projection to PLOVER, which folds what is pledged into AGREE, and CONCEDE and RETREAT into YIELD. The intensity is that of the type and mode, of what is folded that of the type it is folded into; of YIELD only where the act took place. Places resolved to GeoNames are empty.\n",
    });
    page.push_str("\nPledged and delivered, planned and actual are told apart in `modality` and `stage`: add neither up across them.\n");
    for sheet in sheets {
        let _ =
            write!(page, "\n## {}\n\n| column | holds | meaning |\n|---|---|---|\n", sheet.name());
        for column in sheet.columns {
            let holds = match column.unit {
                Unit::Text => "text",
                Unit::Whole => "whole number",
                Unit::Number => "number",
            };
            let _ = writeln!(page, "| `{}` | {holds} | {} |", column.name, column.what);
        }
    }
    page
}

fn licence(query: &Query) -> String {
    let mut text = String::from(
        "The codes, dates and amounts in this export are statements of fact, made by Hedgerow (MIT or Apache-2.0) from documents that belong to their\n\
         publishers. The short quotations that show where a claim stands (`evidence`, `quote`) and the headlines remain theirs, and are here as quotations.\n",
    );
    if query.texts {
        text.push_str("This export holds the full texts of the documents. They may not be yours to pass on: ask their publishers.\n");
    } else {
        text.push_str("The texts of the documents are not in it; `bytes_sha256` tells whether somebody has the same.\n");
    }
    text.push_str(
        "Choose a licence for your own corrections and selections before you publish them.\n",
    );
    text
}

fn citation(content: &Content<'_>) -> String {
    format!(
        "@software{{hedgerow,\n  title = {{Hedgerow: a sourced ledger of ties between states}},\n  author = {{{{The Hedgerow contributors}}}},\n  version = {{{}}},\n  url = {{https://github.com/hedgerow/hedgerow}},\n  note = {{Codebook {}}}\n}}\n",
        env!("CARGO_PKG_VERSION"),
        content.codebook.version()
    )
}
