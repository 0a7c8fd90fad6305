//! From the paths of the command line to files, in a fixed order.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::shown;
use crate::trouble::Refusal;

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where it is; `-` is standard input.
    pub(crate) path: PathBuf,
    /// What its name says it is.
    pub(crate) kind: Kind,
}

/// What a file's name says of its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text or Markdown.
    Text,
    /// One JSON object a line.
    JsonLines,
    /// Standard input: its first character decides.
    Stdin,
    /// A format that is not read, by its common name.
    Other(&'static str),
}

/// What the formats that are read are called in messages.
pub(crate) const READ: &str = "text (.txt), Markdown (.md) and JSON lines (.jsonl) are read";

/// The files that `paths` stand for, refusals, and remarks on what was passed over.
pub(crate) fn find(paths: &[PathBuf]) -> (Vec<Found>, Vec<Refusal>, Vec<String>) {
    let (mut found, mut refused, mut remarks) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Found { path: path.clone(), kind: Kind::Stdin });
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
            found.push(Found { path: path.clone(), kind: kind(path) });
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
        match kind(&path) {
            Kind::Other(format) => {
                if matches!(format, "HTML" | "PDF" | "Word" | "WARC" | "Parquet" | "EPUB") {
                    *passed.entry(format).or_default() += 1;
                }
            }
            kind if is_read(&name) => found.push(Found { path, kind }),
            _ => {}
        }
    }
}

/// Whether a walk takes a file of that name.
fn is_read(name: &str) -> bool {
    [".txt", ".md", ".jsonl"].into_iter().any(|ending| name.ends_with(ending))
}

/// What the ending of a name says.
fn kind(path: &Path) -> Kind {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "jsonl" | "ndjson" => Kind::JsonLines,
        "html" | "htm" | "xhtml" | "mhtml" => Kind::Other("HTML"),
        "pdf" => Kind::Other("PDF"),
        "doc" | "docx" | "odt" | "rtf" => Kind::Other("Word"),
        "parquet" | "pq" => Kind::Other("Parquet"),
        "warc" | "arc" => Kind::Other("WARC"),
        "epub" => Kind::Other("EPUB"),
        "gz" | "zip" | "zst" | "xz" | "bz2" | "7z" | "tar" | "tgz" => Kind::Other("a packed file"),
        "xml" | "rss" | "atom" => Kind::Other("XML"),
        "csv" | "tsv" | "xlsx" | "xls" | "json" => Kind::Other("a table"),
        "sqlite" | "db" => Kind::Other("a database"),
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "mp3" | "mp4" => {
            Kind::Other("a picture or recording")
        }
        _ => Kind::Text,
    }
}
