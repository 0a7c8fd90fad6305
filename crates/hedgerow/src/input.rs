//! Reading documents: which files, what is in them, and what cannot be read.

mod bytes;
mod file;
mod jsonl;
mod walk;

use std::path::Path;
use std::vec;

use hedgerow_text::{Meta, Published};

use crate::trouble::Refusal;

pub(crate) use walk::{Found, Kind, find};

/// A document as received, before its id is settled.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// The id it would like.
    pub(crate) stem: String,
    /// Where it was read from.
    pub(crate) path: String,
    /// SHA-256 of the bytes received.
    pub(crate) sha256: String,
    /// The text as received.
    pub(crate) text: String,
    /// What is known of its publication.
    pub(crate) meta: Meta,
}

/// Reads one found file after the other; what cannot be read comes as a refusal in its place.
pub(crate) struct Reader {
    files: vec::IntoIter<Found>,
    lines: Option<jsonl::Lines>,
    published: Option<Published>,
    /// Number of files begun.
    pub(crate) begun: usize,
}

impl Reader {
    /// A reader of `files`; `published` holds for texts that do not state their own day.
    pub(crate) fn new(files: Vec<Found>, published: Option<Published>) -> Self {
        Self { files: files.into_iter(), lines: None, published, begun: 0 }
    }
}

impl Iterator for Reader {
    type Item = Result<Input, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let given = Meta::default();
        let given = match self.published {
            Some(when) => given.published(when),
            None => given,
        };
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(item) => {
                        return Some(item.map(|mut input| {
                            input.meta = input.meta.or(given);
                            input
                        }));
                    }
                    None => self.lines = None,
                }
            }
            let found = self.files.next()?;
            self.begun += 1;
            match file::open(&found) {
                Err(refusal) => return Some(Err(refusal)),
                Ok(file::Opened::Lines(lines)) => self.lines = Some(lines),
                Ok(file::Opened::Text(read)) => {
                    return Some(file::input(&found, read).map(|mut input| {
                        input.meta = input.meta.or(given);
                        input
                    }));
                }
            }
        }
    }
}

/// How a path is shown and kept: with forward slashes, without `./` before it.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}
