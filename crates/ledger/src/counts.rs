//! How much a ledger holds.

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

impl Ledger {
    /// What the ledger holds.
    pub fn counts(&self) -> Result<Counts, Error> {
        let mut counts = Counts::default();
        let kinds = self.rows(
            "SELECT k.kind, count(*) FROM document d
               JOIN coded_claim k ON k.coding = d.coding_seq GROUP BY k.kind",
            [],
            |row| Ok((row.get::<_, String>(0)?, number(row.get(1)?))),
        )?;
        for (kind, n) in kinds {
            counts.claims += n;
            *match kind.as_str() {
                "event" => &mut counts.events,
                "tie" => &mut counts.ties,
                "flow" => &mut counts.flows,
                "stance" => &mut counts.stances,
                _ => &mut counts.others,
            } += n;
        }
        let sums = self.rows(
            "SELECT count(*), count(DISTINCT lower(trim(outlet))),
                    (SELECT count(DISTINCT code) FROM claim_party) FROM document",
            [],
            |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]),
        )?;
        if let Some(&[documents, outlets, actors]) = sums.first() {
            (counts.documents, counts.outlets, counts.actors) =
                (number(documents), number(outlets), number(actors));
        }
        Ok(counts)
    }

    /// The pairs of which most is claimed, at most `limit`.
    pub fn busiest_dyads(&self, limit: usize) -> Result<Vec<DyadCount>, Error> {
        self.rows(
            "SELECT min(x.code, y.code) AS a, max(x.code, y.code) AS b,
                    count(DISTINCT x.claim_seq) AS claims, count(DISTINCT x.doc) AS documents
               FROM claim_party x
               JOIN coded_party y ON y.claim = x.claim_seq AND y.side = 'recipient' AND y.code <> x.code
              WHERE x.side = 'actor'
              GROUP BY 1, 2 ORDER BY claims DESC, documents DESC, 1, 2 LIMIT ?1",
            [i64::try_from(limit).unwrap_or(i64::MAX)],
            |row| {
                Ok(DyadCount {
                    a: row.get(0)?,
                    b: row.get(1)?,
                    claims: number(row.get(2)?),
                    documents: number(row.get(3)?),
                })
            },
        )
    }

    /// The actors of which most is claimed, at most `limit`.
    pub fn busiest_actors(&self, limit: usize) -> Result<Vec<ActorCount>, Error> {
        self.rows(
            "SELECT code, count(DISTINCT claim_seq) AS claims, count(DISTINCT doc) FROM claim_party
              GROUP BY code ORDER BY claims DESC, code LIMIT ?1",
            [i64::try_from(limit).unwrap_or(i64::MAX)],
            |row| {
                Ok(ActorCount {
                    code: row.get(0)?,
                    claims: number(row.get(1)?),
                    documents: number(row.get(2)?),
                })
            },
        )
    }
}

fn number(n: i64) -> u64 {
    n.unsigned_abs()
}
