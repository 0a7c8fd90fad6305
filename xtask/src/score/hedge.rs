//! `cargo xtask score hedge`: what becomes of `hedge.v1` when claims are coded by the program instead of by hand. The same
//! questions are asked of both, and the leans of each domain and year compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, anyhow};
use hedgerow_codebook::by_hand::added;
use hedgerow_codebook::claim::{Claim, Evidence};
use serde_json::{Value, json};

use super::{gold, is_there, page, rows, write, write_articles};
use crate::shell::{output, release, root, say};

/// The first year that is asked about.
const SINCE: i32 = 1990;

/// Leans by domain.
type Pairs = BTreeMap<String, Vec<(f64, Option<f64>)>>;

/// Compares, prints and writes the tables.
pub(crate) fn run() -> anyhow::Result<bool> {
    let hedgerow = release()?;
    let folder = tempfile::tempdir()?;
    let mut table = String::from(
        "| texts | domain | leans by hand | also from coded claims | same sign | rank correlation | mean absolute error |\n\
         |---|---|---|---|---|---|---|\n",
    );
    if is_there() {
        let articles = folder.path().join("articles.jsonl");
        write_articles(&gold(), &articles)?;
        let by_hand = rows(&gold().join("dev.claims.jsonl"))?;
        compare(&hedgerow, folder.path(), "annotated articles", &articles, by_hand, &mut table)?;
    } else {
        say("skipped: no annotated articles at ../shared/gold");
    }
    let articles = folder.path().join("corpus.jsonl");
    let by_hand = corpus(&articles)?;
    compare(&hedgerow, folder.path(), "own articles", &articles, by_hand, &mut table)?;
    let starter = root().join("starter");
    if starter.is_dir() {
        let documents = starter.join("documents.jsonl");
        let by_hand = rows(&starter.join("claims.jsonl"))?;
        compare(&hedgerow, folder.path(), "starter ledger", &documents, by_hand, &mut table)?;
    }
    say(&table);
    page::put("hedge", &table)?;
    Ok(true)
}

/// The articles of `corpus/`, written to `to`, and the claims that are wanted of them.
fn corpus(to: &Path) -> anyhow::Result<Vec<Value>> {
    let mut paths: Vec<_> = fs::read_dir(root().join("corpus"))?
        .map(|entry| entry.map(|it| it.path()))
        .collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|it| it == "claims"));
    paths.sort();
    let (mut documents, mut by_hand) = (Vec::new(), Vec::new());
    for path in paths {
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let article = fs::read_to_string(path.with_extension("md"))?;
        let parts = article.strip_prefix("---\n").and_then(|it| it.split_once("\n---\n"));
        let (head, text) = parts.with_context(|| format!("{id}: no front matter"))?;
        let field = |name: &str| {
            let line = head.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix(':'));
            line.map(|it| it.trim().trim_matches('"'))
        };
        documents.push(json!({"id": id, "text": text, "title": field("title"), "outlet": field("outlet"), "published": field("published")}));
        let wanted = fs::read_to_string(&path)?;
        let mut lines = wanted.lines().peekable();
        while let Some(line) = lines.next() {
            let claim = super::articles::claims(line)?.pop();
            let Some((_, line)) = claim.filter(|(mark, _)| *mark != "x") else { continue };
            // The words bear on the domain in which a claim counts.
            let text = lines.peek().and_then(|it| it.strip_prefix("  | ")).unwrap_or_default();
            let evidence = Evidence { start: 0, end: 0, bstart: 0, bend: 0, text: text.to_owned() };
            let claim =
                added(&id, &evidence, &line).map_err(|error| anyhow!("{id}: {line}: {error}"))?;
            let claim = Claim { id: format!("{id}-h{:03}", by_hand.len()), ..claim };
            by_hand.push(serde_json::to_value(claim)?);
        }
    }
    write(to, &documents)?;
    Ok(by_hand)
}

fn compare(
    hedgerow: &Path,
    folder: &Path,
    name: &str,
    documents: &Path,
    by_hand: Vec<Value>,
    table: &mut String,
) -> anyhow::Result<()> {
    let coded =
        output(Command::new(hedgerow).arg("code").arg(documents).args(["--format", "jsonl"]))?;
    let coded: Vec<Value> = coded.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let told: BTreeMap<String, Value> = rows(documents)?
        .into_iter()
        .filter_map(|it| Some((it["id"].as_str()?.to_owned(), it)))
        .collect();
    let questions = questions(&by_hand);
    let n: usize = questions.values().map(Vec::len).sum();
    say(&format!("{name}: {n} questions about {} states", questions.len()));
    let (hand_file, coded_file) = (folder.join("hand.jsonl"), folder.join("coded.jsonl"));
    write(&hand_file, &with_documents(by_hand, &told))?;
    write(&coded_file, &with_documents(coded, &told))?;
    let published = told.values().filter_map(|it| it["published"].as_str());
    let last = published.filter_map(|it| it.get(..4)?.parse().ok()).max().unwrap_or(SINCE);
    let mut pairs = Pairs::new();
    for (who, rivals) in &questions {
        let ask = |claims: &Path| leans(hedgerow, folder, claims, who, rivals, last);
        let (by_hand, coded) = (ask(&hand_file)?, ask(&coded_file)?);
        for (key, by_hand) in by_hand {
            let coded = coded.get(&key);
            let other = |year: i32| coded.and_then(|it| it.get(&year)).copied();
            let [.., domain] = key;
            let them = pairs.entry(domain).or_default();
            for (&year, &lean) in &by_hand {
                // A level that stands for twenty years is no twenty leans.
                let as_before =
                    by_hand.get(&(year - 1)) == Some(&lean) && other(year - 1) == other(year);
                if !as_before {
                    them.push((lean, other(year)));
                }
            }
        }
    }
    let all: Vec<(f64, Option<f64>)> = pairs.values().flatten().copied().collect();
    pairs.insert("all".to_owned(), all);
    for (domain, pairs) in &pairs {
        let both: Vec<(f64, f64)> = pairs.iter().filter_map(|(x, y)| Some((*x, (*y)?))).collect();
        let same = both.iter().filter(|(x, y)| sign(*x) == sign(*y)).count();
        let error = both.iter().map(|(x, y)| (x - y).abs()).sum::<f64>() / both.len() as f64;
        let figures = if both.is_empty() {
            "– | – | –".to_owned()
        } else {
            format!("{same} of {} | {} | {error:.3}", both.len(), spearman(&both))
        };
        writeln!(table, "| {name} | {domain} | {} | {} | {figures} |", pairs.len(), both.len())?;
    }
    Ok(())
}

/// For every state with two partners or more in claims by hand, every two of them.
fn questions(claims: &[Value]) -> BTreeMap<String, Vec<[String; 2]>> {
    let mut partners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for claim in claims {
        let codes = ["actors", "recipients"].into_iter().flat_map(|side| {
            claim[side].as_array().into_iter().flatten().filter_map(|it| it["code"].as_str())
        });
        let codes: BTreeSet<&str> = codes.filter(|it| it.len() == 3).collect();
        for who in &codes {
            let others = codes.iter().filter(|it| *it != who).map(|it| (*it).to_owned());
            partners.entry((*who).to_owned()).or_default().extend(others);
        }
    }
    let every_two = |them: BTreeSet<String>| -> Vec<[String; 2]> {
        let after = |a: &String| {
            them.range(a.clone()..).skip(1).map(|b| [a.clone(), b.clone()]).collect::<Vec<_>>()
        };
        them.iter().flat_map(after).collect()
    };
    let questions = partners.into_iter().map(|(who, them)| (who, every_two(them)));
    questions.filter(|(_, rivals)| !rivals.is_empty()).collect()
}

/// The claims with what is known of their documents.
fn with_documents(claims: Vec<Value>, told: &BTreeMap<String, Value>) -> Vec<Value> {
    claims
        .into_iter()
        .map(|mut claim| {
            let document = claim["doc"].as_str().and_then(|doc| told.get(doc));
            for key in ["title", "outlet", "published", "url"] {
                claim[key] = document.map_or(json!(null), |it| it[key].clone());
            }
            // What was published in a month or year is published on no day.
            if claim["published"].as_str().is_some_and(|it| it.len() != 10) {
                claim["published"] = json!(null);
            }
            claim
        })
        .collect()
}

/// First and second rival, series and domain.
type Key = [String; 4];

/// Leans of one state at the ends of years.
fn leans(
    hedgerow: &Path,
    folder: &Path,
    claims: &Path,
    who: &str,
    rivals: &[[String; 2]],
    last: i32,
) -> anyhow::Result<BTreeMap<Key, BTreeMap<i32, f64>>> {
    let mut command = Command::new(hedgerow);
    command.current_dir(folder).args(["hedge", who, "--format", "csv", "--series"]).arg("--claims");
    command.arg(claims).args(["--since", &SINCE.to_string(), "--at", &format!("{last}-12-31")]);
    for [a, b] in rivals {
        command.arg("--rivals").arg(format!("{a},{b}"));
    }
    let answer = output(&mut command)?;
    let mut lines = answer.lines();
    let names: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let column = |name: &str| {
        let at = names.iter().position(|it| *it == name);
        at.with_context(|| format!("hedgerow hedge --format csv has no column {name}"))
    };
    let key = [column("first")?, column("second")?, column("series")?, column("name")?];
    let (at, level, lean) = (column("at")?, column("level")?, column("lean")?);
    let mut leans: BTreeMap<Key, BTreeMap<i32, f64>> = BTreeMap::new();
    for line in lines {
        // No cell of a year has a comma in it.
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |n: usize| cells.get(n).copied().unwrap_or_default();
        if let ("domain", Ok(lean)) = (cell(level), cell(lean).parse()) {
            let year =
                cell(at).get(..4).and_then(|it| it.parse().ok()).context("a row without a year")?;
            leans.entry(key.map(|n| cell(n).to_owned())).or_default().insert(year, lean);
        }
    }
    Ok(leans)
}

/// -1, 0 or 1; nearly nothing is 0.
fn sign(value: f64) -> i8 {
    if value.abs() < 1e-9 { 0 } else { value.signum() as i8 }
}

/// Spearman's rank correlation; equal values share their rank.
fn spearman(pairs: &[(f64, f64)]) -> String {
    let ranks = |of: &dyn Fn(&(f64, f64)) -> f64| -> Vec<f64> {
        let values: Vec<f64> = pairs.iter().map(of).collect();
        let rank = |value: &f64| {
            let below = values.iter().filter(|it| *it < value).count() as f64;
            let equal = values.iter().filter(|it| (**it - value).abs() < 1e-12).count() as f64;
            below + f64::midpoint(equal, 1.0)
        };
        values.iter().map(rank).collect()
    };
    let (x, y) = (ranks(&|it| it.0), ranks(&|it| it.1));
    let n = x.len() as f64;
    let mean = f64::midpoint(n, 1.0);
    let product: f64 = x.iter().zip(&y).map(|(x, y)| (x - mean) * (y - mean)).sum();
    let spread = |of: &[f64]| of.iter().map(|it| (it - mean).powi(2)).sum::<f64>();
    let both = (spread(&x) * spread(&y)).sqrt();
    if both > 0.0 { format!("{:.2}", product / both) } else { "–".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::spearman;

    #[test]
    fn ranks_are_compared() {
        assert_eq!(spearman(&[(1.0, 10.0), (2.0, 20.0), (3.0, 15.0)]), "0.50");
        assert_eq!(spearman(&[(1.0, 1.0), (2.0, 1.0)]), "–");
    }
}
