//! The whole answer: both runs, conflict beside them, and what a reader must know before quoting it.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use serde::Serialize;

use super::bootstrap::{Confusion, Interval, interval};
use super::influence::{Cells, Influence, Swing, influences, swings};
use super::lean::{DomainLean, position};
use super::sensitivity::{Curve, curves};
use super::strength::{ByYear, Picked, pick, strengths};
use super::{FORMULA, Levels, Position, Question, State, Summary};
use crate::indicator::{Gather, Indicator, Window};
use crate::tie::Origin;
use crate::{Series, TieRow};

/// Below this depth, balance rests mostly on nothing.
const SHALLOW: f64 = 0.5;

/// What may be lost in adding up.
const EDGE: f64 = 1e-9;

/// What is printed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// `hedge.v1`.
    pub formula: &'static str,
    /// What was asked and assumed.
    pub question: Question,
    /// On deliveries and on pledges, never added up.
    pub runs: [Run; 2],
    /// Resistance to each side.
    pub conflict: Vec<Conflict>,
    /// What a reader must know.
    pub warnings: Vec<String>,
}

/// The answer on one series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// [`Series::Delivered`] or [`Series::Pledged`]; what has no stages is in both.
    pub series: Series,
    /// How many rows are of that series itself; the others have no stages.
    pub own: usize,
    /// Where the state stands.
    pub position: Position,
    /// The same with every camp at 0, one half and 1.
    pub memberships: Vec<(f64, Option<Summary>)>,
    /// How it moves with what was chosen.
    pub curves: Vec<Curve>,
    /// How sure it is.
    pub interval: Option<Interval>,
    /// What drives it, most first.
    pub influences: Vec<Influence>,
    /// What the readings of disputed facts make of it.
    pub swings: Vec<Swing>,
    /// What it is built from.
    pub basis: Vec<Basis>,
    /// Reported figures that gave way to a register's.
    pub beside: Vec<Beside>,
}

/// The rows of one cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Basis {
    /// Indicator.
    pub indicator: Indicator,
    /// Partner.
    pub partner: String,
    /// Ids of facts or rows.
    pub facts: Vec<String>,
    /// Ids of claims.
    pub claims: Vec<String>,
}

/// A reported figure beside a register's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Beside {
    /// Indicator.
    pub indicator: Indicator,
    /// Partner.
    pub partner: String,
    /// The fact.
    pub fact: String,
    /// What it says.
    pub reported: Option<f64>,
    /// What the register says, all rows together.
    pub register: Option<f64>,
}

/// Conflict in one indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// Indicator.
    pub indicator: Indicator,
    /// Size with each side; `None` where nothing is told.
    pub sides: [Option<f64>; 2],
    /// Facts with either.
    pub facts: Vec<String>,
}

/// Answers a question from rows in any order.
pub fn answer(rows: &[TieRow], question: &Question, confusion: &Confusion) -> Answer {
    let runs =
        [Series::Delivered, Series::Pledged].map(|series| run(rows, question, series, confusion));
    let conflict = conflict(rows, question);
    let warnings = warnings(rows, question, &runs);
    Answer { formula: FORMULA, question: question.clone(), runs, conflict, warnings }
}

/// Where a state stood at the end of each year: on deliveries and on pledges, without intervals.
pub fn years(
    rows: &[TieRow],
    question: &Question,
    first: i16,
    last: i16,
) -> Vec<(i16, [Position; 2])> {
    let own = ByYear::of(rows.iter().filter(|row| question.concerns(row)));
    let positions = |year: i16| {
        let question = Question { at: date(year, 12, 31), ..question.clone() };
        [Series::Delivered, Series::Pledged].map(|series| {
            let (picked, _) = pick(own.at_end_of(year), &question, series);
            position(&strengths(picked.iter().map(|it| (*it, it.row.value()))), &question)
        })
    };
    (first..=last).map(|year| (year, positions(year))).collect()
}

fn run(rows: &[TieRow], question: &Question, series: Series, confusion: &Confusion) -> Run {
    let (picked, beside) = pick(rows, question, series);
    let mut cells = Cells::new(&picked);
    let now = position(&cells.strengths, question);
    let memberships = if question.camps.is_empty() { &[][..] } else { &[0.0, 0.5, 1.0] };
    let memberships = memberships.iter().map(|&membership| {
        let summary = position(&cells.strengths, &question.with_membership(membership)).summary;
        (membership, summary)
    });
    let memberships: Vec<(f64, Option<Summary>)> = memberships.collect();
    // What was coded as conflict may have been cooperation: only deeds can turn into deeds.
    let (others, _) = if series == Series::Delivered {
        pick(rows, question, Series::Conflict)
    } else {
        (Vec::new(), Vec::new())
    };
    Run {
        series,
        own: picked.iter().filter(|it| it.row.series == series).count(),
        memberships,
        curves: curves(&cells.strengths, question, &now),
        interval: interval(&picked, &others, question, confusion),
        influences: influences(&picked, &mut cells, question),
        swings: swings(&picked, &mut cells, question),
        basis: basis(&picked),
        beside: beside
            .iter()
            .map(|it| Beside {
                indicator: it.row.indicator,
                partner: it.partner.to_owned(),
                fact: it.row.id.clone(),
                reported: it.row.value(),
                register: cells
                    .strengths
                    .get(&it.row.indicator)
                    .and_then(|them| them.get(it.partner))
                    .copied(),
            })
            .collect(),
        position: now,
    }
}

fn basis(picked: &[Picked<'_>]) -> Vec<Basis> {
    let mut cells: BTreeMap<(Indicator, &str), Basis> = BTreeMap::new();
    for it in picked {
        let basis = cells.entry(it.cell()).or_insert_with(|| Basis {
            indicator: it.row.indicator,
            partner: it.partner.to_owned(),
            facts: Vec::new(),
            claims: Vec::new(),
        });
        basis.facts.push(it.row.id.clone());
        basis.claims.extend(it.row.claims().map(str::to_owned));
    }
    cells.into_values().collect()
}

fn conflict(rows: &[TieRow], question: &Question) -> Vec<Conflict> {
    let (picked, _) = pick(rows, question, Series::Conflict);
    let strengths = strengths(picked.iter().map(|it| (*it, it.row.value())));
    let position = position(&strengths, question);
    let indicators = position.domains.iter().flat_map(|it| &it.indicators);
    indicators
        .filter(|it| strengths.contains_key(&it.indicator))
        .map(|it| {
            let told = |n: usize| it.sides[n].strength.filter(|_| !it.sides[n].members.is_empty());
            let members = || it.sides.iter().flat_map(|side| &side.members);
            let with_them = |row: &&Picked<'_>| {
                row.row.indicator == it.indicator
                    && members().any(|(partner, ..)| partner == row.partner)
            };
            Conflict {
                indicator: it.indicator,
                sides: [told(0), told(1)],
                facts: picked.iter().filter(with_them).map(|it| it.row.id.clone()).collect(),
            }
        })
        .collect()
}

/// In the order in which they weigh.
fn warnings(rows: &[TieRow], question: &Question, runs: &[Run; 2]) -> Vec<String> {
    let mut warnings = Vec::new();
    for run in runs {
        warnings.extend(run.position.domains.iter().flat_map(|it| of_domain(it, run.series)));
        let [low, high] = run.position.bounds;
        let outside =
            run.position.summary.filter(|it| it.lean < low - EDGE || it.lean > high + EDGE);
        warnings.extend(outside.map(|it| {
            format!(
                "{}: L {:+.3} is the mean of the measured domains alone; with the little that is known of the others it can only lie from {low:+.3} to {high:+.3}",
                run.series, it.lean
            )
        }));
        let shallow = run.position.summary.filter(|it| it.depth < SHALLOW);
        warnings.extend(shallow.map(|it| {
            format!(
                "{}: of balance W {:.3}, {:.3} rests on no tie at all (depth {:.3})",
                run.series,
                it.within,
                1.0 - it.depth,
                it.depth
            )
        }));
        if let Some(interval) = run.interval.as_ref().filter(|it| it.publishers == 1) {
            warnings.push(format!(
                "{}: all reports are of one publisher; the interval of {} draws says nothing of what others would report",
                run.series, interval.draws
            ));
        }
    }
    if !question.camps.is_empty() {
        warnings.push(
            "who belongs to which camp is an assumption: see the answers for membership 0, 1/2 and 1"
                .to_owned(),
        );
    }
    let used = || runs.iter().flat_map(|run| &run.basis).map(|it| it.indicator);
    if question.settings.levels == Levels::Ratio && used().any(|it| it.gather() == Gather::Level) {
        warnings.push(
            "levels are an order, taken for a ratio here; see the curve over levels".to_owned(),
        );
    }
    warnings.extend(late(rows, question, runs));
    let undated = |row: &&TieRow| {
        question.concerns(row)
            && row.start.is_none()
            && row.indicator.window() != Window::Standing
            && row.source == Origin::Reports
    };
    let undated = rows.iter().filter(undated).count();
    if undated > 0 {
        warnings.push(format!("{undated} undated facts are in no period and do not count"));
    }
    warnings.dedup();
    warnings
}

fn of_domain(domain: &DomainLean, series: Series) -> Vec<String> {
    let name = domain.domain;
    let mut warnings = Vec::new();
    match domain.state {
        State::Missing => {
            warnings.push(format!("{series}: {name} has no source; its lean may be anything"));
        }
        State::Open => warnings.push(format!(
            "{series}: too little is known of {name}; its lean lies between {:.3} and {:.3}",
            domain.bounds[0], domain.bounds[1]
        )),
        State::Measured | State::Empty => {}
    }
    for it in &domain.indicators {
        let missing: Vec<&str> =
            it.sides.iter().flat_map(|side| &side.missing).map(String::as_str).collect();
        if it.state == State::Measured && !missing.is_empty() {
            warnings.push(format!(
                "{series}: {} has no source for {}; its lean lies between {:.3} and {:.3}",
                it.indicator,
                missing.join(", "),
                it.bounds[0],
                it.bounds[1]
            ));
        }
        if it.state == State::Open && domain.state == State::Measured {
            warnings.push(format!("{series}: {} is known for too few to count", it.indicator));
        }
        for (partner, basis) in it.sides.iter().flat_map(|side| &side.zero) {
            warnings.push(format!(
                "{series}: {} of {partner} is zero on the word of: {basis}",
                it.indicator
            ));
        }
    }
    warnings
}

/// Figures of a period that goes on after the day.
fn late(rows: &[TieRow], question: &Question, runs: &[Run; 2]) -> Option<String> {
    let used = |row: &&TieRow| {
        let mine = |it: &Basis| it.indicator == row.indicator && it.facts.contains(&row.id);
        runs.iter().any(|run| run.basis.iter().any(mine))
    };
    let late = |row: &&TieRow| {
        row.is_register()
            && row.indicator.window() != Window::Standing
            && row.end.is_some_and(|end: Date| end > question.at)
    };
    let mut late: Vec<&str> =
        rows.iter().filter(late).filter(used).map(|row| row.indicator.as_str()).collect();
    late.sort_unstable();
    late.dedup();
    (!late.is_empty())
        .then(|| format!("{} counts a year that was not over on {}", late.join(", "), question.at))
}
