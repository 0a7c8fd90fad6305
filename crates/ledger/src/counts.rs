//! How much a ledger holds.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{Error, Ledger};

/// What stands in a ledger, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Documents, each in its newest version.
    pub documents: u64,
    /// Different outlets that are named.
    pub outlets: u64,
    /// Actor codes that are party to a claim.
    pub actors: u64,
    /// Claims of all kinds.
    pub claims: u64,
    /// Claims of events.
    pub events: u64,
    /// Claims of ties.
    pub ties: u64,
    /// Claims of flows.
    pub flows: u64,
    /// Claims of stances.
    pub stances: u64,
    /// Claims about one state alone: postures, offices, names.
    pub others: u64,
}

/// How much is claimed of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DyadCount {
    /// The code that comes first in the alphabet.
    pub a: String,
    /// The other code.
    pub b: String,
    /// Claims that have one on either side.
    pub claims: u64,
    /// Documents that make them.
    pub documents: u64,
}

/// How much is claimed of an actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActorCount {
    /// The actor's code.
    pub code: String,
    /// Claims that it is party to.
    pub claims: u64,
    /// Documents that make them.
    pub documents: u64,
}

/// Everything that stands in a ledger, counted in one pass.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// Totals.
    pub counts: Counts,
    /// All pairs, those of which most is claimed first.
    pub dyads: Vec<DyadCount>,
    /// All actors, those of which most is claimed first.
    pub actors: Vec<ActorCount>,
}

impl Ledger {
    /// A number that grows whenever a document, a coding or a decision is added: while it stays the same, so does everything
    /// that is read.
    pub fn state(&self) -> Result<i64, Error> {
        let sql = "SELECT (SELECT coalesce(max(seq), 0) FROM coding) + (SELECT coalesce(max(seq), 0) FROM decision)";
        let newest = self.rows(sql, [], |row| row.get(0))?;
        Ok(newest.first().copied().unwrap_or(0))
    }

    /// What the order of claims that wait hangs on, besides those that were judged since: the newest coding by a coder, and the newest
    /// decision that was taken back.
    pub fn coded_state(&self) -> Result<(i64, i64), Error> {
        let sql = "SELECT coalesce((SELECT seq FROM coding WHERE author IS NULL ORDER BY seq DESC LIMIT 1), 0),
                          coalesce((SELECT max(seq) FROM decision WHERE verb = 'undone'), 0)";
        let newest = self.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(newest.first().copied().unwrap_or_default())
    }

    /// A number that changes whenever another connection, of this program or another, writes anything to the file. It is good
    /// for comparing with what this same connection said before, and for nothing else.
    pub fn data_version(&self) -> Result<i64, Error> {
        let version = self.rows("PRAGMA data_version", [], |row| row.get(0))?;
        Ok(version.first().copied().unwrap_or(0))
    }

    /// What the ledger holds.
    pub fn counts(&self) -> Result<Counts, Error> {
        Ok(self.overview()?.counts)
    }

    /// The pairs of which most is claimed, at most `limit`.
    pub fn busiest_dyads(&self, limit: usize) -> Result<Vec<DyadCount>, Error> {
        let mut dyads = self.overview()?.dyads;
        dyads.truncate(limit);
        Ok(dyads)
    }

    /// The actors of which most is claimed, at most `limit`.
    pub fn busiest_actors(&self, limit: usize) -> Result<Vec<ActorCount>, Error> {
        let mut actors = self.overview()?.actors;
        actors.truncate(limit);
        Ok(actors)
    }

    /// Counts everything that stands. This reads every party of every claim: keep the result until [`Ledger::state`]
    /// changes.
    pub fn overview(&self) -> Result<Overview, Error> {
        let mut counts = Counts::default();
        let mut outlets: BTreeSet<String> = BTreeSet::new();
        // Which coding stands, and for which document (numbered as they come).
        let mut standing: BTreeMap<i64, u32> = BTreeMap::new();
        let codings = "SELECT coding_seq, lower(trim(outlet)) FROM document";
        for (coding, outlet) in self.rows(codings, [], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<String>>(1)?))
        })? {
            let document = standing.len() as u32;
            standing.insert(coding, document);
            outlets.extend(outlet);
        }
        counts.documents = standing.len() as u64;
        // What people wrote stands with its document; what they rejected or corrected does not.
        let brought = "SELECT k.coding, d.coding_seq FROM decided v
                         JOIN coded_claim k ON k.seq = v.other
                         JOIN coding c ON c.seq = k.coding
                         JOIN document d ON d.document_seq = c.document
                        WHERE v.verb IN ('added', 'corrected')";
        for (own, coding) in
            self.rows(brought, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?
        {
            if let Some(&document) = standing.get(&coding) {
                standing.insert(own, document);
            }
        }
        let struck = "SELECT claim FROM decided WHERE verb IN ('rejected', 'corrected')";
        let struck: BTreeSet<i64> = self.rows(struck, [], |row| row.get(0))?.into_iter().collect();
        counts.outlets = outlets.len() as u64;

        // By claim; no row is read twice, and a million of them take 16 MB.
        let mut document_of: Vec<(i64, u32)> = Vec::new();
        self.each("SELECT coding, kind, seq FROM coded_claim ORDER BY seq", |row| {
            let Some(&document) = standing.get(&row.get(0)?) else { return Ok(()) };
            let claim = row.get(2)?;
            if struck.contains(&claim) {
                return Ok(());
            }
            document_of.push((claim, document));
            counts.claims += 1;
            *match row.get_ref(1)?.as_str()? {
                "event" => &mut counts.events,
                "tie" => &mut counts.ties,
                "flow" => &mut counts.flows,
                "stance" => &mut counts.stances,
                _ => &mut counts.others,
            } += 1;
            Ok(())
        })?;

        let mut tally = Tally::default();
        self.each("SELECT claim, side, code FROM coded_party ORDER BY claim, side", |row| {
            let claim = row.get(0)?;
            let at = document_of.binary_search_by_key(&claim, |it| it.0);
            let Ok((_, document)) = at.map(|at| document_of[at]) else { return Ok(()) };
            let actor = row.get_ref(1)?.as_str()? == "actor";
            tally.party(claim, document, actor, row.get_ref(2)?.as_str()?);
            Ok(())
        })?;
        let (dyads, actors) = tally.whole();
        counts.actors = actors.len() as u64;
        Ok(Overview { counts, dyads, actors })
    }
}

/// Claims and documents of actors and pairs, told claim by claim.
#[derive(Debug, Default)]
struct Tally {
    codes: BTreeMap<String, u32>,
    actors: BTreeMap<u32, Told>,
    dyads: BTreeMap<(u32, u32), Told>,
    /// The claim under way: its number, its document, and its parties by side.
    claim: i64,
    document: u32,
    from: BTreeSet<u32>,
    to: BTreeSet<u32>,
}

/// How much was told so far.
#[derive(Debug, Default)]
struct Told {
    claims: u64,
    /// Documents as they came, one perhaps several times.
    documents: Vec<u32>,
}

impl Told {
    fn add(&mut self, document: u32) {
        self.claims += 1;
        if self.documents.last() != Some(&document) {
            self.documents.push(document);
        }
    }

    fn documents(mut self) -> u64 {
        self.documents.sort_unstable();
        self.documents.dedup();
        self.documents.len() as u64
    }
}

impl Tally {
    /// Takes one party; those of one claim follow each other.
    fn party(&mut self, claim: i64, document: u32, actor: bool, code: &str) {
        if claim != self.claim {
            self.close();
            (self.claim, self.document) = (claim, document);
        }
        let new = self.codes.len() as u32;
        let code = match self.codes.get(code) {
            Some(&known) => known,
            None => *self.codes.entry(code.to_owned()).or_insert(new),
        };
        if actor { &mut self.from } else { &mut self.to }.insert(code);
    }

    /// Counts the claim under way.
    fn close(&mut self) {
        let (from, to) = (std::mem::take(&mut self.from), std::mem::take(&mut self.to));
        for &code in from.union(&to) {
            self.actors.entry(code).or_default().add(self.document);
        }
        let mut pairs = BTreeSet::new();
        for &a in &from {
            pairs.extend(to.iter().filter(|&&b| a != b).map(|&b| (a.min(b), a.max(b))));
        }
        for pair in pairs {
            self.dyads.entry(pair).or_default().add(self.document);
        }
    }

    /// Most claims first, then most documents, then by code.
    fn whole(mut self) -> (Vec<DyadCount>, Vec<ActorCount>) {
        self.close();
        let mut names = vec![String::new(); self.codes.len()];
        for (code, number) in self.codes {
            names[number as usize] = code;
        }
        let name = |number: u32| names[number as usize].clone();
        let dyad = |((a, b), told): ((u32, u32), Told)| {
            let (a, b) = (name(a), name(b));
            let (a, b) = if a <= b { (a, b) } else { (b, a) };
            DyadCount { a, b, claims: told.claims, documents: told.documents() }
        };
        let actor = |(code, told): (u32, Told)| ActorCount {
            code: name(code),
            claims: told.claims,
            documents: told.documents(),
        };
        let mut dyads: Vec<DyadCount> = self.dyads.into_iter().map(dyad).collect();
        dyads.sort_by(|x, y| {
            (y.claims, y.documents, &x.a, &x.b).cmp(&(x.claims, x.documents, &y.a, &y.b))
        });
        let mut actors: Vec<ActorCount> = self.actors.into_iter().map(actor).collect();
        actors.sort_by(|x, y| (y.claims, &x.code).cmp(&(x.claims, &y.code)));
        (dyads, actors)
    }
}
