//! Opening one file.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use hedgerow_ledger::sha256_hex;
use hedgerow_text::{Document, Meta};

use super::jsonl::Lines;
use super::walk::{Found, Kind, READ};
use super::{Input, bytes, shown};
use crate::trouble::Refusal;

/// What an opened file is.
pub(super) enum Opened {
    /// One text.
    Text(Box<dyn Read>),
    /// Many, one a line.
    Lines(Lines),
}

/// Opens a file as what its name says it is.
pub(super) fn open(found: &Found) -> Result<Opened, Refusal> {
    let name = shown(&found.path);
    match found.kind {
        Kind::Other(format) => Err(Refusal::new(
            name,
            format!("{format} is not read"),
            format!("{READ}; save the article as text"),
        )),
        Kind::Stdin => {
            let mut stdin: Box<dyn BufRead> = Box::new(BufReader::new(io::stdin()));
            let first =
                stdin.fill_buf().map(|it| it.iter().copied().find(|b| !b.is_ascii_whitespace()));
            match first {
                Err(error) => Err(unreadable("standard input", &error)),
                Ok(Some(b'{')) => {
                    Ok(Opened::Lines(Lines::new("stdin".into(), "stdin".into(), stdin)))
                }
                Ok(_) => Ok(Opened::Text(Box::new(stdin))),
            }
        }
        Kind::Text | Kind::JsonLines => {
            let file = File::open(&found.path).map_err(|error| unreadable(&name, &error))?;
            if found.kind == Kind::JsonLines {
                let lines = Box::new(BufReader::with_capacity(1 << 16, file));
                return Ok(Opened::Lines(Lines::new(name, stem(&found.path), lines)));
            }
            let long =
                fs::metadata(&found.path).is_ok_and(|it| it.len() > Document::MAX_BYTES as u64);
            if long { Err(bytes::too_long(&name)) } else { Ok(Opened::Text(Box::new(file))) }
        }
    }
}

/// Reads a text to its end, and the front matter in it.
pub(super) fn input(found: &Found, read: Box<dyn Read>) -> Result<Input, Refusal> {
    let stdin = found.kind == Kind::Stdin;
    let name = if stdin { "standard input".to_owned() } else { shown(&found.path) };
    let mut received = Vec::new();
    read.take(Document::MAX_BYTES as u64 + 1)
        .read_to_end(&mut received)
        .map_err(|error| unreadable(&name, &error))?;
    let sha256 = sha256_hex(&received);
    let text = bytes::text(&name, received)?;
    let meta = Meta::from_front_matter(&text).map_err(|error| {
        let message = error.to_string();
        let (wrong, remedy) = message.split_once("; ").unwrap_or((&message, "correct it"));
        Refusal::new(&name, wrong, remedy)
    })?;
    let (stem, path) =
        if stdin { ("stdin".to_owned(), "-".to_owned()) } else { (stem(&found.path), name) };
    Ok(Input { stem, path, sha256, text, meta })
}

/// The name of a file without folder and ending.
fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Why a file could not be read.
fn unreadable(name: &str, error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::NotFound => Refusal::new(name, "there is no such file", "check the path"),
        io::ErrorKind::PermissionDenied => {
            Refusal::new(name, "may not be read", "check its permissions")
        }
        _ => Refusal::new(name, format!("cannot be read ({error})"), "check the file and its disk"),
    }
}
