//! From the paths of the command line to files, in a fixed order.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::kind::{Kind, READ};
use crate::{Refusal, shown};

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is; `-` is standard input, and what begins with `http` an address.
    pub path: PathBuf,
    /// What its name says it is.
    pub kind: Kind,
}

/// The files that `paths` stand for, refusals, and remarks on what was passed over.
pub fn find(paths: &[PathBuf]) -> (Vec<Found>, Vec<Refusal>, Vec<String>) {
    let (mut found, mut refused, mut remarks) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Found { path: path.clone(), kind: Kind::Stdin });
        } else if is_address(path) {
            found.push(Found { path: path.clone(), kind: Kind::Address });
        } else if path.is_dir() {
            let before = found.len();
            let mut passed = BTreeMap::new();
            walk(path, &mut found, &mut refused, &mut passed);
            if found.len() == before {
                refused.push(Refusal::new(
                    shown(path),
                    "no article in this folder",
                    format!("{READ}; give another folder or single files"),
                ));
            }
            remarks.extend(passed.into_iter().map(|(name, n)| {
                format!(
                    "{}: passed over {n} of a kind that is not read ({name}); {READ}",
                    shown(path)
                )
            }));
        } else {
            found.push(Found { path: path.clone(), kind: Kind::of(path) });
        }
    }
    (found, refused, remarks)
}

/// Everything readable below `folder`, in order of name. Hidden entries, links to folders, README and LICENSE files
/// are passed over.
fn walk(
    folder: &Path,
    found: &mut Vec<Found>,
    refused: &mut Vec<Refusal>,
    passed: &mut BTreeMap<&'static str, usize>,
) {
    let entries = fs::read_dir(folder).and_then(|dir| {
        dir.map(|entry| entry.and_then(|it| Ok((it.path(), it.file_type()?)))).collect()
    });
    let mut entries: Vec<(PathBuf, fs::FileType)> = match entries {
        Ok(entries) => entries,
        Err(error) => {
            refused.push(Refusal::new(
                shown(folder),
                format!("this folder cannot be read ({error})"),
                "check who may read it",
            ));
            return;
        }
    };
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, kind_of) in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if name.starts_with('.') {
            continue;
        }
        if kind_of.is_dir() {
            walk(&path, found, refused, passed);
            continue;
        }
        let about = name.starts_with("readme") || name.starts_with("license");
        if about || path.is_dir() {
            continue;
        }
        match Kind::of(&path) {
            Kind::Other(format) => {
                if matches!(format, "Word" | "EPUB" | "MHTML") {
                    *passed.entry(format).or_default() += 1;
                }
            }
            kind if is_read(&name, kind) => found.push(Found { path, kind }),
            _ => {}
        }
    }
}

/// Whether a walk takes a file of that name. Tables, Parquet, XML and JSON are read where they are named: most hold no stories.
fn is_read(name: &str, kind: Kind) -> bool {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    match kind {
        Kind::Text => [".txt", ".md"].into_iter().any(|ending| name.ends_with(ending)),
        Kind::Feed => [".rss", ".atom"].into_iter().any(|ending| name.ends_with(ending)),
        Kind::Table | Kind::Parquet => false,
        _ => true,
    }
}

/// Whether an argument is an address, not a file.
fn is_address(path: &Path) -> bool {
    path.to_str().is_some_and(|it| it.starts_with("https://") || it.starts_with("http://"))
}
