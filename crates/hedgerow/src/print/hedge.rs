//! The answer of `hedgerow hedge`: for people here, for machines and as a chart in the files beside.

mod data;
mod table;

use hedgerow_codebook::Codebook;
use hedgerow_measure::coded::Unmeasured;
use hedgerow_measure::hedge::{Answer, DomainLean, Joint, Position, Question, Run};
use hedgerow_measure::plot::{self, Bar, Line};

use super::Out;
use crate::command::hedge::Format;

/// Prints what stands before all answers.
pub(crate) fn begin(out: &mut Out, format: Format) -> anyhow::Result<()> {
    if format == Format::Csv { data::head(out) } else { Ok(()) }
}

/// Prints an answer, and what becomes of it under each scenario.
pub(crate) fn answer(
    out: &mut Out,
    format: Format,
    codebook: &Codebook,
    now: &Answer,
    then: &[(String, Answer)],
    unmeasured: &[Unmeasured],
) -> anyhow::Result<()> {
    match format {
        Format::Table => table::answer(out, codebook, now, then, unmeasured),
        Format::Jsonl => data::answer_lines(out, now, then, unmeasured),
        Format::Csv => data::answer_csv(out, now, then),
        Format::Svg => {
            let title = format!("{}, {}", title(codebook, &now.question), now.question.at);
            let bars: Vec<Bar> = now.runs.iter().flat_map(leans).collect();
            Ok(out.text(&plot::bars(&title, ends(&now.question), &bars))?)
        }
    }
}

/// Prints one row a year.
pub(crate) fn years(
    out: &mut Out,
    format: Format,
    codebook: &Codebook,
    question: &Question,
    years: &[(i16, [Position; 2])],
) -> anyhow::Result<()> {
    match format {
        Format::Table => table::years(out, codebook, question, years),
        Format::Jsonl => data::years_lines(out, question, years),
        Format::Csv => data::years_csv(out, question, years),
        Format::Svg => {
            let line = |label: &str, of: &dyn Fn(&Position) -> Option<f64>| Line {
                label: label.to_owned(),
                points: years.iter().map(|(year, [delivered, _])| (*year, of(delivered))).collect(),
            };
            let lines = [
                line("L lean", &|it| it.summary.map(|it| it.lean)),
                line("W within", &|it| it.summary.map(|it| it.within)),
                line("O offset", &|it| it.summary.map(|it| it.offset)),
                line("G depth", &|it| it.summary.map(|it| it.depth)),
            ];
            let title = format!("{}: delivered", title(codebook, question));
            Ok(out.text(&plot::lines(&title, [-1.0, 1.0], &lines, &[]))?)
        }
    }
}

/// Prints a joint position.
pub(crate) fn joint(
    out: &mut Out,
    format: Format,
    codebook: &Codebook,
    joint: &Joint,
) -> anyhow::Result<()> {
    match format {
        Format::Table => table::joint(out, codebook, joint),
        Format::Jsonl => Ok(out.line(serde_json::to_string(joint)?)?),
        Format::Csv => data::joint_csv(out, joint),
        Format::Svg => {
            let bars = [0, 1].map(|n: usize| Bar {
                label: joint.pair[n].clone(),
                value: joint.net[n],
                range: joint.net[n].map_or([-1.0, 1.0], |net| [net, net]),
            });
            let title =
                format!("{} toward {}, {}", joint.pair.join(" and "), joint.third, joint.at);
            Ok(out.text(&plot::bars(&title, ["conflict", "cooperation"], &bars))?)
        }
    }
}

fn title(codebook: &Codebook, question: &Question) -> String {
    let name = |code: &str| codebook.gazetteer.name_of(code).to_owned();
    let [first, second] = &question.rivals;
    format!("{} between {} and {}", name(&question.who), name(first), name(second))
}

/// The second rival lies at -1.
fn ends(question: &Question) -> [&str; 2] {
    [&question.rivals[1], &question.rivals[0]]
}

/// A bar for every domain of a series, and for all.
fn leans(run: &Run) -> Vec<Bar> {
    let (position, series) = (&run.position, run.series);
    let domain = |it: &DomainLean| Bar {
        label: format!("{}, {series}", it.domain),
        value: it.lean,
        range: it.bounds,
    };
    let all = Bar {
        label: format!("L, {series}"),
        value: position.summary.map(|it| it.lean),
        range: position.bounds,
    };
    position.domains.iter().map(domain).chain([all]).collect()
}
