//! Properties: what holds for any documents in any order.

use std::collections::BTreeSet;

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{Kind, Modality, Precision};
use hedgerow_ledger::{Added, ClaimRow, Ledger, NewDocument, facts};
use proptest::prelude::*;

use crate::make::{claim, day, document, money, on, place, row};

const TEXT: &str = "One line of evidence.";

fn any_claim() -> impl Strategy<Value = Claim> {
    let parties = prop::sample::select(vec!["VNM", "JPN", "CHN"]);
    let kinds = prop::sample::select(vec![Kind::Event, Kind::Tie, Kind::Flow, Kind::Stance]);
    let modality = prop::sample::select(Modality::ALL.to_vec());
    (parties.clone(), parties, kinds, modality, any::<bool>(), 0_u8..8, prop::option::of(1_u32..4))
        .prop_map(|(from, to, kind, modality, symmetric, date, amount)| {
            let mut claim = claim("d", 1, TEXT, from, to);
            claim.kind = kind;
            claim.modality = modality;
            claim.symmetric = symmetric;
            claim.date = match date {
                0 => day("2015-09-15"),
                1 => day("2015-09-17"),
                2 => on("2015-09-13", "2015-09-19", Precision::Day),
                3 => on("2015-09-01", "2015-09-30", Precision::Month),
                4 => on("2015-01-01", "2015-12-31", Precision::Year),
                5 => day("2015-03-01"),
                _ => return (claim, amount),
            };
            (claim, amount)
        })
        .prop_map(|(mut claim, amount)| {
            claim.amount = amount.map(|n| money(f64::from(n) * 1e6, "USD"));
            claim
        })
}

fn any_rows() -> impl Strategy<Value = Vec<ClaimRow>> {
    let outlet = prop::sample::select(vec!["", "A", "B"]);
    let published = prop::sample::select(vec!["", "2015-09-18", "2015-09-20", "2015-12-01"]);
    prop::collection::vec((any_claim(), outlet, published, 0_usize..6), 0..14).prop_map(|made| {
        made.into_iter()
            .enumerate()
            .map(|(n, (mut claim, outlet, published, doc))| {
                claim.doc = format!("d{doc}");
                claim.id = format!("d{doc}-{n:02}");
                row(claim, outlet, published)
            })
            .collect()
    })
}

fn any_documents() -> impl Strategy<Value = Vec<NewDocument>> {
    prop::collection::vec(prop::collection::vec(any_claim(), 0..4), 0..5).prop_map(|documents| {
        let whole = |(n, claims): (usize, Vec<Claim>)| {
            let id = format!("doc{n}");
            let mut new = document(&id);
            new.claims = claims
                .into_iter()
                .enumerate()
                .map(|(number, template)| {
                    let mut claim = claim(&id, number, &new.text, "VNM", "JPN");
                    claim.kind = template.kind;
                    let meets = template.amount.is_some();
                    claim.mode = (claim.kind == Kind::Event)
                        .then(|| if meets { "meet" } else { "visit" }.to_owned());
                    if claim.kind == Kind::Flow {
                        let type_ = if number.is_multiple_of(2) { "aid" } else { "equipment" };
                        claim.type_ = type_.into();
                    }
                    claim.actors = template.actors;
                    claim.recipients = template.recipients;
                    claim.symmetric = template.symmetric;
                    claim.modality = template.modality;
                    claim.date = template.date;
                    claim.amount = template.amount;
                    claim
                })
                .collect();
            new
        };
        documents.into_iter().enumerate().map(whole).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn facts_hold_every_claim_once_and_share_parties_and_kind(rows in any_rows()) {
        let found = facts(&rows);
        let told: Vec<&str> =
            found.iter().flat_map(|fact| &fact.members).map(|member| member.claim.as_str()).collect();
        let ids: BTreeSet<&str> = rows.iter().map(|row| row.claim.id.as_str()).collect();
        prop_assert_eq!(told.len(), ids.len());
        prop_assert_eq!(told.into_iter().collect::<BTreeSet<_>>(), ids);
        for fact in &found {
            let mut stages = BTreeSet::new();
            for member in &fact.members {
                let claim = &rows.iter().find(|row| row.claim.id == member.claim).unwrap().claim;
                prop_assert_eq!(claim.kind, fact.kind);
                prop_assert_eq!(&claim.type_, &fact.type_);
                let codes = |parties: &[hedgerow_codebook::claim::Actor]| -> BTreeSet<String> {
                    parties.iter().map(|party| party.code.clone()).collect()
                };
                let (mut a, mut r) = (codes(&claim.actors), codes(&claim.recipients));
                if claim.symmetric {
                    a.append(&mut r);
                    r.clone_from(&a);
                }
                prop_assert_eq!(a.into_iter().collect::<Vec<_>>(), fact.actors.clone());
                prop_assert_eq!(r.into_iter().collect::<Vec<_>>(), fact.recipients.clone());
                if claim.kind == Kind::Flow && claim.modality != Modality::Denied {
                    let delivered = matches!(claim.modality, Modality::Actual | Modality::HistoricalBackground);
                    stages.insert((delivered, claim.modality == Modality::Pledged));
                }
            }
            prop_assert!(stages.len() <= 1, "pledged and delivered in one fact");
        }
    }

    #[test]
    fn the_order_of_claims_does_not_change_facts(
        (rows, shuffled) in any_rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        prop_assert_eq!(facts(&rows), facts(&shuffled));
    }

    #[test]
    fn the_order_of_documents_does_not_change_facts_and_twice_is_once(
        (documents, shuffled) in
            any_documents().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let (_one, first) = place();
        let (_two, second) = place();
        let mut ledger = Ledger::open(first).unwrap();
        let mut other = Ledger::open(second).unwrap();
        for document in &documents {
            prop_assert_eq!(ledger.add(document).unwrap(), Added::New);
        }
        for document in shuffled.iter().chain(&documents) {
            other.add(document).unwrap();
        }
        prop_assert_eq!(ledger.claims().unwrap(), other.claims().unwrap());
        prop_assert_eq!(ledger.counts().unwrap(), other.counts().unwrap());
        prop_assert_eq!(facts(&ledger.claims().unwrap()), facts(&other.claims().unwrap()));
        prop_assert_eq!(
            ledger.facts_between("VNM", "JPN").unwrap(),
            other.facts_between("JPN", "VNM").unwrap()
        );
    }
    #[test]
    fn a_fact_is_the_same_from_what_was_settled_as_from_all_claims(documents in any_documents()) {
        let (_folder, path) = place();
        let mut ledger = Ledger::open(path).unwrap();
        for document in &documents {
            ledger.add(document).unwrap();
        }
        let rows = ledger.claims().unwrap();
        let all = |ledger: &Ledger| -> Vec<_> {
            rows.iter().map(|row| ledger.whole_fact(&row.claim.id).unwrap().unwrap()).collect()
        };
        let live = all(&ledger);
        ledger.settle(false).unwrap();
        for (mut settled, mut live) in all(&ledger).into_iter().zip(live) {
            // What has no other party has no pair to be looked for in.
            if live.fact.actors == live.fact.recipients && live.fact.actors.len() == 1 {
                live.related.clear();
            }
            let by_id = |row: &ClaimRow| row.claim.id.clone();
            settled.claims.sort_by_key(by_id);
            live.claims.sort_by_key(by_id);
            prop_assert_eq!(settled, live);
        }
    }
}
