//! Opening one file, whatever it is: unpacked, recognised, and given to the reader of its kind.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::iter;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hedgerow_ledger::sha256_hex;
use hedgerow_text::{Document, Meta};

use crate::gzip::{self, Unpacked};
use crate::kind::READ;
use crate::{
    Documents, Found, Input, Kind, Refusal, Settings, bytes, encoding, feed, html, jsonl, mail,
    mbox, parquet, pdf, shown, table, warc,
};

/// Where a document comes from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// What it is called in messages.
    pub(crate) name: String,
    /// What is kept as its path.
    pub(crate) path: String,
    /// The id it would like.
    pub(crate) stem: String,
    /// The address it was found at.
    pub(crate) url: Option<String>,
    /// The encoding that a server declared.
    pub(crate) charset: Option<String>,
}

impl Place {
    /// A refusal of what is there.
    pub(crate) fn refuse(&self, wrong: impl Into<String>, remedy: impl Into<String>) -> Refusal {
        Refusal::new(&self.name, wrong, remedy)
    }
}

/// The documents in a file or on standard input.
pub(crate) fn open(found: &Found, settings: &Settings) -> Result<Documents, Refusal> {
    if found.kind == Kind::Stdin {
        let place = Place {
            name: "standard input".to_owned(),
            path: "-".to_owned(),
            stem: "stdin".to_owned(),
            ..Place::default()
        };
        return documents(place, Kind::Stdin, Box::new(BufReader::new(io::stdin())), settings);
    }
    let name = shown(&found.path);
    let place = Place { path: name.clone(), stem: stem(&found.path), name, ..Place::default() };
    if let Kind::Other(format) = found.kind {
        return Err(unread(&place, format));
    }
    let file = File::open(&found.path).map_err(|error| unreadable(&place.name, &error))?;
    if found.kind == Kind::Parquet {
        return Ok(Box::new(parquet::Rows::open(place, file, settings)?));
    }
    let file = Metered { from: file, read: Arc::clone(&settings.read) };
    documents(place, found.kind, Box::new(BufReader::with_capacity(1 << 16, file)), settings)
}

/// A file whose bytes are counted.
struct Metered {
    from: File,
    read: Arc<AtomicU64>,
}

impl Read for Metered {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(to)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// The documents in `from`, which calls itself a `kind`.
pub(crate) fn documents(
    place: Place,
    kind: Kind,
    mut from: Box<dyn BufRead>,
    settings: &Settings,
) -> Result<Documents, Refusal> {
    let wrong = |error: &io::Error| unreadable(&place.name, error);
    let packed = from.fill_buf().map(gzip::is_packed).map_err(|it| wrong(&it))?;
    if packed {
        from = Box::new(BufReader::with_capacity(1 << 16, Unpacked::new(from)));
    }
    let head = from.fill_buf().map_err(|it| wrong(&it))?;
    let kind = match kind {
        Kind::Text | Kind::Stdin | Kind::Address => recognised(head, kind),
        // What a crawler's file is called does not make it one.
        kind => kind,
    };
    match kind {
        Kind::JsonLines => {
            let name = if place.path == "-" { "stdin".to_owned() } else { place.name };
            Ok(Box::new(jsonl::Lines::new(name, place.stem, from)))
        }
        Kind::Table => Ok(Box::new(table::Rows::open(place, from)?)),
        Kind::Mbox => Ok(Box::new(mbox::Messages::new(place, from))),
        Kind::Warc => Ok(Box::new(warc::Records::new(place, from, settings.clone()))),
        Kind::Feed => Ok(feed::documents(&place, whole(&place, from)?)?),
        Kind::Other(format) => Err(unread(&place, format)),
        Kind::Parquet => Err(place.refuse(
            "is Parquet, which is read from files only, not packed",
            "unpack it to a file, and name that",
        )),
        Kind::Html | Kind::Pdf | Kind::Mail | Kind::Text | Kind::Stdin | Kind::Address => {
            let read = whole(&place, from)?;
            Ok(Box::new(iter::once(one(place, kind, read, settings))))
        }
    }
}

/// The one document in `received`.
pub(crate) fn one(
    place: Place,
    kind: Kind,
    received: Vec<u8>,
    settings: &Settings,
) -> Result<Input, Refusal> {
    if received.is_empty() {
        return Err(bytes::empty(&place.name));
    }
    let input = Input {
        stem: place.stem.clone(),
        path: place.path.clone(),
        sha256: sha256_hex(&received),
        bytes: Some(received.clone()),
        ..Input::default()
    };
    match kind {
        Kind::Html => page(&place, &received, settings, input),
        Kind::Pdf => pdf::document(&place, received, settings.program.as_deref(), input),
        Kind::Mail => mail::document(&place, received, input),
        _ => {
            let (text, remark) = bytes::text(&place.name, received)?;
            let meta = Meta::from_front_matter(&text).map_err(|error| {
                let message = error.to_string();
                let (wrong, remedy) = message.split_once("; ").unwrap_or((&message, "correct it"));
                place.refuse(wrong, remedy)
            })?;
            let meta = meta.or(Meta { url: place.url, ..Meta::default() });
            let bytes = input.bytes.filter(|it| it != text.as_bytes());
            Ok(Input { bytes, text, meta, remarks: remark.into_iter().collect(), ..input })
        }
    }
}

fn page(
    place: &Place,
    received: &[u8],
    settings: &Settings,
    input: Input,
) -> Result<Input, Refusal> {
    let declared = place.charset.clone().or_else(|| encoding::declared(received));
    let (text, _) = encoding::decode(received, declared.as_deref());
    let page = html::extract(text, place.url.as_deref(), &settings.sites)
        .map_err(|(wrong, remedy)| place.refuse(wrong, remedy))?;
    Ok(Input {
        text: page.text,
        meta: page.meta,
        extractor: Some(html::EXTRACTOR),
        remarks: page.remark.into_iter().collect(),
        ..input
    })
}

/// What the first bytes say of what did not say itself.
fn recognised(head: &[u8], kind: Kind) -> Kind {
    if let Some(kind) = Kind::sniff(head) {
        return kind;
    }
    let object = head.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{');
    if kind == Kind::Text || !object {
        return Kind::Text;
    }
    let head = String::from_utf8_lossy(&head[..head.len().min(2048)]);
    if head.contains("jsonfeed.org/version") { Kind::Feed } else { Kind::JsonLines }
}

/// Reads to the end what is one document, or refuses it for its length.
fn whole(place: &Place, from: Box<dyn BufRead>) -> Result<Vec<u8>, Refusal> {
    let mut received = Vec::new();
    from.take(Document::MAX_BYTES as u64 + 1)
        .read_to_end(&mut received)
        .map_err(|error| unreadable(&place.name, &error))?;
    if received.len() > Document::MAX_BYTES {
        return Err(bytes::too_long(&place.name));
    }
    Ok(received)
}

fn unread(place: &Place, format: &str) -> Refusal {
    place.refuse(
        format!("is {format}, which is not read"),
        format!("{READ}; save the article as text"),
    )
}

/// The name of a file without folder and ending.
fn stem(path: &Path) -> String {
    let packed = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("gz"));
    let stem = path.file_stem().unwrap_or_default();
    let stem = if packed { Path::new(stem).file_stem().unwrap_or_default() } else { stem };
    stem.to_string_lossy().chars().filter(|c| !c.is_control()).take(200).collect()
}

/// Why a file could not be read.
pub(crate) fn unreadable(name: &str, error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::NotFound => Refusal::new(name, "there is no such file", "check the path"),
        io::ErrorKind::PermissionDenied => {
            Refusal::new(name, "may not be read", "check its permissions")
        }
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            let remedy = "check whether it is whole; unpack it yourself if you trust it";
            Refusal::new(name, format!("cannot be unpacked ({error})"), remedy)
        }
        _ => Refusal::new(name, format!("cannot be read ({error})"), "check the file and its disk"),
    }
}
