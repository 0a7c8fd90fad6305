//! Scores as a table.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Counts, Scores};

/// A Markdown report: one line per group from gold tokens, one from raw text, then relations and calibration.
pub fn report(all: &BTreeMap<String, Scores>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "| group | from | words | sents | UPOS | XPOS | features | lemma | UAS | LAS | LAS with subtypes | frames |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|"
    );
    for (group, scores) in all {
        line(&mut out, group, "gold tokens", &scores.gold);
        line(&mut out, group, "raw text", &scores.raw);
    }
    let _ = writeln!(out, "\n| group (gold tokens) | {} |", super::counts::CORE.join(" | "));
    let _ = writeln!(out, "|---|{}", "---|".repeat(super::counts::CORE.len()));
    for (group, scores) in all {
        let cell = |core: &&str| {
            let ratio = scores.gold.core.get(core).copied().unwrap_or_default();
            if ratio.gold == 0 { "–".to_owned() } else { format!("{:.1}", ratio.f1()) }
        };
        let cells: Vec<String> = super::counts::CORE.iter().map(cell).collect();
        let _ = writeln!(out, "| {group} | {} |", cells.join(" | "));
    }
    let _ = writeln!(
        out,
        "\n| posterior of the arc (gold tokens) | arcs | mean posterior | right |\n|---|---|---|---|"
    );
    let mut total = Counts::default();
    for scores in all.iter().filter(|(group, _)| !group.contains('/')).map(|(_, scores)| scores) {
        total.add(&scores.gold);
    }
    for (tenth, [arcs, right, sum]) in total.calibration.into_iter().enumerate() {
        let arcs = arcs.max(1) as f64;
        let _ = writeln!(
            out,
            "| 0.{tenth}–{:.1} | {arcs} | {:.3} | {:.3} |",
            (tenth + 1) as f64 / 10.0,
            sum as f64 / arcs / 1000.0,
            right as f64 / arcs
        );
    }
    out
}

fn line(out: &mut String, group: &str, from: &str, counts: &Counts) {
    if counts.words.gold == 0 {
        return;
    }
    let frames = match counts.frames.gold {
        0 => "–".to_owned(),
        n => format!("{:.1} of {n}", counts.frames.f1()),
    };
    let cells = [
        counts.words,
        counts.sentences,
        counts.upos,
        counts.xpos,
        counts.feats,
        counts.lemma,
        counts.uas,
        counts.las,
        counts.las_full,
    ]
    .map(|ratio| if ratio.gold == 0 { "–".to_owned() } else { format!("{:.2}", ratio.f1()) });
    let _ = writeln!(out, "| {group} | {from} | {} | {frames} |", cells.join(" | "));
}
