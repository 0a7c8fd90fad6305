//! Machine-coded events by the ten million (ICEWS, GDELT, POLECAT), as directed dyad-years.
//!
//! Rows are kept in columns of a few bytes, so that a pass over twenty million takes a fraction of a second. They count what a
//! stream of stories has, not what happened: see [`goldstein`](crate::goldstein).

use std::collections::BTreeMap;

use hedgerow_codebook::Domain;
use jiff::civil::date;

use crate::goldstein::Sums;
use crate::tie::{Origin, Reading, RegisterError};
use crate::{Indicator, Series, TieRow};

/// A column of events.
#[derive(Debug, Clone, Default)]
pub struct Acts {
    codes: Vec<String>,
    numbers: BTreeMap<String, u16>,
    actor: Vec<u16>,
    recipient: Vec<u16>,
    year: Vec<i16>,
    domain: Vec<u8>,
    score: Vec<f32>,
}

/// Events of one directed dyad in one year and domain.
#[derive(Debug, Clone, PartialEq)]
pub struct DyadYear<'a> {
    /// Code of the doer.
    pub actor: &'a str,
    /// Code of the other.
    pub recipient: &'a str,
    /// The year.
    pub year: i16,
    /// The domain.
    pub domain: Domain,
    /// Number and scores.
    pub sums: Sums,
}

impl Acts {
    /// The number of an actor's code, for [`Acts::push`]; `None` where there are more than 65,535 actors.
    pub fn number(&mut self, code: &str) -> Option<u16> {
        if let Some(number) = self.numbers.get(code) {
            return Some(*number);
        }
        let number = u16::try_from(self.codes.len()).ok()?;
        self.codes.push(code.to_owned());
        self.numbers.insert(code.to_owned(), number);
        Some(number)
    }

    /// Adds an event.
    pub fn push(&mut self, actor: u16, recipient: u16, year: i16, domain: Domain, score: f32) {
        self.actor.push(actor);
        self.recipient.push(recipient);
        self.year.push(year);
        self.domain.push(domain as u8);
        self.score.push(score);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.actor.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.actor.is_empty()
    }

    /// Every directed dyad-year and domain of a state that has events, in order of doer, other, year and domain.
    pub fn dyad_years(&self, who: &str) -> Vec<DyadYear<'_>> {
        let Some(&own) = self.numbers.get(who) else { return Vec::new() };
        let (Some(&first), Some(&last)) = (self.year.iter().min(), self.year.iter().max()) else {
            return Vec::new();
        };
        // A dense table: direction, partner, year, domain.
        let (years, partners) = (usize::from(first.abs_diff(last)) + 1, self.codes.len());
        let place = |back: bool, partner: u16, year: i16, domain: u8| {
            let year = usize::from(year.abs_diff(first));
            ((usize::from(back) * partners + usize::from(partner)) * years + year)
                * Domain::ALL.len()
                + usize::from(domain)
        };
        let mut table = vec![Sums::default(); 2 * partners * years * Domain::ALL.len()];
        let ends = self.actor.iter().zip(&self.recipient);
        for (n, (&actor, &recipient)) in ends.enumerate() {
            if (actor == own) == (recipient == own) {
                continue;
            }
            let (back, partner) = if actor == own { (false, recipient) } else { (true, actor) };
            let at = place(back, partner, self.year[n], self.domain[n]);
            table[at].add(f64::from(self.score[n]));
        }
        let mut found = Vec::new();
        for back in [false, true] {
            for partner in 0..partners as u16 {
                let other = self.codes[usize::from(partner)].as_str();
                let (actor, recipient) =
                    if back { (other, self.own(own)) } else { (self.own(own), other) };
                for year in first..=last {
                    for domain in Domain::ALL {
                        let sums = table[place(back, partner, year, domain as u8)];
                        if sums.events > 0 {
                            found.push(DyadYear { actor, recipient, year, domain, sums });
                        }
                    }
                }
            }
        }
        found.sort_by_key(|it| (it.actor, it.recipient, it.year, it.domain));
        found
    }

    fn own(&self, number: u16) -> &str {
        &self.codes[usize::from(number)]
    }

    /// The dyad-years of a state as rows of [`hedge`](crate::hedge): cooperation delivered, and conflict.
    pub fn ties(&self, who: &str, source: &str) -> Vec<TieRow> {
        self.dyad_years(who).iter().flat_map(|it| rows(it, source)).collect()
    }
}

/// A dyad-year as rows of [`hedge`](crate::hedge): cooperation delivered, and conflict where there was any.
pub fn rows(it: &DyadYear<'_>, source: &str) -> Vec<TieRow> {
    let row = |series: Series, value: f64| {
        let id =
            format!("{source}:{}-{}:{}:{}:{series}", it.actor, it.recipient, it.year, it.domain);
        TieRow {
            actor: it.actor.to_owned(),
            recipient: it.recipient.to_owned(),
            indicator: Indicator::acts(it.domain),
            series,
            kind: "acts".to_owned(),
            start: Some(date(it.year, 1, 1)),
            end: Some(date(it.year, 12, 31)),
            told: None,
            source: Origin::Register { name: source.to_owned(), error: RegisterError::None },
            readings: vec![Reading {
                value,
                denies: false,
                publishers: vec![source.to_owned()],
                claims: vec![id.clone()],
            }],
            id,
        }
    };
    let conflict = (it.sums.conflict < 0.0).then(|| row(Series::Conflict, -it.sums.conflict));
    [Some(row(Series::Delivered, it.sums.cooperation)), conflict].into_iter().flatten().collect()
}
