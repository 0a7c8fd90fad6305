//! What the ledger knows beyond claims: copies, outlets, rates, reviews; and facts seen in that light.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::params;

use crate::sketch::Sketch;
use crate::{ClaimRow, Error, Fact, Lens, Rates, Standing, facts_with};

/// Up to so many claims are asked for one by one.
const FEW: usize = 200;

/// A decision's verb and the claims that it names.
type Found = (String, Option<String>, Option<String>);

impl crate::Ledger {
    /// Takes claims about one happening together, with what this ledger knows of outlets, copies, rates and reviews.
    pub fn facts(&self, rows: &[ClaimRow]) -> Result<Vec<Fact>, Error> {
        Ok(facts_with(rows, &self.lens(rows)?))
    }

    /// What bears on how these claims are taken together.
    pub fn lens(&self, rows: &[ClaimRow]) -> Result<Lens, Error> {
        self.lens_of(rows, &rows.iter().map(|row| row.claim.doc.as_str()).collect())
    }

    /// The same, where only these documents can be copies of one another.
    pub(crate) fn lens_of(
        &self,
        rows: &[ClaimRow],
        documents: &BTreeSet<&str>,
    ) -> Result<Lens, Error> {
        let mut lens = Lens { rates: self.rates_for(rows)?, ..Lens::default() };
        if documents.len() > 1 {
            for &doc in documents {
                let sql = "SELECT sketch FROM document_version WHERE id = ?1 ORDER BY version DESC LIMIT 1";
                let found: Vec<Option<Vec<u8>>> = self.rows(sql, [doc], |row| row.get(0))?;
                let sketch =
                    found.into_iter().flatten().next().and_then(|it| Sketch::from_bytes(&it));
                lens.sketches.extend(sketch.map(|it| (doc.to_owned(), it)));
            }
        }
        for standing in self.standings()? {
            lens.standings.insert(standing.outlet.trim().to_lowercase(), standing);
        }
        let ids: BTreeSet<&str> = rows.iter().map(|row| row.claim.id.as_str()).collect();
        let decided = self.decided_on(&ids)?;
        for (verb, claim, other) in decided {
            match (verb.as_str(), claim, other) {
                ("accepted", Some(claim), _) => _ = lens.reviewed.insert(claim),
                ("corrected" | "added", _, Some(other)) => _ = lens.reviewed.insert(other),
                ("same", Some(a), Some(b))
                    if ids.contains(a.as_str()) && ids.contains(b.as_str()) =>
                {
                    lens.same.insert((a, b));
                }
                ("apart", Some(a), Some(b)) => {
                    lens.apart.insert(if a <= b { (a, b) } else { (b, a) });
                }
                _ => {}
            }
        }
        Ok(lens)
    }

    /// What people decided on these claims: asked claim by claim where they are few, else read once.
    fn decided_on(&self, ids: &BTreeSet<&str>) -> Result<Vec<Found>, Error> {
        const DECIDED: &str = "SELECT v.verb, a.claim_id, b.claim_id FROM decided v
             LEFT JOIN coded_claim a ON a.seq = v.claim LEFT JOIN coded_claim b ON b.seq = v.other
            WHERE v.verb IN ('accepted', 'corrected', 'added', 'same', 'apart')";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        if ids.len() > FEW {
            return self.rows(DECIDED, [], read);
        }
        let none = "SELECT NOT EXISTS (SELECT 1 FROM decision)";
        if self.rows(none, [], |row| row.get::<_, bool>(0))? == [true] {
            return Ok(Vec::new());
        }
        let of = "v.seq IN (SELECT d.seq FROM coded_claim c JOIN decision d ON d.claim = c.seq WHERE c.claim_id = ?1
                            UNION ALL SELECT d.seq FROM coded_claim c JOIN decision d ON d.other = c.seq WHERE c.claim_id = ?1)";
        let mut all = Vec::new();
        for id in ids {
            all.extend(self.rows(&format!("{DECIDED} AND {of}"), [id], read)?);
        }
        Ok(all)
    }

    fn rates_for(&self, rows: &[ClaimRow]) -> Result<Rates, Error> {
        let amounts =
            rows.iter().flat_map(|row| row.claim.amount.iter().chain(&row.claim.more_amounts));
        let currencies: BTreeSet<&str> = amounts.filter_map(|it| it.currency.as_deref()).collect();
        let mut rates = Rates::default();
        if currencies.len() < 2 {
            return Ok(rates);
        }
        for currency in currencies {
            let sql = "SELECT day, per_usd FROM rate WHERE currency = ?1 ORDER BY day, seq";
            let found: Vec<(String, f64)> =
                self.rows(sql, [currency], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for (day, per_usd) in found {
                let day: Date = day.parse().map_err(|e| Error::damaged(&self.path, e))?;
                rates.add(currency, day, per_usd);
            }
        }
        Ok(rates)
    }

    /// What the user recorded of outlets, the newest word on each.
    pub fn standings(&self) -> Result<Vec<Standing>, Error> {
        let sql = "SELECT outlet, standing, state, reposts, note FROM standing s
                    WHERE NOT EXISTS (SELECT 1 FROM standing n WHERE n.outlet = s.outlet AND n.seq > s.seq)
                    ORDER BY outlet";
        self.rows(sql, [], |row| {
            Ok(Standing {
                outlet: row.get(0)?,
                standing: row.get(1)?,
                state: row.get(2)?,
                reposts: row.get(3)?,
                note: row.get(4)?,
            })
        })
    }

    /// Records what the user knows of an outlet; the newest word holds.
    pub fn record_standing(&mut self, it: &Standing) -> Result<(), Error> {
        if self.standings()?.contains(it) {
            return Ok(());
        }
        self.db
            .prepare_cached("INSERT INTO standing (outlet, standing, state, reposts, note) VALUES (?1, ?2, ?3, ?4, ?5)")
            .and_then(|mut insert| insert.execute(params![it.outlet, it.standing, it.state, it.reposts, it.note]))
            .map_err(|e| self.error(e))?;
        Ok(())
    }

    /// Records rates: currency, day, what one US dollar was worth, and where that comes from. What is there already is
    /// passed over; returns how many were new.
    pub fn record_rates(&mut self, rates: &[(String, Date, f64, String)]) -> Result<usize, Error> {
        let path = self.path.clone();
        let wrap = |e| Error::from_sqlite(&path, e);
        let change = self.db.transaction().map_err(wrap)?;
        let mut new = 0;
        for (currency, day, per_usd, source) in rates {
            new += change
                .prepare_cached(
                    "INSERT INTO rate (currency, day, per_usd, source) SELECT ?1, ?2, ?3, ?4
                      WHERE NOT EXISTS (SELECT 1 FROM rate WHERE currency = ?1 AND day = ?2 AND per_usd = ?3 AND source = ?4)",
                )
                .and_then(|mut insert| insert.execute(params![currency, day.to_string(), per_usd, source]))
                .map_err(wrap)?;
        }
        change.commit().map_err(wrap)?;
        Ok(new)
    }
}
