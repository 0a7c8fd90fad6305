//! Coding texts, and looking up the codebook.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Mutex;
use std::thread;

use hedgerow_archive::{Coded, batch};
use hedgerow_codebook::{Codebook, Page, Source};
use hedgerow_ledger::ClaimRow;
use hedgerow_parse::Model;
use hedgerow_text::{Document, Language, Meta, Published};
use pyo3::prelude::*;

use crate::table::Table;
use crate::{unread, wrong};

/// Id, text, day of publication, headline, outlet, address.
type Story = (String, String, Option<String>, Option<String>, Option<String>, Option<String>);

/// Codebook and model, loaded.
#[pyclass(frozen, module = "hedgerow._native")]
pub(crate) struct Coder {
    pub(crate) codebook: Codebook,
    model: Model,
}

#[pymethods]
impl Coder {
    #[new]
    #[pyo3(signature = (codebook=None))]
    fn new(codebook: Option<PathBuf>) -> PyResult<Self> {
        let mut source = Source::embedded();
        if let Some(folder) = codebook {
            source
                .add_folder(&folder)
                .map_err(|it| unread(format!("{}: {it}", folder.display())))?;
        }
        let codebook = Codebook::load(&source).map_err(wrong)?;
        Ok(Self { codebook, model: Model::english().map_err(wrong)? })
    }

    /// Version of the codebook.
    #[getter]
    fn codebook_version(&self) -> &str {
        self.codebook.version()
    }

    /// Version of the model.
    #[getter]
    fn model_version(&self) -> &str {
        self.model.version()
    }

    /// Codes stories on `threads` threads; gives the claims in order and, of each story that was refused, its place and
    /// why. Other threads of Python run meanwhile.
    fn code(
        &self,
        py: Python<'_>,
        stories: Vec<Story>,
        all: bool,
        threads: usize,
        plain: bool,
    ) -> PyResult<(Table, Vec<(usize, String)>)> {
        py.detach(|| {
            let (mut rows, mut refused) = (Vec::new(), Vec::new());
            for (at, coded) in self.coded(stories, threads).into_iter().enumerate() {
                match coded {
                    Ok(claims) => {
                        rows.extend(
                            claims.into_iter().filter(|it| all || !it.claim.kind.is_alone()),
                        );
                    }
                    Err(why) => refused.push((at, why)),
                }
            }
            let model = self.model.version();
            let coded = rows.iter().map(|row| Coded { row, model, fact: None, stand: None });
            Ok((Table(batch(coded, plain).map_err(wrong)?), refused))
        })
    }

    /// The codebook's page on a type (`CONSULT`, `flow.aid`), or nothing.
    fn page(&self, code: &str) -> Option<&str> {
        let whole = |it: &&Page| it.code().eq_ignore_ascii_case(code);
        let found = self.codebook.pages.iter().find(whole).or_else(|| {
            let bare = code.trim_end_matches(['+', '-', '0']).split('.').next().unwrap_or(code);
            self.codebook.pages.iter().find(|it| it.code().eq_ignore_ascii_case(bare))
        });
        found.map(|it| it.text.as_str())
    }

    /// Kind, type and code of every page.
    fn pages(&self) -> Vec<(&'static str, String, String)> {
        let page = |it: &Page| (it.kind.as_str(), it.type_.clone(), it.code());
        self.codebook.pages.iter().map(page).collect()
    }

    /// The code of an actor by code or name, or nothing.
    fn actor(&self, text: &str) -> Option<&str> {
        self.codebook.gazetteer.code_of(text)
    }

    /// The name of an actor by code.
    fn name(&self, code: &str) -> String {
        self.codebook.gazetteer.name_of(code).to_owned()
    }
}

impl Coder {
    fn coded(&self, stories: Vec<Story>, threads: usize) -> Vec<Result<Vec<ClaimRow>, String>> {
        let threads = threads.clamp(1, stories.len().max(1));
        let queue = Mutex::new(stories.into_iter().enumerate());
        let work = || {
            let mut coder = hedgerow_coder::Coder::new(&self.codebook, &self.model);
            let mut done = Vec::new();
            // The lock is held for this one line; nothing can panic in it.
            let next = || queue.lock().ok().and_then(|mut it| it.next());
            while let Some((at, story)) = next() {
                done.push((at, self.one(&mut coder, story)));
            }
            done
        };
        let mut done = if threads == 1 {
            work()
        } else {
            thread::scope(|scope| {
                let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
                workers.into_iter().flat_map(|it| it.join().unwrap_or_default()).collect()
            })
        };
        done.sort_by_key(|(at, _)| *at);
        done.into_iter().map(|(_, it)| it).collect()
    }

    fn one<'c>(
        &'c self,
        coder: &mut hedgerow_coder::Coder<'c>,
        (id, text, published, title, outlet, url): Story,
    ) -> Result<Vec<ClaimRow>, String> {
        let mut meta = Meta { title, outlet, url, ..Meta::default() };
        if let Some(text) = published {
            let when: Published =
                text.parse().map_err(|it| format!("`published: {text}` is {it}"))?;
            meta = meta.published(when);
        }
        if text.len() > Document::MAX_BYTES {
            return Err("is longer than 32 MiB; give one article a text".to_owned());
        }
        let document = Document::new(id, text, meta);
        check(&document)?;
        let coded = catch_unwind(AssertUnwindSafe(|| coder.code(&document))).map_err(|_| {
            *coder = hedgerow_coder::Coder::new(&self.codebook, &self.model);
            "coding it ran into a fault of this program; please report it, with the text".to_owned()
        })?;
        let meta = document.meta;
        let row = |claim| ClaimRow {
            claim,
            title: meta.title.clone(),
            outlet: meta.outlet.clone(),
            published: meta.published,
            url: meta.url.clone(),
        };
        Ok(coded.claims.into_iter().map(row).collect())
    }
}

/// What the program refuses as well: texts without an article, and other languages.
fn check(document: &Document) -> Result<(), String> {
    if document.article().next().is_none() {
        let what = "no paragraph in it reads as an article; give the text of the article itself";
        return Err(what.to_owned());
    }
    match document.language() {
        Language::English | Language::TooShort => Ok(()),
        Language::Other { name, confidence } => Err(format!(
            "reads as {name}, not English (confidence {confidence:.2}), and was not coded; only English is coded; leave it out, or translate it"
        )),
    }
}
