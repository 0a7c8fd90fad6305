//! Rows and questions for tests.

use std::collections::BTreeMap;

use hedgerow_measure::hedge::{Camp, Covered, Question, Rival, Settings};
use hedgerow_measure::{Indicator, Origin, Reading, RegisterError, Series, TieRow};
use jiff::civil::{Date, date};

/// The day of the first article.
pub(crate) const DAY: Date = date(2015, 9, 20);

/// A row of a register for one year.
pub(crate) fn annual(partner: &str, indicator: Indicator, year: i16, value: f64) -> TieRow {
    TieRow {
        source: Origin::Register { name: "test".to_owned(), error: RegisterError::None },
        ..reported(
            &format!("{indicator}:{partner}:{year}"),
            partner,
            indicator,
            &[("register", value)],
        )
    }
    .between(date(year, 1, 1), date(year, 12, 31))
    .series(if indicator.unit() == "USD" && indicator != Indicator::Trade {
        Series::Pledged
    } else {
        Series::Standing
    })
}

/// A fact pledged on the day before, with each reading's publisher and figure; the first counts.
pub(crate) fn reported(
    id: &str,
    partner: &str,
    indicator: Indicator,
    readings: &[(&str, f64)],
) -> TieRow {
    let reading = |(n, (publisher, value)): (usize, &(&str, f64))| Reading {
        value: *value,
        denies: false,
        publishers: vec![(*publisher).to_owned()],
        claims: vec![format!("{id}-{n}")],
    };
    TieRow {
        id: id.to_owned(),
        actor: partner.to_owned(),
        recipient: "VNM".to_owned(),
        indicator,
        series: Series::Pledged,
        kind: "flow.aid".to_owned(),
        start: Some(date(2015, 9, 19)),
        end: Some(date(2015, 9, 19)),
        told: Some(date(2015, 9, 19)),
        source: Origin::Reports,
        readings: readings.iter().enumerate().map(reading).collect(),
    }
}

/// A level in force since that year.
pub(crate) fn level(partner: &str, indicator: Indicator, since: i16, value: f64) -> TieRow {
    TieRow {
        start: Some(date(since, 1, 1)),
        end: None,
        series: Series::Standing,
        ..reported(&format!("{indicator}:{partner}"), partner, indicator, &[("wire", value)])
    }
}

/// Changes of a row.
pub(crate) trait With {
    fn between(self, start: Date, end: Date) -> Self;
    fn series(self, series: Series) -> Self;
}

impl With for TieRow {
    fn between(self, start: Date, end: Date) -> Self {
        Self { start: Some(start), end: Some(end), ..self }
    }

    fn series(self, series: Series) -> Self {
        Self { series, ..self }
    }
}

/// Vietnam between the United States and China; Japan counted with the first as far as told.
pub(crate) fn question(membership: Option<f64>) -> Question {
    let camp = |membership| Camp { partner: "JPN".to_owned(), with: Rival::First, membership };
    Question {
        who: "VNM".to_owned(),
        rivals: ["USA".to_owned(), "CHN".to_owned()],
        camps: membership.map(camp).into_iter().collect(),
        at: DAY,
        settings: Settings { draws: 0, ..Settings::default() },
    }
}

/// Silence about a partner is zero.
pub(crate) fn covered(indicator: Indicator, partner: &str) -> Covered {
    Covered {
        indicator,
        partner: partner.to_owned(),
        from: None,
        to: None,
        basis: "the test".to_owned(),
    }
}

/// No saturation anywhere but of assistance.
pub(crate) fn saturations(assistance: f64) -> BTreeMap<Indicator, f64> {
    let value = |it: Indicator| if it == Indicator::Assistance { assistance } else { 0.0 };
    Indicator::ALL.into_iter().map(|it| (it, value(it))).collect()
}

/// The inputs of the worked example: levels, trade of 2014, development finance of 2015, votes of session 70, and maritime security
/// pledges with that figure for the second of them.
pub(crate) fn worked_example(pledge: f64) -> Vec<TieRow> {
    vec![
        level("USA", Indicator::Partnership, 2013, 2.0),
        level("JPN", Indicator::Partnership, 2014, 3.5),
        level("CHN", Indicator::Partnership, 2008, 4.0),
        annual("USA", Indicator::Trade, 2014, 32.671e9),
        annual("JPN", Indicator::Trade, 2014, 25.157e9),
        annual("CHN", Indicator::Trade, 2014, 74.597e9),
        annual("CHN", Indicator::Finance, 2015, 1.5734e9),
        reported("f-oda", "JPN", Indicator::Finance, &[("seed", 3.0e9)]),
        reported("f-boats", "JPN", Indicator::Assistance, &[("wire", 4.86e6)])
            .between(date(2014, 8, 1), date(2014, 8, 31)),
        reported("f-ships", "JPN", Indicator::Assistance, &[("wire", pledge)]),
        annual("USA", Indicator::Votes, 2015, 0.1739),
        annual("JPN", Indicator::Votes, 2015, 0.5072),
        annual("CHN", Indicator::Votes, 2015, 0.8116),
    ]
}
