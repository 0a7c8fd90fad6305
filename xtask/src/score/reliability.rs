//! How far the confidence of a claim can be believed: the articles in `corpus/`, their claims by tenths of confidence.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::process::Command;

use hedgerow_codebook::ClaimLine;
use hedgerow_codebook::claim::Claim;

use super::articles::{claims, code, parties};
use super::page;
use crate::shell::{output, release, root, say};

/// A tenth of the scale: claims, those that are right, and the sum of their confidences.
#[derive(Debug, Default, Clone, Copy)]
struct Tenth {
    claims: u32,
    right: u32,
    sum: f64,
}

/// Counts, prints and writes the table.
pub(super) fn run() -> anyhow::Result<()> {
    let hedgerow = release()?;
    let mut tenths = [Tenth::default(); 10];
    for entry in fs::read_dir(root().join("corpus"))? {
        let path = entry?.path();
        if path.extension().is_none_or(|it| it != "claims") {
            continue;
        }
        let article = path.with_extension("md");
        let coded =
            output(Command::new(&hedgerow).arg("code").arg(article).args(["--format", "jsonl"]))?;
        let text = fs::read_to_string(&path)?;
        let mut wanted: Vec<(String, BTreeSet<String>)> = claims(&text)?
            .iter()
            .filter(|(mark, _)| *mark != "x")
            .map(|(_, claim)| key(claim))
            .collect();
        for line in coded.lines() {
            let claim: Claim = serde_json::from_str(line)?;
            let found = key(&ClaimLine::from(&claim));
            let at = wanted.iter().position(|it| *it == found);
            let confidence = claim.confidence.unwrap_or_default();
            let tenth = &mut tenths[((confidence * 10.0) as usize).min(9)];
            tenth.claims += 1;
            tenth.right += u32::from(at.is_some());
            tenth.sum += confidence;
            if let Some(at) = at {
                wanted.swap_remove(at);
            }
        }
    }
    let table = table(&tenths)?;
    say(&table);
    page::put("reliability", &table)
}

/// Root type and parties.
fn key(claim: &ClaimLine) -> (String, BTreeSet<String>) {
    (code(claim), parties(claim).into_iter().map(str::to_owned).collect())
}

fn table(tenths: &[Tenth]) -> anyhow::Result<String> {
    let mut out = String::from("| confidence | claims | mean | right |\n|---|---|---|---|\n");
    for (n, tenth) in tenths.iter().enumerate().filter(|(_, tenth)| tenth.claims > 0) {
        let claims = f64::from(tenth.claims);
        writeln!(
            out,
            "| 0.{n}–{:.1} | {} | {:.2} | {:.2} |",
            (n + 1) as f64 / 10.0,
            tenth.claims,
            tenth.sum / claims,
            f64::from(tenth.right) / claims
        )?;
    }
    write!(out, "\nA claim is right here where its root type and its parties are.")?;
    Ok(out)
}
