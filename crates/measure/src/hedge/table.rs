//! Answers as tables: one number a row, the same columns wherever they are printed.

use super::{Answer, FORMULA, Position, Question, Run, Side};

/// Names of the columns.
pub const COLUMNS: [&str; 23] = [
    "formula",
    "scenario",
    "who",
    "first",
    "second",
    "at",
    "series",
    "level",
    "name",
    "unit",
    "lean",
    "low",
    "high",
    "within",
    "offset",
    "tied",
    "crossed",
    "depth",
    "first_side",
    "second_side",
    "state",
    "facts",
    "claims",
];

/// One row for the whole, each domain and each indicator, of each series; `scenario` names what was supposed.
pub fn answer(answer: &Answer, scenario: &str) -> Vec<Vec<String>> {
    let day = answer.question.at.to_string();
    let of_run = |run: &Run| {
        let head = head(&answer.question, scenario, &day, run.series.as_str());
        rows(&head, &run.position, Some(run))
    };
    answer.runs.iter().flat_map(of_run).collect()
}

/// The same for the end of a year, on deliveries and on pledges.
pub fn year(question: &Question, year: i16, positions: &[Position; 2]) -> Vec<Vec<String>> {
    let day = format!("{year}-12-31");
    let series = ["delivered", "pledged"].into_iter().zip(positions);
    series
        .flat_map(|(series, position)| rows(&head(question, "", &day, series), position, None))
        .collect()
}

fn head(question: &Question, scenario: &str, day: &str, series: &str) -> [String; 7] {
    let [first, second] = &question.rivals;
    [FORMULA, scenario, &question.who, first, second, day, series].map(str::to_owned)
}

fn rows(head: &[String; 7], position: &Position, run: Option<&Run>) -> Vec<Vec<String>> {
    let whole = |cells: Vec<String>| head.iter().cloned().chain(cells).collect::<Vec<String>>();
    let n = |value: Option<f64>| value.map(|it| it.to_string()).unwrap_or_default();
    let [low, high] = position.bounds.map(|it| it.to_string());
    let s = position.summary;
    let cells = [
        n(s.map(|it| it.lean)),
        low,
        high,
        n(s.map(|it| it.within)),
        n(s.map(|it| it.offset)),
        n(s.map(|it| it.tied)),
        n(s.map(|it| it.crossed)),
        n(s.map(|it| it.depth)),
    ];
    let named = ["all".to_owned(), String::new(), String::new()].into_iter();
    let mut rows = vec![whole(named.chain(cells).chain([const { String::new() }; 5]).collect())];
    for domain in &position.domains {
        let [low, high] = domain.bounds.map(|it| it.to_string());
        rows.push(whole(vec![
            "domain".to_owned(),
            domain.domain.to_string(),
            String::new(),
            n(domain.lean),
            low,
            high,
            n(domain.lean.map(|it| 1.0 - it.abs())),
            String::new(),
            n(domain.lean.map(|_| domain.tied)),
            n(domain.lean.map(|_| domain.crossed)),
            n(domain.lean.map(|_| domain.depth)),
            String::new(),
            String::new(),
            domain.state.as_str().to_owned(),
            String::new(),
            String::new(),
        ]));
        for it in &domain.indicators {
            let basis = run.iter().flat_map(|run| &run.basis).filter(|basis| {
                let member = |side: &Side| {
                    side.members.iter().any(|(partner, ..)| *partner == basis.partner)
                };
                basis.indicator == it.indicator && it.sides.iter().any(member)
            });
            let (mut facts, mut claims) = (Vec::new(), Vec::new());
            for basis in basis {
                facts.extend(basis.facts.iter().cloned());
                claims.extend(basis.claims.iter().cloned());
            }
            let [low, high] = it.bounds.map(|it| it.to_string());
            rows.push(whole(vec![
                "indicator".to_owned(),
                it.indicator.to_string(),
                it.indicator.unit().to_owned(),
                n(it.lean),
                low,
                high,
                n(it.lean.map(|it| 1.0 - it.abs())),
                String::new(),
                n(it.lean.map(|lean| it.depth - lean.abs())),
                String::new(),
                n(it.lean.map(|_| it.depth)),
                n(it.sides[0].strength),
                n(it.sides[1].strength),
                it.state.as_str().to_owned(),
                facts.join(";"),
                claims.join(";"),
            ]));
        }
    }
    rows
}
