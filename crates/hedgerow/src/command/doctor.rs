//! `hedgerow doctor`: is everything in order?

use hedgerow_ledger::Ledger;
use hedgerow_parse::Model;

use crate::print::Out;
use crate::print::wrap::count;
use crate::trouble::{Refusal, Trouble};

/// Check this installation, and the ledger where there is one.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow doctor
  hedgerow doctor --ledger asia.sqlite")]
pub(crate) struct Args {
    #[command(flatten)]
    ledger: super::LedgerFile,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    out.line(format!("hedgerow {}", env!("CARGO_PKG_VERSION")))?;
    match crate::codebook::load(None) {
        Ok(codebook) => out.line(format!(
            "codebook {}: {}, {}, {}",
            codebook.version(),
            count(codebook.pages.len() as u64, "page"),
            count(codebook.lexicon.senses().len() as u64, "rule"),
            count(codebook.gazetteer.states().len() as u64, "state"),
        ))?,
        Err(error) => {
            trouble.refuse(&Refusal::new("codebook", error.to_string(), "install hedgerow anew"));
        }
    }
    match Model::english() {
        Ok(model) => out.line(format!("model {}: whole", model.version()))?,
        Err(error) => {
            trouble.refuse(&Refusal::new("model", error.to_string(), "install hedgerow anew"));
        }
    }
    let path = &args.ledger.ledger;
    if !path.exists() {
        out.line(format!("no ledger at {}; make one with `hedgerow add PATH…`", path.display()))?;
        return Ok(());
    }
    let ledger = Ledger::open_reader(path)?;
    ledger.verify()?;
    let counts = ledger.counts()?;
    out.line(format!(
        "ledger {}: whole, {}, {}",
        path.display(),
        count(counts.documents, "document"),
        count(counts.claims, "claim"),
    ))?;
    Ok(())
}
