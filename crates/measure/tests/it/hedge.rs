//! `hedge.v1` on the worked example, and what it does where something is missing.

use hedgerow_codebook::Domain;
use hedgerow_measure::hedge::{
    Answer, Change, Confusion, Outcome, Question, Scenario, ScenarioError, State, Summary, answer,
    joint, years,
};
use hedgerow_measure::{Indicator, Series, TieRow};
use jiff::civil::date;

use crate::files::printed;
use crate::make::{With, annual, covered, level, question, reported, saturations, worked_example};

/// The question of the worked example: on pledges, with what it takes for zero.
fn worked(membership: Option<f64>, saturation: f64) -> Question {
    let mut question = question(membership);
    question.settings.saturation = saturations(saturation);
    question.settings.covered = vec![
        covered(Indicator::Finance, "USA"),
        covered(Indicator::Assistance, "USA"),
        covered(Indicator::Assistance, "CHN"),
    ];
    question
}

fn ask(rows: &[TieRow], question: &Question) -> Answer {
    answer(rows, question, &Confusion::default())
}

/// L, score, W, O as tables print them.
fn row(summary: Option<Summary>) -> String {
    let it = summary.unwrap();
    let three = [it.lean, it.within, it.offset].map(|value| printed(value, 3));
    format!("L {} score {} W {} O {}", three[0], printed(it.score, 1), three[1], three[2])
}

const PLEDGED: usize = 1;
const DELIVERED: usize = 0;

#[test]
fn worked_example_comes_out() {
    let pledged = |rows: &[TieRow], question: &Question| {
        row(ask(rows, question).runs[PLEDGED].position.summary)
    };
    // The two rivals alone, on what both have a figure for.
    let mut rivals = question(None);
    rivals.settings.saturation = saturations(0.0);
    let rows = worked_example(1.66e6);
    assert_eq!(pledged(&rows, &rivals), "L -.457 score 27.1 W .543 O .000");
    assert_eq!(pledged(&rows, &worked(Some(1.0), 0.0)), "L .118 score 55.9 W .593 O .288");
    // The same pledge as the wires have it and a thousand times larger.
    let question = worked(Some(1.0), 100e6);
    assert_eq!(pledged(&rows, &question), "L -.070 score 46.5 W .781 O .149");
    let wrong = worked_example(1.7e9);
    assert_eq!(pledged(&wrong, &question), "L .107 score 55.4 W .605 O .288");
}

#[test]
fn leans_of_the_domains_come_out() {
    let leans = |membership: Option<f64>, camp: &[&str]| -> String {
        let mut question = worked(membership, 0.0);
        if let [only] = camp {
            question.rivals[0] = (*only).to_owned();
        }
        let answer = ask(&worked_example(1.66e6), &question);
        let domains = answer.runs[PLEDGED].position.domains.iter();
        let lean = domains.map(|it| it.lean.map_or("-".to_owned(), |lean| printed(lean, 3)));
        lean.collect::<Vec<_>>().join(" ")
    };
    // diplomatic, security, economic, development, stance
    assert_eq!(leans(Some(1.0), &[]), "-.185 1.000 -.127 .312 -.409");
    assert_eq!(leans(None, &["JPN"]), "-.067 1.000 -.496 .312 -.231");
    let answer = ask(&worked_example(1.66e6), &worked(Some(1.0), 100e6));
    let security = &answer.runs[PLEDGED].position.domains[1];
    assert_eq!(printed(security.lean.unwrap(), 3), ".061");
    assert_eq!(printed(security.depth, 3), ".061");
}

#[test]
fn deliveries_do_not_move_with_a_pledge() {
    let question = worked(Some(1.0), 100e6);
    let right = ask(&worked_example(1.66e6), &question);
    let wrong = ask(&worked_example(1.7e9), &question);
    assert_eq!(right.runs[DELIVERED], wrong.runs[DELIVERED]);
    assert_ne!(right.runs[PLEDGED].position, wrong.runs[PLEDGED].position);
}

#[test]
fn the_wrong_figure_is_found() {
    let mut rows = worked_example(1.66e6);
    rows[9] = reported("f-ships", "JPN", Indicator::Assistance, &[("a", 1.7e6), ("seed", 1.7e9)]);
    let answer = ask(&rows, &worked(Some(1.0), 100e6));
    let [swing] = &answer.runs[PLEDGED].swings[..] else { panic!("one fact is disputed") };
    assert_eq!(swing.fact, "f-ships");
    assert_eq!(row(swing.readings[0].summary), row(answer.runs[PLEDGED].position.summary));
    assert_eq!(row(swing.readings[1].summary), "L .107 score 55.4 W .605 O .288");
    assert_eq!(swing.readings[1].publishers, ["seed"]);
    assert_eq!(swing.readings[1].claims, ["f-ships-1"]);
    // With the wrong figure it is among what drives the answer; with the right one it is last.
    let wrong = ask(&worked_example(1.7e9), &worked(Some(1.0), 100e6));
    let place = |answer: &Answer| {
        answer.runs[PLEDGED].influences.iter().position(|it| it.fact == "f-ships").unwrap()
    };
    assert!(place(&wrong) < place(&answer), "{} {}", place(&wrong), place(&answer));
}

#[test]
fn camps_are_always_shown_at_none_half_and_whole() {
    let answer = ask(&worked_example(1.66e6), &worked(Some(1.0), 0.0));
    let memberships = &answer.runs[PLEDGED].memberships;
    let at: Vec<f64> = memberships.iter().map(|(at, _)| *at).collect();
    assert_eq!(format!("{at:?}"), "[0.0, 0.5, 1.0]");
    assert_eq!(row(memberships[2].1), row(answer.runs[PLEDGED].position.summary));
    let half = memberships[1].1.unwrap().lean;
    assert!(memberships[0].1.unwrap().lean < half && half < memberships[2].1.unwrap().lean);
}

#[test]
fn a_side_without_source_is_open_not_zero() {
    let rows = worked_example(1.66e6);
    let mut question = worked(Some(1.0), 100e6);
    question.settings.covered.clear();
    let answer = ask(&rows, &question);
    let position = &answer.runs[PLEDGED].position;
    let security = &position.domains[1];
    assert_eq!((security.domain, security.state), (Domain::Security, State::Open));
    assert_eq!(security.lean, None);
    assert_eq!(format!("{:?}", security.bounds), "[-1.0, 1.0]");
    // Japan's finance is known, America's is not: at least .312.
    let development = &position.domains[3];
    assert_eq!(printed(development.lean.unwrap(), 3), ".312");
    assert_eq!(printed(development.bounds[0], 3), ".312");
    assert_eq!(printed(development.bounds[1], 3), "1.000");
    let [low, high] = position.bounds;
    let lean = position.summary.unwrap().lean;
    assert!(low < lean && lean < high, "{low} {lean} {high}");
    let said = answer.warnings.join("\n");
    assert!(said.contains("too little is known of security"), "{said}");
    assert!(said.contains("finance has no source for USA"), "{said}");
}

#[test]
fn that_l_lies_outside_what_is_possible_is_said() {
    // Votes lean wholly to China; of finance only American is known, so that China's lean there is open, yet never wholly China's.
    let rows = [
        annual("CHN", Indicator::Votes, 2015, 1.0),
        annual("USA", Indicator::Votes, 2015, 0.0),
        annual("USA", Indicator::Finance, 2015, 3e9),
        annual("USA", Indicator::Trade, 2014, 3e9),
        level("USA", Indicator::Partnership, 2013, 4.0),
        level("USA", Indicator::Alliance, 2013, 3.0),
    ];
    let mut question = question(None);
    question.at = date(2015, 12, 31);
    let answer = ask(&rows, &question);
    let position = &answer.runs[DELIVERED].position;
    let lean = position.summary.unwrap().lean;
    assert!(lean < position.bounds[0], "{lean} {:?}", position.bounds);
    let said = "L -1.000 is the mean of the measured domains alone";
    assert!(answer.warnings.iter().any(|it| it.contains(said)), "{:?}", answer.warnings);
}

#[test]
fn registers_and_reports_are_not_added_up() {
    let mut rows = worked_example(1.66e6);
    let news = reported("f-trade", "JPN", Indicator::Trade, &[("seed", 28e9)]);
    rows.push(news.between(date(2014, 1, 1), date(2014, 12, 31)).series(Series::Standing));
    let answer = ask(&rows, &worked(Some(1.0), 0.0));
    let run = &answer.runs[PLEDGED];
    assert_eq!(row(run.position.summary), "L .118 score 55.9 W .593 O .288");
    let [beside] = &run.beside[..] else { panic!("one figure gives way") };
    assert_eq!(beside.fact, "f-trade");
    assert_eq!((beside.reported, beside.register), (Some(28e9), Some(25.157e9)));
}

#[test]
fn windows_look_at_the_right_time() {
    let trade = |year, value| annual("CHN", Indicator::Trade, year, value);
    let rows = [
        trade(2013, 1.0),
        trade(2014, 2.0),
        trade(2015, 4.0),
        annual("USA", Indicator::Trade, 2014, 2.0),
        level("CHN", Indicator::Partnership, 2001, 3.0),
        TieRow { id: "up".to_owned(), ..level("CHN", Indicator::Partnership, 2008, 4.0) },
        TieRow { id: "later".to_owned(), ..level("CHN", Indicator::Partnership, 2016, 1.0) },
        level("USA", Indicator::Partnership, 2013, 4.0),
    ];
    let mut question = question(None);
    question.settings.saturation = saturations(0.0);
    let strength = |question: &Question, domain: usize| {
        let answer = ask(&rows, question);
        answer.runs[DELIVERED].position.domains[domain].indicators.first()?.sides[1].strength
    };
    assert_eq!(strength(&question, 2), Some(2.0), "the last year that was over");
    assert_eq!(strength(&question, 0), Some(4.0), "the level in force");
    question.at = date(2015, 12, 31);
    assert_eq!(strength(&question, 2), Some(4.0));
    question.at = date(2020, 1, 1);
    assert_eq!(strength(&question, 2), None, "no figure of 2019");
    let years = years(&rows, &question, 2013, 2015);
    let traded: Vec<Option<f64>> = years
        .iter()
        .map(|(_, [delivered, _])| {
            delivered.domains[2].indicators.first().and_then(|it| it.sides[1].strength)
        })
        .collect();
    assert_eq!(traded, [Some(1.0), Some(2.0), Some(4.0)]);
}

#[test]
fn scenarios_change_what_they_say() {
    let rows = worked_example(1.7e9);
    let question = worked(Some(1.0), 100e6);
    let pledged = |scenario: &Scenario| {
        let (rows, question) = scenario.apply(&rows, &question).unwrap();
        row(ask(&rows, &question).runs[PLEDGED].position.summary)
    };
    let text = "
        name = 'as the wires have it'
        [[change]]
        fact = 'f-ships'
        value = 1.66e6
    ";
    let scenario = Scenario::parse(text).unwrap();
    assert_eq!(pledged(&scenario), "L -.070 score 46.5 W .781 O .149");
    // Delivered, it leaves the pledges and joins the deliveries.
    let delivered = Change {
        fact: "f-ships".to_owned(),
        series: Some(Series::Delivered),
        value: None,
        without: false,
    };
    let delivered = Scenario { changes: vec![delivered], ..Scenario::default() };
    assert_eq!(pledged(&delivered), pledged(&Scenario::without("f-ships")));
    let (moved, _) = delivered.apply(&rows, &question).unwrap();
    let security = |rows: &[TieRow]| ask(rows, &question).runs[DELIVERED].position.domains[1].lean;
    assert_eq!(security(&rows), None);
    assert_eq!(printed(security(&moved).unwrap(), 3), ".944");
    let gone = Scenario::parse("[[camp]]\npartner='JPN'\nwith='USA'\nmembership=0.0").unwrap();
    let mut alone = question.clone();
    alone.camps.clear();
    let expected = row(ask(&rows, &alone).runs[PLEDGED].position.summary);
    assert_eq!(pledged(&gone), expected);
    let upgrade = "
        [[fact]]
        actor = 'USA'
        recipient = 'VNM'
        indicator = 'partnership'
        series = 'standing'
        value = 4
        date = '2015-09-01'
    ";
    let (rows, question) = Scenario::parse(upgrade).unwrap().apply(&rows, &question).unwrap();
    let answer = ask(&rows, &question);
    let side = &answer.runs[PLEDGED].position.domains[0].indicators[0].sides[0];
    assert_eq!(side.members[0], ("USA".to_owned(), 1.0, 4.0));
}

#[test]
fn impossible_scenarios_say_why() {
    let apply = |text: &str| {
        let scenario = Scenario::parse(text)?;
        scenario.apply(&worked_example(1.0), &worked(None, 0.0)).map(|_| ())
    };
    let unknown = apply("[[change]]\nfact = 'f-none'\nwithout = true").unwrap_err();
    assert_eq!(unknown, ScenarioError::NoFact("f-none".to_owned()));
    let rival = apply("[[camp]]\npartner = 'JPN'\nwith = 'RUS'").unwrap_err().to_string();
    assert_eq!(rival, "JPN cannot be counted with RUS; the rivals are USA and CHN");
    assert!(matches!(apply("[[facts]]"), Err(ScenarioError::Syntax(_))));
    assert!(matches!(apply("[[change]]\nfact='f-oda'\nvalue=-1"), Err(ScenarioError::Range(_))));
}

#[test]
fn conflict_stands_beside_cooperation() {
    let mut rows = worked_example(1.66e6);
    let before = ask(&rows, &worked(Some(1.0), 0.0)).runs;
    rows.push(
        reported("f-charge", "CHN", Indicator::DiplomaticActs, &[("wire", 3.0)])
            .series(Series::Conflict),
    );
    let answer = ask(&rows, &worked(Some(1.0), 0.0));
    assert_eq!(answer.runs, before, "conflict changes no lean");
    let [conflict] = &answer.conflict[..] else { panic!("one kind of conflict") };
    assert_eq!(format!("{:?}", conflict.sides), "[None, Some(3.0)]");
    assert_eq!(conflict.facts, ["f-charge"]);
}

#[test]
fn intervals_are_wider_with_worse_coders() {
    let mut question = worked(Some(1.0), 100e6);
    question.settings.draws = 400;
    let mut rows = worked_example(1.66e6);
    rows[9] =
        reported("f-ships", "JPN", Indicator::Assistance, &[("wire", 1.66e6), ("seed", 1.7e9)]);
    let pledged = |confusion: &Confusion| {
        answer(&rows, &question, confusion).runs[PLEDGED].interval.clone().unwrap()
    };
    let sure = pledged(&Confusion::default());
    assert_eq!(sure.publishers, 2);
    assert!(sure.lean.low < sure.lean.median && sure.lean.median < sure.lean.high);
    let wrong = vec![(Outcome::Nothing, 0.5)];
    let unsure = pledged(&Confusion { of: [("flow.aid".to_owned(), wrong)].into_iter().collect() });
    let width = |it: &hedgerow_measure::hedge::Interval| it.lean.high - it.lean.low;
    assert!(width(&unsure) > width(&sure), "{} {}", width(&unsure), width(&sure));
}

#[test]
fn two_states_stand_to_a_third() {
    let act = |id: &str, actor: &str, recipient: &str, series, value| {
        let row = reported(id, actor, Indicator::DiplomaticActs, &[("wire", value)]);
        TieRow { recipient: recipient.to_owned(), ..row }.series(series)
    };
    let rows = [
        act("f-charge", "VNM", "CHN", Series::Conflict, 3.0),
        act("f-charge", "JPN", "CHN", Series::Conflict, 3.0),
        act("f-talks", "VNM", "CHN", Series::Delivered, 4.0),
        act("f-visit", "VNM", "JPN", Series::Delivered, 4.0),
    ];
    let pair = ["VNM".to_owned(), "JPN".to_owned()];
    let question = question(None);
    let joint = joint(&rows, &pair, "CHN", question.at, &question.settings);
    assert_eq!(joint.shared, ["f-charge"]);
    let [row] = &joint.rows[..] else { panic!("one indicator") };
    assert_eq!(row.cooperation, [Some(4.0), None]);
    assert_eq!(row.conflict, [Some(3.0), Some(3.0)]);
    assert_eq!(row.mutual, Some(4.0));
    // (4 - 3) / (7 + 10) and -3 / (3 + 10)
    assert_eq!(printed(joint.net[0].unwrap(), 4), ".0588");
    assert_eq!(printed(joint.net[1].unwrap(), 4), "-.2308");
    assert_eq!(printed(joint.alike.unwrap(), 4), ".8552");
}
