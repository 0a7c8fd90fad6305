//! What drives an answer: each fact left out in turn, and each reading of a disputed fact taken in turn.

use std::collections::BTreeMap;

use serde::Serialize;

use super::lean::position;
use super::strength::{Picked, Strengths, strength};
use super::{Question, Summary};
use crate::{Indicator, TieRow};

/// What becomes of the answer without one fact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Influence {
    /// The fact.
    pub fact: String,
    /// Its claims.
    pub claims: Vec<String>,
    /// What it measures.
    pub indicator: Indicator,
    /// With whom.
    pub partner: String,
    /// Its size, in the unit of the indicator.
    pub value: f64,
    /// L with it less L without it; `None` where nothing is left to measure, or nothing was before.
    pub shift: Option<f64>,
    /// The answer without it.
    pub without: Option<Summary>,
}

/// What becomes of the answer if another reading of a fact is right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Swing {
    /// The fact.
    pub fact: String,
    /// What it measures.
    pub indicator: Indicator,
    /// With whom.
    pub partner: String,
    /// Each reading, the one that counts first.
    pub readings: Vec<Alternative>,
}

/// One reading, and the answer under it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alternative {
    /// The figure; `None` where it says that nothing of the kind happened.
    pub value: Option<f64>,
    /// Who prints it.
    pub publishers: Vec<String>,
    /// The claims that give it.
    pub claims: Vec<String>,
    /// The answer if it is right.
    pub summary: Option<Summary>,
}

/// The rows of every cell, and the strengths that they make.
pub(crate) struct Cells<'r> {
    rows: BTreeMap<(Indicator, &'r str), Vec<(&'r TieRow, f64)>>,
    pub(crate) strengths: Strengths<'r>,
}

impl<'r> Cells<'r> {
    pub(crate) fn new(picked: &[Picked<'r>]) -> Self {
        let mut rows: BTreeMap<(Indicator, &str), Vec<(&TieRow, f64)>> = BTreeMap::new();
        for it in picked {
            if let Some(value) = it.row.value() {
                rows.entry(it.cell()).or_default().push((it.row, value));
            }
        }
        let strengths = super::strength::strengths(picked.iter().map(|it| (*it, it.row.value())));
        Self { rows, strengths }
    }

    /// The answer if a row had that value, or none.
    fn summary_with(
        &mut self,
        picked: Picked<'r>,
        value: Option<f64>,
        question: &Question,
    ) -> Option<Summary> {
        let cell = picked.cell();
        let own = self.rows.get(&cell).map_or(&[][..], Vec::as_slice);
        let mut rows: Vec<(&TieRow, f64)> =
            own.iter().filter(|(row, _)| row.id != picked.row.id).copied().collect();
        rows.extend(value.map(|value| (picked.row, value)));
        let changed = strength(cell.0, &rows);
        let before = self.put(cell, changed);
        let summary = position(&self.strengths, question).summary;
        self.put(cell, before);
        summary
    }

    /// Sets the strength of a cell; gives back what it was.
    fn put(&mut self, cell: (Indicator, &'r str), value: Option<f64>) -> Option<f64> {
        let partners = self.strengths.entry(cell.0).or_default();
        match value {
            Some(value) => partners.insert(cell.1, value),
            None => partners.remove(cell.1),
        }
    }
}

/// Every fact that counts, the one that shifts L furthest first.
pub(crate) fn influences<'r>(
    picked: &[Picked<'r>],
    cells: &mut Cells<'r>,
    question: &Question,
) -> Vec<Influence> {
    let whole = position(&cells.strengths, question).summary;
    let mut all: Vec<Influence> = picked
        .iter()
        .filter(|it| on_a_side(it, question))
        .filter_map(|it| {
            let value = it.row.value()?;
            let without = cells.summary_with(*it, None, question);
            let shift = whole.zip(without).map(|(whole, without)| whole.lean - without.lean);
            Some(Influence {
                fact: it.row.id.clone(),
                claims: it.row.claims().map(str::to_owned).collect(),
                indicator: it.row.indicator,
                partner: it.partner.to_owned(),
                value,
                shift,
                without,
            })
        })
        .collect();
    // What cannot be left out at all drives most.
    let size = |it: &Influence| it.shift.map_or(f64::INFINITY, f64::abs);
    all.sort_by(|a, b| size(b).total_cmp(&size(a)).then_with(|| a.fact.cmp(&b.fact)));
    all
}

/// The facts with several readings.
pub(crate) fn swings<'r>(
    picked: &[Picked<'r>],
    cells: &mut Cells<'r>,
    question: &Question,
) -> Vec<Swing> {
    let disputed = picked.iter().filter(|it| it.row.readings.len() > 1 && on_a_side(it, question));
    disputed
        .map(|it| {
            let readings = it.row.readings.iter().map(|reading| {
                let value = (!reading.denies).then_some(reading.value);
                Alternative {
                    value,
                    publishers: reading.publishers.clone(),
                    claims: reading.claims.clone(),
                    summary: cells.summary_with(*it, value, question),
                }
            });
            Swing {
                fact: it.row.id.clone(),
                indicator: it.row.indicator,
                partner: it.partner.to_owned(),
                readings: readings.collect(),
            }
        })
        .collect()
}

fn on_a_side(picked: &Picked<'_>, question: &Question) -> bool {
    [super::Rival::First, super::Rival::Second]
        .into_iter()
        .any(|rival| question.side(rival).iter().any(|(partner, _)| *partner == picked.partner))
}
