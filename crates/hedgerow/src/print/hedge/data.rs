//! Answers for machines: JSON lines, and one number a row.

use hedgerow_measure::coded::Unmeasured;
use hedgerow_measure::hedge::{Answer, FORMULA, Joint, Position, Question, table};
use serde_json::json;

use crate::print::{Out, csv::quote};

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
    let named = then.iter().map(|(name, answer)| (name.as_str(), answer));
    for (scenario, answer) in [("", now)].into_iter().chain(named) {
        put(out, &table::answer(answer, scenario))?;
    }
    Ok(())
}

/// The same for every year.
pub(super) fn years_csv(
    out: &mut Out,
    question: &Question,
    years: &[(i16, [Position; 2])],
) -> anyhow::Result<()> {
    for (year, positions) in years {
        put(out, &table::year(question, *year, positions))?;
    }
    Ok(())
}

/// Names of the columns.
pub(super) fn head(out: &mut Out) -> anyhow::Result<()> {
    Ok(out.text(&format!("{}\r\n", table::COLUMNS.join(",")))?)
}

fn put(out: &mut Out, rows: &[Vec<String>]) -> anyhow::Result<()> {
    for row in rows {
        let line: Vec<String> = row.iter().map(|it| quote(it)).collect();
        out.text(&format!("{}\r\n", line.join(",")))?;
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
