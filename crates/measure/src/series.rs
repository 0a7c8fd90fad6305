//! Directed dyad-years and dyad-months over facts: what event-data users join on.
//!
//! A fact counts once, however many outlets tell it. A period in which no document of the ledger was published is **missing**;
//! one with documents, but no fact of the dyad, is **zero**. How much was published stands beside, since a zero in a month with one
//! document says little. A fact whose dates do not lie within one period is counted in none.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::claim::{Kind, Modality};
use hedgerow_codebook::{Claim, Codebook};
use jiff::civil::Date;
use serde::Serialize;

use crate::coded::{Rates, Told};
use crate::goldstein::Sums;
use crate::{Indicator, TieRow};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// A year, or a month of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Period {
    /// The year.
    pub year: i16,
    /// 1 to 12, of a month.
    pub month: Option<i8>,
}

impl Period {
    /// The period of that length in which a day lies.
    pub fn of(day: Date, step: Step) -> Self {
        let month = match step {
            Step::Month => Some(day.month()),
            Step::Year => None,
        };
        Self { year: day.year(), month }
    }
}

/// What was published when: documents by month and outlet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coverage {
    months: BTreeMap<(i16, i8), BTreeMap<String, u64>>,
}

impl Coverage {
    /// Counts a document.
    pub fn add(&mut self, published: Date, outlet: &str) {
        self.add_many(published, outlet, 1);
    }

    /// Counts documents of one outlet and day.
    pub fn add_many(&mut self, published: Date, outlet: &str, documents: u64) {
        let month = self.months.entry((published.year(), published.month())).or_default();
        *month.entry(outlet.to_owned()).or_default() += documents;
    }

    /// Documents of a period by outlet; empty where it is not covered.
    pub fn of(&self, period: Period) -> BTreeMap<&str, u64> {
        let inside = |(year, month): &(i16, i8)| {
            *year == period.year && period.month.is_none_or(|own| own == *month)
        };
        let mut outlets = BTreeMap::new();
        for (_, month) in self.months.iter().filter(|(month, _)| inside(month)) {
            for (outlet, n) in month {
                *outlets.entry(outlet.as_str()).or_default() += n;
            }
        }
        outlets
    }

    /// Every period that is covered, in order.
    pub fn periods(&self, step: Step) -> BTreeSet<Period> {
        let period = |(year, month): &(i16, i8)| Period {
            year: *year,
            month: (step == Step::Month).then_some(*month),
        };
        self.months.keys().map(period).collect()
    }
}

/// A fact as series count it.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// Its id.
    pub fact: String,
    /// Doer and other; a symmetric fact has both directions.
    pub directions: Vec<(String, String)>,
    /// Type as in claim lines: `CONSULT`, `flow.aid`, `tie.partnership`, `stance`.
    pub kind: String,
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// Whether it has happened or holds: only then scores and sums count.
    pub happened: bool,
    /// Quad class of an event, 1 to 4.
    pub quad: Option<u8>,
    /// Goldstein value of its CAMEO code.
    pub goldstein: Option<f64>,
    /// PLOVER score.
    pub plover: Option<f64>,
    /// Of a flow: how far it has come, and the sum in dollars where that is known.
    pub flow: Option<(String, Option<f64>)>,
    /// Of a partnership: its place on the ladder.
    pub level: Option<f64>,
    /// Of a stance: -1, 0 or 1.
    pub polarity: Option<i8>,
}

/// A directed dyad in one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DyadPeriod {
    /// Doer, giver, holder of the view.
    pub actor: String,
    /// The other.
    pub recipient: String,
    /// When.
    pub period: Period,
    /// Facts of any kind, happened or not; zero inside coverage.
    pub facts: u64,
    /// Facts that happened, by type.
    pub types: BTreeMap<String, u64>,
    /// Events that happened, by quad class 1 to 4.
    pub quads: [u64; 4],
    /// Goldstein values of events that happened.
    pub goldstein: Sums,
    /// PLOVER scores of events that happened.
    pub plover: Sums,
    /// Dollars of flows by type and stage; what has no sum in dollars is not in it. Never added up across stages.
    pub dollars: BTreeMap<String, f64>,
    /// Flows by type and stage.
    pub flows: BTreeMap<String, u64>,
    /// Highest level of a partnership told for the period.
    pub level: Option<f64>,
    /// Warm, neutral and cold stances.
    pub stances: [u64; 3],
    /// Documents of the ledger published in it, and outlets: how much the zeros say.
    pub documents: u64,
    /// Outlets that published.
    pub outlets: u64,
    /// Ids of its facts.
    pub ids: Vec<String>,
}

/// What a fact is for series. Its rows (see [`coded::rows`](crate::coded::rows)) lend the level and the sum.
pub fn happening(
    fact: &str,
    told: &[Told<'_>],
    codebook: &Codebook,
    rates: &Rates,
) -> Option<Happening> {
    let lead: &Claim = told.iter().find(|it| it.agrees).or(told.first())?.claim;
    let rows = crate::coded::rows(fact, told, codebook, rates).unwrap_or_default();
    let value =
        |of: &dyn Fn(&TieRow) -> bool| rows.iter().find(|row| of(row)).and_then(TieRow::value);
    let event = lead.kind == Kind::Event;
    let mut directions = BTreeSet::new();
    for a in &lead.actors {
        for b in lead.recipients.iter().filter(|b| b.code != a.code) {
            directions.insert((a.code.clone(), b.code.clone()));
            if lead.symmetric {
                directions.insert((b.code.clone(), a.code.clone()));
            }
        }
    }
    let days = told.iter().filter_map(|it| {
        let date = &it.claim.date;
        let (start, end) = (date.start.or(date.end)?, date.end.or(date.start)?);
        Some((date.precision, start, end))
    });
    let finest = days.min();
    let happened = matches!(lead.modality, Modality::Actual | Modality::HistoricalBackground);
    let stage = || lead.stage.clone().unwrap_or_else(|| stage_of(lead.modality).to_owned());
    Some(Happening {
        fact: fact.to_owned(),
        directions: directions.into_iter().collect(),
        kind: crate::coded::kind(lead),
        days: finest.map(|(_, start, end)| (start, end)),
        happened,
        quad: lead.quad.filter(|_| event),
        goldstein: lead
            .cameo
            .as_deref()
            .filter(|_| event)
            .and_then(|code| codebook.cameo.entry(code))
            .map(|entry| entry.goldstein),
        plover: event.then(|| codebook.scores.of(&lead.type_, lead.mode.as_deref())).flatten(),
        flow: (lead.kind == Kind::Flow)
            .then(|| (stage(), value(&|row| row.indicator.unit() == "USD"))),
        level: value(&|row| row.indicator == Indicator::Partnership),
        polarity: lead.polarity.filter(|_| lead.kind == Kind::Stance),
    })
}

/// The stage that a mood tells where the coder gives none.
const fn stage_of(modality: Modality) -> &'static str {
    match modality {
        Modality::Actual | Modality::HistoricalBackground => "delivered",
        Modality::Planned => "agreed",
        Modality::Pledged => "pledged",
        Modality::Expected => "expected",
        Modality::CalledFor | Modality::Hypothetical => "wanted",
        Modality::Denied => "collapsed",
    }
}

/// The table of the dyads that facts speak of, over every period that is covered or has a fact, in order of dyad and period;
/// and the ids of facts that no period holds.
pub fn dyads(
    happenings: &[Happening],
    coverage: &Coverage,
    step: Step,
) -> (Vec<DyadPeriod>, Vec<String>) {
    let mut cells: BTreeMap<(&str, &str), BTreeMap<Period, DyadPeriod>> = BTreeMap::new();
    let mut outside = Vec::new();
    let covered = coverage.periods(step);
    for it in happenings {
        let period = it.days.and_then(|(start, end)| {
            let period = Period::of(start, step);
            (period == Period::of(end, step)).then_some(period)
        });
        if period.is_none() {
            outside.push(it.fact.clone());
        }
        for (actor, recipient) in &it.directions {
            let periods = cells.entry((actor, recipient)).or_default();
            for period in covered.iter().copied().chain(period) {
                periods
                    .entry(period)
                    .or_insert_with(|| DyadPeriod::empty(actor, recipient, period, coverage));
            }
            if let Some(cell) = period.and_then(|period| periods.get_mut(&period)) {
                cell.add(it);
            }
        }
    }
    outside.sort();
    (cells.into_values().flat_map(BTreeMap::into_values).collect(), outside)
}

impl DyadPeriod {
    fn empty(actor: &str, recipient: &str, period: Period, coverage: &Coverage) -> Self {
        let outlets = coverage.of(period);
        Self {
            actor: actor.to_owned(),
            recipient: recipient.to_owned(),
            period,
            facts: 0,
            types: BTreeMap::new(),
            quads: [0; 4],
            goldstein: Sums::default(),
            plover: Sums::default(),
            dollars: BTreeMap::new(),
            flows: BTreeMap::new(),
            level: None,
            stances: [0; 3],
            documents: outlets.values().sum(),
            outlets: outlets.len() as u64,
            ids: Vec::new(),
        }
    }

    fn add(&mut self, it: &Happening) {
        self.facts += 1;
        self.ids.push(it.fact.clone());
        if let Some((stage, dollars)) = &it.flow {
            let name = format!("{}.{stage}", it.kind);
            if let Some(dollars) = dollars {
                *self.dollars.entry(name.clone()).or_default() += dollars;
            }
            *self.flows.entry(name).or_default() += 1;
        }
        if !it.happened {
            return;
        }
        *self.types.entry(it.kind.clone()).or_default() += 1;
        if let Some(quad @ 1..=4) = it.quad {
            self.quads[usize::from(quad) - 1] += 1;
        }
        it.goldstein.into_iter().for_each(|score| self.goldstein.add(score));
        it.plover.into_iter().for_each(|score| self.plover.add(score));
        self.level = self.level.into_iter().chain(it.level).reduce(f64::max);
        if let Some(polarity) = it.polarity {
            self.stances[usize::try_from(1 - polarity.clamp(-1, 1)).unwrap_or(1)] += 1;
        }
    }
}
