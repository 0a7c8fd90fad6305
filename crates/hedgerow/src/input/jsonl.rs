//! Documents as JSON lines: `{id, text, published, title, outlet, url}`, all but `text` optional.

use std::io::{BufRead, Read};

use hedgerow_ledger::sha256_hex;
use hedgerow_text::{Document, Meta, Published};
use serde::Deserialize;

use super::{Input, bytes};
use crate::trouble::Refusal;

/// Reads a file of JSON lines; a broken line is refused, and the next one is read.
pub(crate) struct Lines {
    name: String,
    stem: String,
    from: Box<dyn BufRead>,
    number: usize,
    given: usize,
    ended: bool,
}

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: Option<Id>,
    text: String,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

/// Ids are text; numbers are taken as such.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

impl Lines {
    pub(super) fn new(name: String, stem: String, from: Box<dyn BufRead>) -> Self {
        Self { name, stem, from, number: 0, given: 0, ended: false }
    }

    /// The next line; `None` at the end. A line that is too long is passed over without being kept in memory.
    fn line(&mut self) -> Option<Result<Vec<u8>, Refusal>> {
        // A text may be escaped: \u00e9 takes six bytes for two.
        let most = Document::MAX_BYTES as u64 * 2;
        let mut line = Vec::new();
        self.number += 1;
        match self.from.by_ref().take(most).read_until(b'\n', &mut line) {
            Ok(0) => return None,
            Ok(n) if n as u64 == most && line.last() != Some(&b'\n') => {
                let skipped = skip_line(&mut *self.from);
                self.ended = skipped.is_err();
                return Some(Err(bytes::too_long(&self.place())));
            }
            Ok(_) => {}
            Err(error) => {
                self.ended = true;
                let wrong = format!("cannot be read further ({error})");
                return Some(Err(Refusal::new(self.place(), wrong, "check the file and its disk")));
            }
        }
        while line.last().is_some_and(u8::is_ascii_whitespace) {
            line.pop();
        }
        Some(Ok(line))
    }

    fn place(&self) -> String {
        format!("{}:{}", self.name, self.number)
    }

    fn input(&self, line: &[u8]) -> Result<Input, Refusal> {
        let place = self.place();
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        let record: Record = serde_json::from_slice(line).map_err(|error| {
            Refusal::new(
                &place,
                format!("is no document ({})", plain(&error)),
                "write one JSON object a line, with \"text\" in it",
            )
        })?;
        let published = record.published.filter(|it| !it.trim().is_empty());
        let published = published.map(|it| {
            it.parse::<Published>().map_err(|_| {
                Refusal::new(&place, format!("`published: {it}` is no date"), "write YYYY-MM-DD")
            })
        });
        let text = bytes::text(&place, record.text.into_bytes())?;
        let some = |text: Option<String>| text.filter(|it| !it.trim().is_empty());
        let meta = Meta {
            title: some(record.title),
            outlet: some(record.outlet),
            url: some(record.url),
            ..Meta::default()
        };
        let meta = match published.transpose()? {
            Some(when) => meta.published(when),
            None => meta,
        };
        let id = record.id.map(|id| match id {
            Id::Text(text) => text,
            Id::Number(number) => number.to_string(),
        });
        let stem = id.filter(|it| !it.trim().is_empty());
        let stem = stem.unwrap_or_else(|| format!("{}-{}", self.stem, self.number));
        let path = format!("{}#{stem}", self.name);
        Ok(Input { stem, path, sha256: sha256_hex(line), text, meta })
    }
}

impl Iterator for Lines {
    type Item = Result<Input, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.line() {
                None => {
                    self.ended = true;
                    if self.given == 0 {
                        let remedy = "give a file with one JSON object a line";
                        return Some(Err(Refusal::new(&self.name, "is empty", remedy)));
                    }
                }
                Some(Ok(line)) if line.is_empty() => {}
                Some(line) => {
                    self.given += 1;
                    return Some(line.and_then(|line| self.input(&line)));
                }
            }
        }
        None
    }
}

fn skip_line(from: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let here = from.fill_buf()?;
        if here.is_empty() {
            return Ok(());
        }
        if let Some(at) = here.iter().position(|&b| b == b'\n') {
            from.consume(at + 1);
            return Ok(());
        }
        let n = here.len();
        from.consume(n);
    }
}

/// What is wrong with a line, without the line number that the reader of one line cannot know.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ")
        .next()
        .map_or(text.clone(), |it| format!("{it}, column {}", error.column()))
}
