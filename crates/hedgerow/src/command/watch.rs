//! `hedgerow watch`: follow feeds and keep what is new.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail};
use hedgerow_ingest::fetch::{Client, Manners};
use hedgerow_ingest::watch::Watch;
use hedgerow_ledger::Ledger;
use jiff::Timestamp;

use super::add::{self, Tally};
use crate::engine::Engine;
use crate::input;
use crate::print::Out;
use crate::trouble::{Trouble, complain};

/// Follow feeds: fetch what is new in them, code it, and keep it in a ledger.
///
/// Every page is fetched once. A feed is asked only for what has changed; sites are given pauses, and what they close to
/// robots is left alone: then the text in the feed counts, where it is an article. What was done is remembered in a file
/// beside the ledger, so that the command may be stopped and started again at any time. Addresses in private networks are
/// refused.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow watch https://example.org/world.rss
  hedgerow watch feeds.txt --ledger asia.sqlite --every 60
  hedgerow watch feeds.txt --once --quiet              from cron")]
pub(crate) struct Args {
    /// Addresses of feeds (RSS, Atom, JSON feed), or files with one address a line; # begins a remark.
    #[arg(required = true, value_name = "FEEDS")]
    feeds: Vec<String>,
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// Visit every feed once, and end.
    #[arg(long)]
    once: bool,
    /// How long a feed is left alone after a visit.
    #[arg(long, value_name = "MINUTES", default_value_t = 30,
        value_parser = clap::value_parser!(u32).range(5..=10_080))]
    every: u32,
    /// The pause between two requests to one host.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    delay: u16,
    /// Fetch also what sites ask robots to leave alone. For sites that have allowed it to you.
    #[arg(long)]
    ignore_robots: bool,
    /// A host (or host:port) that may be fetched from although it is in a private network.
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    #[command(flatten)]
    keep: super::KeepArg,
    /// A folder with codebook entries of your own, laid over those in this program.
    #[arg(long, value_name = "DIR")]
    codebook: Option<PathBuf>,
    /// Print the summary only.
    #[arg(long, short)]
    quiet: bool,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let feeds = feeds(&args.feeds)?;
    let engine = Engine::load(args.codebook.as_deref())?;
    let path = &args.ledger.ledger;
    let mut ledger = Ledger::open(path)?;
    let manners = Manners {
        allowed: args.allow_host.clone(),
        delay: Duration::from_secs(args.delay.into()),
        robots: !args.ignore_robots,
    };
    let settings = input::settings(args.codebook.as_deref())?;
    let every = i64::from(args.every) * 60;
    let mut watch = Watch::open(&memory(path), Client::new(manners), settings, every)?;
    let mut tally = Tally::default();
    let how = add::How { keep: args.keep.keep(), quiet: args.quiet };
    loop {
        for feed in &feeds {
            let now = Timestamp::now().as_second();
            let (due, failed) = watch.due(feed);
            // A feed that failed is left alone for as long as it was told; else one visit was asked for.
            if due > now && (failed || !args.once) {
                continue;
            }
            let visit = watch.visit(feed, now, |item| match item {
                Err(refusal) => {
                    trouble.refuse(&refusal);
                    Ok::<(), anyhow::Error>(())
                }
                Ok(input) => {
                    for remark in &input.remarks {
                        complain(&format!("{}: {remark}", input.path));
                    }
                    for done in add::coded(vec![input], &engine, &ledger)? {
                        add::one(done, &engine, &mut ledger, how, &mut tally, out, trouble)?;
                    }
                    Ok(())
                }
            })?;
            ledger.settle(false)?;
            if !args.quiet || args.once {
                let what = match (visit.unchanged, visit.new, visit.waiting) {
                    (true, ..) => "nothing has changed".to_owned(),
                    (_, new, 0) => format!("{new} new"),
                    (_, new, waiting) => format!("{new} new, {waiting} to be tried again"),
                };
                out.line(format!("{feed}: {what}"))?;
            }
            out.flush()?;
        }
        if args.once {
            break;
        }
        let now = Timestamp::now().as_second();
        let next = feeds.iter().map(|it| watch.due(it).0).min().unwrap_or(now);
        thread::sleep(Duration::from_secs((next - now).clamp(1, 3_600).unsigned_abs()));
    }
    add::summary(&args.ledger, &engine, &ledger, &tally, trouble.refused() as u64, out)
}

/// The file beside a ledger that remembers what was done.
fn memory(ledger: &Path) -> PathBuf {
    let mut name = ledger.file_name().unwrap_or_default().to_os_string();
    name.push(".watch.json");
    ledger.with_file_name(name)
}

/// The addresses that are meant: given, or listed in files.
fn feeds(given: &[String]) -> anyhow::Result<Vec<String>> {
    let is_address = |it: &str| it.starts_with("https://") || it.starts_with("http://");
    let mut feeds: Vec<String> = Vec::new();
    for it in given {
        if is_address(it) {
            feeds.push(it.clone());
            continue;
        }
        let list = std::fs::read_to_string(it).with_context(|| {
            format!("{it}: neither an address nor a file that can be read; give https://... or a list of such")
        })?;
        for (n, line) in list.lines().enumerate() {
            let line = line.split(" #").next().unwrap_or_default().trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if !is_address(line) {
                bail!("{it}:{}: `{line}` is no address; write one https://... a line", n + 1);
            }
            feeds.push(line.to_owned());
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    feeds.retain(|it| seen.insert(it.clone()));
    if feeds.is_empty() {
        bail!("no feed to follow; give the address of one, or a file with one a line");
    }
    Ok(feeds)
}
