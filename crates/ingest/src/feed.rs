//! Feeds: RSS, Atom and JSON feed. Each entry is a document, with as much text as the feed gives.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use feed_rs::model::{Entry as Raw, Text};
use feed_rs::parser::Builder;
use hedgerow_ledger::sha256_hex;
use hedgerow_text::{Meta, Published};
use jiff::civil::Date;

use crate::open::Place;
use crate::{Documents, Input, Refusal, date, deadline, html, warc};

/// Written to what was taken out of feeds.
const EXTRACTOR: &str = "feed.v1 (feed-rs 3.0)";
const LIMIT: Duration = Duration::from_secs(20);

/// An entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The id that the feed gives it.
    pub(crate) id: String,
    /// When it was last changed, as the feed says; nothing where it does not.
    pub(crate) changed: String,
    /// Headline, outlet, day, address.
    pub(crate) meta: Meta,
    /// What the feed gives of its text.
    pub(crate) content: String,
    /// Whether that is HTML.
    pub(crate) html: bool,
}

/// The entries of a feed; `url` is where it was found.
pub(crate) fn entries(received: Vec<u8>, url: Option<&str>) -> Result<Vec<Entry>, String> {
    let url = url.map(str::to_owned);
    let read = move || {
        // Days are kept as they are written: the day of the outlet's own time zone, at noon.
        let day = |text: &str| {
            let day = date::read(text)?.first;
            let day =
                NaiveDate::from_ymd_opt(day.year().into(), day.month() as u32, day.day() as u32)?;
            Some(day.and_time(NaiveTime::from_hms_opt(12, 0, 0)?).and_utc())
        };
        let parser = Builder::new().base_uri(url.as_deref()).timestamp_parser(day).build();
        let feed = parser.parse(&received[..]).map_err(|error| error.to_string())?;
        let outlet = feed.title.as_ref().and_then(line);
        Ok(feed.entries.into_iter().map(|it| entry(it, outlet.as_deref())).collect())
    };
    match deadline::run(LIMIT, read) {
        Ok(read) => read,
        Err(deadline::Overrun::TimedOut) => Err("given up after 20 seconds".to_owned()),
        Err(deadline::Overrun::Panicked) => Err("the library that reads feeds failed".to_owned()),
    }
}

fn entry(raw: Raw, outlet: Option<&str>) -> Entry {
    let link = raw
        .links
        .iter()
        .find(|it| it.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .map(|it| it.href.trim().to_owned())
        .filter(|it| it.starts_with("http://") || it.starts_with("https://"));
    let body = raw.content.and_then(|it| it.body).filter(|text| !text.trim().is_empty());
    let content = body.or(raw.summary.map(|it| it.content)).unwrap_or_default();
    // Feeds are careless in saying which they give.
    let html = has_markup(&content);
    let meta = Meta {
        title: raw.title.as_ref().and_then(line),
        outlet: outlet.map(str::to_owned),
        url: link,
        ..Meta::default()
    };
    let meta = match raw.published.or(raw.updated).and_then(published) {
        Some(when) => meta.published(when),
        None => meta,
    };
    let changed = raw.updated.map(|it| it.to_rfc3339()).unwrap_or_default();
    Entry { id: raw.id, changed, meta, content, html }
}

/// Whether a text has tags or entities in it.
fn has_markup(text: &str) -> bool {
    let follows = |mark: char, is: fn(char) -> bool| {
        text.match_indices(mark).any(|(at, _)| text[at + 1..].starts_with(is))
    };
    follows('<', |c| c.is_ascii_alphabetic() || c == '/' || c == '!')
        || follows('&', |c| c.is_ascii_alphabetic() || c == '#')
}

/// A title in one line; titles may be HTML.
fn line(text: &Text) -> Option<String> {
    if !has_markup(&text.content) {
        return html::plain(&text.content);
    }
    html::plain(&html::fragment(text.content.clone()).ok()?)
}

fn published(at: DateTime<Utc>) -> Option<Published> {
    use chrono::Datelike;
    let day = Date::new(i16::try_from(at.year()).ok()?, at.month() as i8, at.day() as i8).ok()?;
    Some(Published { first: day, last: day })
}

/// The documents of a feed that was read from a file.
pub(crate) fn documents(place: &Place, received: Vec<u8>) -> Result<Documents, Refusal> {
    let remedy = "give RSS, Atom or JSON feed";
    let entries = entries(received, place.url.as_deref())
        .map_err(|why| place.refuse(format!("is no feed that can be read ({why})"), remedy))?;
    if entries.is_empty() {
        return Err(place.refuse("has no entries", remedy));
    }
    let place = place.clone();
    Ok(Box::new(entries.into_iter().map(move |it| document(&place, it))))
}

/// The document that an entry is, with what text the feed gives.
pub(crate) fn document(place: &Place, entry: Entry) -> Result<Input, Refusal> {
    let called = entry.meta.url.clone().unwrap_or_else(|| entry.id.clone());
    let at = Place { name: format!("{}, entry {called}", place.name), ..place.clone() };
    let title = entry.meta.title.as_deref().unwrap_or_default();
    let received = [entry.id.as_str(), title, &entry.content].join("\u{1F}");
    let body = if entry.html {
        html::fragment(entry.content).map_err(|(wrong, remedy)| at.refuse(wrong, remedy))?
    } else {
        entry.content
    };
    if body.trim().is_empty() && title.is_empty() {
        return Err(at.refuse("has no text", "fetch the page itself: hedgerow watch"));
    }
    Ok(Input {
        stem: warc::stem(&called),
        path: format!("{}#{}", place.path, entry.id),
        sha256: sha256_hex(received.as_bytes()),
        bytes: Some(received.into_bytes()),
        text: html::with_title(entry.meta.title.as_deref(), body.trim()),
        meta: entry.meta,
        extractor: Some(EXTRACTOR),
        remarks: Vec::new(),
    })
}
