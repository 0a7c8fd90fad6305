//! Answers for machines: JSON lines, and one number a row.

use hedgerow_measure::coded::Unmeasured;
use hedgerow_measure::hedge::{Answer, FORMULA, Joint, Position, Question, Run};
use serde_json::json;

use crate::print::{Out, csv::quote};

const COLUMNS: &str = "formula,scenario,who,first,second,at,series,level,name,unit,lean,low,high,\
                       within,offset,tied,crossed,depth,first_side,second_side,state,facts,claims";

/// The answer whole, then each scenario's, one a line.
pub(super) fn answer_lines(
    out: &mut Out,
    now: &Answer,
    then: &[(String, Answer)],
    unmeasured: &[Unmeasured],
) -> anyhow::Result<()> {
    out.line(json!({"scenario": null, "answer": now, "unmeasured": unmeasured}).to_string())?;
    for (name, answer) in then {
        out.line(json!({"scenario": name, "answer": answer}).to_string())?;
    }
    Ok(())
}

/// One row a year and series.
pub(super) fn years_lines(
    out: &mut Out,
    question: &Question,
    years: &[(i16, [Position; 2])],
) -> anyhow::Result<()> {
    for (year, [delivered, pledged]) in years {
        let line = json!({
            "formula": FORMULA, "who": question.who, "rivals": question.rivals, "year": year,
            "delivered": delivered, "pledged": pledged,
        });
        out.line(line.to_string())?;
    }
    Ok(())
}

/// One row for the whole, each domain and each indicator, of each series.
pub(super) fn answer_csv(
    out: &mut Out,
    now: &Answer,
    then: &[(String, Answer)],
) -> anyhow::Result<()> {
    out.text(&format!("{COLUMNS}\r\n"))?;
    let named = then.iter().map(|(name, answer)| (name.as_str(), answer));
    for (scenario, answer) in [("", now)].into_iter().chain(named) {
        for run in &answer.runs {
            let day = answer.question.at.to_string();
            let series = run.series.as_str();
            rows(out, &answer.question, scenario, &day, series, &run.position, Some(run))?;
        }
    }
    Ok(())
}

/// The same for every year.
pub(super) fn years_csv(
    out: &mut Out,
    question: &Question,
    years: &[(i16, [Position; 2])],
) -> anyhow::Result<()> {
    out.text(&format!("{COLUMNS}\r\n"))?;
    for (year, positions) in years {
        let day = format!("{year}-12-31");
        for (series, position) in ["delivered", "pledged"].into_iter().zip(positions) {
            rows(out, question, "", &day, series, position, None)?;
        }
    }
    Ok(())
}

fn rows(
    out: &mut Out,
    question: &Question,
    scenario: &str,
    day: &str,
    series: &str,
    position: &Position,
    run: Option<&Run>,
) -> anyhow::Result<()> {
    let [first, second] = &question.rivals;
    let head = [FORMULA, scenario, &question.who, first, second, day, series].map(str::to_owned);
    let mut put = |cells: Vec<String>| -> anyhow::Result<()> {
        let line: Vec<String> = head.iter().chain(&cells).map(|it| quote(it)).collect();
        Ok(out.text(&format!("{}\r\n", line.join(",")))?)
    };
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
    put(named.chain(cells).chain([const { String::new() }; 5]).collect())?;
    for domain in &position.domains {
        let [low, high] = domain.bounds.map(|it| it.to_string());
        let state = json!(domain.state).as_str().unwrap_or_default().to_owned();
        put(vec![
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
            state,
            String::new(),
            String::new(),
        ])?;
        for it in &domain.indicators {
            let mut basis = run.iter().flat_map(|run| &run.basis).filter(|basis| {
                let member = |side: &hedgerow_measure::hedge::Side| {
                    side.members.iter().any(|(partner, ..)| *partner == basis.partner)
                };
                basis.indicator == it.indicator && it.sides.iter().any(member)
            });
            let (mut facts, mut claims) = (Vec::new(), Vec::new());
            for basis in &mut basis {
                facts.extend(basis.facts.iter().cloned());
                claims.extend(basis.claims.iter().cloned());
            }
            let [low, high] = it.bounds.map(|it| it.to_string());
            put(vec![
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
                json!(it.state).as_str().unwrap_or_default().to_owned(),
                facts.join(";"),
                claims.join(";"),
            ])?;
        }
    }
    Ok(())
}

/// One row an indicator.
pub(super) fn joint_csv(out: &mut Out, joint: &Joint) -> anyhow::Result<()> {
    out.text("a,b,third,at,indicator,unit,a_cooperation,b_cooperation,a_conflict,b_conflict,mutual,a_net,b_net\r\n")?;
    let n = |value: Option<f64>| value.map(|it| it.to_string()).unwrap_or_default();
    for row in &joint.rows {
        let cells = [
            joint.pair[0].clone(),
            joint.pair[1].clone(),
            joint.third.clone(),
            joint.at.to_string(),
            row.indicator.to_string(),
            row.indicator.unit().to_owned(),
            n(row.cooperation[0]),
            n(row.cooperation[1]),
            n(row.conflict[0]),
            n(row.conflict[1]),
            n(row.mutual),
            n(row.net[0]),
            n(row.net[1]),
        ];
        let line: Vec<String> = cells.iter().map(|it| quote(it)).collect();
        out.text(&format!("{}\r\n", line.join(",")))?;
    }
    Ok(())
}
