//! `cargo xtask tidy`: the shape of the project itself.

mod edges;
mod text;

use std::fs;

use serde_json::Value;

use crate::licence;
use crate::shell::{metadata, root, say};

/// Packages in the lock file must stay below this. A third of them are for other systems than the one at hand (Windows, browsers), which
/// the formats of `hedgerow-data` brought in: Parquet, Excel, zip. A hundred read pages, feeds, mail and PDF and fetch addresses; nothing but
/// `hedgerow-ingest` sees them. Archives brought Arrow and Zstandard (fifteen).
const MAX_PACKAGES: usize = 350;

/// All faults, one line each.
pub(crate) fn run() -> anyhow::Result<Vec<String>> {
    let metadata = metadata(&[])?;
    let packages = list(&metadata["packages"]);
    let members: Vec<&str> =
        list(&metadata["workspace_members"]).iter().filter_map(Value::as_str).collect();
    let is_ours = |package: &Value| package["id"].as_str().is_some_and(|id| members.contains(&id));
    let (ours, theirs): (Vec<&Value>, Vec<&Value>) = packages.iter().partition(|it| is_ours(it));

    let mut faults = edges::faults(&ours);
    faults.extend(theirs.iter().filter_map(|package| {
        let licence = package["license"].as_str().unwrap_or("");
        let name = package["name"].as_str().unwrap_or("?");
        (!licence::is_allowed(licence)).then(|| {
            format!("{name}: its licence `{licence}` is not on the list in xtask/src/licence.rs")
        })
    }));
    faults.extend(lock()?);
    faults.extend(text::faults()?);
    Ok(faults)
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn lock() -> anyhow::Result<Option<String>> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let n = lock.lines().filter(|line| *line == "[[package]]").count();
    say(&format!("{n} packages in Cargo.lock (limit {MAX_PACKAGES})"));
    Ok((n >= MAX_PACKAGES).then(|| {
        format!("Cargo.lock: {n} packages, {MAX_PACKAGES} are too many; drop one or say why")
    }))
}
