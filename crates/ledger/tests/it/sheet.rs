//! What a sheet shows is the same whether it is read from the tables made for it or from the claims themselves.

use hedgerow_codebook::claim::{Kind, Modality, Precision};
use hedgerow_ledger::{Decision, Keep, Ledger, NewDocument, Section, Sheet, Verb, sha256_hex};

use crate::make::{actor, claim, day, document, money, on, place};

const MOST: usize = 4;

/// A document of a visit, a pledge whose sum differs from document to document, and a tie.
fn numbered(n: usize) -> NewDocument {
    let mut new = document(&format!("s{n:02}"));
    new.meta.outlet = Some(format!("Outlet {}", n % 5));
    new.meta.published = Some(format!("2015-{:02}-20", n % 12 + 1).parse().unwrap());
    let make = |number: usize| claim(&new.id, number, &new.text, "VNM", "JPN");
    let mut visit = make(1);
    visit.date = day(&format!("2015-{:02}-{:02}", n % 12 + 1, n % 3 + 1));
    let mut pledge = make(2);
    (pledge.kind, pledge.type_, pledge.mode) = (Kind::Flow, "aid".into(), None);
    pledge.modality = Modality::Pledged;
    pledge.date = on("2015-01-01", "2015-12-31", Precision::Year);
    pledge.amount = Some(money(if n.is_multiple_of(7) { 1.7e6 } else { 1.7e9 }, "USD"));
    let mut tie = make(3);
    (tie.kind, tie.type_, tie.mode) = (Kind::Tie, "partnership".into(), None);
    tie.actors.push(actor("KOR"));
    new.claims = vec![visit, pledge, tie];
    new
}

/// The sheet as it was settled, and the same made from the claims.
fn both(ledger: &Ledger) -> (Sheet, Sheet) {
    assert!(ledger.is_settled().unwrap());
    let rows = ledger.dyad("JPN", "VNM").unwrap();
    let facts = ledger.facts(&rows).unwrap();
    (ledger.sheet("VNM", "JPN", MOST).unwrap(), Sheet::of(rows, &facts, MOST))
}

fn told(sheet: &Sheet) -> Vec<(Section, u64, Vec<String>)> {
    let told = |it: &hedgerow_ledger::Shown| {
        let fact = &it.fact;
        let current = fact.current.as_ref().map(|it| (&it.claim, it.why));
        format!(
            "{} {:?} {:?} {} {:?} {current:?} {} {} {}",
            fact.id,
            fact.start,
            fact.end,
            fact.disputed,
            fact.factor,
            it.claims,
            it.documents,
            it.origins
        )
    };
    let part = |it: &hedgerow_ledger::Part| {
        (it.section, it.total, it.facts.iter().map(told).collect::<Vec<_>>())
    };
    let worst = (Section::Alone, 0, sheet.differing.iter().map(told).collect());
    sheet.parts.iter().map(part).chain([worst]).collect()
}

fn same(ledger: &Ledger, what: &str) {
    let (stored, live) = both(ledger);
    assert_eq!(stored.extent, live.extent, "{what}");
    assert_eq!(told(&stored), told(&live), "{what}");
}

#[test]
fn a_stored_sheet_is_the_one_that_the_claims_make() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let all: Vec<NewDocument> = (0..30).map(numbered).collect();
    ledger.add_all(&all[..20], Keep::Text).unwrap();
    assert!(!ledger.is_settled().unwrap());
    let live = ledger.sheet("JPN", "VNM", MOST).unwrap();
    assert_eq!(live.extent.claims, 60, "what is not settled is read from the claims");
    ledger.settle(false).unwrap();
    same(&ledger, "made anew");
    let (stored, _) = both(&ledger);
    let tie = &stored.parts[0];
    assert_eq!((tie.section, tie.total, tie.facts[0].claims), (Section::Ties, 1, 20));
    assert!(tie.facts[0].fact.members.len() < 20, "a fact of many claims is read in part");
    assert!(stored.differing[0].fact.factor.is_some_and(|it| it > 900.0));
    for (n, new) in all[20..].iter().enumerate() {
        ledger.add(new).unwrap();
        ledger.settle(false).unwrap();
        same(&ledger, &format!("after {n} more documents"));
    }
    let by = |verb| Decision { verb, author: "A".into(), reason: None, added: None };
    ledger.decide(&by(Verb::Reject("s07-02".into()))).unwrap();
    ledger.settle(false).unwrap();
    same(&ledger, "a claim rejected");
    let mut changed = numbered(3);
    changed.text.push_str("More.\n");
    changed.bytes_sha256 = sha256_hex(changed.text.as_bytes());
    changed.claims.truncate(1);
    ledger.add(&changed).unwrap();
    ledger.settle(false).unwrap();
    same(&ledger, "a new version with fewer claims");
    assert_eq!(
        ledger.sheet("JPN", "VNM", 0).unwrap().parts[1].facts.len(),
        ledger.sheet("JPN", "VNM", 0).unwrap().parts[1].total as usize
    );
    assert_eq!(ledger.sheet("JPN", "CHN", MOST).unwrap(), Sheet::default());
}

#[test]
fn what_a_person_joined_stays_one_fact_when_more_comes_in() {
    let (_folder, path) = place();
    let mut ledger = Ledger::open(&path).unwrap();
    let (a, mut b) = (document("a"), document("b"));
    b.claims[0].actors.push(actor("KOR"));
    ledger.add_all(&[a, b], Keep::Text).unwrap();
    let verb = Verb::Same("a-01".into(), "b-01".into());
    ledger.decide(&Decision { verb, author: "A".into(), reason: None, added: None }).unwrap();
    ledger.settle(false).unwrap();
    assert_eq!(ledger.sheet("JPN", "VNM", MOST).unwrap().facts(), 1);
    let mut c = document("c");
    c.claims[0].date = day("2019-01-01");
    ledger.add(&c).unwrap();
    ledger.settle(false).unwrap();
    let sheet = ledger.sheet("JPN", "VNM", MOST).unwrap();
    assert_eq!(sheet.parts[0].facts.iter().map(|it| it.claims).collect::<Vec<_>>(), [2, 1]);
}
