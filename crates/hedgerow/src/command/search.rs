//! `hedgerow search`: words in the articles and quotes of a ledger.

use clap::ValueEnum;
use hedgerow_codebook::ClaimLine;

use crate::print::wrap::wrap;
use crate::print::{Out, sheet};
use crate::trouble::visible;

/// Find articles in which all of the words stand, and the claims that rest on them.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow search patrol boats
  hedgerow search '\"status quo\"' seas*
  hedgerow search --claims pledged --limit 50 --format jsonl

Words are found whatever their case and accents; a * at the end stands for any ending, \"…\" for a phrase.")]
pub(crate) struct Args {
    /// The words.
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Claims whose evidence holds the words, instead of articles.
    #[arg(long)]
    claims: bool,
    /// How many at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// For people, or one JSON object a line.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Jsonl,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let ledger = args.ledger.open()?;
    let words = args.words.join(" ");
    let style = out.style;
    if args.claims {
        let rows = ledger.search_quotes(&words, args.limit)?;
        for row in &rows {
            if args.format == Format::Jsonl {
                out.line(serde_json::to_string(row)?)?;
                continue;
            }
            out.line(ClaimLine::from(&row.claim).to_string())?;
            for line in wrap(&format!("“{}”", row.claim.evidence.text), style.width, 2) {
                out.line(line)?;
            }
            out.line(style.faint(&format!("  {}, claim {}", sheet::origin(row), row.claim.id)))?;
        }
        return nothing(rows.is_empty(), args, out);
    }
    let hits = ledger.search(&words, args.limit)?;
    for hit in &hits {
        if args.format == Format::Jsonl {
            out.line(serde_json::to_string(hit)?)?;
            continue;
        }
        let about: Vec<String> = hit
            .title
            .iter()
            .chain(&hit.outlet)
            .chain(&hit.published)
            .map(|it| visible(it))
            .collect();
        out.line(style.strong(&format!("{}  {}", visible(&hit.doc), about.join(", "))))?;
        for line in wrap(&hit.snippet, style.width, 2) {
            out.line(line)?;
        }
    }
    nothing(hits.is_empty(), args, out)
}

fn nothing(empty: bool, args: &Args, out: &mut Out) -> anyhow::Result<()> {
    if empty && args.format == Format::Table {
        out.line(format!("{} has nothing with all of these words", args.ledger.ledger.display()))?;
    }
    Ok(())
}
