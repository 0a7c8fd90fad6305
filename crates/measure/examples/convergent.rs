//! Whether `hedge.v1` on votes and alliances alone moves with FBIC's share of the United States, within six states of Southeast Asia:
//! `cargo run --release -p hedgerow-measure --example convergent -- ../shared/ties`. Trade and arms are parts of FBIC and left out.
#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use hedgerow_measure::alliance::Duties;
use hedgerow_measure::hedge::{Question, Settings, years};
use hedgerow_measure::{Indicator, Origin, Reading, RegisterError, Series, TieRow};
use jiff::civil::date;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

const STATES: [(&str, u16); 6] =
    [("IDN", 850), ("MYS", 820), ("PHL", 840), ("SGP", 830), ("THA", 800), ("VNM", 816)];
const RIVALS: [(&str, u16); 2] = [("USA", 2), ("CHN", 710)];
const FIRST: i16 = 1999;
const LAST: i16 = 2023;

/// Shares by state and year.
type Shares = BTreeMap<(&'static str, i16), f64>;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        return Err("give the folder of the sources".into());
    };
    let mut rows = votes(&folder.join("un/IdealpointestimatesAll_Jun2024.csv"))?;
    rows.extend(alliances(&folder.join("cow/ps_atop_alliance.parquet"))?);
    let fbic = influence(&folder.join("fbic/FBIC_cleaned.csv"))?;
    println!(
        "| state | years | r, votes | r, votes and alliances to 2018 | FBIC {FIRST} to {LAST} | votes lean {FIRST} to {LAST} |"
    );
    println!("|---|---|---|---|---|---|");
    for (state, _) in STATES {
        let lean = |only: &[Indicator], last: i16| -> Vec<(f64, f64)> {
            let question = Question {
                who: state.to_owned(),
                rivals: RIVALS.map(|(code, _)| code.to_owned()),
                camps: Vec::new(),
                at: date(last, 12, 31),
                settings: Settings { only: only.to_vec(), ..Settings::default() },
            };
            let years = years(&rows, &question, FIRST, last);
            let pair = |(year, [delivered, _]): &(i16, [hedgerow_measure::hedge::Position; 2])| {
                let open = delivered.domains.iter().any(|it| {
                    it.lean.is_none() && only.iter().any(|own| own.domain() == it.domain)
                });
                Some((delivered.summary.filter(|_| !open)?.lean, *fbic.get(&(state, *year))?))
            };
            years.iter().filter_map(pair).collect()
        };
        let votes = lean(&[Indicator::Votes], LAST);
        let both = lean(&[Indicator::Votes, Indicator::Alliance], 2018);
        let ends = |of: &dyn Fn(&(f64, f64)) -> f64| match (votes.first(), votes.last()) {
            (Some(first), Some(last)) => format!("{:+.3} to {:+.3}", of(first), of(last)),
            _ => String::new(),
        };
        println!(
            "| {state} | {} | {} | {} | {} | {} |",
            votes.len(),
            correlation(&votes),
            correlation(&both),
            ends(&|it| it.1),
            ends(&|it| it.0)
        );
    }
    Ok(())
}

/// Agreement with each rival by session; year = session + 1945.
fn votes(path: &Path) -> Result<Vec<TieRow>, Box<dyn Error>> {
    let mut rows = Vec::new();
    for record in csv::Reader::from_path(path)?.deserialize() {
        let row: BTreeMap<String, String> = record?;
        let state = STATES.iter().find(|(code, _)| row.get("iso3c").is_some_and(|it| it == code));
        let Some((state, _)) = state else { continue };
        let year: i16 = row["session"].parse::<i16>()? + 1945;
        for (rival, column) in [("USA", "USAgree"), ("CHN", "ChinaAgree")] {
            if let Ok(value) = row[column].parse() {
                rows.push(row_of(state, rival, Indicator::Votes, year, value));
            }
        }
    }
    Ok(rows)
}

/// Levels of alliance by year, of both directions the higher; the source ends in 2018.
fn alliances(path: &Path) -> Result<Vec<TieRow>, Box<dyn Error>> {
    let mut levels: BTreeMap<(&str, &str, i16), f64> = BTreeMap::new();
    for year in FIRST..=2018 {
        for (state, _) in STATES {
            for (rival, _) in RIVALS {
                levels.insert((state, rival, year), 0.0);
            }
        }
    }
    for row in SerializedFileReader::new(File::open(path)?)?.get_row_iter(None)? {
        let row = row?;
        let number = |column: &str| {
            row.get_column_iter().find(|(name, _)| *name == column).map_or(
                0.0,
                |(_, it)| match it {
                    Field::Double(value) => *value,
                    _ => 0.0,
                },
            )
        };
        let (a, b, year) =
            (number("ccode1") as u16, number("ccode2") as u16, number("year") as i16);
        for (state, own) in STATES {
            for (rival, other) in RIVALS {
                if !((a, b) == (own, other) || (a, b) == (other, own)) {
                    continue;
                }
                let duty = |name: &str| number(&format!("atop_{name}")) > 0.5;
                let duties = Duties {
                    defense: duty("defense"),
                    offense: duty("offense"),
                    neutrality: duty("neutral"),
                    consultation: duty("consul"),
                    nonaggression: duty("nonagg"),
                };
                if let Some(level) = levels.get_mut(&(state, rival, year)) {
                    *level = level.max(f64::from(duties.level()));
                }
            }
        }
    }
    let row =
        |((state, rival, year), level)| row_of(state, rival, Indicator::Alliance, year, level);
    Ok(levels.into_iter().map(row).collect())
}

/// Share of the United States in the influence of both rivals, by state and year.
fn influence(path: &Path) -> Result<Shares, Box<dyn Error>> {
    let mut sides: BTreeMap<(&str, i16), [f64; 2]> = BTreeMap::new();
    for record in csv::Reader::from_path(path)?.deserialize() {
        let row: BTreeMap<String, String> = record?;
        let state = STATES.iter().find(|(code, _)| row["iso3b"] == *code);
        let rival = RIVALS.iter().position(|(code, _)| row["iso3a"] == *code);
        if let (Some((state, _)), Some(rival)) = (state, rival) {
            sides.entry((state, row["year"].parse()?)).or_default()[rival] = row["fbic"].parse()?;
        }
    }
    Ok(sides.into_iter().map(|(key, [us, china])| (key, us / (us + china))).collect())
}

fn row_of(state: &str, rival: &str, indicator: Indicator, year: i16, value: f64) -> TieRow {
    let id = format!("{indicator}:{state}-{rival}:{year}");
    TieRow {
        actor: state.to_owned(),
        recipient: rival.to_owned(),
        indicator,
        series: Series::Standing,
        kind: "register".to_owned(),
        start: Some(date(year, 1, 1)),
        end: Some(date(year, 12, 31)),
        told: None,
        source: Origin::Register { name: "register".to_owned(), error: RegisterError::None },
        readings: vec![Reading {
            value,
            denies: false,
            publishers: vec!["register".to_owned()],
            claims: vec![id.clone()],
        }],
        id,
    }
}

/// Pearson's, to two digits; `–` where one of the two never varies.
fn correlation(pairs: &[(f64, f64)]) -> String {
    let n = pairs.len() as f64;
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(&|it| it.0), mean(&|it| it.1));
    let product = mean(&|it| (it.0 - x) * (it.1 - y));
    let spread = (mean(&|it| (it.0 - x).powi(2)) * mean(&|it| (it.1 - y).powi(2))).sqrt();
    if spread > 1e-12 {
        format!("{:+.2} ({})", product / spread, pairs.len())
    } else {
        "–".to_owned()
    }
}
