//! One document after the other, from everything that was found.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::vec;

use hedgerow_text::{Meta, Published};

use crate::fetch::Client;
use crate::{Documents, Found, Input, Kind, Refusal, Sites, fetch, open};

/// What reading depends on besides the bytes.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Rules for sites.
    pub sites: Arc<Sites>,
    /// This program, which reads PDFs in a process of its own; without it they are refused.
    pub program: Option<PathBuf>,
    /// Counts the bytes of files as they are read, packed as they are: how far a run has come.
    pub read: Arc<AtomicU64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { sites: Arc::new(Sites::embedded()), program: None, read: Arc::default() }
    }
}

/// Reads one found file after the other; what cannot be read comes as a refusal in its place.
#[allow(missing_debug_implementations, reason = "what is being read has no form to print")]
pub struct Reader {
    files: vec::IntoIter<Found>,
    now: Option<Documents>,
    given: Meta,
    settings: Settings,
    client: Option<Client>,
    /// Number of files begun.
    pub begun: usize,
}

impl Reader {
    /// A reader of `files`; `published` holds for texts that do not state their own day.
    pub fn new(files: Vec<Found>, published: Option<Published>) -> Self {
        let given = Meta::default();
        let given = match published {
            Some(when) => given.published(when),
            None => given,
        };
        Self {
            files: files.into_iter(),
            now: None,
            given,
            settings: Settings::default(),
            client: None,
            begun: 0,
        }
    }

    /// Reads with those settings instead of the usual ones.
    #[must_use]
    pub fn with(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// Reads addresses as well, through `client`.
    #[must_use]
    pub fn online(self, client: Client) -> Self {
        Self { client: Some(client), ..self }
    }

    fn open(&mut self, found: &Found) -> Result<Documents, Refusal> {
        if found.kind != Kind::Address {
            return open::open(found, &self.settings);
        }
        let address = found.path.to_string_lossy();
        match &mut self.client {
            Some(client) => fetch::documents(&address, client, &self.settings),
            None => Err(Refusal::new(
                address,
                "is an address, and this command reads files only",
                "fetch and keep it with `hedgerow add`",
            )),
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Input, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.now.as_mut().and_then(Iterator::next) {
                let given = self.given.clone();
                return Some(item.map(|it| Input { meta: it.meta.or(given), ..it }));
            }
            self.now = None;
            let found = self.files.next()?;
            self.begun += 1;
            match self.open(&found) {
                Ok(documents) => self.now = Some(documents),
                Err(refusal) => return Some(Err(refusal)),
            }
        }
    }
}
