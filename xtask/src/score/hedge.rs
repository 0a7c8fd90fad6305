//! `cargo xtask score hedge`: what becomes of `hedge.v1` when claims are coded by the program instead of by hand. The same
//! questions are asked of both, and the leans of each domain and year compared.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::{gold, is_there, page, rows, write, write_articles};
use crate::shell::{output, release, root, say};

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
    say(&format!("{name}: {} questions", questions.len()));
    let (hand_file, coded_file) = (folder.join("hand.jsonl"), folder.join("coded.jsonl"));
    write(&hand_file, &with_documents(by_hand, &told))?;
    write(&coded_file, &with_documents(coded, &told))?;
    let mut pairs = Pairs::new();
    for [who, a, b] in &questions {
        let by_hand = leans(hedgerow, folder, &hand_file, who, a, b)?;
        let coded = leans(hedgerow, folder, &coded_file, who, a, b)?;
        for (key, lean) in by_hand {
            let domain = key.2.clone();
            pairs.entry(domain).or_default().push((lean, coded.get(&key).copied()));
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

/// Every state with two partners or more, and every two of them, in claims by hand.
fn questions(claims: &[Value]) -> BTreeSet<[String; 3]> {
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
    let mut questions = BTreeSet::new();
    for (who, partners) in &partners {
        for a in partners {
            for b in partners.iter().filter(|b| *b > a) {
                questions.insert([who.clone(), a.clone(), b.clone()]);
            }
        }
    }
    questions
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

/// Leans by year, series and domain.
fn leans(
    hedgerow: &Path,
    folder: &Path,
    claims: &Path,
    who: &str,
    a: &str,
    b: &str,
) -> anyhow::Result<BTreeMap<(String, String, String), f64>> {
    let mut command = Command::new(hedgerow);
    command.current_dir(folder).args(["hedge", who, "--rivals", &format!("{a},{b}"), "--claims"]);
    command.arg(claims).args(["--series", "--since", "1990", "--format", "jsonl"]);
    let mut leans = BTreeMap::new();
    for line in output(&mut command)?.lines() {
        let year: Value = serde_json::from_str(line)?;
        for series in ["delivered", "pledged"] {
            for domain in year[series]["domains"].as_array().into_iter().flatten() {
                let name = domain["domain"].as_str().unwrap_or_default().to_owned();
                if let Some(lean) = domain["lean"].as_f64() {
                    leans.insert((year["year"].to_string(), series.to_owned(), name), lean);
                }
            }
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
