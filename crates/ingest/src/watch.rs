//! Following feeds: what is new in them, fetched once, with a memory that survives a stop at any moment.
//!
//! The memory is a small file beside the ledger. It is written after a document was kept, never before, so that what is
//! lost by a stop is only the knowledge that it was kept; the ledger finds that out by itself.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

use crate::fetch::{Answer, Client, Failure, Validators, read};
use crate::open::Place;
use crate::{Input, Refusal, Settings, feed};

/// A page that fails is tried so often; then the entry counts with the text that the feed gives.
const TRIES: u32 = 5;
/// A feed that fails is left alone for twice as long each time, up to this (seconds).
const MAX_PAUSE: i64 = 24 * 60 * 60;
/// Words from which the text in a feed is taken for an article.
const MIN_WORDS: usize = 40;

/// What is known of all feeds.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Memory {
    /// Version of this file's form.
    version: u32,
    feeds: BTreeMap<String, Known>,
}

/// What is known of one feed.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Known {
    #[serde(flatten)]
    validators: Validators,
    /// Not before this is it asked again (seconds since 1970).
    #[serde(default)]
    next: i64,
    /// How often in a row it failed.
    #[serde(default)]
    failures: u32,
    /// Its entries.
    #[serde(default)]
    entries: BTreeMap<String, Seen>,
}

/// What was done about one entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    /// When the feed said that it was changed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    changed: String,
    /// How often its page failed.
    #[serde(default)]
    tries: u32,
    /// Whether it needs no more attention.
    #[serde(default)]
    done: bool,
}

/// Follows feeds.
#[derive(Debug)]
pub struct Watch {
    file: PathBuf,
    memory: Memory,
    client: Client,
    settings: Settings,
    /// How long a feed is left alone after it was read (seconds).
    every: i64,
}

/// How a visit to a feed went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visit {
    /// Entries that were new or changed.
    pub new: usize,
    /// Entries whose page failed and is tried again at the next visit.
    pub waiting: usize,
    /// Whether the feed said that nothing had changed.
    pub unchanged: bool,
}

impl Watch {
    /// Goes on from what the memory in `file` says; begins anew where there is none.
    ///
    /// # Errors
    /// Where the file is there and cannot be read.
    pub fn open(
        file: &Path,
        client: Client,
        settings: Settings,
        every: i64,
    ) -> Result<Self, Refusal> {
        let refuse = |wrong: String| {
            let remedy = "delete it; feeds are then read anew, and the ledger keeps nothing twice";
            Refusal::new(file.display().to_string(), wrong, remedy)
        };
        let memory = match fs::read(file) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| refuse(format!("is no memory of `hedgerow watch` ({error})")))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Memory { version: 1, ..Memory::default() }
            }
            Err(error) => return Err(refuse(format!("cannot be read ({error})"))),
        };
        if memory.version != 1 {
            return Err(refuse(format!("is of version {}, which is not known", memory.version)));
        }
        Ok(Self { file: file.to_owned(), memory, client, settings, every })
    }

    /// When `feed` is due (seconds since 1970), and whether that is because it failed.
    pub fn due(&self, feed: &str) -> (i64, bool) {
        self.memory.feeds.get(feed).map_or((0, false), |it| (it.next, it.failures > 0))
    }

    /// Reads a feed and gives what is new in it to `keep`, one document or refusal at a time; `now` is the clock in seconds
    /// since 1970. What was kept is remembered at once.
    ///
    /// # Errors
    /// The error of `keep`, which ends the visit, or that of the file of the memory.
    pub fn visit<E: From<io::Error>>(
        &mut self,
        feed: &str,
        now: i64,
        mut keep: impl FnMut(Result<Input, Refusal>) -> Result<(), E>,
    ) -> Result<Visit, E> {
        let known = self.memory.feeds.entry(feed.to_owned()).or_default();
        let waits = known.entries.values().any(|it| !it.done);
        // An entry that waits for its page needs the feed itself, changed or not.
        let validators = if waits { Validators::default() } else { known.validators.clone() };
        let page = match self.client.get(feed, &validators) {
            Ok(Answer::Page(page)) => page,
            Ok(Answer::Unchanged) => {
                self.rest(feed, now, None);
                self.save()?;
                return Ok(Visit { unchanged: true, ..Visit::default() });
            }
            Err(failure) => {
                self.rest(feed, now, Some(&failure));
                self.save()?;
                keep(Err(Refusal::new(feed, failure.wrong, failure.remedy)))?;
                return Ok(Visit::default());
            }
        };
        let validators = page.validators.clone();
        let entries = match feed::entries(page.bytes, Some(&page.url)) {
            Ok(entries) => entries,
            Err(why) => {
                let wrong = format!("is no feed that can be read ({why})");
                let remedy = "give the address of RSS, Atom or JSON feed";
                self.rest(feed, now, Some(&Failure::unread()));
                self.save()?;
                keep(Err(Refusal::new(feed, wrong, remedy)))?;
                return Ok(Visit::default());
            }
        };
        let mut visit = Visit::default();
        let named: Vec<String> = entries.iter().map(|it| it.id.clone()).collect();
        for entry in entries {
            let seen = self.seen(feed, &entry.id);
            if seen.done && seen.changed == entry.changed {
                continue;
            }
            let tries = if seen.done { 0 } else { seen.tries };
            let (id, changed) = (entry.id.clone(), entry.changed.clone());
            let items = self.document(feed, entry, tries + 1 >= TRIES);
            let done = items.is_some();
            visit.new += usize::from(done);
            visit.waiting += usize::from(!done);
            for item in items.into_iter().flatten() {
                keep(item)?;
            }
            let known = self.memory.feeds.entry(feed.to_owned()).or_default();
            known
                .entries
                .insert(id, Seen { changed, tries: if done { 0 } else { tries + 1 }, done });
            self.save()?;
        }
        let known = self.memory.feeds.entry(feed.to_owned()).or_default();
        known.validators = validators;
        if !named.is_empty() {
            // What has left the feed does not come back.
            known.entries.retain(|id, _| named.contains(id));
        }
        self.rest(feed, now, None);
        self.save()?;
        Ok(visit)
    }

    fn seen(&self, feed: &str, id: &str) -> Seen {
        let known = self.memory.feeds.get(feed);
        known.and_then(|it| it.entries.get(id)).cloned().unwrap_or_default()
    }

    /// The page that an entry leads to, or the text in the feed where there is no page to be had; nothing where the page
    /// is to be tried again.
    fn document(
        &mut self,
        feed: &str,
        entry: feed::Entry,
        last: bool,
    ) -> Option<Vec<Result<Input, Refusal>>> {
        let place = Place { name: feed.to_owned(), path: feed.to_owned(), ..Place::default() };
        let Some(link) = entry.meta.url.clone() else {
            return Some(vec![feed::document(&place, entry)]);
        };
        let wrong = match self.client.get(&link, &Validators::default()) {
            Ok(Answer::Page(page)) => match read(&link, page, &self.settings) {
                Ok(documents) => {
                    let items: Vec<_> = documents.collect();
                    if items.iter().any(Result::is_ok) {
                        let told = |it: Input| Input { meta: it.meta.or(entry.meta.clone()), ..it };
                        return Some(items.into_iter().map(|it| it.map(told)).collect());
                    }
                    items
                        .into_iter()
                        .find_map(Result::err)
                        .unwrap_or_else(|| Refusal::new(&link, "is empty", "leave it"))
                }
                Err(refusal) => refusal,
            },
            Ok(Answer::Unchanged) => {
                Refusal::new(&link, "answers that it is unchanged", "try again")
            }
            Err(failure) if failure.passing && !last => return None,
            Err(failure) => Refusal::new(&link, failure.wrong, failure.remedy),
        };
        // No page; the feed may give the article itself.
        let enough = entry.content.split_whitespace().take(MIN_WORDS).count() == MIN_WORDS;
        match feed::document(&place, entry) {
            Ok(mut input) if enough => {
                input
                    .remarks
                    .push(format!("{link}: {}; the text in the feed was taken", wrong.wrong));
                Some(vec![Ok(input)])
            }
            _ => Some(vec![Err(wrong)]),
        }
    }

    /// Notes when `feed` is due next.
    fn rest(&mut self, feed: &str, now: i64, failure: Option<&Failure>) {
        let known = self.memory.feeds.entry(feed.to_owned()).or_default();
        let Some(failure) = failure else {
            known.failures = 0;
            known.next = now.saturating_add(self.every);
            return;
        };
        known.failures = known.failures.saturating_add(1);
        let pause = self.every.saturating_mul(1 << known.failures.min(16)).min(MAX_PAUSE);
        let asked = failure.after.map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(MAX_PAUSE));
        known.next = now.saturating_add(pause.max(asked.min(MAX_PAUSE)));
    }

    /// Writes the memory, whole or not at all.
    fn save(&self) -> io::Result<()> {
        let mut name = self.file.file_name().unwrap_or_default().to_os_string();
        name.push(".part");
        let part = self.file.with_file_name(name);
        let mut to = fs::File::create(&part)?;
        to.write_all(&serde_json::to_vec_pretty(&self.memory)?)?;
        to.sync_all()?;
        fs::rename(part, &self.file)
    }
}
