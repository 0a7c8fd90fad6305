//! Coding on all cores, in a fixed order, a batch at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use anyhow::Context;
use hedgerow_codebook::Codebook;
use hedgerow_coder::{Coded, Coder};
use hedgerow_parse::Model;
use hedgerow_text::{Document, Language};

use crate::codebook;
use crate::input::{Input, Reader};
use crate::trouble::{Refusal, Trouble, complain};

/// Most documents of one batch.
const BATCH: usize = 64;
/// Most bytes of text of one batch.
const BATCH_BYTES: usize = 8 << 20;

/// Codebook and model, loaded.
#[derive(Debug)]
pub(crate) struct Engine {
    /// What claims mean.
    pub(crate) codebook: Codebook,
    /// How English is read.
    pub(crate) model: Model,
}

impl Engine {
    /// Loads what is part of the program, with the codebook folder `over` laid over its codebook.
    pub(crate) fn load(over: Option<&Path>) -> anyhow::Result<Self> {
        let codebook = codebook::load(over)?;
        let model = Model::english().context("the model in this program cannot be read")?;
        Ok(Self { codebook, model })
    }

    /// Codes documents on all cores; the results are in the order of the tasks.
    pub(crate) fn code(&self, tasks: Vec<Task>) -> Vec<Done> {
        let cores = thread::available_parallelism().map_or(1, usize::from).min(tasks.len());
        let queue = Mutex::new(tasks.into_iter().enumerate());
        let work = || {
            let mut coder = Coder::new(&self.codebook, &self.model);
            let mut done = Vec::new();
            // The lock is held for this one line; no worker can panic in it.
            let next = || queue.lock().ok().and_then(|mut it| it.next());
            while let Some((n, task)) = next() {
                done.push((n, self.one(&mut coder, task)));
            }
            done
        };
        let mut done: Vec<(usize, Done)> = if cores <= 1 {
            work()
        } else {
            thread::scope(|scope| {
                let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
                workers.into_iter().flat_map(|it| it.join().unwrap_or_default()).collect()
            })
        };
        done.sort_by_key(|(n, _)| *n);
        done.into_iter().map(|(_, done)| done).collect()
    }

    fn one<'e>(&'e self, coder: &mut Coder<'e>, task: Task) -> Done {
        let Input { path, sha256, bytes, text, meta, extractor, .. } = task.input;
        let document = Document::new(task.id, text, meta);
        let coded = check(&document, &path).and_then(|()| {
            catch_unwind(AssertUnwindSafe(|| coder.code(&document))).map_err(|_| {
                *coder = Coder::new(&self.codebook, &self.model);
                let wrong = "coding it ran into a fault of this program";
                Refusal::new(&path, wrong, "please report it, with the text")
            })
        });
        Done { document, path, sha256, bytes, extractor, coded }
    }
}

/// A document to be coded under an id.
#[derive(Debug)]
pub(crate) struct Task {
    /// Its id in this run or ledger.
    pub(crate) id: String,
    /// What was read.
    pub(crate) input: Input,
}

/// A document and what came of it.
#[derive(Debug)]
pub(crate) struct Done {
    /// The document.
    pub(crate) document: Document,
    /// Where it was read from.
    pub(crate) path: String,
    /// SHA-256 of the bytes received.
    pub(crate) sha256: String,
    /// These bytes, where they are not the text.
    pub(crate) bytes: Option<Vec<u8>>,
    /// What took the text out of them.
    pub(crate) extractor: Option<&'static str>,
    /// Its claims, or why it was refused.
    pub(crate) coded: Result<Coded, Refusal>,
}

/// Refuses what cannot be coded: other languages, and pages without an article.
pub(crate) fn check(document: &Document, path: &str) -> Result<(), Refusal> {
    if document.article().next().is_none() {
        return Err(Refusal::new(
            path,
            "no paragraph in it reads as an article",
            "give the text of the article itself",
        ));
    }
    match document.language() {
        Language::English | Language::TooShort => Ok(()),
        Language::Other { name, confidence } => Err(Refusal::new(
            path,
            format!("reads as {name}, not English (confidence {confidence:.2}), and was not coded"),
            "only English is coded; leave it out, or translate it",
        )),
    }
}

/// The next batch of documents that could be read, and whether there may be more.
pub(crate) fn batch(reader: &mut Reader, trouble: &mut Trouble) -> Vec<Input> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        match reader.next() {
            None => break,
            Some(Err(refusal)) => trouble.refuse(&refusal),
            Some(Ok(input)) => {
                for remark in &input.remarks {
                    complain(&format!("{}: {remark}", input.path));
                }
                bytes += input.text.len() + input.bytes.as_ref().map_or(0, Vec::len);
                batch.push(input);
            }
        }
    }
    batch
}
