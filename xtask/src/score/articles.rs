//! `cargo xtask score articles`: what the marks in `corpus/*.claims` say of the coder, by type. The marks are held to the
//! coder's answers by its tests, so that counting them is measuring.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use anyhow::{Context, anyhow};
use hedgerow_codebook::ClaimLine;
use hedgerow_codebook::claim::Kind;

use super::page;
use crate::shell::{root, say};

#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    right: u32,
    missed: u32,
    wrong: u32,
}

/// Counts, prints and writes the table.
pub(crate) fn run() -> anyhow::Result<bool> {
    let mut types: BTreeMap<(String, String), Counts> = BTreeMap::new();
    let mut articles = 0;
    let mut confusion = Confusion::new();
    for entry in fs::read_dir(root().join("corpus")).context("corpus")? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "claims") {
            articles += 1;
            let text = fs::read_to_string(&path)?;
            count(&text, &mut types).with_context(|| path.display().to_string())?;
            confuse(&text, &mut confusion).with_context(|| path.display().to_string())?;
        }
    }
    let table = table(articles, &types)?;
    say(&table);
    page::put("articles", &table)?;
    super::reliability::run()?;
    fs::write(root().join("crates/measure/data/confusion.tsv"), matrix(&confusion))?;
    Ok(true)
}

/// The claims of a file with their marks: `~` missed, `x` wrong, nothing right.
pub(super) fn claims(text: &str) -> anyhow::Result<Vec<(&str, ClaimLine)>> {
    let is_claim =
        |line: &&str| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with(' ');
    text.lines()
        .filter(is_claim)
        .map(|line| {
            let (mark, rest) = match line.split_once("> ") {
                Some((mark @ ("~" | "x"), rest)) => (mark, rest),
                _ => ("", line),
            };
            Ok((mark, rest.parse().map_err(|error| anyhow!("{rest}: {error}"))?))
        })
        .collect()
}

/// Adds the marks of one file.
fn count(text: &str, types: &mut BTreeMap<(String, String), Counts>) -> anyhow::Result<()> {
    for (mark, claim) in claims(text)? {
        let kind = format!("{:?}", claim.kind).to_lowercase();
        let type_ = if claim.kind == Kind::Stance { String::new() } else { claim.type_.clone() };
        let counts = types.entry((kind, type_)).or_default();
        match mark {
            "~" => counts.missed += 1,
            "x" => counts.wrong += 1,
            _ => counts.right += 1,
        }
    }
    Ok(())
}

/// How many claims coded as one type are another in truth; `-` is nothing.
type Confusion = BTreeMap<(String, String), u32>;

/// Adds what the wrong claims of one file are in truth: a claim that was wanted of the same parties and type, else of the same
/// parties, else nothing. Each wanted claim answers for one.
fn confuse(text: &str, confusion: &mut Confusion) -> anyhow::Result<()> {
    let (mut wanted, mut wrong) = (Vec::new(), Vec::new());
    for (mark, claim) in claims(text)? {
        match mark {
            "~" => wanted.push(claim),
            "x" => wrong.push(claim),
            _ => *confusion.entry((code(&claim), code(&claim))).or_default() += 1,
        }
    }
    for same_type in [true, false] {
        wrong.retain(|claim| {
            let fits = |it: &ClaimLine| {
                parties(it) == parties(claim) && (code(it) == code(claim)) == same_type
            };
            let Some(at) = wanted.iter().position(fits) else { return true };
            *confusion.entry((code(claim), code(&wanted.remove(at)))).or_default() += 1;
            false
        });
    }
    for claim in wrong {
        *confusion.entry((code(&claim), "-".to_owned())).or_default() += 1;
    }
    Ok(())
}

/// Event type, or kind and type.
pub(super) fn code(claim: &ClaimLine) -> String {
    match claim.kind {
        Kind::Event => claim.type_.clone(),
        Kind::Stance => "stance".to_owned(),
        kind => format!("{}.{}", kind.as_str(), claim.type_),
    }
}

/// Who is in it, on whichever side.
pub(super) fn parties(claim: &ClaimLine) -> BTreeSet<&str> {
    claim.actors.iter().chain(&claim.recipients).map(|(code, _)| code.as_str()).collect()
}

/// The matrix as a table, for the measures, which let the coder be wrong as often as it is.
fn matrix(confusion: &Confusion) -> String {
    let mut out = String::from(
        "# Claims of the coder on the articles in corpus/ by what they are in truth. Written by `cargo xtask score articles`.\n\
         coded\ttruth\tclaims\n",
    );
    for ((coded, truth), n) in confusion {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{coded}\t{truth}\t{n}");
    }
    out
}

fn table(articles: usize, types: &BTreeMap<(String, String), Counts>) -> anyhow::Result<String> {
    let mut out = String::from(
        "| kind | type | wanted | right | wrong | precision | recall |\n|---|---|---|---|---|---|---|\n",
    );
    let mut all = Counts::default();
    for ((kind, type_), counts) in types {
        row(&mut out, kind, type_, *counts)?;
        all.right += counts.right;
        all.missed += counts.missed;
        all.wrong += counts.wrong;
    }
    row(&mut out, "all", "", all)?;
    write!(
        out,
        "\n{articles} articles. A claim is right where its whole line is: parties with roles, type and mode, sum, date and mood. \
         In brackets the 95 % interval (Wilson)."
    )?;
    Ok(out)
}

fn row(out: &mut String, kind: &str, type_: &str, counts: Counts) -> anyhow::Result<()> {
    let Counts { right, missed, wrong } = counts;
    writeln!(
        out,
        "| {kind} | {type_} | {} | {right} | {wrong} | {} | {} |",
        right + missed,
        share(right, right + wrong),
        share(right, right + missed)
    )?;
    Ok(())
}

/// `67.0 (55.1 to 77.2)`: a share in percent with its interval.
fn share(part: u32, whole: u32) -> String {
    const Z: f64 = 1.96;
    if whole == 0 {
        return "–".to_owned();
    }
    let (n, p) = (f64::from(whole), f64::from(part) / f64::from(whole));
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let reach = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    format!("{:.1} ({:.1} to {:.1})", 100.0 * p, 100.0 * (middle - reach), 100.0 * (middle + reach))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted_by_type() {
        let text = "JPN -> VNM  flow.aid  USD 1e6\n  | a\n~> CHN = VNM  tie.dispute\n  | b\nx> JPN -> VNM  flow.aid\n# no claim\n";
        let mut types = BTreeMap::new();
        count(text, &mut types).unwrap();
        let aid = types[&("flow".to_owned(), "aid".to_owned())];
        assert_eq!((aid.right, aid.missed, aid.wrong), (1, 0, 1));
        assert_eq!(share(67, 100), "67.0 (57.3 to 75.4)");
    }
}
