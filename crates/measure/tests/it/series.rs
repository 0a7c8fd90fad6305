//! Dyad-years and dyad-months, from facts and from machine-coded events.

use hedgerow_measure::acts::Acts;
use hedgerow_measure::series::{Coverage, Happening, Period, Step, dyads};
use hedgerow_measure::{Domain, Indicator, Series};
use jiff::civil::{Date, date};

fn visit(fact: &str, days: Option<(Date, Date)>) -> Happening {
    Happening {
        fact: fact.to_owned(),
        directions: vec![("VNM".to_owned(), "JPN".to_owned())],
        kind: "CONSULT".to_owned(),
        days,
        happened: true,
        quad: Some(1),
        goldstein: Some(1.9),
        plover: Some(4.0),
        flow: None,
        level: None,
        polarity: None,
    }
}

fn covered() -> Coverage {
    let mut coverage = Coverage::default();
    coverage.add(date(2015, 8, 30), "Lotus Wire");
    coverage.add(date(2015, 9, 16), "Lotus Wire");
    coverage.add(date(2015, 9, 19), "Harbour Post");
    coverage
}

#[test]
fn zero_inside_coverage_and_nothing_outside() {
    let day = date(2015, 9, 15);
    let facts = [
        visit("f-1", Some((day, date(2015, 9, 18)))),
        // A day in a month without documents has its own row; the months around it stay missing.
        visit("f-2", Some((date(2009, 4, 1), date(2009, 4, 1)))),
        visit("f-3", Some((date(2015, 1, 1), date(2015, 12, 31)))),
        visit("f-4", None),
    ];
    let (months, outside) = dyads(&facts, &covered(), Step::Month);
    let table: Vec<(i16, Option<i8>, u64, u64)> =
        months.iter().map(|it| (it.period.year, it.period.month, it.facts, it.documents)).collect();
    assert_eq!(table, [(2009, Some(4), 1, 0), (2015, Some(8), 0, 1), (2015, Some(9), 1, 2)]);
    assert_eq!(outside, ["f-3", "f-4"]);
    let (years, outside) = dyads(&facts, &covered(), Step::Year);
    let year = years.iter().find(|it| it.period == Period { year: 2015, month: None }).unwrap();
    assert_eq!((year.facts, year.quads, year.outlets), (2, [2, 0, 0, 0], 2));
    assert_eq!(year.ids, ["f-1", "f-3"]);
    assert!((year.goldstein.net() - 3.8).abs() < 1e-9 && (year.plover.net() - 8.0).abs() < 1e-9);
    assert_eq!(outside, ["f-4"]);
}

#[test]
fn stages_of_flows_are_never_added_up() {
    let day = Some((date(2015, 9, 15), date(2015, 9, 15)));
    let flow = |fact: &str, stage: &str, dollars, happened| Happening {
        kind: "flow.aid".to_owned(),
        happened,
        quad: None,
        goldstein: None,
        plover: None,
        flow: Some((stage.to_owned(), dollars)),
        ..visit(fact, day)
    };
    let facts = [
        flow("f-1", "pledged", Some(3e9), false),
        flow("f-2", "pledged", Some(1.7e6), false),
        flow("f-3", "delivered", Some(4e6), true),
        flow("f-4", "delivered", None, true),
    ];
    let (years, _) = dyads(&facts, &covered(), Step::Year);
    let [year] = &years[..] else { panic!("one dyad and year") };
    let dollars: Vec<(&str, f64)> =
        year.dollars.iter().map(|(name, sum)| (name.as_str(), *sum)).collect();
    assert_eq!(
        format!("{dollars:?}"),
        r#"[("flow.aid.delivered", 4000000.0), ("flow.aid.pledged", 3001700000.0)]"#
    );
    assert_eq!(year.flows["flow.aid.delivered"], 2);
    assert_eq!(year.types["flow.aid"], 2, "pledges have not happened");
}

#[test]
fn machine_coded_events_make_dyad_years() {
    let mut acts = Acts::default();
    let [vnm, chn, usa] = ["VNM", "CHN", "USA"].map(|code| acts.number(code).unwrap());
    acts.push(chn, vnm, 2015, Domain::Security, -7.2);
    acts.push(chn, vnm, 2015, Domain::Security, 8.3);
    acts.push(vnm, chn, 2016, Domain::Diplomatic, 1.9);
    acts.push(usa, chn, 2016, Domain::Diplomatic, 1.0);
    acts.push(vnm, vnm, 2016, Domain::Diplomatic, 1.0);
    let years = acts.dyad_years("VNM");
    let table: Vec<(&str, &str, i16, u64, String)> = years
        .iter()
        .map(|it| {
            (it.actor, it.recipient, it.year, it.sums.events, format!("{:.1}", it.sums.net()))
        })
        .collect();
    assert_eq!(
        table,
        [("CHN", "VNM", 2015, 2, "1.1".to_owned()), ("VNM", "CHN", 2016, 1, "1.9".to_owned())]
    );
    let rows = acts.ties("VNM", "icews");
    let of = |series: Series| {
        let found: Vec<(Indicator, String)> = rows
            .iter()
            .filter(|row| row.series == series)
            .map(|row| (row.indicator, format!("{:.1}", row.value().unwrap())))
            .collect();
        found
    };
    assert_eq!(
        of(Series::Delivered),
        [
            (Indicator::SecurityActs, "8.3".to_owned()),
            (Indicator::DiplomaticActs, "1.9".to_owned())
        ]
    );
    assert_eq!(of(Series::Conflict), [(Indicator::SecurityActs, "7.2".to_owned())]);
}
