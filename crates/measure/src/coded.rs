//! From the claims of a fact to rows: what a coded claim measures, in which series, and how much.
//!
//! Nothing is invented here: an amount in a currency for which no rate is given, a running total, a rank, a count of ships, or a
//! sum for several receivers measures nothing, and says so.

use std::collections::BTreeMap;

use hedgerow_codebook::claim::{Amount, Kind, Modality, Precision, Qualifier, Unit};
use hedgerow_codebook::{Claim, Codebook, Domain};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::tie::{Origin, Reading};
use crate::{Indicator, Series, TieRow};

/// The rule of claims that no coder made: in them nothing was mistaken for anything.
const BY_HAND: &str = "imported";

/// A claim of a fact, and who prints it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// Outlet, or document where none is named.
    pub publisher: &'a str,
    /// When it was printed.
    pub published: Option<Date>,
    /// Whether it goes with the reading of the fact that fewest voices contradict.
    pub agrees: bool,
}

/// What a fact measures nothing for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unmeasured {
    /// The fact.
    pub fact: String,
    /// Why, in a few words.
    pub why: String,
}

/// Prices of currencies in US dollars.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// By currency: from which day, how many units for a dollar. In order of day.
    pub per_dollar: BTreeMap<String, Vec<(Option<Date>, f64)>>,
}

impl Rates {
    /// Adds a rate that holds from that day on, or from ever.
    pub fn add(&mut self, currency: &str, from: Option<Date>, per_dollar: f64) {
        let rates = self.per_dollar.entry(currency.to_owned()).or_default();
        rates.push((from, per_dollar));
        rates.sort_by_key(|(from, _)| *from);
    }

    /// An amount in dollars, at the rate of that day.
    pub fn dollars(&self, value: f64, currency: &str, on: Option<Date>) -> Option<f64> {
        if currency == "USD" {
            return Some(value);
        }
        let rates = self.per_dollar.get(currency)?;
        let at = |from: &Option<Date>| match (from, on) {
            (None, _) => true,
            (Some(from), Some(on)) => *from <= on,
            (Some(_), None) => false,
        };
        let (_, rate) = rates.iter().rev().find(|(from, _)| at(from))?;
        Some(value / rate)
    }
}

/// The rows of a fact whose claims these are, the first of them the one that counts; or why there are none.
///
/// All claims share kind, type, mode and parties, as facts of the ledger do.
///
/// # Errors
/// Where the fact measures nothing.
pub fn rows(
    fact: &str,
    told: &[Told<'_>],
    codebook: &Codebook,
    rates: &Rates,
) -> Result<Vec<TieRow>, Unmeasured> {
    let unmeasured = |why: String| Unmeasured { fact: fact.to_owned(), why };
    let Some(lead) = told.iter().find(|it| it.agrees).or(told.first()) else {
        return Err(unmeasured("it has no claims".to_owned()));
    };
    let domain = codebook.domains.of(lead.claim);
    let domain =
        domain.ok_or_else(|| unmeasured(format!("{} is in no domain", lead.claim.type_)))?;
    rows_in(domain, fact, told, codebook, rates)
}

/// As [`rows`], where the domain is known already: of claims that are kept as columns.
///
/// # Errors
/// Where the fact measures nothing.
pub fn rows_in(
    domain: Domain,
    fact: &str,
    told: &[Told<'_>],
    codebook: &Codebook,
    rates: &Rates,
) -> Result<Vec<TieRow>, Unmeasured> {
    let unmeasured = |why: String| Unmeasured { fact: fact.to_owned(), why };
    let Some(lead) = told.iter().find(|it| it.agrees).or(told.first()) else {
        return Err(unmeasured("it has no claims".to_owned()));
    };
    let claim = lead.claim;
    let (indicator, series) = place(claim, domain, codebook).map_err(unmeasured)?;
    let mut readings: Vec<Reading> = Vec::new();
    let mut reason = None;
    // The reading that counts first: those at one with it, then in order of claim.
    let order = told.iter().filter(|it| it.agrees).chain(told.iter().filter(|it| !it.agrees));
    for it in order {
        match size(it, domain, codebook, rates) {
            Ok(size) => add(&mut readings, size, it),
            Err(why) => reason = reason.or(Some(why)),
        }
    }
    if readings.is_empty() {
        return Err(unmeasured(reason.unwrap_or_else(|| "nothing is said of its size".to_owned())));
    }
    let pairs = pairs(claim, indicator).map_err(unmeasured)?;
    let days = || told.iter().map(|it| &it.claim.date).filter(|it| it.precision != Precision::None);
    let finest = days().min_by_key(|it| it.precision);
    let goes_on =
        indicator.window() == crate::Window::Standing && claim.change.as_deref() != Some("ended");
    let row = |(actor, recipient): (String, String)| TieRow {
        id: fact.to_owned(),
        actor,
        recipient,
        indicator,
        series,
        kind: if told.iter().all(|it| it.claim.rule == BY_HAND) {
            BY_HAND.to_owned()
        } else {
            kind(claim)
        },
        start: finest.and_then(|it| it.start.or(it.end)),
        end: finest.filter(|_| !goes_on).and_then(|it| it.end.or(it.start)),
        told: told.iter().filter_map(|it| it.published).min(),
        source: Origin::Reports,
        readings: readings.clone(),
    };
    Ok(pairs.into_iter().map(row).collect())
}

/// `flow.aid`, `CONSULT`.
pub(crate) fn kind(claim: &Claim) -> String {
    match claim.kind {
        Kind::Event => claim.type_.clone(),
        Kind::Stance => "stance".to_owned(),
        kind => format!("{}.{}", kind.as_str(), claim.type_),
    }
}

/// What a claim is a measurement of.
fn place(
    claim: &Claim,
    domain: Domain,
    codebook: &Codebook,
) -> Result<(Indicator, Series), String> {
    let happened = matches!(
        claim.modality,
        Modality::Actual | Modality::HistoricalBackground | Modality::Denied
    );
    let promised = matches!(claim.modality, Modality::Planned | Modality::Pledged);
    let only_talk = || format!("it is {}, no deed and no promise", claim.modality.as_str());
    match claim.kind {
        Kind::Event => {
            let score = codebook.scores.of(&claim.type_, claim.mode.as_deref());
            let score = score.ok_or_else(|| format!("{} has no score", claim.type_))?;
            let acts = Indicator::acts(domain);
            match (score, happened, promised) {
                (score, true, _) if score > 0.0 => Ok((acts, Series::Delivered)),
                (score, _, true) if score > 0.0 => Ok((acts, Series::Pledged)),
                (score, true, _) if score < 0.0 => Ok((acts, Series::Conflict)),
                (score, ..) if score.abs() < f64::EPSILON => {
                    Err(format!("{} scores 0, neither cooperation nor conflict", claim.type_))
                }
                _ => Err(only_talk()),
            }
        }
        Kind::Tie => tie(claim, domain),
        Kind::Flow => {
            let indicator = match (claim.type_.as_str(), domain) {
                ("trade", _) => Indicator::Trade,
                ("investment", _) => Indicator::Investment,
                (_, Domain::Security) => Indicator::Assistance,
                _ => Indicator::Finance,
            };
            let stage = claim.stage.as_deref();
            let series = match stage {
                Some("delivered") => Series::Delivered,
                Some("pledged" | "agreed") => Series::Pledged,
                None if happened => Series::Delivered,
                None if promised => Series::Pledged,
                Some(stage) => return Err(format!("it is {stage}, not pledged and not delivered")),
                None => return Err(only_talk()),
            };
            match (indicator, series) {
                (Indicator::Trade, Series::Delivered) => Ok((indicator, Series::Standing)),
                (Indicator::Trade, _) => Err("trade to come is no trade".to_owned()),
                _ => Ok((indicator, series)),
            }
        }
        Kind::Stance => match (claim.polarity, happened) {
            (Some(1..), true) => Ok((Indicator::Words, Series::Delivered)),
            (Some(..=-1), true) => Ok((Indicator::Words, Series::Conflict)),
            (_, true) => Err("it is neither warm nor cold".to_owned()),
            _ => Err(only_talk()),
        },
        Kind::Posture | Kind::Office | Kind::Naming => {
            Err("it is about one state alone".to_owned())
        }
    }
}

fn tie(claim: &Claim, domain: Domain) -> Result<(Indicator, Series), String> {
    if claim.modality == Modality::Denied {
        return Err("it is denied".to_owned());
    }
    if matches!(
        claim.modality,
        Modality::Planned | Modality::Expected | Modality::CalledFor | Modality::Hypothetical
    ) {
        return Err("it is not in force".to_owned());
    }
    match claim.type_.as_str() {
        "partnership" if domain == Domain::Diplomatic => {
            Ok((Indicator::Partnership, Series::Standing))
        }
        "alliance" => Ok((Indicator::Alliance, Series::Standing)),
        "dispute" | "territorial-claim" | "occupation" | "embargo" | "relations-severed" => {
            Ok((Indicator::Disputes, Series::Conflict))
        }
        other => Err(format!("tie.{other} is told, not measured")),
    }
}

/// How much a claim says; `None` inside where it denies.
fn size(
    told: &Told<'_>,
    domain: Domain,
    codebook: &Codebook,
    rates: &Rates,
) -> Result<Option<f64>, String> {
    let claim = told.claim;
    if claim.modality == Modality::Denied {
        return Ok(None);
    }
    match claim.kind {
        Kind::Event => {
            let score = codebook.scores.of(&claim.type_, claim.mode.as_deref());
            score.map(|score| Some(score.abs())).ok_or_else(|| "it has no score".to_owned())
        }
        Kind::Tie if claim.type_ == "partnership" && domain == Domain::Diplomatic => {
            if claim.change.as_deref() == Some("ended") {
                return Ok(Some(0.0));
            }
            let level = claim.level.as_deref().ok_or("its level is not told")?;
            let place = codebook.ladder.place(level);
            place.map(Some).ok_or_else(|| format!("\"{level}\" has no place on the ladder"))
        }
        // A defence treaty, unless a register of treaties says which duties it has.
        Kind::Tie if claim.type_ == "alliance" => Ok(Some(3.0)),
        Kind::Tie | Kind::Stance => Ok(Some(1.0)),
        _ => money(told, rates).map(Some),
    }
}

/// The sums of money of a claim, the main one first.
fn sums(claim: &Claim) -> impl Iterator<Item = &Amount> {
    let all = claim.amount.iter().chain(&claim.more_amounts);
    all.filter(|it| it.unit == Unit::Money && it.qualifier != Qualifier::Vague)
}

/// The sum in dollars, where the claim gives one, be it beside another currency.
pub fn in_dollars(claim: &Claim) -> Option<f64> {
    sums(claim).find(|it| it.currency.as_deref() == Some("USD"))?.value
}

/// The sum that a flow is about, in dollars: as the document gives it in dollars, else at a given rate.
fn money(told: &Told<'_>, rates: &Rates) -> Result<f64, String> {
    let claim = told.claim;
    if claim.cumulative {
        return Err("it is a running total".to_owned());
    }
    let Some(first) = sums(claim).next() else {
        return Err(match &claim.amount {
            Some(amount) => format!("\"{}\" is no sum of money", amount.text),
            None => "no sum is told".to_owned(),
        });
    };
    let on = claim.date.start.or(claim.date.end).or(told.published);
    let currency = first.currency.as_deref().unwrap_or_default();
    let value = in_dollars(claim).or_else(|| rates.dollars(first.value?, currency, on));
    value
        .filter(|it| it.is_finite() && *it >= 0.0)
        .ok_or_else(|| format!("\"{}\" has no rate to dollars", first.text))
}

/// Who with whom. A sum for several is nobody's alone.
///
/// # Errors
/// Where it is about nobody else, or a sum about several.
pub fn pairs(claim: &Claim, indicator: Indicator) -> Result<Vec<(String, String)>, String> {
    let codes = |parties: &[hedgerow_codebook::claim::Actor]| -> Vec<String> {
        let mut codes: Vec<String> = parties.iter().map(|it| it.code.clone()).collect();
        codes.sort();
        codes.dedup();
        codes
    };
    let (actors, recipients) = (codes(&claim.actors), codes(&claim.recipients));
    let mut pairs = Vec::new();
    if claim.symmetric {
        let mut all = [actors, recipients].concat();
        all.sort();
        all.dedup();
        for (n, a) in all.iter().enumerate() {
            pairs.extend(all[n + 1..].iter().map(|b| (a.clone(), b.clone())));
        }
    } else {
        let each =
            |a: &String| recipients.iter().map(|b| (a.clone(), b.clone())).collect::<Vec<_>>();
        pairs.extend(actors.iter().flat_map(each).filter(|(a, b)| a != b));
    }
    let sum = indicator.unit() == "USD";
    match pairs.len() {
        0 => Err("it is about one state alone".to_owned()),
        2.. if sum => Err("one sum for several states".to_owned()),
        _ => Ok(pairs),
    }
}

/// Adds what a claim says to the readings of its fact.
fn add(readings: &mut Vec<Reading>, size: Option<f64>, told: &Told<'_>) {
    let (value, denies) = (size.unwrap_or(0.0), size.is_none());
    let same = |it: &&mut Reading| {
        it.denies == denies && (it.value - value).abs() <= 0.005 * it.value.abs().max(value.abs())
    };
    let (publisher, claim) = (told.publisher.to_owned(), told.claim.id.clone());
    if let Some(reading) = readings.iter_mut().find(same) {
        if !reading.publishers.contains(&publisher) {
            reading.publishers.push(publisher);
        }
        reading.claims.push(claim);
    } else {
        readings.push(Reading { value, denies, publishers: vec![publisher], claims: vec![claim] });
    }
}
