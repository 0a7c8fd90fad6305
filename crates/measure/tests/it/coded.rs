//! What coded claims measure.

use hedgerow_codebook::Codebook;
use hedgerow_codebook::claim::{Claim, Modality};
use hedgerow_measure::coded::{Rates, Told, rows};
use hedgerow_measure::{Indicator, Series, TieRow};
use jiff::civil::date;

/// A pledge of Japan to Vietnam with these changes.
fn pledge(change: impl FnOnce(&mut Claim)) -> Claim {
    let json = r#"{"id":"a-01","doc":"a","kind":"flow","type":"aid",
        "actors":[{"code":"JPN","name":"Japan","role":"GOV","person":null}],
        "recipients":[{"code":"VNM","name":"Vietnam","role":"GOV","person":null}],
        "date":{"start":"2015-09-15","end":"2015-09-15","precision":"day","text":null},
        "amount":{"value":200000000.0,"unit":"money","currency":"JPY","count_of":null,"qualifier":"exact","text":"200 million yen"},
        "modality":"pledged","rule":"pledge.aid",
        "evidence":{"start":0,"end":5,"bstart":0,"bend":5,"text":"Japan pledged 200 million yen of aid"}}"#;
    let mut claim: Claim = serde_json::from_str(json).unwrap();
    change(&mut claim);
    claim
}

fn measured(claim: &Claim, rates: &Rates) -> Result<Vec<TieRow>, String> {
    let codebook = Codebook::embedded().unwrap();
    let told =
        [Told { claim, publisher: "Lotus Wire", published: Some(date(2015, 9, 16)), agrees: true }];
    rows("f-a-01", &told, &codebook, rates).map_err(|it| it.why)
}

#[test]
fn sums_need_a_rate_and_never_more_than_one_receiver() {
    let mut rates = Rates::default();
    let why = measured(&pledge(|_| ()), &rates).unwrap_err();
    assert_eq!(why, "\"200 million yen\" has no rate to dollars");
    rates.add("JPY", None, 100.0);
    rates.add("JPY", Some(date(2015, 9, 1)), 120.0);
    rates.add("JPY", Some(date(2016, 1, 1)), 110.0);
    let found = measured(&pledge(|_| ()), &rates).unwrap();
    let [row] = &found[..] else { panic!("one row") };
    assert_eq!((row.indicator, row.series), (Indicator::Finance, Series::Pledged));
    assert!((row.value().unwrap() - 200e6 / 120.0).abs() < 1e-6);
    let two = pledge(|claim| {
        let mut laos = claim.recipients[0].clone();
        laos.code = "LAO".to_owned();
        claim.recipients.push(laos);
    });
    assert_eq!(measured(&two, &rates).unwrap_err(), "one sum for several states");
    let total = pledge(|claim| claim.cumulative = true);
    assert_eq!(measured(&total, &rates).unwrap_err(), "it is a running total");
}

#[test]
fn purpose_and_stage_decide_where_a_sum_counts() {
    let mut rates = Rates::default();
    rates.add("JPY", None, 120.0);
    let place = |claim: &Claim| measured(claim, &rates).map(|it| (it[0].indicator, it[0].series));
    let navy =
        pledge(|claim| claim.evidence.text = "200 million yen of maritime security aid".into());
    assert_eq!(place(&navy), Ok((Indicator::Assistance, Series::Pledged)));
    let given = pledge(|claim| claim.modality = Modality::Actual);
    assert_eq!(place(&given), Ok((Indicator::Finance, Series::Delivered)));
    let wanted = pledge(|claim| claim.stage = Some("wanted".to_owned()));
    assert_eq!(place(&wanted), Err("it is wanted, not pledged and not delivered".to_owned()));
    let by_hand = pledge(|claim| claim.rule = "imported".to_owned());
    assert_eq!(measured(&by_hand, &rates).unwrap()[0].kind, "imported");
}

#[test]
fn a_partnership_is_what_its_name_says() {
    let of = |level: Option<&str>| {
        let claim = pledge(|claim| {
            "partnership".clone_into(&mut claim.type_);
            claim.kind = hedgerow_codebook::claim::Kind::Tie;
            claim.level = level.map(str::to_owned);
            claim.symmetric = true;
            claim.modality = Modality::Actual;
            "ties of the two defence ministries rest on this partnership"
                .clone_into(&mut claim.evidence.text);
        });
        measured(&claim, &Rates::default()).map(|it| (it[0].indicator, it[0].value()))
    };
    // That soldiers talk about it makes it no military one.
    let named = of(Some("Comprehensive strategic partnership"));
    assert_eq!(named, Ok((Indicator::Partnership, Some(4.0))));
    assert!(of(Some("defence partnership")).is_err(), "this one is");
    assert!(of(None).is_err(), "nothing but the words beside it says which");
}
