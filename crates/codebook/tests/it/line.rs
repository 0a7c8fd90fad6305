//! Claim lines are read back as they were printed.

use hedgerow_codebook::claim::{Kind, Modality, Precision, Qualifier, Role};
use hedgerow_codebook::{ClaimLine, LineAmount};
use jiff::civil::Date;
use proptest::prelude::*;

fn code() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z]{3}",
        "IGO:[A-Z]{2,6}",
        "ORG:[A-Za-z][A-Za-z ]{0,12}[a-z]",
        r#"GRP:[a-z"\\+=>-][a-z "\\+/]{0,14}[a-z]"#
    ]
}

fn side() -> impl Strategy<Value = Vec<(String, Role)>> {
    let role = proptest::sample::select(Role::ALL.to_vec());
    proptest::collection::btree_map(code(), role, 1..4).prop_map(|side| side.into_iter().collect())
}

fn date() -> impl Strategy<Value = Option<(Date, Date, Precision)>> {
    let point =
        (1900i16..2100, 1i8..13, 1i8..29).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a day"));
    let precision =
        proptest::sample::select(vec![Precision::Day, Precision::Month, Precision::Year]);
    let interval = (point.clone(), point, precision).prop_map(|(a, b, precision)| {
        let (a, b) = (a.min(b), a.max(b));
        match precision {
            Precision::Year => (a.first_of_year(), b.last_of_year(), precision),
            Precision::Month => (a.first_of_month(), b.last_of_month(), precision),
            _ => (a, b, precision),
        }
    });
    proptest::option::of(interval)
}

fn amount() -> impl Strategy<Value = Option<LineAmount>> {
    let value = prop_oneof![
        (0u32..5_000_000).prop_map(f64::from),
        (1u32..99_999).prop_map(|n| f64::from(n) * 1e5),
        (0u32..1000).prop_map(|n| f64::from(n) / 8.0)
    ];
    let sharp = proptest::sample::select(vec![
        Qualifier::Exact,
        Qualifier::About,
        Qualifier::MoreThan,
        Qualifier::AtLeast,
        Qualifier::UpTo,
        Qualifier::LessThan,
    ]);
    let money = (sharp.clone(), value.clone(), "[A-Z]{3}").prop_map(|(qualifier, value, of)| {
        LineAmount { qualifier, value: Some(value), of, money: true }
    });
    let count = (sharp, value, "[a-z]{2,8}( [a-z-]{2,8})?|[a-z] ?[a-z.]{1,5}").prop_map(
        |(qualifier, value, of)| LineAmount { qualifier, value: Some(value), of, money: false },
    );
    let vague = "[a-z]{2,8}".prop_map(|of| LineAmount {
        qualifier: Qualifier::Vague,
        value: None,
        of,
        money: false,
    });
    proptest::option::of(prop_oneof![money, count, vague])
}

prop_compose! {
    fn line()(
        actors in side(), recipients in side(), symmetric: bool, kind in 0..7usize, label in proptest::option::of("[a-z“”\"\\\\ ]{1,20}"),
        polarity in -1i8..2, amount in amount(), date in date(), modality in proptest::sample::select(Modality::ALL.to_vec()),
        by in proptest::option::of(code()), rank in proptest::option::of(1u32..50), cumulative: bool, also in 0usize..5, mode in proptest::option::of("[a-z-]{3,9}"),
        names in proptest::collection::vec(proptest::option::of("[A-Za-z“”\"\\\\ ]{1,20}"), 3),
    ) -> ClaimLine {
        let kind = [Kind::Event, Kind::Tie, Kind::Flow, Kind::Stance, Kind::Posture, Kind::Office, Kind::Naming][kind];
        let type_ = match kind {
            Kind::Event => "CONSULT", Kind::Tie => "partnership", Kind::Flow => "aid", Kind::Stance => "stance",
            Kind::Posture => "forces", Kind::Office => "begin", Kind::Naming => "place",
        };
        let [who, after, of] = [0, 1, 2].map(|n| names[n].clone().filter(|_| kind.is_alone()));
        let recipients = if kind.is_alone() { Vec::new() } else { recipients };
        let symmetric = symmetric && !kind.is_alone();
        let mut all = actors.clone();
        all.extend(recipients.iter().filter(|r| !actors.contains(r)).cloned());
        let symmetric = symmetric && all.len() > 1;
        ClaimLine {
            actors: if symmetric { all.clone() } else { actors },
            recipients: if symmetric { all } else { recipients },
            symmetric, kind, type_: type_.to_owned(),
            mode: mode.filter(|_| kind == Kind::Event || kind.is_alone()),
            label: label.filter(|_| matches!(kind, Kind::Tie | Kind::Stance) || kind.is_alone()),
            polarity: (kind == Kind::Stance).then_some(polarity),
            amount, date, modality, by, rank, cumulative, also, who, after, of,
        }
    }
}

proptest! {
    #[test]
    fn a_printed_line_is_read_back(line in line()) {
        let printed = line.to_string();
        let read: ClaimLine = printed.parse().map_err(|e| TestCaseError::fail(format!("{printed}\n{e}")))?;
        prop_assert_eq!(read, line, "{}", printed);
    }

    #[test]
    fn reading_never_panics(text in ".{0,80}") {
        let _ = text.parse::<ClaimLine>();
    }
}

#[test]
fn lines_of_the_design_are_read() {
    for text in [
        "VNM/PTY -> JPN  CONSULT.visit  2015-09-13/2015-09-19",
        "JPN -> VNM  flow.equipment  6 patrol boats  2014",
        "JPN = VNM  tie.partnership \"extensive strategic partnership\"  2014",
        "JPN -> VNM  flow.aid  USD 1.7e9  2015  !pledged",
        "VNM -> \"GRP:major powers\"  stance+",
        "JPN  posture.constitution.reinterpreted \"Article 9\"",
        "VNM/PTY  office.begin \"General Secretary\"  2011  who \"Nguyen Phu Trong\"",
        "VNM/PTY  office.succession  who \"Nguyen Phu Trong\"  after \"Nong Duc Manh\"",
        "VNM  naming.place \"East Sea\"  of \"South China Sea\"",
    ] {
        let line: ClaimLine = text.parse().expect(text);
        assert_eq!(line.to_string(), text);
    }
}

#[test]
fn a_bad_line_says_where_and_what_is_expected() {
    let error = "VNM -> Japan  CONSULT.visit".parse::<ClaimLine>().expect_err("no code");
    assert_eq!(error.part, "Japan");
    let error = "VNM -> JPN  CONSULT.visit  soon".parse::<ClaimLine>().expect_err("no date");
    assert!(error.message.contains("expected an amount, a date"), "{error}");
}

#[test]
fn a_claim_of_one_state_has_one_side_and_any_other_two() {
    for text in ["JPN -> CHN  posture.forces.enlarged", "JPN  CONSULT.visit"] {
        let error = text.parse::<ClaimLine>().expect_err("wrong number of sides");
        assert!(error.message.contains("one side"), "{error}");
    }
}
