//! What claims tell measures: their facts, as rows and as happenings.

use std::collections::BTreeMap;

use hedgerow_codebook::{Codebook, Domain};
use hedgerow_ledger::{ClaimRow, Lens, Stand, facts_with};
use hedgerow_measure::TieRow;
use hedgerow_measure::coded::{self, Rates, Told, Unmeasured};
use hedgerow_measure::series::{self, Happening};

/// Calls `each` with every fact of the claims and what its claims say.
///
/// Claims of different domains are never of one fact: a pledge for the navy is no rival figure of a pledge for schools.
fn each_fact(
    claims: &[ClaimRow],
    lens: &Lens,
    codebook: &Codebook,
    mut each: impl FnMut(&str, &[Told<'_>]),
) {
    let mut domains: BTreeMap<Domain, Vec<ClaimRow>> = BTreeMap::new();
    for row in claims {
        if let Some(domain) = codebook.domains.of(&row.claim) {
            domains.entry(domain).or_default().push(row.clone());
        }
    }
    for claims in domains.into_values() {
        let by_id: BTreeMap<&str, &ClaimRow> =
            claims.iter().map(|row| (row.claim.id.as_str(), row)).collect();
        for fact in facts_with(&claims, lens) {
            let told = fact.members.iter().filter_map(|member| {
                let row = by_id.get(member.claim.as_str())?;
                Some(Told {
                    claim: &row.claim,
                    publisher: row.outlet.as_deref().unwrap_or(&row.claim.doc),
                    published: row.published,
                    agrees: member.stand == Stand::Agrees,
                })
            });
            each(&fact.id, &told.collect::<Vec<_>>());
        }
    }
}

/// What the claims measure, seen in the light of what the ledger knows beyond them; and what of them measures nothing.
pub fn of_claims(
    claims: &[ClaimRow],
    lens: &Lens,
    codebook: &Codebook,
    rates: &Rates,
) -> (Vec<TieRow>, Vec<Unmeasured>) {
    let (mut rows, mut unmeasured) = (Vec::new(), Vec::new());
    each_fact(claims, lens, codebook, |fact, told| {
        match coded::rows(fact, told, codebook, rates) {
            Ok(found) => rows.extend(found),
            Err(why) => unmeasured.push(why),
        }
    });
    (rows, unmeasured)
}

/// The facts of the claims as series count them.
pub fn happenings(claims: &[ClaimRow], lens: &Lens, codebook: &Codebook) -> Vec<Happening> {
    let mut all = Vec::new();
    each_fact(claims, lens, codebook, |fact, told| {
        all.extend(series::happening(fact, told, codebook, &Rates::default()));
    });
    all
}
