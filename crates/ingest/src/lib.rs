//! Takes documents in: from files and folders, pages, feeds, mail, tables, archives and addresses.
//!
//! Whatever comes in, a [`Reader`] gives [`Input`]s, one document each, or a [`Refusal`] in its place that says what is wrong
//! and what to do. Heavy libraries end here: the rest of Hedgerow sees text and what is known of its publication. What is
//! read, what is kept and the limits are in `docs/ingest.md`.

mod bytes;
mod date;
mod deadline;
mod encoding;
mod feed;
pub mod fetch;
mod gzip;
mod html;
mod jsonl;
mod kind;
mod lines;
mod mail;
mod mbox;
mod open;
mod parquet;
pub mod pdf;
mod reader;
mod refusal;
mod table;
mod walk;
mod warc;
pub mod watch;

use std::path::Path;

use hedgerow_text::Meta;

pub use html::Sites;
pub use kind::Kind;
pub use reader::{Reader, Settings};
pub use refusal::Refusal;
pub use walk::{Found, find};

/// A document as received, before its id is settled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// The id it would like.
    pub stem: String,
    /// Where it was read from: a path, a place within a file (`crawl.warc#https://…`), or an address.
    pub path: String,
    /// SHA-256 of the bytes received: of the file, the line, the message, the page.
    pub sha256: String,
    /// These bytes, where they are not the text itself.
    pub bytes: Option<Vec<u8>>,
    /// The text: as received, or as it was taken out of a page, a message, a PDF.
    pub text: String,
    /// What is known of its publication.
    pub meta: Meta,
    /// What took the text out of the bytes, with its version; nothing where the text is the bytes.
    pub extractor: Option<&'static str>,
    /// What a person should look at.
    pub remarks: Vec<String>,
}

/// Documents, and refusals in the place of what could not be read.
pub type Documents = Box<dyn Iterator<Item = Result<Input, Refusal>>>;

/// How a path is shown and kept: with forward slashes, without `./` before it.
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}
