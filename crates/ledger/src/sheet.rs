//! The sheet of a state or a pair: how much there is, and the newest facts of each section.
//!
//! A pair may have tens of thousands of claims, and nobody reads them on one page. [`Ledger::sheet`] reads what the page shows from
//! tables that [`Ledger::settle`] keeps up to date; where they are behind, it takes the claims themselves.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::params;

use crate::read::date;
use crate::stored::Kept;
use crate::{ClaimRow, Error, Fact, Ledger, Section};

/// Facts with differing figures that a sheet shows on top.
const DIFFERING: u32 = 3;
/// Figures that differ by less are one figure, rounded.
const DIFFERENT: f64 = 1.05;

/// How much there is on a state or a pair.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// Claims that stand.
    pub claims: u64,
    /// Documents that make them.
    pub documents: u64,
    /// Outlets that print these.
    pub outlets: u64,
    /// First day of publication.
    pub first: Option<Date>,
    /// Last day of publication.
    pub last: Option<Date>,
}

/// A fact as a sheet shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The fact; of those with very many claims only the first are among its members, and the one that is taken as current.
    pub fact: Fact,
    /// How many claims it has.
    pub claims: u64,
    /// How many documents make them.
    pub documents: u64,
    /// On how many independent voices it rests.
    pub origins: u64,
}

impl Shown {
    pub(crate) fn whole(fact: Fact) -> Self {
        let (claims, documents) = (fact.members.len() as u64, fact.documents.len() as u64);
        Self { claims, documents, origins: fact.origins.len() as u64, fact }
    }
}

/// One section of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Which.
    pub section: Section,
    /// How many facts it has.
    pub total: u64,
    /// The newest of them, in order of date; those without a date come last.
    pub facts: Vec<Shown>,
}

/// What a sheet shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// How much there is.
    pub extent: Extent,
    /// Facts whose figures differ most, the worst first.
    pub differing: Vec<Shown>,
    /// The sections that have something in them.
    pub parts: Vec<Part>,
    /// The claims of all facts that are here.
    pub rows: Vec<ClaimRow>,
}

impl Extent {
    /// How much these claims are.
    pub fn of(claims: &[ClaimRow]) -> Self {
        let documents: BTreeSet<&str> = claims.iter().map(|row| row.claim.doc.as_str()).collect();
        let outlets: BTreeSet<&str> =
            claims.iter().filter_map(|row| row.outlet.as_deref()).collect();
        let days = || claims.iter().filter_map(|row| row.published);
        Self {
            claims: claims.len() as u64,
            documents: documents.len() as u64,
            outlets: outlets.len() as u64,
            first: days().min(),
            last: days().max(),
        }
    }
}

impl Sheet {
    /// The sheet of these claims and the facts that they are; at most `most` facts a section, or all where that is 0.
    pub fn of(rows: Vec<ClaimRow>, facts: &[Fact], most: usize) -> Self {
        let differs = |it: &&Fact| it.factor.is_some_and(|by| by >= DIFFERENT);
        let differing = facts.iter().filter(differs).cloned().map(Shown::whole);
        let differing = worst_first(differing.collect());
        let part = |section: Section| {
            let mut all: Vec<&Fact> = facts.iter().filter(|it| it.section == section).collect();
            let total = all.len() as u64;
            if most > 0 && all.len() > most {
                // The newest; those without a date have the day 0.
                all.sort_by_key(|fact| std::cmp::Reverse(day_number(fact)));
                all.truncate(most);
            }
            Part {
                section,
                total,
                facts: dated(all.into_iter().cloned().map(Shown::whole).collect()),
            }
        };
        let parts = Section::ALL.into_iter().map(part).filter(|it| it.total > 0).collect();
        Self { extent: Extent::of(&rows), differing, parts, rows }
    }

    /// How many facts there are.
    pub fn facts(&self) -> u64 {
        self.parts.iter().map(|it| it.total).sum()
    }
}

fn worst_first(mut facts: Vec<Shown>) -> Vec<Shown> {
    let factor = |it: &Shown| it.fact.factor.unwrap_or(0.0);
    facts.sort_by(|a, b| factor(b).total_cmp(&factor(a)));
    facts.truncate(DIFFERING as usize);
    facts
}

/// Undated ones last; facts of one day stay in the order of their first claims.
fn dated(mut facts: Vec<Shown>) -> Vec<Shown> {
    facts.sort_by_key(|it| (it.fact.start.is_none(), it.fact.start, it.fact.end));
    facts
}

/// The first day of a fact as a number, 20150920; 0 where it has none.
pub(crate) fn day_number(fact: &Fact) -> i64 {
    fact.start.map_or(0, number_of)
}

/// A day as a number, 20150920.
pub(crate) fn number_of(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

impl Ledger {
    /// The sheet of a pair, at most `most` facts a section; all of them where that is 0.
    pub fn sheet(&self, a: &str, b: &str, most: usize) -> Result<Sheet, Error> {
        let (a, b) = (a.min(b), a.max(b));
        if a == b {
            return Ok(Sheet::default());
        }
        if most == 0 || !self.is_settled()? {
            let rows = self.dyad(a, b)?;
            let facts = self.facts(&rows)?;
            return Ok(Sheet::of(rows, &facts, most));
        }
        let Some(extent) = self.extent(a, b)? else { return Ok(Sheet::default()) };
        let totals: Vec<(i64, i64)> = self.rows(
            "SELECT section, count(*) FROM dyad_fact WHERE a = ?1 AND b = ?2 GROUP BY section",
            [a, b],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let kept = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let worst: Vec<Kept> = self.rows(
            "SELECT claim, fact FROM dyad_fact WHERE a = ?1 AND b = ?2 AND factor >= ?3
              ORDER BY factor DESC, section, day, claim LIMIT ?4",
            params![a, b, DIFFERENT, DIFFERING],
            kept,
        )?;
        let mut wanted: BTreeSet<Kept> = worst.iter().copied().collect();
        let mut parts: Vec<(Section, u64, BTreeSet<Kept>)> = Vec::new();
        for (section, total) in totals {
            let newest: Vec<Kept> = self.rows(
                "SELECT claim, fact FROM dyad_fact WHERE a = ?1 AND b = ?2 AND section = ?3
                  ORDER BY day DESC, claim LIMIT ?4",
                params![a, b, section, i64::try_from(most).unwrap_or(i64::MAX)],
                kept,
            )?;
            wanted.extend(newest.iter().copied());
            let Some(&section) = Section::ALL.get(section.unsigned_abs() as usize) else {
                continue;
            };
            parts.push((section, total.unsigned_abs(), newest.into_iter().collect()));
        }
        let (rows, _, facts) = self.stored_facts(&wanted, None)?;
        let of =
            |kept: &BTreeSet<Kept>| kept.iter().filter_map(|it| facts.get(it)).cloned().collect();
        let differing = worst_first(of(&worst.into_iter().collect()));
        let part = |(section, total, kept): (Section, u64, BTreeSet<Kept>)| Part {
            section,
            total,
            facts: dated(of(&kept)),
        };
        Ok(Sheet { extent, differing, parts: parts.into_iter().map(part).collect(), rows })
    }

    /// How many facts of a pair are in dispute, as they were settled.
    pub fn disputes(&self, a: &str, b: &str) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM dyad_fact y JOIN fact_row f ON f.seq = y.fact WHERE y.a = ?1 AND y.b = ?2 AND f.disputed";
        let found: Vec<i64> = self.rows(sql, [a.min(b), a.max(b)], |row| row.get(0))?;
        Ok(found.first().map_or(0, |it| it.unsigned_abs()))
    }

    /// How much a pair has, as it was settled; `None` where it has nothing, or something is new since.
    pub fn settled_extent(&self, a: &str, b: &str) -> Result<Option<Extent>, Error> {
        if self.is_settled()? { self.extent(a.min(b), a.max(b)) } else { Ok(None) }
    }

    /// Whether the stored facts are those of what stands now.
    pub fn is_settled(&self) -> Result<bool, Error> {
        let found: Vec<bool> = self.rows(
            "SELECT (SELECT coalesce(max(seq), 0) FROM coding) = (SELECT coalesce(max(coding), -1) FROM fact_state)
                AND (SELECT coalesce(max(seq), 0) FROM decision) = (SELECT coalesce(max(decision), -1) FROM fact_state)",
            [],
            |row| row.get(0),
        )?;
        Ok(found.first().copied().unwrap_or(false))
    }

    fn extent(&self, a: &str, b: &str) -> Result<Option<Extent>, Error> {
        let found = self.rows(
            "SELECT claims, documents, outlets, first, last FROM dyad_total WHERE a = ?1 AND b = ?2",
            [a, b],
            |row| {
                let number = |n| -> rusqlite::Result<u64> { Ok(row.get::<_, i64>(n)?.unsigned_abs()) };
                Ok(Extent {
                    claims: number(0)?,
                    documents: number(1)?,
                    outlets: number(2)?,
                    first: date(row, 3)?,
                    last: date(row, 4)?,
                })
            },
        )?;
        Ok(found.first().copied())
    }
}
