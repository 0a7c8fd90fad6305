//! The project's own articles give the claims written beside them, evidence and voice included.
//!
//! In a `.claims` file a line without mark is given and right, `~>` is wanted and known to be missed, `x>` is given and
//! known to be wrong. `UPDATE_CLAIMS=1` sets the marks anew; what is wanted is never changed by it.

use std::path::{Path, PathBuf};

use hedgerow_codebook::{Claim, ClaimLine, Codebook};
use hedgerow_coder::Coder;
use hedgerow_parse::Model;
use hedgerow_text::{Document, Meta};

/// One entry of a `.claims` file.
struct Wanted {
    mark: &'static str,
    line: ClaimLine,
    evidence: String,
    /// Remarks and repetitions below it, kept as they stand.
    rest: Vec<String>,
}

fn read(text: &str) -> (Vec<String>, Vec<Wanted>) {
    let mut head = Vec::new();
    let mut entries: Vec<Wanted> = Vec::new();
    for line in text.lines() {
        let keep = |entries: &mut Vec<Wanted>, head: &mut Vec<String>| match entries.last_mut() {
            Some(entry) => entry.rest.push(line.to_owned()),
            None => head.push(line.to_owned()),
        };
        if line.trim().is_empty()
            || line.starts_with('#')
            || line.trim_start().starts_with("also |")
        {
            keep(&mut entries, &mut head);
        } else if let Some(evidence) = line.strip_prefix("  | ") {
            let entry = entries.last_mut().expect("evidence follows a claim");
            evidence.clone_into(&mut entry.evidence);
        } else {
            let mark = ["~> ", "x> "].into_iter().find(|m| line.starts_with(m)).unwrap_or("");
            let claim = line[mark.len()..].parse().unwrap_or_else(|e| panic!("{line}: {e}"));
            entries.push(Wanted { mark, line: claim, evidence: String::new(), rest: Vec::new() });
        }
    }
    (head, entries)
}

fn articles() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let files = std::fs::read_dir(folder)
        .expect("the corpus is there")
        .map(|e| e.expect("readable").path());
    let mut all: Vec<PathBuf> = files
        .filter(|p| p.with_extension("claims").exists() && p.extension().is_some_and(|e| e == "md"))
        .collect();
    all.sort();
    all
}

/// A claim answers an entry if the lines are equal and the stretches overlap.
fn answers(claim: &Claim, wanted: &Wanted) -> bool {
    let mut given = ClaimLine::from(claim).canonical();
    let mut line = wanted.line.clone().canonical();
    // The words of a topic are no part of the comparison.
    if claim.polarity.is_some() {
        given.label = None;
        line.label = None;
    }
    given == line
        && (claim.evidence.text.contains(&wanted.evidence)
            || wanted.evidence.contains(&claim.evidence.text)
            || shares(claim, wanted))
}

fn shares(claim: &Claim, wanted: &Wanted) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (a, b) = (words(&claim.evidence.text), words(&wanted.evidence));
    let common = a.iter().filter(|w| b.contains(w)).count();
    common * 2 >= a.len().min(b.len())
}

#[test]
fn articles_give_their_claims() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let model = Model::english().expect("the model is whole");
    let mut coder = Coder::new(&codebook, &model);
    let update = std::env::var_os("UPDATE_CLAIMS").is_some();
    let mut errors = Vec::new();
    let (mut right, mut missed, mut wrong) = (0, 0, 0);
    let all = articles();
    assert!(all.len() >= 12, "the corpus holds {} articles", all.len());
    for path in all {
        let text = std::fs::read_to_string(&path).expect("readable");
        let meta = Meta::from_front_matter(&text).expect("front matter");
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut given = coder.code(&Document::new(name.as_str(), text, meta)).claims;
        // The lists hold claims between states.
        given.retain(|claim| !claim.kind.is_alone());
        let list = path.with_extension("claims");
        let (head, mut entries) = read(&std::fs::read_to_string(&list).expect("readable"));
        let marks: Vec<&str> = entries.iter().map(|e| e.mark).collect();
        for entry in &mut entries {
            let found = given.iter().position(|claim| answers(claim, entry));
            let mark = match (found, entry.mark) {
                (Some(_), "x> ") => "x> ",
                (Some(_), _) => "",
                (None, "x> ") => "gone",
                (None, _) => "~> ",
            };
            if let Some(found) = found {
                given.remove(found);
            }
            entry.mark = mark;
        }
        for (entry, before) in entries.iter().zip(marks) {
            if entry.mark != before {
                errors.push(format!("{name}: {}  was `{before}`, is `{}`", entry.line, entry.mark));
            }
        }
        entries.retain(|entry| entry.mark != "gone");
        for claim in given {
            errors.push(format!(
                "{name}: {}  is given and not listed: {}",
                ClaimLine::from(&claim),
                claim.evidence.text
            ));
            let line = ClaimLine { also: 0, ..ClaimLine::from(&claim) };
            entries.push(Wanted {
                mark: "x> ",
                line,
                evidence: claim.evidence.text.replace('\n', " "),
                rest: Vec::new(),
            });
        }
        for entry in &entries {
            match entry.mark {
                "" => right += 1,
                "~> " => missed += 1,
                _ => wrong += 1,
            }
        }
        if update {
            let mut out: Vec<String> = head;
            for entry in entries {
                out.push(format!("{}{}", entry.mark, entry.line));
                out.push(format!("  | {}", entry.evidence));
                out.extend(entry.rest);
            }
            std::fs::write(&list, out.join("\n") + "\n").expect("writable");
        }
    }
    println!("corpus: {right} right, {missed} missed, {wrong} wrong");
    assert!(
        update || errors.is_empty(),
        "{}\nUPDATE_CLAIMS=1 sets the marks anew",
        errors.join("\n")
    );
}

#[test]
fn sparing_the_parser_loses_no_claim_of_the_articles() {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let model = Model::english().expect("the model is whole");
    let mut sparing = Coder::new(&codebook, &model);
    let mut reading_all = Coder::new(&codebook, &model).unsparing();
    let (mut all, mut lost) = (0, Vec::new());
    for path in articles() {
        let text = std::fs::read_to_string(&path).expect("readable");
        let meta = Meta::from_front_matter(&text).expect("front matter");
        let document = Document::new("d", text, meta);
        let given = sparing.code(&document).claims;
        let same = |claim: &Claim, other: &Claim| {
            ClaimLine::from(claim) == ClaimLine::from(other) && claim.evidence == other.evidence
        };
        for claim in reading_all.code(&document).claims {
            all += 1;
            if !given.iter().any(|other| same(&claim, other)) {
                lost.push(format!("{}: {}", path.display(), ClaimLine::from(&claim)));
            }
        }
    }
    assert!(lost.len() * 100 <= all, "{} of {all} are lost:\n{}", lost.len(), lost.join("\n"));
}
