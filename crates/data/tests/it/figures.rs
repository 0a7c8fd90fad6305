//! Real files give the figures that are published of them.

use hedgerow_data::import::Done;
use hedgerow_ledger::structured::Tally;

use crate::make::{Place, real};

/// Imports a real file.
#[track_caller]
fn take(place: &mut Place, kind: &str, file: &str, assume: &[&str]) -> Option<Tally> {
    let path = real(file)?;
    match place.import(kind, &path, assume).unwrap() {
        Done::Kept(_, tally) => Some(tally),
        other => panic!("{other:?}"),
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

/// Rows read, kept, passed over, refused.
fn counts(tally: &Tally) -> [u64; 4] {
    [tally.read, tally.kept, tally.passed_over, tally.refused]
}

#[test]
fn votes_of_session_70() {
    let mut place = Place::new();
    let Some(tally) = take(&mut place, "un-votes", "un/un_votes_asia_s65_74.csv", &[]) else {
        return;
    };
    assert_eq!(counts(&tally), [17_142, 17_142, 0, 0]);
    let votes = place.ledger.votes(70).unwrap();
    let of = |state: &str| {
        votes.iter().filter(|it| it.state == state).map(|it| (it.rcid, it.vote)).collect::<Vec<_>>()
    };
    let agreement = |a: &str, b: &str| {
        let (a, b) = (of(a), of(b));
        let both: Vec<bool> = a
            .iter()
            .filter_map(|(rcid, vote)| b.iter().find(|it| it.0 == *rcid).map(|it| it.1 == *vote))
            .collect();
        (both.len(), both.iter().filter(|&&it| it).count() as f64 / both.len() as f64)
    };
    let (n, agree) = agreement("VNM", "CHN");
    assert_eq!((n, (agree * 1e4).round()), (69, 8116.0));
    let (n, agree) = agreement("VNM", "USA");
    assert_eq!((n, (agree * 1e4).round()), (69, 1739.0));
    let (n, agree) = agreement("JPN", "USA");
    assert_eq!((n, (agree * 1e4).round()), (73, 3562.0));
}

#[test]
fn all_votes_with_their_roll_calls() {
    let mut place = Place::new();
    let Some(calls) = take(&mut place, "un-votes", "un/un_roll_calls.csv", &[]) else { return };
    assert_eq!(counts(&calls), [6203, 6203, 0, 0]);
    let Some(tally) = take(&mut place, "un-votes", "un/un_votes_1946_2019.parquet", &[]) else {
        return;
    };
    assert_eq!(counts(&tally), [870_109, 870_109, 0, 0]);
    let states = |session| {
        let votes = place.ledger.votes(session).unwrap();
        votes.into_iter().map(|it| it.state).collect::<std::collections::BTreeSet<_>>()
    };
    assert!(states(40).contains("SUN") && !states(40).contains("RUS"));
    assert!(states(70).contains("RUS") && states(70).contains("SRB") && states(70).contains("NAM"));
    assert!(states(20).contains("YEM"), "the Yemen Arab Republic has no code in this file");
}

#[test]
fn ideal_points_and_agreement() {
    let mut place = Place::new();
    let file = "un/IdealpointestimatesAll_Jun2024.csv";
    let Some(tally) = take(&mut place, "un-ideal-points", file, &[]) else { return };
    assert_eq!(counts(&tally), [11_238, 11_238, 0, 0]);
    for (state, point) in [("VNM", -1.1034), ("CHN", -0.2427), ("USA", 2.5461), ("JPN", 0.674)] {
        let value = place.state("un.ideal_point", state, 2015).unwrap();
        assert!((value - point).abs() < 5e-5, "{state} {value}");
    }
    assert_eq!(place.dyad("un.agree", "VNM", "USA", 2015), Some(0.173_913));
    assert_eq!(place.dyad("un.agree", "CHN", "VNM", 2015), Some(0.811_594_2));
    assert!(place.state("un.ideal_point", "SUN", 1985).is_some());
}

#[test]
fn obligations_are_directed_and_absent_ones_are_zero_to_2018() {
    let mut place = Place::new();
    let Some(tally) = take(&mut place, "atop", "cow/ps_atop_alliance.parquet", &[]) else { return };
    assert_eq!(counts(&tally), [273_296, 273_296, 0, 0]);
    assert_eq!(place.dyad("atop.defense", "USA", "JPN", 2015), Some(1.0));
    assert_eq!(place.dyad("atop.defense", "JPN", "USA", 2015), None, "not the other way");
    for other in ["USA", "CHN", "JPN"] {
        assert_eq!(place.dyad("atop.nonagg", "VNM", other, 2015), Some(1.0));
        assert_eq!(place.dyad("atop.defense", "VNM", other, 2015), None);
    }
    let coverage = place.ledger.coverage(Some("atop.defense")).unwrap();
    assert_eq!((coverage[0].from_year, coverage[0].to_year), (1815, 2018));
}

#[test]
fn the_state_system_of_2015() {
    let mut place = Place::new();
    let Some(tally) = take(&mut place, "cow-states", "cow/states2016.csv", &[]) else { return };
    assert_eq!(counts(&tally), [243, 243, 0, 0]);
    let members = place.ledger.spells("cow.member", None).unwrap();
    let in_2015 = members.iter().filter(|it| {
        it.start.as_deref() <= Some("2015-07-01")
            && it.until.as_deref().is_none_or(|it| it >= "2015-07-01")
    });
    assert_eq!(in_2015.count(), 195);
    let of = |code: &str| {
        let found = members.iter().filter(|it| it.a == code);
        found.map(|it| (it.start.as_deref(), it.until.as_deref())).collect::<Vec<_>>()
    };
    assert_eq!(
        of("SUN"),
        [(Some("1923-01-01"), Some("1991-12-31"))],
        "two days of 1922 make no year"
    );
    assert_eq!(of("VNM"), [(Some("1954-07-21"), None)]);
}

#[test]
fn trade_missions_disputes() {
    let mut place = Place::new();
    let Some(tally) = take(&mut place, "cow-trade", "cow/ps_cow_trade_sy.csv", &[]) else { return };
    assert_eq!(counts(&tally), [14_410, 13_595, 815, 0]);
    assert_eq!(place.state("cow.imports", "USA", 1870), Some(450.0));
    let file = "cow/Diplomatic_Exchange_2006v1_head.csv";
    take(&mut place, "cow-diplomatic", file, &[]).unwrap();
    assert_eq!(place.dyad("cow.diplomatic_level", "USA", "BHS", 1985), Some(3.0));
    assert_eq!(place.dyad("cow.diplomatic_level", "BHS", "USA", 1985), Some(1.0));
    assert_eq!(place.dyad("cow.diplomatic_other", "USA", "CAN", 1950), Some(1.0));
    let tally = take(&mut place, "mid", "cow/dyadic_mid_4.02.csv", &[]).unwrap();
    assert_eq!(counts(&tally), [10_358, 10_358, 0, 0]);
    assert_eq!(place.dyad("mid.hostility", "VNM", "KHM", 1996), Some(4.0));
    assert_eq!(place.dyad("mid.hostility", "KHM", "VNM", 1996), Some(3.0));
    assert!(!place.ledger.spells("mid.dispute", Some("VNM")).unwrap().is_empty());
}

#[test]
fn influence_capacity_comes_out_of_its_parts() {
    let mut place = Place::new();
    let Some(tally) = take(&mut place, "fbic", "fbic/FBIC_sample.csv", &[]) else { return };
    assert_eq!(counts(&tally), [1000, 996, 0, 4], "Biafra and Northern Cyprus have no code");
    let all = |name: &str| place.ledger.dyad_values(name, None, None, 1960..=2023).unwrap();
    let (bandwidth, dependence, fbic) =
        (all("fbic.bandwidth"), all("fbic.dependence"), all("fbic.fbic"));
    assert_eq!(fbic.len(), bandwidth.len());
    let mut worst = 0.0_f64;
    for ((f, b), d) in fbic.iter().zip(&bandwidth).zip(&dependence) {
        assert_eq!((&f.a, &f.b, f.year), (&b.a, &b.b, b.year));
        worst = worst.max((f.value - b.value * d.value / 0.581_991_8).abs());
    }
    assert!(worst < 1e-6, "{worst}");
    take(&mut place, "fbic", "fbic/FBIC_cleaned.csv", &[]).unwrap();
    let over = |a: &str| place.dyad("fbic.fbic", a, "VNM", 2015).unwrap();
    assert_eq!(
        [over("JPN"), over("CHN"), over("KOR"), over("USA")].map(|it| (it * 1e4).round() as i64),
        [2116, 1802, 1779, 1194]
    );
}

#[test]
fn agreements_of_vietnam() {
    let mut place = Place::new();
    let Some(tally) = take(&mut place, "desta", "treaties/DESTA.csv", &[]) else { return };
    assert_eq!(counts(&tally), [1217, 1066, 151, 0]);
    let spells = place.ledger.spells("desta.agreement", Some("VNM")).unwrap();
    let with = |code: &str| {
        let found = spells.iter().filter(|it| it.a == code || it.b.as_deref() == Some(code));
        found.map(|it| (it.start.clone().unwrap(), it.label.clone())).collect::<Vec<_>>()
    };
    assert!(with("USA").iter().any(|it| it.0 == "2001"), "{:?}", with("USA"));
    assert!(with("JPN").iter().any(|it| it.0 == "2009"), "{:?}", with("JPN"));
    assert!(with("KOR").iter().any(|it| it.0 == "2015"), "{:?}", with("KOR"));
    assert!(with("RUS").iter().any(|it| it.0 == "2016"), "{:?}", with("RUS"));
    assert_eq!(place.dyad("desta.signed", "VNM", "USA", 2000), Some(1.0));
}

#[test]
fn arms_of_vietnam() {
    let mut place = Place::new();
    let Some(tally) = take(&mut place, "sipri", "sipri/trade-register.csv", &[]) else { return };
    assert_eq!(counts(&tally), [29_519, 28_886, 616, 17]);
    let concentration = |years| {
        let values = place.ledger.dyad_values("sipri.tiv", None, Some("VNM"), years).unwrap();
        let mut by: std::collections::BTreeMap<&str, f64> = std::collections::BTreeMap::new();
        for it in &values {
            *by.entry(&it.a).or_default() += it.value;
        }
        let total: f64 = by.values().sum();
        (total, by.values().map(|it| (it / total).powi(2)).sum::<f64>(), by.contains_key("JPN"))
    };
    let (total, hhi, japan) = concentration(2010..=2014);
    assert!((total - 3400.7).abs() < 0.05 && (hhi - 0.8514).abs() < 5e-5, "{total} {hhi}");
    assert!(!japan, "the register has no order of Vietnam from Japan");
    let (total, hhi, _) = concentration(2020..=2024);
    assert!((total - 488.5).abs() < 0.05 && (hhi - 0.2079).abs() < 5e-5, "{total} {hhi}");
    let row = &place.ledger.imports().unwrap()[0];
    assert_eq!(row.version.as_deref(), Some("13 Mar 2025 10:02:49 AM"));
    assert_eq!(place.ledger.coverage(Some("sipri.tiv")).unwrap()[0].to_year, 2024);
}

#[test]
fn trade_without_direction_is_refused_and_finance_is_read() {
    let mut place = Place::new();
    let Some(path) = real("fbic/comtrade_sample.csv") else { return };
    let error = place.import("comtrade", &path, &[]).unwrap_err().to_string();
    assert!(error.contains("cannot be told apart") && error.contains("--assume flow=M"), "{error}");
    let tally = take(&mut place, "comtrade", "fbic/comtrade_sample.csv", &["flow=M"]).unwrap();
    assert_eq!(counts(&tally), [1000, 1000, 0, 0]);
    let tally = take(&mut place, "gcdf", "oda/cow_gcdf.csv", &[]).unwrap();
    assert_eq!(counts(&tally), [2458, 2458, 0, 0]);
    let in_millions = |y| {
        let [oda, oof] =
            ["gcdf.oda", "gcdf.oof"].map(|it| place.dyad(it, "CHN", "VNM", y).unwrap());
        ((oda + oof) / 1e5).round() / 10.0
    };
    assert!(near(in_millions(2014), 2550.7) && near(in_millions(2015), 1573.4));
    assert!(near(in_millions(2016), 5234.8));
}

#[test]
fn events_and_mentions() {
    let mut place = Place::new();
    let file = "icews/icews_sample_20180601_03.csv";
    let Some(tally) = take(&mut place, "icews", file, &[]) else { return };
    assert_eq!(counts(&tally), [4993, 2305, 2688, 0]);
    let sum = |a: &str, b: &str| {
        let days = 20_180_601..=20_180_603;
        let found = place.ledger.event_counts(Some("icews"), Some(a), Some(b), days).unwrap();
        let n: u64 = found.iter().map(|it| it.events).sum();
        let score: f64 = found.iter().filter_map(|it| it.score).sum();
        (n, (score * 10.0).round() / 10.0)
    };
    assert_eq!(sum("JPN", "VNM"), (14, 45.9));
    assert_eq!(sum("VNM", "JPN"), (22, 62.7));
    assert_eq!(sum("USA", "VNM"), (5, 7.1));
    assert_eq!(sum("CHN", "VNM"), (2, 1.1));
    let tally = take(&mut place, "gdelt-mentions", "gdelt/mentionssamp.csv", &[]).unwrap();
    assert_eq!(counts(&tally), [1636, 1635, 1, 0]);
}

#[test]
fn leaders_of_vietnam() {
    let mut place = Place::new();
    let Some(whole) = take(&mut place, "archigos", "leaders/ps_archigos.csv", &[]) else { return };
    assert_eq!(counts(&whole), [3409, 3409, 0, 0]);
    let first = place.ledger.spells("archigos.leader", None).unwrap().len();
    let leaders = |place: &Place, variable: &str| {
        let found = place.ledger.spells(variable, Some("VNM")).unwrap();
        let last = found.into_iter().filter(|it| it.start.as_deref() > Some("2000"));
        last.map(|it| (it.label, it.start.unwrap(), it.until)).collect::<Vec<_>>()
    };
    let expected = [
        ("Nong Duc Manh".into(), "2001-04-23".into(), Some("2011-01-19".into())),
        ("Phu Trong".into(), "2011-01-19".into(), None),
    ];
    assert_eq!(leaders(&place, "archigos.leader"), expected);
    // The same data cut at each new year come to the same spells.
    let cut = take(&mut place, "archigos", "leaders/arch_annual.txt", &[]).unwrap();
    assert_eq!(counts(&cut), [17_686, 17_686, 0, 0]);
    assert_eq!(leaders(&place, "archigos.leader"), expected);
    assert!(place.ledger.spells("archigos.leader", None).unwrap().len().abs_diff(first) < 5);
    let tally = take(&mut place, "reign", "leaders/leaderlist_3_21.csv", &[]).unwrap();
    assert_eq!(counts(&tally), [2524, 2524, 0, 0]);
    assert_eq!(
        leaders(&place, "reign.leader"),
        [
            ("Nong Duc Manh".into(), "2001-04-23".into(), Some("2011-01".into())),
            ("Phu Trong".into(), "2011-01-19".into(), None),
        ]
    );
}

#[test]
fn measures_read_what_was_imported() {
    use hedgerow_measure::{Indicator, Origin, RegisterError, Series};
    let mut place = Place::new();
    for (kind, file) in [
        ("fbic", "fbic/FBIC_cleaned.csv"),
        ("gcdf", "oda/cow_gcdf.csv"),
        ("un-votes", "un/un_votes_asia_s65_74.csv"),
        ("atop", "cow/ps_atop_alliance.parquet"),
        ("mid", "cow/dyadic_mid_4.02.csv"),
        ("sipri", "sipri/trade-register.csv"),
    ] {
        if take(&mut place, kind, file, &[]).is_none() {
            return;
        }
    }
    let ties = hedgerow_data::ties(&place.ledger, "VNM").unwrap();
    let of = |indicator, partner: &str, year: i16| {
        let found: Vec<_> = ties
            .rows
            .iter()
            .filter(|it| it.indicator == indicator && it.partner("VNM") == Some(partner))
            .filter(|it| it.start.map(jiff::civil::Date::year) == Some(year))
            .collect();
        assert!(found.len() < 2, "{found:?}");
        found.first().map(|it| (it.value().unwrap(), it.series, it.source.clone()))
    };
    let trade = |partner| (of(Indicator::Trade, partner, 2014).unwrap().0 / 1e6).round() as i64;
    assert_eq!([trade("CHN"), trade("USA"), trade("JPN")], [74_597, 32_671, 25_157]);
    let (finance, series, _) = of(Indicator::Finance, "CHN", 2015).unwrap();
    assert_eq!(((finance / 1e5).round() as i64, series), (15_734, Series::Pledged));
    let (share, _, source) = of(Indicator::Votes, "USA", 2015).unwrap();
    assert!((share - 0.1739).abs() < 5e-5);
    let ballots = RegisterError::Ballots(69);
    assert_eq!(source, Origin::Register { name: "un-votes".into(), error: ballots });
    assert!(near(of(Indicator::Alliance, "CHN", 2015).unwrap().0, 1.0));
    assert!(
        of(Indicator::Arms, "JPN", 2014).is_none() && of(Indicator::Arms, "RUS", 2014).is_some()
    );
    assert_eq!(of(Indicator::Militarized, "KHM", 1996).unwrap().1, Series::Conflict);
    let covered: Vec<_> =
        ties.covered.iter().map(|it| (it.indicator, it.to.unwrap().year())).collect();
    assert_eq!(
        covered,
        [(Indicator::Arms, 2024), (Indicator::Alliance, 2018), (Indicator::Militarized, 2014)]
    );
}

#[test]
fn published_measures_on_the_sheet_of_a_pair() {
    let mut place = Place::new();
    for (kind, file) in [
        ("un-votes", "un/un_votes_asia_s65_74.csv"),
        ("un-ideal-points", "un/IdealpointestimatesAll_Jun2024.csv"),
        ("atop", "cow/ps_atop_alliance.parquet"),
        ("cow-states", "cow/states2016.csv"),
        ("sipri", "sipri/trade-register.csv"),
        ("fbic", "fbic/FBIC_cleaned.csv"),
        ("icews", "icews/icews_sample_20180601_03.csv"),
    ] {
        if take(&mut place, kind, file, &[]).is_none() {
            return;
        }
    }
    let of = |a: &str, b: &str, until: i16| {
        hedgerow_data::published::of_pair(&place.ledger, a, b, until).unwrap()
    };
    let value = |figures: &[hedgerow_data::published::Figure], measure: &str, of: &str| {
        let found: Vec<_> =
            figures.iter().filter(|it| it.measure == measure && it.of.join(" ") == of).collect();
        assert_eq!(found.len(), 1, "{measure} of {of}: {found:?}");
        (found[0].value * 1e4).round() / 1e4
    };
    // research/measures.md 1.3 and 1.4: session 70, alliances of 2015 among 195 states.
    for (other, [agree, s, kappa, pi], [alliances_s, alliances_kappa, alliances_pi]) in [
        ("CHN", [0.8116, 0.7826, 0.3887, 0.3683], [0.8872, 0.6031, 0.5976]),
        ("USA", [0.1739, -0.5217, -0.0691, -0.6070], [0.2410, 0.1010, -0.0742]),
        ("JPN", [0.5072, 0.3768, -0.1200, -0.2634], [0.9692, 0.8503, 0.8503]),
    ] {
        let found = of("VNM", other, 2015);
        let pair = format!("VNM {other}");
        for (measure, expected) in [
            ("agreement in the General Assembly", agree),
            ("S of votes", s),
            ("kappa of votes", kappa),
            ("pi of votes", pi),
            ("S of alliances", alliances_s),
            ("kappa of alliances", alliances_kappa),
            ("pi of alliances", alliances_pi),
        ] {
            let found = value(&found, measure, &pair);
            assert!(near(found, expected), "{measure} of {pair}: {found}");
        }
    }
    let found = of("VNM", "USA", 2015);
    assert!((value(&found, "distance of ideal points", "VNM USA") - 3.6495).abs() < 2e-4);
    assert!(near(value(&found, "FBIC", "USA VNM"), 0.1194));
    let found = of("VNM", "RUS", 2014);
    assert!((value(&found, "arms dependence", "VNM RUS") - 0.922).abs() < 5e-4);
    let found = of("VNM", "JPN", 2018);
    let warm = value(&found, "Goldstein sum, cooperation (ICEWS)", "JPN VNM");
    let cold = value(&found, "Goldstein sum, conflict (ICEWS)", "JPN VNM");
    assert!((warm + cold - 45.9).abs() < 1e-3, "{warm} {cold}");
    let own = hedgerow_data::published::of_state(&place.ledger, "VNM", 2014).unwrap();
    let spread = |measure: &str| own.iter().find(|it| it.measure == measure).unwrap().value;
    assert!((spread("HHI of arms imports") - 0.8514).abs() < 5e-5);
    assert!((spread("effective number of arms suppliers") - 1.175).abs() < 5e-4);
}
