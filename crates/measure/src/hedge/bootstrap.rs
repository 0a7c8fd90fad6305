//! How sure the answer is: a nested bootstrap over publishers, claims and the coder's mistakes, and over what was merely chosen.
//!
//! Each draw takes as many publishers as there are, with replacement; of every fact one claim of a drawn publisher, the more
//! likely the more often its publisher was drawn; lets the coder have been wrong as often as it was measured to be; moves the
//! figures of registers within their error; and draws weights (Dirichlet, 5 each), saturations (lognormal, one half) and the place
//! of in-between levels (a quarter step). One publisher makes no sample: then the interval is of all else.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::{Domain, Scores};
use serde::Serialize;

use super::lean::position;
use super::strength::{Picked, strengths};
use super::{Question, Summary};
use crate::random::Draw;
use crate::tie::{Origin, RegisterError};
use crate::{Indicator, Series, TieRow};

/// Standard deviation of the logarithm of a saturation.
const SATURATION_SPREAD: f64 = 0.5;
/// How far an in-between level may move either way.
const LEVEL_SPREAD: f64 = 0.25;

/// How often a claim of each type, as coded, is something else in truth.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Confusion {
    /// By type as in claim lines: the outcomes other than the type itself, with their probabilities.
    pub of: BTreeMap<String, Vec<(Outcome, f64)>>,
}

/// What claims of each type, as coded, are in truth, on the project's own articles.
const MEASURED: &str = include_str!("../../data/confusion.tsv");

impl Confusion {
    /// As measured on the project's own articles (`cargo xtask score articles`). Those are development material: on text of
    /// another hand the coder slips more often.
    pub fn measured(scores: &Scores) -> Self {
        let mut counts: BTreeMap<&str, Vec<(&str, f64)>> = BTreeMap::new();
        for line in MEASURED.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(coded), Some(truth)) = (cells.next(), cells.next()) else { continue };
            let Some(n) = cells.next().and_then(|n| n.parse::<f64>().ok()) else { continue };
            counts.entry(coded).or_default().push((truth, n));
        }
        let outcomes = |(coded, truths): (&str, Vec<(&str, f64)>)| {
            // Half a claim more for right and for nothing, so that three out of three is not certainty.
            let total: f64 = truths.iter().map(|(_, n)| n).sum::<f64>() + 1.0;
            let mut outcomes = vec![(Outcome::Nothing, 0.5 / total)];
            for (truth, n) in truths.into_iter().filter(|(truth, _)| *truth != coded) {
                let outcome = scores.of(truth, None).map_or(Outcome::Nothing, Outcome::Act);
                outcomes.push((outcome, n / total));
            }
            (coded.to_owned(), outcomes)
        };
        Self { of: counts.into_iter().map(outcomes).collect() }
    }
}

/// What a claim is in truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// Nothing.
    Nothing,
    /// An act of another type, with that score.
    Act(f64),
}

/// What the draws give.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Interval {
    /// How many draws.
    pub draws: u32,
    /// Under which seed.
    pub seed: u64,
    /// How many publishers were drawn from.
    pub publishers: usize,
    /// Share of draws in which anything was left to measure.
    pub measured: f64,
    /// L.
    pub lean: Quantiles,
    /// 50 (1 + L).
    pub score: Quantiles,
    /// W.
    pub within: Quantiles,
    /// O.
    pub offset: Quantiles,
    /// G.
    pub depth: Quantiles,
    /// Share of draws that lean to the first rival.
    pub first: f64,
    /// Share of draws with a score from 45 to 55, which the Anatomy of Choice index calls hedging.
    pub middle: f64,
}

/// The middle and the ends of nine draws in ten.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Quantiles {
    /// 5 in 100 lie below.
    pub low: f64,
    /// Half lie below.
    pub median: f64,
    /// 5 in 100 lie above.
    pub high: f64,
}

/// Draws anew. `others` are acts of conflict, which a mistake may have made of cooperation.
pub(crate) fn interval(
    picked: &[Picked<'_>],
    others: &[Picked<'_>],
    question: &Question,
    confusion: &Confusion,
) -> Option<Interval> {
    let reports = picked.iter().chain(others).filter(|it| it.row.source == Origin::Reports);
    let publishers: BTreeSet<&str> = reports
        .flat_map(|it| it.row.readings.iter().flat_map(|it| it.publishers.iter()))
        .map(String::as_str)
        .collect();
    let publishers: Vec<&str> = publishers.into_iter().collect();
    let settings = &question.settings;
    let summaries: Vec<Summary> = (0..settings.draws)
        .filter_map(|n| {
            let draw = Draw::new(settings.seed, n);
            let drawn = drawn(draw, &publishers);
            let shift = LEVEL_SPREAD * (2.0 * draw.of("levels", "").uniform() - 1.0);
            let values = picked.iter().chain(others).map(|it| {
                let value = value(it.row, draw, &drawn, confusion);
                (*it, value.map(|value| moved(it.row.indicator, value, shift)))
            });
            position(&strengths(values), &chosen(draw, question)).summary
        })
        .collect();
    if summaries.is_empty() {
        return None;
    }
    let share = |holds: &dyn Fn(&Summary) -> bool| {
        summaries.iter().filter(|it| holds(it)).count() as f64 / summaries.len() as f64
    };
    let quantiles =
        |of: &dyn Fn(&Summary) -> f64| Quantiles::of(summaries.iter().map(of).collect());
    Some(Interval {
        draws: settings.draws,
        seed: settings.seed,
        publishers: publishers.len(),
        measured: summaries.len() as f64 / f64::from(settings.draws),
        lean: quantiles(&|it| it.lean),
        score: quantiles(&|it| it.score),
        within: quantiles(&|it| it.within),
        offset: quantiles(&|it| it.offset),
        depth: quantiles(&|it| it.depth),
        first: share(&|it| it.lean > 0.0),
        middle: share(&|it| (45.0..=55.0).contains(&it.score)),
    })
}

impl Quantiles {
    /// Of at least one value; between two values the nearer.
    fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values[(share * (values.len() - 1) as f64).round() as usize];
        Self { low: at(0.05), median: at(0.5), high: at(0.95) }
    }
}

/// How often each publisher was drawn.
fn drawn<'p>(draw: Draw, publishers: &[&'p str]) -> BTreeMap<&'p str, u32> {
    let mut stream = draw.of("publishers", "");
    let mut drawn = BTreeMap::new();
    for _ in publishers {
        *drawn.entry(publishers[stream.below(publishers.len())]).or_insert(0) += 1;
    }
    drawn
}

/// The value of a row in a draw; `None` where it is not there.
fn value(
    row: &TieRow,
    draw: Draw,
    drawn: &BTreeMap<&str, u32>,
    confusion: &Confusion,
) -> Option<f64> {
    let mut stream = draw.of("row", &row.id);
    let conflict = row.series == Series::Conflict;
    let error = match row.source {
        Origin::Register { error, .. } => error,
        Origin::Supposed => RegisterError::None,
        Origin::Reports => {
            let weights: Vec<f64> = row
                .readings
                .iter()
                .map(|it| it.publishers.iter().filter_map(|it| drawn.get(it.as_str())))
                .map(|times| f64::from(times.sum::<u32>()))
                .collect();
            let total: f64 = weights.iter().sum();
            let (ticket, slip) = (stream.uniform() * total, stream.uniform());
            if total <= 0.0 {
                return None;
            }
            let mut sum = 0.0;
            let reading = row.readings.iter().zip(&weights).find(|(_, weight)| {
                sum += **weight;
                ticket < sum
            });
            let (reading, _) = reading.filter(|(it, _)| !it.denies)?;
            return match slipped(row, slip, confusion) {
                Some(Outcome::Nothing) => None,
                Some(Outcome::Act(score)) => (score > 0.0).then_some(score),
                None => (!conflict).then_some(reading.value),
            };
        }
    };
    let value = row.value().filter(|_| !conflict)?;
    Some(match error {
        RegisterError::None => value,
        RegisterError::Relative(spread) => value * libm::exp(spread * stream.normal()),
        RegisterError::Ballots(n) => stream.ballots(n, value),
    })
}

/// What the claim is in truth, where the coder slipped.
fn slipped(row: &TieRow, slip: f64, confusion: &Confusion) -> Option<Outcome> {
    let mut sum = 0.0;
    let outcomes = confusion.of.get(&row.kind)?;
    let (outcome, _) = outcomes.iter().find(|(_, p)| {
        sum += p;
        slip < sum
    })?;
    Some(*outcome)
}

fn moved(indicator: Indicator, value: f64, shift: f64) -> f64 {
    let between = indicator == Indicator::Partnership && value.fract() != 0.0;
    if between { value + shift } else { value }
}

/// The question with weights and saturations drawn.
fn chosen(draw: Draw, question: &Question) -> Question {
    let mut question = question.clone();
    for domain in Domain::ALL {
        let weight = question.settings.weight(domain) * draw.of("weight", domain.as_str()).gamma5();
        question.settings.weights.insert(domain, weight);
    }
    for indicator in Indicator::ALL {
        let spread = SATURATION_SPREAD * draw.of("saturation", indicator.as_str()).normal();
        let saturation = question.settings.saturation(indicator) * libm::exp(spread);
        question.settings.saturation.insert(indicator, saturation);
    }
    question
}
