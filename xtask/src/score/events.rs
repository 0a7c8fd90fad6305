//! `cargo xtask score events`: whole records (actor, recipient, type) of `hedgerow code` against the records of older
//! coders' test suites.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, anyhow};
use hedgerow_codebook::claim::{Actor, Modality, Role};
use hedgerow_codebook::crosswalk::Plover;
use hedgerow_codebook::{Claim, Codebook};
use serde_json::{Value, json};

use super::{bench_or_say, page, rows, write};
use crate::shell::{output, release, root, say};

/// Scores both sets; `args` go to the scorer. The table goes to `docs/scores.md` where no `args` are given.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<bool> {
    let Some((bench, python)) = bench_or_say() else { return Ok(true) };
    let hedgerow = release()?;
    let codebook = Codebook::embedded().map_err(|faults| anyhow!("{faults}"))?;
    let folder = tempfile::tempdir()?;
    let (texts, records) = (folder.path().join("texts.jsonl"), folder.path().join("records.jsonl"));
    let fiction = root().join("xtask/data/fiction");
    let mut table = String::from(
        "| set | sentences | records | precision | recall | F1 | type alone | pair alone |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for (name, file, over) in [
        ("newswire (PETR2 GSR)", "petr2_gsr.jsonl", None),
        ("unit records, fictional states laid over", "petrarch_unit.jsonl", Some(&fiction)),
    ] {
        let gold = bench.join(file);
        // Fiction has no dates: organisations that are newer than its years act in it.
        write(&texts, &texts_of(&rows(&gold)?, over.is_none()))?;
        let mut code = Command::new(&hedgerow);
        code.arg("code").arg(&texts).args(["--format", "jsonl"]);
        if let Some(over) = over {
            code.arg("--codebook").arg(over);
        }
        write(&records, &records_of(&claims(&mut code)?, &codebook))?;
        let score = scores(&python, &bench, &gold, &records, args)?;
        table += &line(name, &score);
    }
    table += "\nA record is right where type and both countries are. \n";
    say(&table);
    if args.is_empty() {
        page::put("events", &table)?;
    }
    Ok(true)
}

/// Every sentence once, as a document of its own.
fn texts_of(gold: &[Value], dated: bool) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let new = |row: &&Value| seen.insert(row["sent_id"].as_str().unwrap_or_default().to_owned());
    let text = |row: &Value| {
        let date = row["date"].as_str().unwrap_or_default();
        let date = match (date.get(..4), date.get(4..6), date.get(6..8)) {
            (Some(year), Some(month), Some(day)) if dated => json!(format!("{year}-{month}-{day}")),
            _ => Value::Null,
        };
        json!({"id": row["sent_id"], "text": row["text"], "published": date})
    };
    gold.iter().filter(new).map(text).collect()
}

/// What the program prints, also where it refused some of the texts.
fn claims(code: &mut Command) -> anyhow::Result<Vec<Claim>> {
    let done = code.output().context("the program cannot be started")?;
    let text = String::from_utf8(done.stdout).context("the program printed no UTF-8")?;
    say(String::from_utf8_lossy(&done.stderr).trim());
    text.lines().map(|line| serde_json::from_str(line).context("a claim cannot be read")).collect()
}

/// One record for each actor, recipient and direction of each claim that has a root type. Older coders know no symmetric
/// claims: what one does with another is his act, what is said of the two together is the act of both. Of meetings and visits
/// they note guest and host alike (CAMEO 042, 043). An appeal is no event of PLOVER, a demand is.
fn records_of(claims: &[Claim], codebook: &Codebook) -> Vec<Value> {
    let mut records = Vec::new();
    // What is called for is the caller's event, who has a claim of his own.
    let called_for = |claim: &&Claim| claim.modality == Modality::CalledFor;
    let theirs = |claim: &&Claim| !is_appeal(claim) && !is_alleged(claim, claims);
    for claim in claims.iter().filter(|claim| !called_for(claim) && theirs(claim)) {
        let Some(plover) = type_of(claim, codebook) else { continue };
        let both = plover == Plover::Consult
            && matches!(claim.mode.as_deref(), Some("visit" | "meet" | "multilateral" | "phone"));
        let actors = in_order(claim);
        let alone = claim.symmetric && !joined(claim, &actors);
        for actor in actors.iter().take(if alone { 1 } else { actors.len() }) {
            for recipient in claim.recipients.iter().filter(|r| r.code != actor.code) {
                let mut record = |from: &Actor, to: &Actor| {
                    records.push(json!({
                        "sent_id": claim.doc,
                        "plover": plover.as_str(),
                        "source_code": code(from),
                        "target_code": code(to),
                    }));
                };
                record(actor, recipient);
                if both {
                    record(recipient, actor);
                }
            }
        }
    }
    records
}

/// The root type of a claim as older coders read it. "Will supply" and "is about to supply" are to them as good as "supplies" (072); only who intends,
/// agrees or promises has an event of its own for that (03). A warrant is legal action (173), arms that are given and not sold
/// are military aid (072).
fn type_of(claim: &Claim, codebook: &Codebook) -> Option<Plover> {
    let future = |word: &str| matches!(word, "will" | "'ll" | "shall" | "won't");
    let plain = claim.evidence.text.split_whitespace().any(|word| future(&word.to_lowercase()))
        || claim.evidence.text.contains(" about to ")
        || claim.rule.starts_with("warrant.");
    let told = claim.modality == Modality::Planned && plain;
    let modality = if told { Modality::Actual } else { claim.modality };
    let given = claim.type_ == "arms" && claim.rule.starts_with("grant.");
    let type_ = if given { "aid" } else { &claim.type_ }.to_owned();
    codebook.projection.of_claim(&Claim { modality, type_, ..claim.clone() })
}

/// Whether a request is an appeal (CAMEO 02), which PLOVER has no type for: urging, asking, calling on.
fn is_appeal(claim: &Claim) -> bool {
    let demand = ["demand", "insist", "press", "order", "ultimatum"];
    let text = claim.evidence.text.to_lowercase();
    claim.type_ == "REQUEST"
        && claim.rule.starts_with("call.")
        && !demand.iter().any(|word| text.contains(word))
}

/// Whether an act rests on the word of one who accuses of it: older coders note the charge alone.
fn is_alleged(claim: &Claim, claims: &[Claim]) -> bool {
    claim.attributed_to.as_ref().is_some_and(|voice| {
        claims.iter().any(|charge| {
            charge.doc == claim.doc
                && charge.type_ == "ACCUSE"
                && charge.actors.iter().any(|a| a.code == voice.code)
                && charge.recipients.iter().all(|r| claim.actors.iter().any(|a| a.code == r.code))
        })
    })
}

/// The actors in the order in which the text names them.
fn in_order(claim: &Claim) -> Vec<&Actor> {
    let mut actors: Vec<&Actor> = claim.actors.iter().collect();
    if claim.symmetric {
        actors.sort_by_key(|actor| claim.evidence.text.find(&actor.name));
    }
    actors
}

/// Whether the parties stand side by side: "Chile and Peru signed", not "Chile signed a treaty with Peru".
fn joined(claim: &Claim, actors: &[&Actor]) -> bool {
    let [one, other, ..] = actors else { return false };
    let text = &claim.evidence.text;
    let between = text.split_once(&one.name).and_then(|(_, rest)| rest.split_once(&other.name));
    between.is_none_or(|(between, _)| matches!(between.trim(), "and" | "," | ", and" | "&" | "-"))
}

/// The code as older coders write it: country and role in one; IGO, NGO or IMG (armed groups) for what is no state's own, and
/// `---` for what they have no name for.
fn code(actor: &Actor) -> String {
    let country = match (actor.code.split_once(':'), actor.role) {
        (None, _) => actor.code.as_str(),
        (Some(("IGO", _)), _) => "IGO",
        (Some(("ORG", _)), Role::Reb) => "IMG",
        (Some(("ORG", _)), _) => "NGO",
        (Some(_), _) => "---",
    };
    let role = if actor.role == Role::Gov { "" } else { actor.role.as_str() };
    format!("{country}{role}")
}

fn scores(
    python: &Path,
    bench: &Path,
    gold: &Path,
    records: &Path,
    args: &[&str],
) -> anyhow::Result<Value> {
    let mut scorer = Command::new(python);
    scorer.arg(bench.join("score.py")).args([gold, records]).arg("--json").args(args);
    serde_json::from_str(&output(&mut scorer)?).context("the scorer printed no JSON")
}

fn line(name: &str, scores: &Value) -> String {
    let of = |level: &str, key: &str| {
        scores[format!("record:{level}")][key].as_f64().unwrap_or_default()
    };
    let percent = |level: &str, key: &str| format!("{:.1}", 100.0 * of(level, key));
    format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} |\n",
        of("FULL RECORD", "sentences"),
        of("FULL RECORD", "gold"),
        percent("FULL RECORD", "precision"),
        percent("FULL RECORD", "recall"),
        percent("FULL RECORD", "f1"),
        percent("event", "f1"),
        percent("actors only", "f1"),
    )
}
