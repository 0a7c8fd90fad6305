//! `hedgerow hedge`: how a state stands between two rivals, and how sure that is.

mod options;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::ValueEnum;
use hedgerow_codebook::Codebook;
use hedgerow_ledger::{ClaimRow, Lens};
use hedgerow_measure::coded::Unmeasured;
use hedgerow_measure::hedge::{Confusion, Covered, Question, Scenario, answer, joint, years};
use hedgerow_measure::{Indicator, TieRow};
use jiff::civil::Date;

use crate::print::{Out, hedge as print};
use crate::trouble::Trouble;
use crate::{ties, who};

/// Show how a state leans between two rivals, how it spreads its ties, what drives that, and how sure it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow hedge VNM --rivals USA,CHN --camp JPN=USA --at 2015-09-20
  hedgerow hedge VNM --rivals USA,CHN --series --format svg > vietnam.svg
  hedgerow hedge VNM --rivals USA,CHN --without f-d00-29
  hedgerow hedge VNM --rivals USA,CHN --acts icews --series
  hedgerow hedge VNM --rivals USA,CHN --ties trade.csv --saturation assistance=100e6
  hedgerow hedge VNM,PHL,THA --rivals USA,CHN --rivals JPN,CHN --series --format csv > panel.csv
  hedgerow hedge VNM,JPN --toward CHN              two states toward a third
What is measured, and what it cannot see: hedgerow explain hedge.v1")]
pub(crate) struct Args {
    /// A code (VNM) or a name (Vietnam); several, separated by commas, are asked of one by one, with --toward two together.
    #[arg(value_name = "CODE")]
    who: String,
    /// The two rivals; a lean towards the first is positive. May be given again, for another two.
    #[arg(long, value_name = "A,B", required_unless_present = "toward")]
    rivals: Vec<String>,
    /// Count a partner with a rival, wholly or in part: JPN=USA, JPN=USA:0.5.
    #[arg(long, value_name = "C=A[:SHARE]")]
    camp: Vec<String>,
    /// The third state of a joint position.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["rivals", "camp", "series", "with", "without"])]
    toward: Option<String>,
    /// The day; where none is given, the day of the newest document.
    #[arg(long, value_name = "YYYY-MM-DD")]
    at: Option<Date>,
    /// One row a year instead of one day.
    #[arg(long, conflicts_with_all = ["with", "without"])]
    series: bool,
    /// The first year of --series.
    #[arg(long, value_name = "YEAR", requires = "series")]
    since: Option<i16>,
    /// A scenario (TOML): what would become of the answer.
    #[arg(long, value_name = "FILE")]
    with: Option<PathBuf>,
    /// What would become of the answer without this fact.
    #[arg(long, value_name = "FACT")]
    without: Vec<String>,
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// A table of ties of your own (CSV), on top of the ledger.
    #[arg(long, value_name = "FILE")]
    ties: Vec<PathBuf>,
    /// Claims of your own (JSON lines, as `hedgerow code` writes them), on top of the ledger.
    #[arg(long, value_name = "FILE")]
    claims: Vec<PathBuf>,
    /// Whose events count as acts and words: those of the claims, or the imported ones of another coder.
    #[arg(long, value_enum, value_name = "SOURCE", default_value = "claims")]
    acts: Acts,
    #[command(flatten)]
    settings: options::Settings,
    /// A table for people, JSON lines, comma-separated values, or a chart.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// Whose events count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Acts {
    /// The facts of the ledger's claims.
    Claims,
    /// Imported from ICEWS.
    Icews,
    /// Imported from GDELT.
    GdeltEvents,
    /// Imported from POLECAT.
    Polecat,
}

impl Acts {
    /// The kind of import.
    const fn source(self) -> Option<&'static str> {
        match self {
            Self::Claims => None,
            Self::Icews => Some("icews"),
            Self::GdeltEvents => Some("gdelt-events"),
            Self::Polecat => Some("polecat"),
        }
    }
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Table,
    /// Whole, as JSON.
    Jsonl,
    /// One number a row.
    Csv,
    /// A chart.
    Svg,
}

/// What the user's own files say, of whatever state.
#[derive(Default)]
struct Told {
    claims: Vec<ClaimRow>,
    ties: Vec<TieRow>,
}

/// What was read for one state.
struct Read {
    rows: Vec<TieRow>,
    unmeasured: Vec<Unmeasured>,
    newest: Option<Date>,
    /// Where an import lists all there is, so that silence is zero.
    covered: Vec<Covered>,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let codebook = crate::codebook::load(None)?;
    let told = args.told(trouble)?;
    if let Some(third) = &args.toward {
        return toward(args, third, &codebook, &told, out);
    }
    let names = args.who.split(',').map(str::trim).filter(|it| !it.is_empty());
    let states: Vec<String> =
        names.map(|it| who::code(&codebook, it)).collect::<anyhow::Result<_>>()?;
    let pairs: Vec<[String; 2]> = args
        .rivals
        .iter()
        .map(|it| options::rivals(&codebook, it))
        .collect::<anyhow::Result<_>>()?;
    let many = states.len() * pairs.len() > 1;
    if many && args.format == Format::Svg {
        bail!("a chart shows one state between two rivals; ask for one, or for --format csv");
    }
    if many && !(args.with.is_none() && args.without.is_empty()) {
        bail!("--with and --without change what is known of one state; ask of it alone");
    }
    print::begin(out, args.format)?;
    for (n, code) in states.iter().enumerate() {
        let read = args.read(&codebook, &[code], &told)?;
        for (m, rivals) in pairs.iter().enumerate() {
            if n + m > 0 && args.format == Format::Table {
                out.blank()?;
            }
            let question = args.question(&codebook, code, rivals, &pairs, &read)?;
            one(args, &codebook, &question, &read, out)?;
        }
    }
    Ok(())
}

/// One state between two rivals.
fn one(
    args: &Args,
    codebook: &Codebook,
    question: &Question,
    read: &Read,
    out: &mut Out,
) -> anyhow::Result<()> {
    if args.series {
        let first = args.since.or_else(|| first_year(&read.rows, question));
        let Some(first) = first.filter(|it| *it <= question.at.year()) else {
            bail!(
                "nothing dated is told of {} by {}; add documents or --ties",
                question.who,
                question.at
            );
        };
        let years = years(&read.rows, question, first, question.at.year());
        return print::years(out, args.format, codebook, question, &years);
    }
    let confusion = Confusion::measured(&codebook.scores);
    let now = answer(&read.rows, question, &confusion);
    let mut then = Vec::new();
    for scenario in args.scenarios()? {
        let place =
            args.with.as_ref().map_or("--without".to_owned(), |it| it.display().to_string());
        let (rows, question) = scenario.apply(&read.rows, question).context(place)?;
        then.push((scenario.name, answer(&rows, &question, &confusion)));
    }
    print::answer(out, args.format, codebook, &now, &then, &read.unmeasured)
}

/// Two states and a third.
fn toward(
    args: &Args,
    third: &str,
    codebook: &Codebook,
    told: &Told,
    out: &mut Out,
) -> anyhow::Result<()> {
    let Some((a, b)) = args.who.split_once(',') else {
        bail!("{}: one state; with --toward give two, VNM,JPN", args.who);
    };
    let pair = [who::code(codebook, a.trim())?, who::code(codebook, b.trim())?];
    let third = who::code(codebook, third)?;
    if pair[0] == pair[1] || pair.contains(&third) {
        bail!("{} toward {third}: one is there twice; give three different states", args.who);
    }
    let read = args.read(codebook, &[&pair[0], &pair[1]], told)?;
    let Some(at) = args.at.or(read.newest) else {
        bail!("no document has a day; give one: --at 2015-09-20")
    };
    let mut settings = args.settings.settings(codebook)?;
    settings.covered.extend(read.covered);
    print::joint(out, args.format, codebook, &joint(&read.rows, &pair, &third, at, &settings))
}

impl Args {
    /// What the user's own files say.
    fn told(&self, trouble: &mut Trouble) -> anyhow::Result<Told> {
        let mut told = Told::default();
        for path in &self.claims {
            told.claims.extend(ties::claims_of(path, trouble)?);
        }
        for path in &self.ties {
            told.ties.extend(ties::of_table(path, trouble)?);
        }
        Ok(told)
    }

    /// Rows of the ledger and of the user's own files, about these states.
    fn read(&self, codebook: &Codebook, codes: &[&str], told: &Told) -> anyhow::Result<Read> {
        let rates = self.settings.rates()?;
        let mut claims = Vec::new();
        let mut imported = Vec::new();
        let mut covered = Vec::new();
        let mut lens = Lens::default();
        // With files of one's own there may be no ledger.
        let files = !self.ties.is_empty() || !self.claims.is_empty();
        if !files || self.ledger.ledger.exists() {
            let store = self.ledger.store()?;
            if self.acts != Acts::Claims && store.archive().is_some() {
                bail!(
                    "{}: is an archive, which has no imported events; name a ledger, or leave out --acts",
                    self.ledger.ledger.display()
                );
            }
            // An archive that has its facts may hold millions of claims of a state: its years are read as columns.
            if let Some(archive) = store.archive().filter(|_| self.series)
                && archive.has_facts()?
            {
                let cells = archive.cells(codes[0], codebook, &rates)?;
                let (rows, newest) = (cells.rows, cells.newest);
                return Ok(Read { rows, newest, unmeasured: Vec::new(), covered });
            }
            for code in codes {
                claims.extend(store.actor(code)?);
                if let Some(ledger) = store.ledger() {
                    let ties = hedgerow_data::ties(ledger, code)?;
                    imported.extend(ties.rows);
                    if let Some(source) = self.acts.source() {
                        imported.extend(hedgerow_data::acts(ledger, codebook, source, code)?);
                    }
                    covered = ties.covered;
                }
            }
            lens = store.lens(&claims)?;
        }
        let newest = claims.iter().chain(&told.claims).filter_map(|row| row.published).max();
        // What names none of them is of no fact of theirs.
        let names = |row: &&ClaimRow| {
            let mut parties = row.claim.actors.iter().chain(&row.claim.recipients);
            parties.any(|it| codes.contains(&it.code.as_str()))
        };
        claims.extend(told.claims.iter().filter(names).cloned());
        let (mut rows, unmeasured) = hedgerow_data::of_claims(&claims, &lens, codebook, &rates);
        if self.acts != Acts::Claims {
            // Reports of one coder are never added to those of another.
            rows.retain(|row| !row.indicator.is_of_acts());
        }
        // What two states have with each other was read of both.
        imported.sort_by(|a, b| a.id.cmp(&b.id));
        imported.dedup_by(|a, b| a.id == b.id);
        rows.extend(imported);
        rows.extend(told.ties.iter().cloned());
        Ok(Read { rows, unmeasured, newest, covered })
    }

    fn question(
        &self,
        codebook: &Codebook,
        who: &str,
        rivals: &[String; 2],
        all: &[[String; 2]],
        read: &Read,
    ) -> anyhow::Result<Question> {
        let camps = options::camps(codebook, rivals, all, &self.camp)?;
        if rivals.iter().any(|it| it == who) || camps.iter().any(|it| it.partner == who) {
            bail!(
                "{who} is itself a rival or in a camp; ask of a state that stands between others"
            );
        }
        let Some(at) = self.at.or(read.newest) else {
            bail!("no document has a day; give one: --at 2015-09-20")
        };
        let mut settings = self.settings.settings(codebook)?;
        settings.covered.extend(read.covered.iter().cloned());
        Ok(Question { who: who.to_owned(), rivals: rivals.clone(), camps, at, settings })
    }

    fn scenarios(&self) -> anyhow::Result<Vec<Scenario>> {
        let mut scenarios: Vec<Scenario> =
            self.without.iter().map(String::as_str).map(Scenario::without).collect();
        if let Some(path) = &self.with {
            let name = || path.display().to_string();
            let text = fs::read_to_string(path).with_context(name)?;
            let mut scenario = Scenario::parse(&text).with_context(name)?;
            if scenario.name.is_empty() {
                scenario.name = name();
            }
            scenarios.push(scenario);
        }
        Ok(scenarios)
    }
}

/// The first year of which anything but a standing level is told.
fn first_year(rows: &[TieRow], question: &Question) -> Option<i16> {
    let counts = |row: &&TieRow| {
        row.partner(&question.who).is_some()
            && row.indicator.window() != hedgerow_measure::Window::Standing
            && question.settings.counts(row.indicator)
    };
    let of_row = |row: &TieRow| {
        // An annual figure counts at the end of its year.
        row.start.map(Date::year).filter(|_| row.indicator != Indicator::Disputes)
    };
    rows.iter().filter(counts).filter_map(of_row).min()
}
