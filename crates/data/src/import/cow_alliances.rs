//! Formal alliances of the Correlates of War: dyads, directed or not, with their days or year by year.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::crosswalk::System;
use hedgerow_ledger::structured::{Absent, Batch, NewSpell, VariableId};

use super::dates::partial;
use super::{Given, detail, variable};
use crate::Error;
use crate::codes::year;
use crate::kind::{Kind, Out, Reader, Tested};
use crate::row::{Col, Columns, Row, Skip};
use crate::table::CSV;

pub(crate) const KIND: Kind = Kind {
    name: "cow-alliances",
    title: "Correlates of War Formal Alliances, dyads (by_dyad, by_directed, and their yearly forms)",
    row: "an alliance of two states: from its first day to its last, or in one year",
    keeps: "cow.alliance.defense, .neutrality, .nonaggression, .entente: 1 in every year in which the pair had it, and spells cow.alliance. An empty last day is open: the alliance stood when the data end (4.1: 2012). Where a file has each pair in one order only, it holds both ways",
    licence: "free to use with citation",
    citation: "Gibler, Douglas M. (2009): International Military Alliances, 1648-2008. CQ Press; state the version",
    url: "https://correlatesofwar.org/data-sets/formal-alliances/",
    asks: &[("ends", "last year that the data cover, where the file does not state version 4.1")],
    tested: Tested::Fixture,
    reader: 1,
    layout: CSV,
    in_parts: false,
    open,
};

/// The first year of the state system, where the data begin to be complete.
const FIRST: i16 = 1816;
/// The last year of version 4.1.
const LAST_OF_4_1: i16 = 2012;

const DUTIES: [(&str, &str); 4] = [
    ("defense", "the two must help each other when attacked"),
    ("neutrality", "the two must stay neutral in each other's wars"),
    ("nonaggression", "the two must not attack each other"),
    ("entente", "the two must consult each other in a crisis"),
];

/// From and to in years, first and last day as the file has them, number of the alliance.
type Span = (i16, Option<i16>, Option<String>, Option<String>, i64);

struct Alliances {
    number: Option<Col>,
    pair: [Col; 2],
    year: Option<Col>,
    start: [Option<Col>; 3],
    end: [Option<Col>; 3],
    duties: Vec<(Col, VariableId)>,
    version: Option<Col>,
    stated_end: Option<i16>,
    spell: VariableId,
    /// Rows that are waiting: which duties, over which years. Whether the file has both orders is known at its end.
    rows: Vec<([String; 2], [bool; 4], Span)>,
    is_4_1: bool,
}

fn open(columns: &Columns, given: &Given, batch: &mut Batch) -> Result<Box<dyn Reader>, Error> {
    let mut duties = Vec::new();
    for (name, what) in DUTIES {
        let variable = variable(batch, &format!("cow.alliance.{name}"), "0/1", what, Absent::Zero);
        duties.push((columns.need(&[name])?, variable));
    }
    let year = columns.find(&["year"]);
    let part = |which: &str, name: &str| columns.find(&[&format!("dyad_{which}_{name}")]);
    let days = |which: &str| [part(which, "year"), part(which, "month"), part(which, "day")];
    if year.is_none() {
        columns.need(&["dyad_st_year", "year"])?;
    }
    let stated_end = given.assume.get("ends").map(|text| match text.parse::<i16>() {
        Ok(year @ 1816..=2200) => Ok(year),
        _ => Err(columns.format(format!("ends={text} is no year"), "say ends=2012")),
    });
    Ok(Box::new(Alliances {
        number: columns.find(&["version4id", "alliance"]),
        pair: [columns.need(&["ccode1"])?, columns.need(&["ccode2"])?],
        year,
        start: days("st"),
        end: days("end"),
        duties,
        version: columns.find(&["version"]),
        stated_end: stated_end.transpose()?,
        spell: variable(batch, "cow.alliance", "spell", "formal alliance", Absent::Zero),
        rows: Vec::new(),
        is_4_1: false,
    }))
}

impl Alliances {
    /// A day as fine as it is known, and its year.
    fn day(
        row: &Row<'_>,
        [year, month, day]: [Option<Col>; 3],
    ) -> Result<Option<(i16, String)>, Skip> {
        let Some(year) = year else { return Ok(None) };
        let text = partial(row, year, month, day)?;
        Ok(text.and_then(|text| Some((text.get(..4)?.parse().ok()?, text))))
    }
}

impl Reader for Alliances {
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip> {
        let (from, until) = if let Some(col) = self.year {
            let y = row.year(col)?;
            ((y, None), Some((y, None)))
        } else {
            let Some((from, first)) = Self::day(row, self.start)? else {
                return Err(Skip::refuse("no first year"));
            };
            let until = Self::day(row, self.end)?.map(|(year, day)| (year, Some(day)));
            ((from, Some(first)), until)
        };
        if until.as_ref().is_some_and(|(until, _)| *until < from.0) {
            return Err(Skip::refuse("it ends before it begins"));
        }
        // The state that the number meant when the alliance began.
        let mut pair = [String::new(), String::new()];
        for (code, col) in pair.iter_mut().zip(self.pair) {
            out.codes.state(row, col, System::Cow, year(from.0))?.clone_into(code);
        }
        let mut owed = [false; 4];
        for (owed, &(col, _)) in owed.iter_mut().zip(&self.duties) {
            *owed = match row.whole(col)? {
                None | Some(0) => false,
                Some(1) => true,
                Some(_) => return Err(row.wrong(col, "is neither 0 nor 1")),
            };
        }
        if let Some(col) = self.version {
            self.is_4_1 |= row.text(col)?.starts_with("4.1");
        }
        let number = self.number.map(|col| row.need_whole(col)).transpose()?.unwrap_or(0);
        let (until, last) = until.map_or((None, None), |(year, day)| (Some(year), day));
        self.rows.push((pair, owed, (from.0, until, from.1, last, number)));
        Ok(())
    }

    fn finish(&mut self, out: &mut Out<'_>) {
        let rows = std::mem::take(&mut self.rows);
        let known = rows.iter().map(|(_, _, span)| span.1.unwrap_or(span.0)).max();
        let Some(newest) = known else { return };
        let ends = if self.is_4_1 { Some(LAST_OF_4_1) } else { self.stated_end };
        // Where the file does not say how far it reaches, nothing is said beyond its newest year.
        let ends = ends.unwrap_or(newest).max(newest);
        let orders: BTreeSet<(&str, &str)> =
            rows.iter().map(|(pair, ..)| (pair[0].as_str(), pair[1].as_str())).collect();
        let directed = orders.iter().any(|(a, b)| orders.contains(&(*b, *a)));
        let mut held: BTreeMap<(VariableId, &str, &str), BTreeSet<i16>> = BTreeMap::new();
        for ([a, b], owed, (from, until, ..)) in &rows {
            for (owed, &(_, variable)) in owed.iter().zip(&self.duties) {
                if !owed {
                    continue;
                }
                let years = *from..=until.unwrap_or(ends);
                held.entry((variable, a, b)).or_default().extend(years.clone());
                if !directed {
                    held.entry((variable, b, a)).or_default().extend(years);
                }
            }
        }
        for &(_, variable) in &self.duties {
            out.batch.cover(variable, FIRST);
            out.batch.cover(variable, ends);
        }
        for ((variable, a, b), years) in &held {
            let (a, b) = (out.batch.term(a), out.batch.term(b));
            for &year in years.range(FIRST..) {
                out.batch.dyad(*variable, a, b, year, 1.0);
            }
        }
        let mut told: BTreeSet<(i64, &str, &str, &Option<String>)> = BTreeSet::new();
        for (n, (pair, owed, (_, _, start, until, number))) in (1..).zip(&rows) {
            let (a, b) = (pair[0].as_str().min(&pair[1]), pair[0].as_str().max(&pair[1]));
            // Yearly rows have no days, and of a directed file both orders tell one alliance.
            if start.is_none() || !told.insert((*number, a, b, start)) {
                continue;
            }
            let duties: Vec<&str> = DUTIES
                .iter()
                .zip(owed)
                .filter(|(_, owed)| **owed)
                .map(|((it, _), _)| *it)
                .collect();
            let (a, b) = (out.batch.term(a), out.batch.term(b));
            out.batch.spell(NewSpell {
                variable: self.spell,
                row: n,
                a,
                b,
                start: start.clone(),
                until: until.clone(),
                label: duties.join(", "),
                value: None,
                detail: detail([("alliance", (*number != 0).then(|| number.to_string()))]),
            });
        }
    }
}
