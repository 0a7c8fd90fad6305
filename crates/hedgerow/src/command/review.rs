//! `hedgerow review`: what people decide about claims.

use anyhow::{Context, bail};
use clap::Subcommand;
use hedgerow_codebook::{ClaimLine, by_hand};
use hedgerow_ledger::{Decision, DecisionRow, Ledger, Verb};

use crate::print::Out;
use crate::print::table::Table;
use crate::trouble::visible;

/// Accept, correct or reject claims, add what was missed, say what is one happening, comment, and undo.
///
/// Every decision is a row with author, time and reason; undo is another row. Decisions outrank the coder and hold when a
/// document is coded anew.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow review accept 0001-ships-for-hanoi-01
  hedgerow review reject d00-29 --reason 'a thousand times too high: see the wires'
  hedgerow review correct d00-29 --as 'JPN -> VNM  flow.aid  USD 1.7e6  2015  !pledged'
  hedgerow review add d00 --words 'Japan pledged $1.7 billion' --as 'JPN -> VNM  flow.aid  USD 1.7e9  2015  !pledged'
  hedgerow review same d07-01 d08-01
  hedgerow review apart d07-01 d08-04 --reason 'a part, not the whole'
  hedgerow review comment d00-29 'asked the ministry on 2 October'
  hedgerow review undo 3
  hedgerow review list

--as takes a claim line as `hedgerow code` prints it; what the line does not show stays as it was.")]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
    /// Who decides; else the environment says so in `HEDGEROW_AUTHOR`, or `USER`.
    #[arg(long, value_name = "NAME", global = true)]
    author: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", global = true)]
    reason: Option<String>,
    /// The ledger.
    #[arg(long, value_name = "FILE", default_value = "hedgerow.sqlite", global = true)]
    ledger: std::path::PathBuf,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Claims are right.
    Accept {
        /// Ids of claims.
        #[arg(required = true, value_name = "CLAIM")]
        claims: Vec<String>,
    },
    /// Claims are wrong: they stand no more.
    Reject {
        /// Ids of claims.
        #[arg(required = true, value_name = "CLAIM")]
        claims: Vec<String>,
    },
    /// A claim should read otherwise.
    Correct {
        /// Id of the claim.
        #[arg(value_name = "CLAIM")]
        claim: String,
        /// The claim as it should be, as a claim line.
        #[arg(long = "as", value_name = "LINE")]
        line: String,
    },
    /// A document makes a claim that was missed.
    Add {
        /// Id of the document.
        #[arg(value_name = "DOCUMENT")]
        document: String,
        /// The words that make it, exactly as the text has them.
        #[arg(long, value_name = "TEXT")]
        words: String,
        /// The claim, as a claim line.
        #[arg(long = "as", value_name = "LINE")]
        line: String,
        /// Which occurrence of the words, where there are several.
        #[arg(long, value_name = "N", default_value_t = 1)]
        occurrence: usize,
    },
    /// Two claims are about one happening.
    Same {
        /// Id of a claim.
        a: String,
        /// Id of the other.
        b: String,
    },
    /// Two claims are about two happenings.
    Apart {
        /// Id of a claim.
        a: String,
        /// Id of the other.
        b: String,
    },
    /// Say something about a claim.
    Comment {
        /// Id of the claim.
        #[arg(value_name = "CLAIM")]
        claim: String,
        /// What is to be said.
        text: String,
    },
    /// Take a decision back.
    Undo {
        /// Its number, as `list` prints it.
        #[arg(value_name = "NUMBER")]
        number: i64,
    },
    /// Show the decisions.
    List {
        /// Only those on this claim.
        #[arg(value_name = "CLAIM")]
        claim: Option<String>,
        /// JSON lines instead of a table.
        #[arg(long)]
        jsonl: bool,
    },
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    if let What::List { claim, jsonl } = &args.what {
        return list(&Ledger::open_reader(&args.ledger)?, claim.as_deref(), *jsonl, out);
    }
    let author = author(args)?;
    let mut ledger = Ledger::open_existing(&args.ledger)?;
    let mut reason = args.reason.clone();
    let verbs: Vec<Verb> = match &args.what {
        What::Accept { claims } => claims.iter().cloned().map(Verb::Accept).collect(),
        What::Reject { claims } => claims.iter().cloned().map(Verb::Reject).collect(),
        What::Correct { claim, line } => {
            let Some(row) = ledger.claim(claim)? else {
                bail!("{claim}: no claim of that id stands; `hedgerow dyad A B` prints the ids");
            };
            let corrected = by_hand::corrected(&row.claim, &read(line)?);
            vec![Verb::Correct(row.claim.id, Box::new(corrected))]
        }
        What::Add { document, words, line, occurrence } => {
            let Some(kept) = ledger.document(document)? else {
                bail!("{document}: no document of that id; `hedgerow search WORDS` finds it");
            };
            let evidence = by_hand::evidence(&kept.text, words, *occurrence)?;
            vec![Verb::Add(Box::new(by_hand::added(&kept.row.id, &evidence, &read(line)?)?))]
        }
        What::Same { a, b } => vec![Verb::Same(a.clone(), b.clone())],
        What::Apart { a, b } => vec![Verb::Apart(a.clone(), b.clone())],
        What::Comment { claim, text } => {
            reason = Some(text.clone());
            vec![Verb::Comment(claim.clone())]
        }
        What::Undo { number } => vec![Verb::Undo(*number)],
        What::List { .. } => Vec::new(),
    };
    for verb in verbs {
        let decision =
            Decision { verb, author: author.clone(), reason: reason.clone(), added: None };
        let seq = ledger.decide(&decision).context("nothing was decided")?;
        let row = ledger.decisions()?.into_iter().find(|it| it.seq == seq);
        if let Some(row) = row {
            out.line(told(&row))?;
        }
    }
    ledger.settle(false)?;
    Ok(())
}

fn author(args: &Args) -> anyhow::Result<String> {
    let named = |name: &str| std::env::var(name).ok().filter(|it| !it.trim().is_empty());
    let author = args.author.clone().or_else(|| named("HEDGEROW_AUTHOR")).or_else(|| named("USER"));
    match author {
        Some(author) => Ok(author),
        None => bail!("who decides? name yourself with --author NAME or in HEDGEROW_AUTHOR"),
    }
}

fn read(line: &str) -> anyhow::Result<ClaimLine> {
    line.parse().map_err(|error| {
        anyhow::anyhow!("--as {line}: {error}; write it as `hedgerow code` prints claims, with two blanks between parts")
    })
}

/// "12: d00-29 corrected, now d00-h1 (A. Reader, 2026-01-02T…): a thousand times too high".
fn told(row: &DecisionRow) -> String {
    let on = match (row.verb.as_str(), &row.claim, &row.other, row.replaces) {
        ("undone", _, _, Some(seq)) => format!("decision {seq} is taken back"),
        ("corrected", Some(claim), Some(other), _) => format!("{claim} corrected, now {other}"),
        ("added", _, Some(other), _) => format!("{other} added"),
        ("same", Some(claim), Some(other), _) => format!("{claim} and {other} are one happening"),
        ("apart", Some(claim), Some(other), _) => format!("{claim} and {other} are two happenings"),
        ("comment", Some(claim), _, _) => format!("on {claim}"),
        (verb, Some(claim), _, _) => format!("{claim} {verb}"),
        (verb, ..) => verb.to_owned(),
    };
    let reason = row.reason.as_ref().map(|it| format!(": {}", visible(it))).unwrap_or_default();
    format!("{}  {on} ({}, {}){reason}", row.seq, visible(&row.author), row.added)
}

fn list(ledger: &Ledger, claim: Option<&str>, jsonl: bool, out: &mut Out) -> anyhow::Result<()> {
    let on = |row: &DecisionRow| {
        claim.is_none_or(|id| row.claim.as_deref() == Some(id) || row.other.as_deref() == Some(id))
    };
    let rows: Vec<DecisionRow> = ledger.decisions()?.into_iter().filter(on).collect();
    if jsonl {
        for row in &rows {
            out.line(serde_json::to_string(row)?)?;
        }
        return Ok(());
    }
    if rows.is_empty() {
        return Ok(out.line("no decisions")?);
    }
    let mut table =
        Table::new(&["number", "decision", "claim", "other", "author", "time", "reason"]);
    for row in &rows {
        let verb = if row.holds || row.verb == "undone" {
            row.verb.clone()
        } else {
            format!("{}, taken back", row.verb)
        };
        table.row(vec![
            row.seq.to_string(),
            verb,
            row.claim.clone().unwrap_or_default(),
            row.other
                .clone()
                .or_else(|| row.replaces.map(|it| format!("decision {it}")))
                .unwrap_or_default(),
            visible(&row.author),
            row.added.clone(),
            crate::print::wrap::cut(row.reason.as_deref().unwrap_or_default(), 60),
        ]);
    }
    Ok(table.print(out)?)
}
