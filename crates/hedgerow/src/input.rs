//! Reading documents: which files, what is in them, and what cannot be read.

mod bytes;
mod file;
mod jsonl;
mod walk;

use std::path::Path;
use std::vec;

use hedgerow_text::Meta;
use jiff::civil::Date;

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
    published: Option<Date>,
    /// Number of files begun.
    pub(crate) begun: usize,
}

impl Reader {
    /// A reader of `files`; `published` holds for texts that do not state their own day.
    pub(crate) fn new(files: Vec<Found>, published: Option<Date>) -> Self {
        Self { files: files.into_iter(), lines: None, published, begun: 0 }
    }
}

impl Iterator for Reader {
    type Item = Result<Input, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let given = Meta { published: self.published, ..Meta::default() };
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

/// A day as people and machines write it: `2015-09-20`, or a time stamp that begins so.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let day = match text.as_bytes().get(10) {
        Some(b'T' | b' ') => &text[..10],
        _ => text,
    };
    let dashed = day.len() == 10 && day.as_bytes()[4] == b'-' && day.as_bytes()[7] == b'-';
    day.parse().ok().filter(|_| dashed).ok_or_else(|| {
        "not a day of the calendar; write YYYY-MM-DD, for example 2015-09-20".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_one_way() {
        assert_eq!(day("2015-09-20"), Ok(jiff::civil::date(2015, 9, 20)));
        assert_eq!(day("2015-09-20T10:14:00Z"), Ok(jiff::civil::date(2015, 9, 20)));
        for wrong in
            ["20 September 2015", "2015-02-30", "15-09-20", "20150920", "", "２０１５-09-20"]
        {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
