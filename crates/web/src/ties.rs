//! From the facts of a ledger to the rows that measures read.

use std::collections::BTreeMap;

use hedgerow_codebook::{Codebook, Domain};
use hedgerow_ledger::{ClaimRow, Fact, Ledger, Stand};
use hedgerow_measure::TieRow;
use hedgerow_measure::coded::{self, Rates, Told, Unmeasured};

use crate::problem::Problem;

/// A fact, the domain that it counts in, and what it measures.
#[derive(Debug)]
pub(crate) struct Tied {
    pub(crate) fact: Fact,
    pub(crate) domain: Domain,
    pub(crate) rows: Result<Vec<TieRow>, Unmeasured>,
}

/// The facts of these claims, by domain: a pledge for the navy is no rival figure of a pledge for schools.
pub(crate) fn tied(
    ledger: &Ledger,
    codebook: &Codebook,
    claims: &[ClaimRow],
) -> Result<Vec<Tied>, Problem> {
    let mut domains: BTreeMap<Domain, Vec<ClaimRow>> = BTreeMap::new();
    for row in claims {
        if let Some(domain) = codebook.domains.of(&row.claim) {
            domains.entry(domain).or_default().push(row.clone());
        }
    }
    let rates = Rates::default();
    let mut all = Vec::new();
    for (domain, claims) in domains {
        let by_id: BTreeMap<&str, &ClaimRow> =
            claims.iter().map(|row| (row.claim.id.as_str(), row)).collect();
        for fact in ledger.facts(&claims)? {
            let told = fact.members.iter().filter_map(|member| {
                let row = by_id.get(member.claim.as_str())?;
                Some(Told {
                    claim: &row.claim,
                    publisher: row.outlet.as_deref().unwrap_or(&row.claim.doc),
                    published: row.published,
                    agrees: member.stand == Stand::Agrees,
                })
            });
            let told: Vec<Told<'_>> = told.collect();
            let rows = coded::rows(&fact.id, &told, codebook, &rates);
            all.push(Tied { fact, domain, rows });
        }
    }
    Ok(all)
}
