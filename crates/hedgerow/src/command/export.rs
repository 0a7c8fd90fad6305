//! `hedgerow export`: tables out of a ledger.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::ValueEnum;
use hedgerow_codebook::Codebook;
use hedgerow_data::export::{self, Query};

use crate::files::Draft;
use crate::print::Out;
use crate::print::table::Table;

/// Write tables of a ledger as a zip, with a page on their columns, licence, query and citation.
///
/// The texts of the articles are left out unless you ask for them: they may not be yours to pass on.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow export --format csv
  hedgerow export --format xlsx --what claims --what facts --out vietnam.zip
  hedgerow export --format graphml --ledger asia.sqlite")]
pub(crate) struct Args {
    /// How.
    #[arg(long, short, value_enum)]
    format: Format,
    /// What; every table that the format can hold where it is not given.
    #[arg(long, value_enum)]
    what: Vec<What>,
    /// Where to; `hedgerow-FORMAT.zip` where it is not given. A file that is there is not written over.
    #[arg(long, value_name = "FILE.zip")]
    out: Option<PathBuf>,
    /// Put the texts of the articles into the table of documents.
    #[arg(long)]
    texts: bool,
    #[command(flatten)]
    ledger: super::LedgerFile,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Comma-separated values, safe for spreadsheets.
    Csv,
    /// JSON lines.
    Jsonl,
    /// Parquet files.
    Parquet,
    /// Excel workbook.
    Xlsx,
    /// Stata.
    Dta,
    /// Network of states.
    Graphml,
    /// Network of states, for Gephi.
    Gexf,
    /// Bibliography of the documents.
    Bibtex,
    /// Bibliography of the documents.
    Ris,
    /// Events as ICEWS has them.
    Icews,
    /// Events as POLECAT has them.
    Polecat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// One claim a row.
    Claims,
    /// One fact a row.
    Facts,
    /// Counts by actor, recipient and year.
    DyadYear,
    /// One document a row.
    Documents,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let format = match args.format {
        Format::Csv => export::Format::Csv,
        Format::Jsonl => export::Format::Jsonl,
        Format::Parquet => export::Format::Parquet,
        Format::Xlsx => export::Format::Xlsx,
        Format::Dta => export::Format::Dta,
        Format::Graphml => export::Format::Graphml,
        Format::Gexf => export::Format::Gexf,
        Format::Bibtex => export::Format::Bibtex,
        Format::Ris => export::Format::Ris,
        Format::Icews => export::Format::Icews,
        Format::Polecat => export::Format::Polecat,
    };
    let what = args.what.iter().map(|it| match it {
        What::Claims => export::What::Claims,
        What::Facts => export::What::Facts,
        What::DyadYear => export::What::DyadYear,
        What::Documents => export::What::Documents,
    });
    let query = Query { format, what: what.collect(), texts: args.texts };
    let named = || PathBuf::from(format!("hedgerow-{}.zip", format.as_str()));
    let path = args.out.clone().unwrap_or_else(named);
    let ledger = args.ledger.open()?;
    let codebook = Codebook::embedded()?;
    if path.exists() {
        bail!("{}: is there already; give --out another name", path.display());
    }
    let mut draft = Draft::create(&path).with_context(|| {
        format!("{}: cannot be made; check the folder and who may write there", path.display())
    })?;
    let written = export::export(&ledger, &codebook, &query, draft.writer())?;
    draft.keep()?;
    out.line(out.style.strong(&path.display().to_string()))?;
    let mut table = Table::new(&["rows", "file"]);
    for it in written {
        table.row(vec![it.rows.to_string(), it.name]);
    }
    table.print(out)?;
    out.line("  with CODEBOOK.md, LICENCE.txt, query.json and CITATION.bib")?;
    Ok(())
}
