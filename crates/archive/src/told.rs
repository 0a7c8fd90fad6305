//! The facts of a pair as series count them, where claims know their facts: nothing is taken together anew.

use std::collections::BTreeMap;

use hedgerow_codebook::Codebook;
use hedgerow_ledger::ClaimRow;
use hedgerow_measure::coded::{Rates, Told};
use hedgerow_measure::series::{Happening, happening};

use crate::columns::Texts;
use crate::read::in_order;
use crate::row::Claims;
use crate::scan::{self, Parties};
use crate::{Archive, Error};

/// A claim, and whether it agrees with the others of its fact.
type Member = (ClaimRow, bool);

impl Archive {
    /// The facts that have one of two on one side and the other on the other, of an archive whose claims have facts
    /// ([`Archive::has_facts`]).
    ///
    /// # Errors
    /// Where a file cannot be read.
    pub fn happenings(
        &self,
        a: &str,
        b: &str,
        codebook: &Codebook,
    ) -> Result<Vec<Happening>, Error> {
        let parties = Parties::Facing(a.to_owned(), b.to_owned());
        let parts = scan::scan(
            self.files(),
            &parties,
            None,
            |_| Vec::new(),
            |members: &mut Vec<(String, Member)>, path, batch| {
                let claims = Claims::of(batch);
                let (facts, stands) = (Texts::of(batch, "fact"), Texts::of(batch, "stand"));
                for at in 0..batch.num_rows() {
                    let claim = claims.get(at).map_err(Error::parquet(path))?;
                    let agrees = stands.get(at).is_none_or(|it| it == "agrees");
                    members.push((facts.own(at).unwrap_or_default(), (claim, agrees)));
                }
                Ok(())
            },
        )?;
        let mut facts: BTreeMap<String, Vec<Member>> = BTreeMap::new();
        for (fact, member) in parts.into_iter().flatten() {
            facts.entry(fact).or_default().push(member);
        }
        let told = |(fact, mut members): (String, Vec<Member>)| {
            // As a ledger has them: in order of document and number.
            members.sort_by(|(a, _), (b, _)| in_order(a).cmp(&in_order(b)));
            let told: Vec<Told<'_>> =
                members.iter().map(|(row, agrees)| of(row, *agrees)).collect();
            happening(&fact, &told, codebook, &Rates::default())
        };
        Ok(facts.into_iter().filter_map(told).collect())
    }
}

fn of(row: &ClaimRow, agrees: bool) -> Told<'_> {
    Told {
        claim: &row.claim,
        publisher: row.outlet.as_deref().unwrap_or(&row.claim.doc),
        published: row.published,
        agrees,
    }
}
