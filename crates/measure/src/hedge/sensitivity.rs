//! How the answer moves with what was merely chosen: saturations, weights, ladders.

use hedgerow_codebook::Domain;
use serde::Serialize;

use super::lean::position;
use super::strength::Strengths;
use super::{Levels, Position, Question, State, Summary};
use crate::Indicator;

/// Multiples of a saturation that are tried.
const FACTORS: [f64; 7] = [0.0, 0.01, 0.1, 1.0, 10.0, 100.0, 1000.0];
/// Shares of the whole weight that a domain is given in turn.
const SHARES: [f64; 6] = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];

/// The answer along one choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curve {
    /// What is varied: `saturation assistance`, `weight stance`, `levels`.
    pub of: String,
    /// Its unit.
    pub unit: String,
    /// The answers.
    pub points: Vec<Point>,
}

/// The answer at one value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// The value.
    pub at: f64,
    /// The answer.
    pub summary: Option<Summary>,
}

/// Curves over the saturation of every amount that is measured, over the weight of every measured domain, and ladders as
/// ratios (0) and as steps (1).
pub(crate) fn curves(
    strengths: &Strengths<'_>,
    question: &Question,
    position_now: &Position,
) -> Vec<Curve> {
    let summary = |question: &Question| position(strengths, question).summary;
    let measured = || position_now.domains.iter().filter(|it| it.state == State::Measured);
    let mut curves = Vec::new();
    let indicators = measured().flat_map(|it| &it.indicators);
    let indicators = indicators.filter(|it| it.state == State::Measured).map(|it| it.indicator);
    for indicator in indicators.clone().filter(|it| it.top().is_none()) {
        let mut varied = question.clone();
        let points = saturations(indicator).map(|at| {
            varied.settings.saturation.insert(indicator, at);
            Point { at, summary: summary(&varied) }
        });
        curves.push(Curve {
            of: format!("saturation {indicator}"),
            unit: indicator.unit().to_owned(),
            points: points.collect(),
        });
    }
    let domains: Vec<Domain> = measured().map(|it| it.domain).collect();
    if domains.len() > 1 {
        for domain in &domains {
            let others = (domains.len() - 1) as f64;
            let points = SHARES.into_iter().map(|at| {
                let mut varied = question.clone();
                for other in &domains {
                    let share = if other == domain { at } else { (1.0 - at) / others };
                    varied.settings.weights.insert(*other, share);
                }
                Point { at, summary: summary(&varied) }
            });
            curves.push(Curve {
                of: format!("weight {domain}"),
                unit: "share".to_owned(),
                points: points.collect(),
            });
        }
    }
    if indicators.into_iter().any(|it| it.gather() == crate::indicator::Gather::Level) {
        let points = [Levels::Ratio, Levels::Steps].into_iter().enumerate().map(|(n, levels)| {
            let mut varied = question.clone();
            varied.settings.levels = levels;
            Point { at: n as f64, summary: summary(&varied) }
        });
        curves.push(Curve {
            of: "levels".to_owned(),
            unit: "0 as ratios, 1 as steps".to_owned(),
            points: points.collect(),
        });
    }
    curves
}

/// Zero, and powers of ten around the saturation that stands where nothing is set.
fn saturations(indicator: Indicator) -> impl Iterator<Item = f64> {
    FACTORS.into_iter().map(move |factor| factor * indicator.saturation().max(1.0))
}
