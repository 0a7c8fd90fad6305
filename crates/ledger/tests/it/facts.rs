//! Which claims make one fact, and how they stand to each other.

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::Qualifier::{self, About, Exact, LessThan, MoreThan, Vague};
use hedgerow_codebook::claim::{Kind, Modality, Precision};
use hedgerow_ledger::{ClaimRow, Fact, Field, Stand, facts};

use crate::make::{actor, claim, count, day, money, on, row};

const TEXT: &str = "One line of evidence.";

fn visit(id: usize) -> Claim {
    claim(&format!("d{id:02}"), 1, TEXT, "VNM", "JPN")
}

fn aid(id: usize, value: f64, currency: &str, modality: Modality) -> Claim {
    let mut claim = claim(&format!("d{id:02}"), 1, TEXT, "JPN", "VNM");
    claim.kind = Kind::Flow;
    claim.type_ = "aid".into();
    claim.mode = None;
    claim.amount = Some(money(value, currency));
    claim.modality = modality;
    claim.date = on("2015-01-01", "2015-12-31", Precision::Year);
    claim
}

fn members(facts: &[Fact]) -> Vec<Vec<&str>> {
    let ids = |fact: &Fact| -> Vec<String> {
        fact.members.iter().map(|member| member.claim.clone()).collect()
    };
    for fact in facts {
        assert_eq!(fact.id, format!("f-{}", ids(fact)[0]));
    }
    facts
        .iter()
        .map(|fact| fact.members.iter().map(|member| member.claim.as_str()).collect())
        .collect()
}

fn news(claim: Claim, day: &str) -> ClaimRow {
    let outlet = format!("Outlet of {}", claim.doc);
    row(claim, &outlet, day)
}

#[test]
fn visits_of_overlapping_dates_are_one_and_others_are_not() {
    let (mut a, mut b, mut c, mut d) = (visit(1), visit(2), visit(3), visit(4));
    a.date = on("2015-09-13", "2015-09-19", Precision::Day);
    b.date = day("2015-09-15");
    c.date = day("2009-04-20");
    d.date = day("2015-09-15");
    d.recipients = vec![actor("CHN")];
    let rows = [a, b, c, d].map(|claim| news(claim, "2015-09-20"));
    let found = facts(&rows);
    assert_eq!(members(&found), [vec!["d01-01", "d02-01"], vec!["d03-01"], vec!["d04-01"]]);
    assert!(!found[0].disputed, "a day within the week agrees with the week");
    assert_eq!(found[0].outlets.len(), 2);
}

#[test]
fn a_vague_date_joins_only_where_one_group_fits() {
    let (mut a, mut b, mut c, mut d) = (visit(1), visit(2), visit(3), visit(4));
    a.date = day("2015-03-01");
    b.date = day("2015-09-15");
    c.date = on("2015-01-01", "2015-12-31", Precision::Year);
    d.date = on("2015-09-01", "2015-09-30", Precision::Month);
    let rows = [a, b, c, d].map(|claim| news(claim, "2016-09-20"));
    assert_eq!(members(&facts(&rows)), [vec!["d01-01"], vec!["d02-01", "d04-01"], vec!["d03-01"]]);
}

#[test]
fn an_undated_claim_joins_what_happened_within_a_month_of_its_publication() {
    let (mut a, b, c) = (visit(1), visit(2), visit(3));
    a.date = day("2015-09-15");
    let rows = [news(a, "2015-09-16"), news(b, "2015-10-01"), news(c, "2016-10-01")];
    assert_eq!(members(&facts(&rows)), [vec!["d01-01", "d02-01"], vec!["d03-01"]]);
}

#[test]
fn a_pledge_is_never_merged_with_a_delivery() {
    let rows = [
        news(aid(1, 1.7e9, "USD", Modality::Pledged), "2015-09-20"),
        news(aid(2, 1.7e9, "USD", Modality::Actual), "2015-09-20"),
        news(aid(3, 1.7e6, "USD", Modality::Pledged), "2015-09-18"),
        news(aid(4, 2.0e8, "JPY", Modality::Pledged), "2015-09-18"),
    ];
    let found = facts(&rows);
    assert_eq!(members(&found), [vec!["d01-01", "d03-01", "d04-01"], vec!["d02-01"]]);
    assert_eq!(found[0].stage.as_deref(), Some("pledged"));
    assert_eq!(found[1].stage.as_deref(), Some("delivered"));
    assert!(found[0].disputed);
    let dollars = found[0].figures.iter().find(|figures| figures.of == "USD").unwrap();
    assert_eq!((dollars.low, dollars.high), (Some(1.7e6), Some(1.7e9)));
    assert_eq!(dollars.said.len(), 2);
    assert_eq!(dollars.said[0].by, ["Outlet of d03"]);
    let differing = found[0].members.iter().filter(|member| member.stand == Stand::Differs);
    assert!(differing.clone().count() >= 2);
    let on: Vec<Field> = differing.flat_map(|member| member.on.clone()).collect();
    assert_eq!(
        on,
        [Field::Amount, Field::Currency],
        "without a rate, yen and dollars are not comparable"
    );
    assert!((found[0].factor.unwrap() - 1_000.0).abs() < 1.0, "{:?}", found[0].factor);
}

#[test]
fn boats_and_radars_are_two_flows_and_a_flow_without_figure_joins_the_only_one() {
    let flow = |id, amount| {
        let mut claim = aid(id, 0.0, "USD", Modality::Actual);
        claim.type_ = "equipment".into();
        claim.amount = amount;
        news(claim, "2015-09-20")
    };
    let rows = [
        flow(1, Some(count(6.0, "patrol boat"))),
        flow(2, Some(count(2.0, "radar"))),
        flow(3, Some(count(7.0, "patrol boat"))),
        flow(4, None),
    ];
    let found = facts(&rows);
    assert_eq!(members(&found), [vec!["d01-01", "d03-01"], vec!["d02-01"], vec!["d04-01"]]);
    assert_eq!(found[0].members[1].on, [Field::Count]);
    assert_eq!(members(&facts(&[rows[1].clone(), rows[3].clone()])), [vec!["d02-01", "d04-01"]]);
}

#[test]
fn a_part_and_its_total_in_one_document_stay_apart() {
    let mut parts = [aid(2, 1.3e9, "USD", Modality::Actual), aid(2, 1e9, "USD", Modality::Actual)];
    parts[1].id = "d02-02".into();
    let mut total = aid(2, 2.3e9, "USD", Modality::Actual);
    total.id = "d02-03".into();
    let other = aid(1, 1.31e9, "USD", Modality::Actual);
    let [first, second] = parts;
    let rows = [first, second, total, other].map(|claim| news(claim, "2015-09-20"));
    let expected = [vec!["d01-01", "d02-01"], vec!["d02-02"], vec!["d02-03"]];
    assert_eq!(members(&facts(&rows)), expected);
    // Where it is open which of them another document means, that one stands alone.
    let unlike = news(aid(1, 5e9, "USD", Modality::Actual), "2015-09-20");
    assert_eq!(facts(&[rows[0].clone(), rows[1].clone(), unlike]).len(), 3);
}

#[test]
fn a_denial_stands_against_the_fact() {
    let (mut a, mut b, mut c) = (visit(1), visit(2), visit(3));
    for claim in [&mut a, &mut b, &mut c] {
        claim.date = day("2015-09-15");
    }
    c.modality = Modality::Denied;
    b.modality = Modality::Planned;
    let rows = [a, b, c].map(|claim| news(claim, "2015-09-15"));
    let found = facts(&rows);
    assert_eq!(found.len(), 1);
    let stands: Vec<Stand> = found[0].members.iter().map(|member| member.stand).collect();
    assert_eq!(stands, [Stand::Agrees, Stand::Differs, Stand::Denies]);
    assert_eq!(found[0].members[1].on, [Field::Modality]);
    // A denied flow joins the pledge that it denies.
    let flows = [
        news(aid(1, 5e6, "USD", Modality::Pledged), "2015-09-15"),
        news(aid(2, 5e6, "USD", Modality::Denied), "2015-09-15"),
    ];
    let found = facts(&flows);
    assert_eq!(members(&found), [vec!["d01-01", "d02-01"]]);
    assert_eq!(found[0].members[1].stand, Stand::Denies);
}

#[test]
fn ties_are_told_apart_by_level_not_by_date() {
    let tie = |id: usize, level: Option<&str>, year: &str| {
        let mut claim = visit(id);
        claim.kind = Kind::Tie;
        claim.type_ = "partnership".into();
        claim.mode = None;
        claim.symmetric = true;
        claim.actors = vec![actor("VNM"), actor("JPN")];
        if id == 2 {
            claim.actors.reverse();
        }
        claim.recipients = claim.actors.clone();
        claim.level = level.map(Into::into);
        claim.date = on(&format!("{year}-01-01"), &format!("{year}-12-31"), Precision::Year);
        news(claim, "2016-01-01")
    };
    let rows = [
        tie(1, Some("strategic partnership"), "2009"),
        tie(2, Some("Strategic  Partnership"), "2010"),
        tie(3, Some("extensive strategic partnership"), "2014"),
    ];
    let found = facts(&rows);
    assert_eq!(members(&found), [vec!["d01-01", "d02-01"], vec!["d03-01"]]);
    assert_eq!(found[0].members[1].on, [Field::Date]);
}

#[test]
fn figures_agree_when_one_is_the_other_rounded_or_bounded() {
    let agree = |a: (f64, Qualifier), b: (f64, Qualifier)| {
        let with = |id, (value, qualifier)| {
            let mut claim = aid(id, value, "USD", Modality::Actual);
            claim.amount.as_mut().unwrap().qualifier = qualifier;
            news(claim, "2015-09-20")
        };
        let found = facts(&[with(1, a), with(2, b)]);
        assert_eq!(found.len(), 1);
        !found[0].disputed
    };
    assert!(agree((1.7e9, Exact), (1.68e9, Exact)));
    assert!(agree((1.31e9, Exact), (1.3e9, MoreThan)));
    assert!(agree((100.0, About), (104.0, Exact)));
    assert!(agree((100.0, Vague), (100.0, Exact)));
    assert!(agree((90.0, Exact), (100.0, LessThan)));
    assert!(!agree((1.7e9, Exact), (1.6e9, Exact)));
    assert!(!agree((1.2e9, Exact), (1.3e9, MoreThan)));
    assert!(!agree((100.0, About), (110.0, Exact)));
    assert!(!agree((110.0, Exact), (100.0, LessThan)));
}

#[test]
fn an_embassy_is_no_consulate_and_a_mission_may_be_either() {
    let named = |id: usize, name: &str, topic: &str| {
        let mut claim = visit(id);
        (claim.type_, claim.mode) = ("SANCTION".into(), Some("discontinue".into()));
        claim.date = day("2015-09-15");
        claim.recipients[0].name = name.into();
        claim.topic = Some(topic.into());
        news(claim, "2015-09-20")
    };
    let of = |a: (&str, &str), b: (&str, &str)| {
        let found = facts(&[named(1, a.0, a.1), named(2, b.0, b.1)]);
        assert_eq!(found.len(), 1, "one act");
        (found[0].disputed, found[0].members[1].on.clone(), found[0].members[0].on.clone())
    };
    let (disputed, on, other) = of(("Japan", "consulate"), ("the Japanese embassy", "mission"));
    assert!(disputed && (on == [Field::Actor] || other == [Field::Actor]), "{on:?} {other:?}");
    assert!(
        !of(("Japan", "a mission"), ("the Japanese embassy", "")).0,
        "silence contradicts nothing"
    );
    assert!(!of(("Japan", "embassy and consulate"), ("Japan's embassy", "")).0);
}
