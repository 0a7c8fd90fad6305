//! Documents as JSON lines: `{id, text, published, title, outlet, url}`, all but `text` optional.

use std::io::BufRead;

use hedgerow_ledger::sha256_hex;
use hedgerow_text::{Document, Meta, Published};
use serde::Deserialize;

use crate::lines::{Line, Lines as Raw};
use crate::{Input, Refusal, bytes};

/// Reads a file of JSON lines; a broken line is refused, and the next one is read.
pub(crate) struct Lines {
    name: String,
    stem: String,
    from: Raw,
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
    pub(crate) fn new(name: String, stem: String, from: Box<dyn BufRead>) -> Self {
        // A text may be escaped: \u00e9 takes six bytes for two.
        let from = Raw::new(from, Document::MAX_BYTES * 2);
        Self { name, stem, from, given: 0, ended: false }
    }

    /// The next line; `None` at the end.
    fn line(&mut self) -> Option<Result<Vec<u8>, Refusal>> {
        match self.from.next() {
            Ok(None) => None,
            Ok(Some(Line::TooLong)) => Some(Err(bytes::too_long(&self.place()))),
            Ok(Some(Line::Whole(mut line))) => {
                while line.last().is_some_and(u8::is_ascii_whitespace) {
                    line.pop();
                }
                Some(Ok(line))
            }
            Err(error) => {
                self.ended = true;
                let wrong = format!("cannot be read further ({error})");
                Some(Err(Refusal::new(self.place(), wrong, "check the file and its disk")))
            }
        }
    }

    fn place(&self) -> String {
        format!("{}:{}", self.name, self.from.number)
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
        let (text, _) = bytes::text(&place, record.text.into_bytes())?;
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
        let stem = stem.unwrap_or_else(|| format!("{}-{}", self.stem, self.from.number));
        let path = format!("{}#{stem}", self.name);
        let (sha256, bytes) = (sha256_hex(line), Some(line.to_vec()));
        Ok(Input { stem, path, sha256, bytes, text, meta, ..Input::default() })
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

/// What is wrong with a line, without the line number that the reader of one line cannot know.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ")
        .next()
        .map_or(text.clone(), |it| format!("{it}, column {}", error.column()))
}
