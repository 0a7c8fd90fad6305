//! Which crate may know which: the picture in `ARCHITECTURE.md`, as a table.

use serde_json::Value;

/// What each crate may depend on. A new edge is a decision: it is made here, in a commit that says why.
const EDGES: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model-en", &[]),
    ("parse", &["text", "model-en"]),
    ("codebook", &["text"]),
    ("coder", &["text", "parse", "codebook"]),
    ("ledger", &["text", "codebook"]),
    ("ingest", &["text", "coder", "ledger"]),
    ("measure", &["codebook"]),
    ("data", &["ledger", "measure", "codebook"]),
    ("archive", &["ledger", "codebook", "measure"]),
    ("people", &[]),
    ("web", &["ledger", "measure", "codebook", "text", "ingest", "people"]),
    ("train", &["text", "parse", "model-en"]),
];

/// Edges that are not in the table. The command line may know all; what only tests need does not count.
pub(super) fn faults(ours: &[&Value]) -> Vec<String> {
    let mut faults = Vec::new();
    for package in ours {
        let name = package["name"].as_str().unwrap_or_default();
        let Some(short) = name.strip_prefix("hedgerow-") else { continue };
        let Some((_, allowed)) = EDGES.iter().find(|(crate_, _)| *crate_ == short) else {
            faults
                .push(format!("{name}: this crate is not in the table of xtask/src/tidy/edges.rs"));
            continue;
        };
        for dependency in super::list(&package["dependencies"]) {
            let to = dependency["name"].as_str().unwrap_or_default();
            let Some(to) = to.strip_prefix("hedgerow-") else { continue };
            if dependency["kind"].as_str() != Some("dev") && !allowed.contains(&to) {
                faults.push(format!("{name} -> hedgerow-{to}: this edge is not in the picture"));
            }
        }
    }
    faults
}
