//! The options of `hedgerow hedge`, from words to parameters.

use std::collections::BTreeMap;

use anyhow::bail;
use hedgerow_codebook::{Codebook, Domain};
use hedgerow_measure::Indicator;
use hedgerow_measure::coded::Rates;
use hedgerow_measure::hedge::{self, Camp, Covered, Levels, Rival};
use jiff::civil::Date;

use crate::who;

/// What is assumed; all of it is printed with the answer.
#[derive(Debug, clap::Args)]
pub(super) struct Settings {
    /// The indicators that count, where not all do: partnership,trade,votes.
    #[arg(long, value_name = "INDICATORS", value_delimiter = ',')]
    only: Vec<String>,
    /// Tie to both sides at which half of a one-sided tie counts: assistance=100e6.
    #[arg(long, value_name = "INDICATOR=VALUE")]
    saturation: Vec<String>,
    /// Weight of a domain, where not 1: stance=0.5.
    #[arg(long, value_name = "DOMAIN=VALUE")]
    weight: Vec<String>,
    /// Sources were looked through for these partners, so that silence is zero: assistance=USA,CHN.
    #[arg(long, value_name = "INDICATOR=CODES")]
    covered: Vec<String>,
    /// A currency in dollars, from a day on or for ever: JPY=120.2, JPY=102.9@2014-08-01.
    #[arg(long, value_name = "CUR=N[@DAY]")]
    rate: Vec<String>,
    /// Whether levels count as ratios or as steps.
    #[arg(long, value_name = "ratio|steps", default_value = "ratio", value_parser = ["ratio", "steps"])]
    levels: String,
    /// Draws for the interval; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 2000)]
    draws: u32,
    /// Same seed, same interval.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

impl Settings {
    /// The parameters.
    pub(super) fn settings(&self, codebook: &Codebook) -> anyhow::Result<hedge::Settings> {
        let only = self.only.iter().map(|name| indicator(name));
        let mut saturation = BTreeMap::new();
        for text in &self.saturation {
            let (name, value) = pair("--saturation", text)?;
            saturation.insert(indicator(name)?, number(value)?);
        }
        let mut weights = BTreeMap::new();
        for text in &self.weight {
            let (name, value) = pair("--weight", text)?;
            let known = Domain::ALL.map(Domain::as_str).join(", ");
            let Some(domain) = Domain::parse(name) else {
                bail!("--weight {text}: no domain of that name; use {known}")
            };
            weights.insert(domain, number(value)?);
        }
        let mut covered = Vec::new();
        for text in &self.covered {
            let (name, codes) = pair("--covered", text)?;
            for code in codes.split(',') {
                covered.push(Covered {
                    indicator: indicator(name)?,
                    partner: who::code(codebook, code.trim())?,
                    from: None,
                    to: None,
                    basis: "--covered".to_owned(),
                });
            }
        }
        Ok(hedge::Settings {
            only: only.collect::<anyhow::Result<_>>()?,
            saturation,
            weights,
            levels: if self.levels == "steps" { Levels::Steps } else { Levels::Ratio },
            covered,
            seed: self.seed,
            draws: self.draws,
        })
    }

    /// The exchange rates.
    pub(super) fn rates(&self) -> anyhow::Result<Rates> {
        let mut rates = Rates::default();
        for text in &self.rate {
            let (currency, rest) = pair("--rate", text)?;
            let (value, day) = match rest.split_once('@') {
                Some((value, day)) => {
                    let Ok(day) = day.parse::<Date>() else {
                        bail!("--rate {text}: {day} is no day; write 2014-08-01");
                    };
                    (value, Some(day))
                }
                None => (rest, None),
            };
            let value = number(value)?;
            if value <= 0.0 {
                bail!("--rate {text}: a rate of nothing; give units for a dollar");
            }
            rates.add(currency, day, value);
        }
        Ok(rates)
    }
}

/// `USA,CHN`.
pub(super) fn rivals(codebook: &Codebook, text: &str) -> anyhow::Result<[String; 2]> {
    let Some((a, b)) = text.split_once(',') else {
        bail!("--rivals {text}: not two; give USA,CHN");
    };
    let rivals = [who::code(codebook, a.trim())?, who::code(codebook, b.trim())?];
    if rivals[0] == rivals[1] {
        bail!("--rivals {text}: one and the same; give two");
    }
    Ok(rivals)
}

/// `JPN=USA`, `JPN=USA:0.5`. Where it is asked about other rivals too (`all`), a camp counts for those that it is about.
pub(super) fn camps(
    codebook: &Codebook,
    rivals: &[String; 2],
    all: &[[String; 2]],
    texts: &[String],
) -> anyhow::Result<Vec<Camp>> {
    let mut camps: Vec<Camp> = Vec::new();
    for text in texts {
        let (partner, with) = pair("--camp", text)?;
        let (with, share) = with.split_once(':').unwrap_or((with, "1"));
        let (partner, with) = (who::code(codebook, partner)?, who::code(codebook, with)?);
        let membership = number(share)?;
        let side = match rivals.iter().position(|it| *it == with) {
            Some(0) => Rival::First,
            Some(_) => Rival::Second,
            None if all.iter().flatten().any(|it| *it == with) => continue,
            None => bail!("--camp {text}: {with} is no rival; use {}", rivals.join(" or ")),
        };
        if membership > 1.0 {
            bail!("--camp {text}: more than whole; a share is from 0 to 1");
        }
        if rivals.contains(&partner) && all.len() > 1 {
            continue;
        }
        if rivals.contains(&partner) || camps.iter().any(|it| it.partner == partner) {
            bail!("--camp {text}: {partner} has its side already; name it once");
        }
        camps.push(Camp { partner, with: side, membership });
    }
    Ok(camps)
}

fn pair<'t>(option: &str, text: &'t str) -> anyhow::Result<(&'t str, &'t str)> {
    match text.split_once('=') {
        Some((name, value)) => Ok((name.trim(), value.trim())),
        None => bail!("{option} {text}: no `=`; write NAME=VALUE"),
    }
}

fn number(text: &str) -> anyhow::Result<f64> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && value >= 0.0 => Ok(value),
        _ => bail!("{text}: no number of 0 or more; write 0.5 or 100e6"),
    }
}

fn indicator(name: &str) -> anyhow::Result<Indicator> {
    let known = Indicator::ALL.map(Indicator::as_str).join(", ");
    match Indicator::parse(name.trim()) {
        Some(indicator) => Ok(indicator),
        None => bail!("{name}: no indicator of that name; use {known}"),
    }
}
