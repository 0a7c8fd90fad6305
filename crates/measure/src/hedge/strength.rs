//! From rows to the strength of the tie with each partner.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::Question;
use crate::indicator::{Gather, Indicator, Window};
use crate::tie::Origin;
use crate::{Series, TieRow};

/// A row that counts, and with whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Picked<'r> {
    pub(crate) row: &'r TieRow,
    pub(crate) partner: &'r str,
}

/// Strength of the tie by indicator and partner. A partner who is not in it is not known, which is not zero.
pub(crate) type Strengths<'r> = BTreeMap<Indicator, BTreeMap<&'r str, f64>>;

/// The rows that count in a run on pledges or on deliveries (or, with [`Series::Conflict`], of conflict), by indicator,
/// partner and id; and the reported ones that give way because a register has the same cell.
///
/// A register's total and a reported part of it must not be added up, nor scores of two sources.
pub(crate) fn pick<'r>(
    rows: impl IntoIterator<Item = &'r TieRow>,
    question: &Question,
    run: Series,
) -> (Vec<Picked<'r>>, Vec<Picked<'r>>) {
    let in_run =
        |series: Series| series == run || series == Series::Standing && run != Series::Conflict;
    let mut picked: Vec<Picked<'r>> = rows
        .into_iter()
        .filter(|row| in_run(row.series) && question.concerns(row))
        .filter(|row| counts_at(row, question.at))
        .filter_map(|row| Some(Picked { row, partner: row.partner(&question.who)? }))
        .collect();
    // A row that came in twice is one row.
    picked.sort_by(|a, b| a.order().cmp(&b.order()));
    picked.dedup_by(|a, b| a.order() == b.order());
    let registers: BTreeSet<(Indicator, &str)> =
        picked.iter().filter(|it| it.row.is_register()).map(Picked::cell).collect();
    // Acts are counted on the scale of their source: there one source must do for all partners.
    let scales: BTreeSet<Indicator> =
        registers.iter().map(|(indicator, _)| *indicator).filter(|it| it.is_of_acts()).collect();
    picked.into_iter().partition(|it| {
        let (indicator, _) = it.cell();
        it.row.source != Origin::Reports
            || !registers.contains(&it.cell()) && !scales.contains(&indicator)
    })
}

impl<'r> Picked<'r> {
    pub(crate) fn cell(&self) -> (Indicator, &'r str) {
        (self.row.indicator, self.partner)
    }

    fn order(&self) -> (Indicator, &'r str, &'r str, Series) {
        (self.row.indicator, self.partner, &self.row.id, self.row.series)
    }
}

/// Rows by the first year at whose end they can count, so that a series of years need not look at each in every year.
pub(crate) struct ByYear<'r> {
    /// What stands, whenever it began.
    standing: Vec<&'r TieRow>,
    begun: BTreeMap<i16, Vec<&'r TieRow>>,
}

impl<'r> ByYear<'r> {
    pub(crate) fn of(rows: impl Iterator<Item = &'r TieRow>) -> Self {
        let mut all = Self { standing: Vec::new(), begun: BTreeMap::new() };
        for row in rows {
            match (row.indicator.window(), row.start) {
                (Window::Standing, _) => all.standing.push(row),
                (_, Some(start)) => all.begun.entry(start.year()).or_default().push(row),
                // What is neither standing nor dated counts in no year.
                (_, None) => {}
            }
        }
        all
    }

    /// Whatever can count at the end of a year.
    pub(crate) fn at_end_of(&self, year: i16) -> impl Iterator<Item = &'r TieRow> + '_ {
        let longest = Indicator::ALL.into_iter().map(|it| it.window().years()).max().unwrap_or(0);
        let begun = self.begun.range(year - longest..=year).flat_map(|(_, rows)| rows);
        self.standing.iter().chain(begun).copied()
    }
}

/// Whether the window of the row's indicator has it on that day.
fn counts_at(row: &TieRow, at: Date) -> bool {
    match row.indicator.window() {
        Window::Standing => {
            let begun = row.start.or(row.told).is_some_and(|start| start <= at);
            begun && row.end.is_none_or(|end| end >= at)
        }
        Window::Trailing { months } => {
            let Ok(after) = at.checked_sub(months.months()) else { return false };
            row.start.is_some_and(|start| start > after && start <= at)
        }
        Window::WholeYears { years } => {
            let (Some(start), Some(end)) = (row.start, row.end) else { return false };
            // The last year that was over by then; 31 December is the end of its own.
            let year_end = at.month() == 12 && at.day() == 31;
            let last = if year_end { at.year() } else { at.year() - 1 };
            start.year() == end.year() && (last - years + 1..=last).contains(&start.year())
        }
    }
}

/// The strengths of rows with these values; a row without a value is not there.
pub(crate) fn strengths<'r>(
    values: impl IntoIterator<Item = (Picked<'r>, Option<f64>)>,
) -> Strengths<'r> {
    let mut cells: BTreeMap<(Indicator, &str), Vec<(&TieRow, f64)>> = BTreeMap::new();
    for (picked, value) in values {
        if let Some(value) = value {
            cells.entry(picked.cell()).or_default().push((picked.row, value));
        }
    }
    let mut strengths = Strengths::new();
    for ((indicator, partner), rows) in cells {
        if let Some(strength) = strength(indicator, &rows) {
            strengths.entry(indicator).or_default().insert(partner, strength);
        }
    }
    strengths
}

/// The strength of one cell.
pub(crate) fn strength(indicator: Indicator, rows: &[(&TieRow, f64)]) -> Option<f64> {
    let values = || rows.iter().map(|(_, value)| value);
    match indicator.gather() {
        Gather::Sum => (!rows.is_empty()).then(|| values().sum()),
        Gather::Rate => (!rows.is_empty()).then(|| values().sum::<f64>() / rows.len() as f64),
        // The latest that is dated; among those the highest, since texts shorten names of levels.
        Gather::Level => rows
            .iter()
            .max_by(|(a, x), (b, y)| {
                (a.start, *x).partial_cmp(&(b.start, *y)).unwrap_or(a.id.cmp(&b.id))
            })
            .map(|(_, value)| *value),
    }
}
