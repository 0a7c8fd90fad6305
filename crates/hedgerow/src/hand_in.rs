//! Reads and codes what people hand in through the web application, as `add` and `check` do with files.

use std::path::PathBuf;

use hedgerow_ingest::fetch::{Client, Manners};
use hedgerow_ingest::{Found, Kind, Settings};
use hedgerow_ledger::{Candidate, Error, sha256_hex};
use hedgerow_text::{Document, Meta};
use hedgerow_web::{Coded, Coding, Draft, From, Handed, Ids};

use crate::command::add;
use crate::engine::{Done, Engine, Task};
use crate::input::{Input, Reader, find};

/// How many documents are coded at once.
const AT_ONCE: usize = 16;

/// What is needed for it, loaded once.
#[derive(Debug)]
pub(crate) struct Hands {
    engine: Engine,
    settings: Settings,
}

impl Hands {
    pub(crate) fn new(engine: Engine, settings: Settings) -> Self {
        Self { engine, settings }
    }

    fn coded(&self, done: Done) -> Coded {
        let what = done.path.clone();
        match add::document(done, &self.engine) {
            Ok((new, _)) => Coded::Document(Box::new(new)),
            Err(refusal) => {
                Coded::Refused { what, why: format!("{}; {}", refusal.wrong, refusal.remedy) }
            }
        }
    }
}

impl Coding for Hands {
    fn code(
        &self,
        handed: &Handed,
        ids: Ids<'_>,
        each: &mut dyn FnMut(Coded) -> bool,
    ) -> Result<(), Error> {
        let (found, refused) = match &handed.from {
            From::File { at, .. } => {
                let (found, refused, _) = find(std::slice::from_ref(at));
                (found, refused)
            }
            From::Address(address) => {
                (vec![Found { path: PathBuf::from(address), kind: Kind::Address }], Vec::new())
            }
        };
        // What lies in the inbox is called as it was handed in.
        let (at, name) = match &handed.from {
            From::File { at, name } => (crate::input::shown(at), name.clone()),
            From::Address(address) => (address.clone(), address.clone()),
        };
        let told = |text: &str| text.replace(&at, &name);
        let refuse = |it: &hedgerow_ingest::Refusal| Coded::Refused {
            what: told(&it.what),
            why: told(&format!("{}; {}", it.wrong, it.remedy)),
        };
        for refusal in &refused {
            if !each(refuse(refusal)) {
                return Ok(());
            }
        }
        let mut reader = Reader::new(found, None)
            .with(self.settings.clone())
            .online(Client::new(Manners { robots: false, ..Manners::default() }));
        loop {
            let mut batch: Vec<Input> = Vec::new();
            let mut ended = false;
            while batch.len() < AT_ONCE {
                match reader.next() {
                    None => {
                        ended = true;
                        break;
                    }
                    Some(Err(refusal)) => {
                        if !each(refuse(&refusal)) {
                            return Ok(());
                        }
                    }
                    Some(Ok(input)) => batch.push(Input {
                        path: told(&input.path),
                        stem: stem(&input.stem, &at, &name),
                        meta: input.meta.or(handed.meta.clone()),
                        ..input
                    }),
                }
            }
            let candidates: Vec<Candidate> = batch
                .iter()
                .map(|it| Candidate {
                    stem: it.stem.clone(),
                    path: it.path.clone(),
                    bytes_sha256: it.sha256.clone(),
                })
                .collect();
            let ids = ids(&candidates)?;
            let tasks = batch.into_iter().zip(ids).map(|(input, id)| Task { id, input }).collect();
            for done in self.engine.code(tasks) {
                if !each(self.coded(done)) {
                    return Ok(());
                }
            }
            if ended {
                return Ok(());
            }
        }
    }

    fn draft(&self, text: String, meta: Meta) -> Result<Draft, String> {
        let own = Meta::from_front_matter(&text).map_err(|error| error.to_string())?;
        let sha256 = sha256_hex(text.as_bytes());
        let input = Input {
            path: "draft".to_owned(),
            sha256,
            text,
            meta: own.or(meta),
            ..Input::default()
        };
        // No document of a ledger has an id with a line break in it, so that a draft is never taken for one.
        let done = self.engine.code(vec![Task { id: "draft\n0".to_owned(), input }]);
        let Some(done) = done.into_iter().next() else { return Err("nothing was read".to_owned()) };
        let coded = done.coded.map_err(|it| format!("{}; {}", it.wrong, it.remedy))?;
        let Document { text, meta, .. } = done.document;
        Ok(Draft { text, claims: coded.claims, meta })
    }
}

/// The id that a document would like: that of the file as it was handed in, not as it lies in the inbox.
fn stem(stem: &str, at: &str, name: &str) -> String {
    let of = |path: &str| {
        let file = path.rsplit('/').next().unwrap_or(path);
        file.split_once('.').map_or(file, |(stem, _)| stem).to_owned()
    };
    let (lies, named) = (of(at), of(name));
    stem.strip_prefix(lies.as_str())
        .map_or_else(|| stem.to_owned(), |rest| format!("{named}{rest}"))
}
