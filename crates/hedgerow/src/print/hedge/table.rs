//! Answers for people: what can be quoted, what drives it, and what must be said with it.

use hedgerow_codebook::Codebook;
use hedgerow_measure::Series;
use hedgerow_measure::coded::Unmeasured;
use hedgerow_measure::hedge::{
    Answer, Curve, Influence, Joint, Position, Quantiles, Question, Rival, Run, State, Summary,
};
use hedgerow_measure::plot::{self, Bar};

use crate::print::Out;
use crate::print::table::{Table, heading};
use crate::print::wrap::{count, wrap};
use crate::trouble::visible;

/// Width of a bar, in characters.
const BAR: usize = 21;
/// How many facts are shown of those that drive an answer.
const DRIVERS: usize = 8;

pub(super) fn answer(
    out: &mut Out,
    codebook: &Codebook,
    now: &Answer,
    then: &[(String, Answer)],
    unmeasured: &[Unmeasured],
) -> anyhow::Result<()> {
    head(out, codebook, &now.question)?;
    for run in &now.runs {
        of_run(out, &now.question, run)?;
    }
    conflict(out, now)?;
    scenarios(out, now, then)?;
    if !now.warnings.is_empty() {
        heading(out, out.style, "Before this is quoted")?;
        for warning in &now.warnings {
            for line in wrap(warning, out.style.width, 2) {
                out.line(line)?;
            }
        }
    }
    if !unmeasured.is_empty() {
        heading(out, out.style, &format!("Measures nothing ({})", unmeasured.len()))?;
        let mut table = Table::new(&["fact", "why"]);
        for it in unmeasured.iter().take(DRIVERS) {
            table.row(vec![it.fact.clone(), visible(&it.why)]);
        }
        table.print(out)?;
        if unmeasured.len() > DRIVERS {
            out.line(format!("  and {} more: --format jsonl", unmeasured.len() - DRIVERS))?;
        }
    }
    out.blank()?;
    let what = "What L, W, O and depth mean: hedgerow explain hedge.v1";
    Ok(out.line(out.style.faint(what))?)
}

fn head(out: &mut Out, codebook: &Codebook, question: &Question) -> anyhow::Result<()> {
    let name = |code: &str| format!("{} ({code})", codebook.gazetteer.name_of(code));
    let [first, second] = &question.rivals;
    let title = format!(
        "{} between {} and {}, {}",
        name(&question.who),
        name(first),
        name(second),
        question.at
    );
    out.line(out.style.strong(&title))?;
    let camps = question.camps.iter().map(|it| {
        let rival = &question.rivals[usize::from(it.with == Rival::Second)];
        format!("{} counts {} with {rival}", name(&it.partner), it.membership)
    });
    let leans = format!("-1 is wholly with {second}, 1 wholly with {first}");
    let said: Vec<String> = ["hedge.v1".to_owned(), leans].into_iter().chain(camps).collect();
    for line in wrap(&said.join("; "), out.style.width, 0) {
        out.line(out.style.faint(&line))?;
    }
    Ok(())
}

fn of_run(out: &mut Out, question: &Question, run: &Run) -> anyhow::Result<()> {
    let [first, second] = &question.rivals;
    heading(out, out.style, &format!("On what was {}", run.series))?;
    if run.series == Series::Pledged && run.own == 0 {
        return Ok(out.line("  No pledge counts on that day.")?);
    }
    let mut table = Table::new(&[
        "domain",
        "lean",
        &format!("{second:<10} {first:>10}"),
        "possible",
        "depth",
        "by",
        &format!("with {first}"),
        &format!("with {second}"),
        "third",
    ]);
    for domain in &run.position.domains {
        let bar = Bar { label: String::new(), value: domain.lean, range: domain.bounds };
        let mut shown = vec![
            domain.domain.to_string(),
            domain.lean.map_or_else(|| state(domain.state).to_owned(), signed),
            plot::text_bar(&bar, BAR),
            open(domain.bounds),
            domain.lean.map(|_| plain(domain.depth)).unwrap_or_default(),
        ];
        if domain.indicators.is_empty() {
            table.row([shown, vec![String::new(); 4]].concat());
            continue;
        }
        for it in &domain.indicators {
            let side = |n: usize| {
                let strength = it.sides[n].strength;
                strength.map_or_else(|| "?".to_owned(), |it_| amount(it_, it.indicator.unit()))
            };
            let third = it.third.map_or(String::new(), |it| format!("{:.0} %", 100.0 * it));
            shown.extend([it.indicator.to_string(), side(0), side(1), third]);
            table.row(std::mem::replace(&mut shown, vec![String::new(); 5]));
        }
    }
    table.print(out)?;
    let Some(summary) = run.position.summary else {
        return Ok(out.line("  Nothing is known of both sides in any domain.")?);
    };
    out.blank()?;
    out.line(format!("  {}", out.style.strong(&line(&summary))))?;
    out.line(format!(
        "  W = {} tied to both sides + {} crossed within a domain + {} on no tie (depth {})",
        plain(summary.tied),
        plain(summary.crossed),
        plain(1.0 - summary.depth),
        plain(summary.depth)
    ))?;
    if run.position.bounds[1] - run.position.bounds[0] > 1e-9 {
        let [low, high] = run.position.bounds.map(signed);
        out.line(format!("  What is missing leaves L open from {low} to {high}."))?;
    }
    if let Some(gap) = run.position.signal_gap {
        out.line(format!("  Words and votes less security and economy: {}", signed(gap)))?;
    }
    interval(out, run)?;
    for (membership, summary) in &run.memberships {
        let said = summary.map_or_else(|| "nothing is known".to_owned(), |it| line(&it));
        out.line(format!("  camp at {membership:<3}  {said}"))?;
    }
    drivers(out, run)?;
    swings(out, run)?;
    curves(out, &run.curves)
}

fn interval(out: &mut Out, run: &Run) -> anyhow::Result<()> {
    let Some(it) = &run.interval else { return Ok(()) };
    let share = |q: &Quantiles| format!("{} to {}", plain(q.low), plain(q.high));
    let over = match it.publishers {
        0 => "structured sources alone".to_owned(),
        n => count(n as u64, "publisher"),
    };
    let said = format!(
        "Nine draws in ten: L {} to {} (median {}), W {}, O {}, score {:.1} to {:.1}. {:.0} % lean to the first, {:.0} % lie from 45 to 55. \
         {} draws over {over}, seed {}.",
        signed(it.lean.low),
        signed(it.lean.high),
        signed(it.lean.median),
        share(&it.within),
        share(&it.offset),
        it.score.low,
        it.score.high,
        100.0 * it.first,
        100.0 * it.middle,
        it.draws,
        it.seed
    );
    for line in wrap(&said, out.style.width, 2) {
        out.line(line)?;
    }
    if it.measured < 1.0 {
        out.line(format!(
            "  In {:.0} % of them nothing was left to measure.",
            100.0 - 100.0 * it.measured
        ))?;
    }
    Ok(())
}

/// The facts that shift L furthest.
fn drivers(out: &mut Out, run: &Run) -> anyhow::Result<()> {
    if run.influences.is_empty() {
        return Ok(());
    }
    heading(out, out.style, &format!("What drives it, {}", run.series))?;
    let mut table = Table::new(&["fact", "of", "with", "size", "L without it", "shift"]);
    let shown: Vec<&Influence> = run.influences.iter().take(DRIVERS).collect();
    for it in &shown {
        table.row(vec![
            visible(&it.fact),
            it.indicator.to_string(),
            it.partner.clone(),
            amount(it.value, it.indicator.unit()),
            it.without.map_or_else(|| "nothing left".to_owned(), |it| signed(it.lean)),
            it.shift.map_or_else(String::new, signed),
        ]);
    }
    table.print(out)?;
    if run.influences.len() > shown.len() {
        let rest = run.influences.len() - shown.len();
        out.line(format!("  and {rest} more that shift it less"))?;
    }
    if let Some(told) = shown.iter().find(|it| it.fact.starts_with("f-")) {
        let hint = format!("  who says so: hedgerow fact {}", visible(&told.fact));
        out.line(out.style.faint(&hint))?;
    }
    Ok(())
}

/// What other readings of disputed facts make of it.
fn swings(out: &mut Out, run: &Run) -> anyhow::Result<()> {
    if run.swings.is_empty() {
        return Ok(());
    }
    heading(out, out.style, &format!("If another figure is right, {}", run.series))?;
    let mut table = Table::new(&["fact", "figure", "said by", "then"]);
    for swing in &run.swings {
        for (n, it) in swing.readings.iter().enumerate() {
            let fact = if n == 0 { swing.fact.clone() } else { String::new() };
            let value = it.value.map_or_else(
                || "did not happen".to_owned(),
                |value| amount(value, swing.indicator.unit()),
            );
            let then = it.summary.map_or_else(|| "nothing left".to_owned(), |it| line(&it));
            table.row(vec![visible(&fact), value, visible(&it.publishers.join(", ")), then]);
        }
    }
    Ok(table.print(out)?)
}

fn curves(out: &mut Out, curves: &[Curve]) -> anyhow::Result<()> {
    if curves.is_empty() {
        return Ok(());
    }
    heading(out, out.style, "How L moves with what was chosen")?;
    for curve in curves {
        let points: Vec<String> = curve
            .points
            .iter()
            .map(|it| {
                let lean = it.summary.map_or_else(|| "?".to_owned(), |it| signed(it.lean));
                format!("{} {lean}", short(it.at))
            })
            .collect();
        let said = format!("{} ({}): {}", curve.of, curve.unit, points.join(" · "));
        for line in wrap(&said, out.style.width, 2) {
            out.line(line)?;
        }
    }
    Ok(())
}

fn conflict(out: &mut Out, now: &Answer) -> anyhow::Result<()> {
    if now.conflict.is_empty() {
        return Ok(());
    }
    heading(out, out.style, "Resistance, beside all this")?;
    let [first, second] = &now.question.rivals;
    let mut table =
        Table::new(&["domain", "of", &format!("with {first}"), &format!("with {second}"), "facts"]);
    for it in &now.conflict {
        let side = |n: usize| {
            it.sides[n].map_or_else(|| "?".to_owned(), |value| amount(value, it.indicator.unit()))
        };
        table.row(vec![
            it.indicator.domain().to_string(),
            it.indicator.to_string(),
            side(0),
            side(1),
            it.facts.len().to_string(),
        ]);
    }
    Ok(table.print(out)?)
}

fn scenarios(out: &mut Out, now: &Answer, then: &[(String, Answer)]) -> anyhow::Result<()> {
    for (name, answer) in then {
        heading(out, out.style, &format!("What if: {}", visible(name)))?;
        for (before, after) in now.runs.iter().zip(&answer.runs) {
            let said = |run: &Run| {
                run.position.summary.map_or_else(|| "nothing is known".to_owned(), |it| line(&it))
            };
            out.line(format!("  {:<9}  now   {}", before.series.as_str(), said(before)))?;
            out.line(format!("  {:<9}  then  {}", "", said(after)))?;
        }
    }
    Ok(())
}

pub(super) fn years(
    out: &mut Out,
    codebook: &Codebook,
    question: &Question,
    years: &[(i16, [Position; 2])],
) -> anyhow::Result<()> {
    head(out, codebook, question)?;
    for (n, series) in ["delivered", "pledged"].into_iter().enumerate() {
        heading(out, out.style, &format!("On what was {series}, at the end of each year"))?;
        let mut table = Table::new(&[
            "year",
            "L",
            "possible",
            "W",
            "O",
            "depth",
            "diplomatic",
            "security",
            "economic",
            "development",
            "stance",
        ]);
        for (year, positions) in years {
            let position = &positions[n];
            let part = |of: &dyn Fn(&Summary) -> f64| {
                position.summary.as_ref().map_or_else(String::new, |it| plain(of(it)))
            };
            let lean = position.summary.map_or_else(String::new, |it| signed(it.lean));
            let mut cells = vec![
                year.to_string(),
                lean,
                open(position.bounds),
                part(&|it| it.within),
                part(&|it| it.offset),
                part(&|it| it.depth),
            ];
            let domains = position.domains.iter();
            cells.extend(domains.map(|it| it.lean.map_or_else(|| "?".to_owned(), signed)));
            table.row(cells);
        }
        table.print(out)?;
        let leans: Vec<Option<f64>> =
            years.iter().map(|(_, it)| it[n].summary.map(|it| it.lean)).collect();
        out.line(format!("  L from -1 to 1: {}", plot::spark(&leans, [-1.0, 1.0])))?;
    }
    out.blank()?;
    let note = "L is the mean of the measured domains; possible is what the others leave of it once they are known";
    for line in wrap(note, out.style.width, 0) {
        out.line(out.style.faint(&line))?;
    }
    Ok(())
}

pub(super) fn joint(out: &mut Out, codebook: &Codebook, joint: &Joint) -> anyhow::Result<()> {
    let name = |code: &str| format!("{} ({code})", codebook.gazetteer.name_of(code));
    let [a, b] = &joint.pair;
    let title = format!("{} and {} toward {}, {}", name(a), name(b), name(&joint.third), joint.at);
    out.line(out.style.strong(&title))?;
    if joint.rows.is_empty() {
        return Ok(out.line("  Nothing that can be measured is told of them.")?);
    }
    let third = &joint.third;
    let mut table = Table::new(&[
        "of",
        &format!("{a} with {third}"),
        &format!("{b} with {third}"),
        &format!("{a} against {third}"),
        &format!("{b} against {third}"),
        &format!("{a} with {b}"),
    ]);
    for row in &joint.rows {
        let cell = |value: Option<f64>| {
            value.map_or_else(|| "?".to_owned(), |it| amount(it, row.indicator.unit()))
        };
        table.row(vec![
            row.indicator.to_string(),
            cell(row.cooperation[0]),
            cell(row.cooperation[1]),
            cell(row.conflict[0]),
            cell(row.conflict[1]),
            cell(row.mutual),
        ]);
    }
    table.print(out)?;
    out.blank()?;
    for (code, net) in joint.pair.iter().zip(joint.net) {
        let net = net.map_or_else(|| "not known".to_owned(), signed);
        out.line(format!(
            "  {code} toward {third}, acts and words, -1 resistance to 1 cooperation: {net}"
        ))?;
    }
    if let Some(alike) = joint.alike {
        out.line(format!("  Alike: {}", plain(alike)))?;
    }
    if !joint.shared.is_empty() {
        let said = format!("Together: {}", joint.shared.join(", "));
        for line in wrap(&said, out.style.width, 2) {
            out.line(line)?;
        }
    }
    Ok(())
}

/// L, score, W and O.
fn line(it: &Summary) -> String {
    format!(
        "L {}  score {:.1}  W {}  O {}",
        signed(it.lean),
        it.score,
        plain(it.within),
        plain(it.offset)
    )
}

const fn state(state: State) -> &'static str {
    match state {
        State::Measured => "",
        State::Open => "open",
        State::Missing => "no source",
        State::Empty => "no tie",
    }
}

fn signed(value: f64) -> String {
    format!("{:+.3}", value + 0.0)
}

fn plain(value: f64) -> String {
    format!("{:.3}", value.abs().max(0.0))
}

fn open([low, high]: [f64; 2]) -> String {
    if high - low < 1e-9 { String::new() } else { format!("{} to {}", signed(low), signed(high)) }
}

/// A number with its unit, as short as it can be read: `USD 32.7 bn`.
fn amount(value: f64, unit: &str) -> String {
    match unit {
        "USD" => format!("USD {}", short(value)),
        _ => short(value),
    }
}

/// Three digits and a word for the power of a thousand.
fn short(value: f64) -> String {
    let (scaled, word) = match value.abs() {
        it if it >= 1e12 => (value / 1e12, " tn"),
        it if it >= 1e9 => (value / 1e9, " bn"),
        it if it >= 1e6 => (value / 1e6, " m"),
        it if it >= 1e4 => (value / 1e3, " k"),
        _ => (value, ""),
    };
    let digits = match scaled.abs() {
        it if it >= 100.0 => 0,
        it if it >= 10.0 => 1,
        it if it >= 1.0 => 2,
        _ => 3,
    };
    let text = format!("{scaled:.digits$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}{word}")
}

#[cfg(test)]
mod tests {
    use super::{plain, short, signed};

    #[test]
    fn numbers_are_short() {
        assert_eq!(short(32.671e9), "32.7 bn");
        assert_eq!(short(1.7e6), "1.7 m");
        assert_eq!(short(0.1739), "0.174");
        assert_eq!(short(4.0), "4");
        assert_eq!(short(0.0), "0");
        assert_eq!(short(100e6), "100 m");
        assert_eq!(signed(-0.0), "+0.000");
        assert_eq!(plain(-1e-17), "0.000");
    }
}
