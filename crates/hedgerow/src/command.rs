//! The commands, one file each.

mod actor;
pub(crate) mod add;
mod audit;
mod backup;
mod check;
mod code;
mod completions;
mod doctor;
mod dyad;
mod explain;
mod export;
mod fact;
mod facts;
pub(crate) mod hedge;
mod import;
mod lint;
mod merge;
mod outlet;
mod pair;
mod parse;
mod pledges;
mod recode;
mod review;
mod search;
mod serve;
mod user;
mod watch;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use hedgerow_archive::Archive;
use hedgerow_ledger::{Keep, Ledger};
use hedgerow_text::Published;

use crate::print::Out;
use crate::store::Store;
use crate::trouble::Trouble;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the claims of articles; keep nothing.
    Code(code::Args),
    /// Code articles and keep them in a ledger.
    Add(add::Args),
    /// Take claims or figures into a ledger that were coded or counted elsewhere.
    Import(import::Args),
    /// Write tables of a ledger: CSV, Excel, Stata, networks, bibliographies.
    Export(export::Args),
    /// Follow feeds and keep what is new in a ledger.
    Watch(watch::Args),
    /// Show what a ledger holds on two states.
    Dyad(dyad::Args),
    /// Show what a ledger holds on one state.
    Actor(actor::Args),
    /// Show one fact with every claim for and against it.
    Fact(fact::Args),
    /// Take the claims of an archive together into facts, once for all.
    Facts(facts::Args),
    /// Show what one state promised another, and what came of it.
    Pledges(pledges::Args),
    /// Find words in the articles and quotes of a ledger.
    Search(search::Args),
    /// Check a draft against a ledger.
    Check(check::Args),
    /// Accept, correct, reject, add, merge, split, comment, undo.
    Review(review::Args),
    /// Judge a random sample: precision, recall, corrected counts.
    Audit(audit::Args),
    /// Code the documents of a ledger anew.
    Recode(recode::Args),
    /// Record what you know of an outlet.
    Outlet(outlet::Args),
    /// Add what another ledger has.
    Merge(merge::Args),
    /// Write a whole copy of a ledger.
    Backup(backup::BackupArgs),
    /// Put a backup in the place of a ledger, or prove that it is whole.
    Restore(backup::RestoreArgs),
    /// Show how a state stands between two rivals.
    Hedge(Box<hedge::Args>),
    /// Open a ledger in the browser.
    Serve(serve::Args),
    /// Say who may do what in the browser; make accounts, forget people.
    User(user::Args),
    /// Say what given pairs of actors have to do with each other.
    Pair(pair::Args),
    /// Print sentences, tags, lemmas and trees (CoNLL-U).
    Parse(parse::Args),
    /// Show the page of a type or a measure, or the rule of that id.
    Explain(explain::Args),
    /// Check a codebook and its examples.
    Lint(lint::Args),
    /// Check this installation and a ledger.
    Doctor(doctor::Args),
    /// Print completions for a shell, or write the manual pages.
    Completions(completions::Args),
    /// Read a PDF from standard input: how this program reads PDFs in a process of its own.
    #[command(name = hedgerow_ingest::pdf::COMMAND, hide = true)]
    ExtractPdf,
}

/// Runs a command.
pub(crate) fn run(command: Command, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    match command {
        Command::Code(args) => code::run(&args, out, trouble),
        Command::Add(args) => add::run(&args, out, trouble),
        Command::Import(args) => import::run(&args, out, trouble),
        Command::Export(args) => export::run(&args, out),
        Command::Dyad(args) => dyad::run(&args, out),
        Command::Actor(args) => actor::run(&args, out),
        Command::Fact(args) => fact::run(&args, out),
        Command::Facts(args) => facts::run(&args, out),
        Command::Pledges(args) => pledges::run(&args, out),
        Command::Search(args) => search::run(&args, out),
        Command::Check(args) => check::run(&args, out, trouble),
        Command::Review(args) => review::run(&args, out),
        Command::Audit(args) => audit::run(&args, out, trouble),
        Command::Recode(args) => recode::run(&args, out, trouble),
        Command::Outlet(args) => outlet::run(&args, out),
        Command::Merge(args) => merge::run(&args, out),
        Command::Backup(args) => backup::backup(&args, out),
        Command::Restore(args) => backup::restore(&args, out, trouble),
        Command::Hedge(args) => hedge::run(&args, out, trouble),
        Command::Serve(args) => serve::run(&args, out),
        Command::User(args) => user::run(&args, out),
        Command::Pair(args) => pair::run(&args, out, trouble),
        Command::Parse(args) => parse::run(&args, out, trouble),
        Command::Explain(args) => explain::run(&args, out),
        Command::Lint(args) => lint::run(&args, out, trouble),
        Command::Doctor(args) => doctor::run(&args, out, trouble),
        Command::Completions(args) => completions::run(&args, out),
        Command::Watch(args) => watch::run(&args, out, trouble),
        // Answered before anything else; see `main`.
        Command::ExtractPdf => Ok(()),
    }
}

/// What is read.
#[derive(Debug, Args)]
struct Inputs {
    /// Files, folders, or - for standard input.
    ///
    /// Text, Markdown with front matter, HTML, PDF, e-mail (.eml, .mbox), feeds (.rss, .atom, .xml), tables of stories
    /// (.csv, .tsv), JSON lines, web archives (.warc), all packed with gzip too. Addresses: only with
    /// `add`. Of a folder everything is read but tables, XML and JSON, which must be named.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Day of publication of texts that do not state their own.
    #[arg(long, value_name = "YYYY-MM-DD")]
    published: Option<Published>,
    /// A folder with codebook entries of your own, laid over those in this program.
    #[arg(long, value_name = "DIR")]
    codebook: Option<PathBuf>,
}

/// Which ledger.
#[derive(Debug, Args)]
struct LedgerFile {
    /// The ledger; commands that only read take the folder of an archive too.
    #[arg(long, value_name = "FILE", default_value = "hedgerow.sqlite")]
    ledger: PathBuf,
}

impl LedgerFile {
    /// The ledger, which must exist.
    fn open(&self) -> anyhow::Result<Ledger> {
        Ok(Ledger::open_reader(&self.ledger)?)
    }

    /// The ledger, or the archive where a folder is named.
    fn store(&self) -> anyhow::Result<Store> {
        if hedgerow_archive::is_archive(&self.ledger) {
            return Ok(Store::Archive(Archive::open(&self.ledger)?));
        }
        Ok(Store::Ledger(self.open()?))
    }

    /// ` --ledger FILE`, where it is not the default: for commands that are suggested.
    fn option(&self) -> String {
        if self.ledger.as_os_str() == "hedgerow.sqlite" {
            return String::new();
        }
        let name = self.ledger.display().to_string();
        let plain = name.chars().all(|c| c.is_alphanumeric() || "/._-+=:,".contains(c));
        if plain { format!(" --ledger {name}") } else { format!(" --ledger '{name}'") }
    }
}

/// How much of a document is kept.
#[derive(Debug, Args)]
struct KeepArg {
    /// Keep texts (and the bytes that they were taken from), or fingerprints and quotes only, where texts may not be kept.
    #[arg(long, value_enum, default_value = "text")]
    keep: KeepWhat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KeepWhat {
    Text,
    Quotes,
}

impl KeepArg {
    fn keep(&self) -> Keep {
        match self.keep {
            KeepWhat::Text => Keep::Text,
            KeepWhat::Quotes => Keep::Quotes,
        }
    }
}

/// A code as the shell needs it.
fn quoted(code: &str) -> String {
    let plain = code.chars().all(|c| c.is_alphanumeric() || c == ':' || c == '-');
    if plain { code.to_owned() } else { format!("'{code}'") }
}

/// Facts of each section that a sheet shows.
const SHEET_FACTS: usize = 50;

/// How a sheet is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SheetFormat {
    /// For people.
    Table,
    /// One claim a line, as JSON.
    Jsonl,
    /// One claim a row.
    Csv,
}
