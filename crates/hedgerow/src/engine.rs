//! Coding on all cores, in a fixed order: a batch at a time, or as a stream.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, mpsc};
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
/// Most documents that a thread of a stream takes at once, and most bytes of their text.
const CHUNK: (usize, usize) = (32, 1 << 20);
/// Most chunks under way for each thread of a stream, and most bytes of text under way in all.
const AHEAD: (usize, usize) = (8, 48 << 20);

/// Codebook and model, loaded.
#[derive(Debug)]
pub(crate) struct Engine {
    /// What claims mean.
    pub(crate) codebook: Codebook,
    /// How English is read.
    pub(crate) model: Model,
    /// How many documents are coded at a time.
    pub(crate) threads: usize,
}

impl Engine {
    /// Loads what is part of the program, with the codebook folder `over` laid over its codebook.
    pub(crate) fn load(over: Option<&Path>) -> anyhow::Result<Self> {
        let codebook = codebook::load(over)?;
        let model = Model::english().context("the model in this program cannot be read")?;
        let threads = thread::available_parallelism().map_or(1, usize::from);
        Ok(Self { codebook, model, threads })
    }

    /// Codes a stream of documents on all cores and gives the results to `each` in the order of reading. What is under way
    /// is bounded, so that memory does not grow with the stream. What is read as a refusal comes in its place.
    pub(crate) fn stream(
        &self,
        mut next: impl FnMut() -> Option<Result<Task, Refusal>>,
        mut each: impl FnMut(Result<Done, Refusal>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        type Chunk<T> = (usize, usize, Vec<Result<T, Refusal>>);
        let (send, jobs) = mpsc::channel::<Chunk<Task>>();
        let jobs = Mutex::new(jobs);
        let (give, take) = mpsc::channel::<Chunk<Done>>();
        let work = |give: mpsc::Sender<Chunk<Done>>| {
            let mut coder = Coder::new(&self.codebook, &self.model);
            // The lock is held for this one line; no worker can panic in it.
            let job = || jobs.lock().ok().and_then(|it| it.recv().ok());
            while let Some((n, bytes, tasks)) = job() {
                let done = tasks.into_iter().map(|it| it.map(|it| self.one(&mut coder, it)));
                if give.send((n, bytes, done.collect())).is_err() {
                    break;
                }
            }
        };
        let work = &work;
        thread::scope(|scope| {
            // When this scope is left, early or at the end, nothing more is sent, and the threads end.
            let send = send;
            for _ in 0..self.threads.max(1) {
                let give = give.clone();
                scope.spawn(move || work(give));
            }
            drop(give);
            let (mut sent, mut out, mut bytes, mut more) = (0, 0, 0, true);
            let mut early = BTreeMap::new();
            loop {
                while more && sent - out < AHEAD.0 * self.threads.max(1) && bytes < AHEAD.1 {
                    let (mut chunk, mut size) = (Vec::new(), 0);
                    while chunk.len() < CHUNK.0 && size < CHUNK.1 {
                        let Some(item) = next() else {
                            more = false;
                            break;
                        };
                        size += item.as_ref().map_or(0, |it| it.input.text.len());
                        chunk.push(item);
                    }
                    if !chunk.is_empty() && send.send((sent, size, chunk)).is_ok() {
                        sent += 1;
                        bytes += size;
                    }
                }
                if out == sent {
                    return Ok(());
                }
                let Ok((n, size, done)) = take.recv() else {
                    anyhow::bail!("the threads of this program have ended; please report it")
                };
                bytes -= size;
                early.insert(n, done);
                while let Some(done) = early.remove(&out) {
                    out += 1;
                    done.into_iter().try_for_each(&mut each)?;
                }
            }
        })
    }

    /// Codes documents on all cores; the results are in the order of the tasks.
    pub(crate) fn code(&self, tasks: Vec<Task>) -> Vec<Done> {
        let cores = self.threads.min(tasks.len());
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
