//! What is read, what is kept of it, and that nothing hostile gets through.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests")]

mod archives;
mod chance;
mod files;
mod hostile;
mod mutate;
mod online;
mod pages;
mod server;

use std::path::{Path, PathBuf};

use hedgerow_ingest::{Input, Reader, Refusal, find};

/// A file of `tests/data`.
fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// All that is in a file.
fn read(path: &Path) -> Vec<Result<Input, Refusal>> {
    let (found, refused, _) = find(&[path.to_owned()]);
    assert!(refused.is_empty(), "{refused:?}");
    Reader::new(found, None).collect()
}

/// The one document of a file.
#[track_caller]
fn one(path: &Path) -> Input {
    let mut all = read(path);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).unwrap()
}

/// The one refusal of a file with that content.
#[track_caller]
fn refused(name: &str, content: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let mut all = read(&path);
    assert_eq!(all.len(), 1, "{all:?}");
    let text = all.remove(0).unwrap_err().to_string();
    text.replace(&format!("{}/", folder.path().display()), "")
}

/// Headline, outlet, day and address.
fn meta(input: &Input) -> [String; 4] {
    let meta = &input.meta;
    let day = meta.published.map(|it| it.to_string());
    [meta.title.clone(), meta.outlet.clone(), day, meta.url.clone()].map(Option::unwrap_or_default)
}
