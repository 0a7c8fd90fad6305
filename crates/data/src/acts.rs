//! Events of other coders as measures read them: by partner, year and domain.

use std::collections::BTreeMap;

use hedgerow_codebook::{Codebook, Domain};
use hedgerow_ledger::{Error, Ledger};
use hedgerow_measure::TieRow;
use hedgerow_measure::acts::{DyadYear, rows};
use hedgerow_measure::goldstein::Sums;

/// What the events of one source (`icews`, `gdelt-events`, `polecat`) say of a state, a row for each directed pair, year and domain:
/// cooperation as the sum of positive scores, conflict as that of negative ones.
///
/// They count reports, not happenings. Codes that are no event with us (statements, comments) are left out.
///
/// # Errors
/// Where the ledger cannot be read.
pub fn acts(
    ledger: &Ledger,
    codebook: &Codebook,
    source: &str,
    who: &str,
) -> Result<Vec<TieRow>, Error> {
    let mut domains: BTreeMap<String, Option<Domain>> = BTreeMap::new();
    let mut sums: BTreeMap<(String, String, i16, Domain), Sums> = BTreeMap::new();
    for it in ledger.event_years(source, who)? {
        let domain = match domains.get(&it.code) {
            Some(known) => *known,
            None => *domains.entry(it.code.clone()).or_insert(domain(codebook, &it.code)),
        };
        let Some(domain) = domain else { continue };
        let of = Sums { events: it.events, cooperation: it.cooperation, conflict: it.conflict };
        sums.entry((it.actor, it.recipient, it.year, domain)).or_default().merge(of);
    }
    let row =
        |((actor, recipient, year, domain), sums): (&(String, String, i16, Domain), &Sums)| {
            rows(&DyadYear { actor, recipient, year: *year, domain: *domain, sums: *sums }, source)
        };
    Ok(sums.iter().flat_map(row).collect())
}

/// The domain of a CAMEO code, or of a PLOVER type and mode (`CONSULT.visit`).
fn domain(codebook: &Codebook, code: &str) -> Option<Domain> {
    let domains = &codebook.domains;
    if code.starts_with(|c: char| c.is_ascii_digit()) {
        let entry = codebook.cameo.entry(code)?;
        let what = entry.what.as_ref()?;
        return domains.of_act(&what.type_, what.mode.as_deref(), &entry.note);
    }
    let (type_, mode) = code.split_once('.').map_or((code, None), |(it, mode)| (it, Some(mode)));
    domains.of_act(type_, mode, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_domain_of_what_they_say() {
        let codebook = Codebook::embedded().unwrap();
        let of = |code| domain(&codebook, code);
        assert_eq!(of("042"), Some(Domain::Diplomatic));
        assert_eq!(of("0212"), Some(Domain::Security), "appeals for military cooperation");
        assert_eq!(of("190"), Some(Domain::Security));
        assert_eq!(of("071"), Some(Domain::Development));
        assert_eq!(of("010"), None, "a statement");
        assert_eq!(of("CONSULT.visit"), Some(Domain::Diplomatic));
        assert_eq!(of("COOPERATE.exercise"), Some(Domain::Security));
        assert_eq!(of("999"), None);
    }
}
