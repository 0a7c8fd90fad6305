//! From claims to facts and from facts to rows, on all cores.

use std::collections::{BTreeSet, HashMap};

use hedgerow_codebook::claim::Precision;
use hedgerow_measure::{Gather, Indicator, Origin, Reading, Series, TieRow, Window};
use jiff::civil::Date;

use super::{HEAPS, Part, Quick, Said};
use crate::cell::day;
use crate::{Error, scan};

/// The rows of the facts that the claims of all parts are of, in order of pair, indicator, series and days; and how many facts there are.
pub(super) fn rows(parts: &[Part]) -> Result<(Vec<TieRow>, u64), Error> {
    let pairs = Pairs::of(parts);
    let heaps = scan::on_all_cores(HEAPS, |heap| {
        let facts = facts(parts, heap);
        let mut sums = Sums::default();
        for fact in &facts {
            sums.add(&parts[fact.part], &pairs.of[fact.part], fact);
        }
        Ok((sums, facts.len() as u64))
    })?;
    // Sums of floating numbers depend on their order: it is that of the heaps.
    let (mut all, mut count) = (Sums::default(), 0);
    for (sums, facts) in heaps {
        count += facts;
        #[expect(clippy::iter_over_hash_type, reason = "each cell is in a heap once")]
        for (cell, sum) in sums.0 {
            all.0.entry(cell).or_default().take(&cell, &sum);
        }
    }
    let mut cells: Vec<(Cell, Sum)> = all.0.into_iter().collect();
    cells.sort_unstable_by_key(|(cell, _)| *cell);
    Ok((cells.iter().map(|(cell, sum)| row(cell, sum, &pairs)).collect(), count))
}

/// The claims of a fact, as they come.
#[derive(Debug, Clone, Copy)]
struct Fact {
    part: usize,
    lead: Said,
    finest: Said,
    told: Option<i32>,
}

impl Fact {
    fn of(part: usize, said: &Said) -> Self {
        Self { part, lead: *said, finest: *said, told: said.published }
    }

    /// One that agrees goes before one that does not, then the earlier; the finest date counts.
    fn take(&mut self, part: usize, said: &Said) {
        let rank = |it: &Said| (!it.agrees, it.published);
        if rank(said) < rank(&self.lead) {
            (self.part, self.lead) = (part, *said);
        }
        if said.precision < self.finest.precision {
            self.finest = *said;
        }
        self.told = earlier(self.told, said.published);
    }
}

/// The facts of a heap, in order of their first claims.
fn facts(parts: &[Part], heap: usize) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    let mut places: Quick<u64, usize> = HashMap::default();
    for (at, part) in parts.iter().enumerate() {
        for said in &part.said[heap] {
            let place = *places.entry(said.fact).or_insert(facts.len());
            match facts.get_mut(place) {
                Some(fact) => fact.take(at, said),
                None => facts.push(Fact::of(at, said)),
            }
        }
    }
    facts
}

/// The pairs of all parts by number, in order of their codes.
struct Pairs<'p> {
    names: Vec<&'p (String, String)>,
    /// By part, and there by the sides of a claim.
    of: Vec<Vec<Vec<u32>>>,
}

impl<'p> Pairs<'p> {
    fn of(parts: &'p [Part]) -> Self {
        let names: BTreeSet<&(String, String)> =
            parts.iter().flat_map(|it| &it.sides).flat_map(|it| &it.pairs).collect();
        let names: Vec<_> = names.into_iter().collect();
        let number = |pair| names.binary_search(&pair).map_or(0, |it| it as u32);
        let of_part = |part: &'p Part| {
            part.sides.iter().map(|it| it.pairs.iter().map(number).collect()).collect()
        };
        Self { of: parts.iter().map(of_part).collect(), names }
    }
}

/// A pair by number, what is measured of it, and when.
type Cell = (u32, Indicator, Series, Days);

/// First and last day, and for what is not added up its size.
type Days = (Option<i32>, Option<i32>, Option<u64>);

/// Facts that measure the same, put together.
#[derive(Debug, Default)]
struct Sums(Quick<Cell, Sum>);

/// What facts of one cell come to, how many they are, and when the first was told.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    value: f64,
    facts: u64,
    told: Option<i32>,
}

impl Sum {
    fn take(&mut self, cell: &Cell, other: &Self) {
        let (_, _, _, (_, _, size)) = cell;
        self.value = if size.is_none() { self.value + other.value } else { other.value };
        self.facts += other.facts;
        self.told = earlier(self.told, other.told);
    }
}

impl Sums {
    fn add(&mut self, part: &Part, pairs: &[Vec<u32>], fact: &Fact) {
        let lead = &fact.lead;
        let Some(meaning) = part.meanings[lead.meaning as usize] else { return };
        if meaning.denies {
            return;
        }
        let money = meaning.indicator.unit() == "USD";
        let size = if money { meaning.size * lead.amount } else { meaning.size };
        if !size.is_finite() || size < 0.0 {
            return;
        }
        let finest = &fact.finest;
        let dated = finest.precision != Precision::None;
        let start = finest.start.or(finest.end).filter(|_| dated);
        let end = finest.end.or(finest.start).filter(|_| dated && !meaning.goes_on);
        let year_of = |days: Option<i32>| days.and_then(day).map(Date::year);
        // What is looked at by whole years is added up by year; what stands keeps its days.
        let sums = match meaning.indicator.window() {
            Window::Standing => false,
            Window::Trailing { months } => months % 12 == 0,
            Window::WholeYears { .. } => year_of(start) == year_of(end),
        };
        let sums = sums && meaning.indicator.gather() == Gather::Sum;
        let days = if sums {
            (start.and_then(first_of_year), None, None)
        } else {
            (start, end, Some(size.to_bits()))
        };
        let sides = lead.sides as usize;
        // A sum for several is nobody's.
        if money && part.sides[sides].several {
            return;
        }
        let sum = Sum { value: size, facts: 1, told: fact.told };
        for &pair in &pairs[sides] {
            let cell = (pair, meaning.indicator, meaning.series, days);
            self.0.entry(cell).or_default().take(&cell, &sum);
        }
    }
}

fn row(cell: &Cell, sum: &Sum, pairs: &Pairs<'_>) -> TieRow {
    let &(pair, indicator, series, (start, end, size)) = cell;
    let (actor, recipient) = pairs.names[pair as usize].clone();
    let year = |days: Option<i32>| days.and_then(day).map(Date::year);
    let when = year(start).map_or("undated".to_owned(), |it| it.to_string());
    let facts = sum.facts;
    let mut id = format!("archive:{actor}-{recipient}:{indicator}:{series}:{when}:{facts}");
    if let Some(size) = size {
        id = format!("{id}:{}:{size:x}", start.unwrap_or(0));
    }
    let last = year(start).and_then(|it| Date::new(it, 12, 31).ok());
    TieRow {
        actor,
        recipient,
        indicator,
        series,
        kind: "archive".to_owned(),
        start: start.and_then(day),
        end: if size.is_none() { last } else { end.and_then(day) },
        told: sum.told.and_then(day),
        source: Origin::Reports,
        readings: vec![Reading {
            value: sum.value,
            denies: false,
            publishers: vec!["archive".to_owned()],
            claims: vec![id.clone()],
        }],
        id,
    }
}

fn earlier(a: Option<i32>, b: Option<i32>) -> Option<i32> {
    a.into_iter().chain(b).min()
}

/// Days since 1970 of the first day of the year of a day.
fn first_of_year(days: i32) -> Option<i32> {
    let it = day(days)?;
    Some(days - i32::from(it.day_of_year()) + 1)
}
