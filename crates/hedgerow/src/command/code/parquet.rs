//! `hedgerow code --format parquet`: an archive for what is too large for a ledger.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hedgerow_archive::{Batch, Document, Head, Past, Writer, fingerprint};
use hedgerow_ingest::Found;
use hedgerow_ledger::ClaimRow;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Args, Ids, next};
use crate::engine::Done;
use crate::input::{self, Reader, shown};
use crate::print::Out;
use crate::print::wrap::count;
use crate::trouble::{Refusal, Trouble, complain};

/// Version of the layout of the folder.
const LAYOUT: u32 = 1;
/// How often progress is said where there is no terminal.
const PATIENCE: Duration = Duration::from_secs(30);

/// Codes `found` into the archive in `folder`, or goes on with what is there.
pub(super) fn run(
    args: &Args,
    folder: &Path,
    found: Vec<Found>,
    out: &mut Out,
    trouble: &mut Trouble,
) -> anyhow::Result<()> {
    let engine = args.engine()?;
    let head = Head {
        archive: LAYOUT,
        codebook: engine.codebook.version().to_string(),
        model: engine.model.version().to_owned(),
        all: args.all,
        published: args.inputs.published.map(|it| format!("{}/{}", it.first, it.last)),
        batch: args.batch.get(),
        inputs: args.inputs.paths.iter().map(|it| shown(it)).collect(),
    };
    let mut writer = Writer::open(folder, head)?;
    if writer.is_complete() {
        out.line(format!("{}: complete already", folder.display()))?;
        return said(&writer, folder, out, trouble);
    }
    let sizes = found.iter().filter_map(|it| std::fs::metadata(&it.path).ok());
    let settings = input::settings(args.inputs.codebook.as_deref())?;
    let mut progress = Progress::new(sizes.map(|it| it.len()).sum(), Arc::clone(&settings.read));
    let mut reader = Reader::new(found, args.inputs.published).with(settings);
    let mut ids = Ids::default();
    for (n, past) in writer.past().iter().enumerate() {
        if !seen(past, &mut reader, &mut ids) {
            return Err(writer.changed(n).into());
        }
    }
    progress.begin();
    let mut batch = Batch::of(args.batch.get());
    // Up to where had been read when each document that is under way was: what is read ahead is not done.
    let (read, under_way) = (Arc::clone(&progress.read), RefCell::new(VecDeque::new()));
    let next = || {
        let task = next(&mut reader, &mut ids)?;
        under_way.borrow_mut().push_back(read.load(Ordering::Relaxed));
        Some(task)
    };
    let each = |done: Result<Done, Refusal>| {
        progress.one(under_way.borrow_mut().pop_front());
        let (document, claims) = record(done, args.all, trouble, &progress);
        batch.add(document, claims);
        if batch.is_full() {
            writer.write(&batch)?;
            batch = Batch::of(args.batch.get());
        }
        Ok(())
    };
    engine.stream(next, each)?;
    if !batch.is_empty() {
        writer.write(&batch)?;
    }
    writer.end()?;
    progress.bar.finish_and_clear();
    said(&writer, folder, out, trouble)
}

/// Reads again what a batch was made of; whether it is still the same.
fn seen(past: &Past, reader: &mut Reader, ids: &mut Ids) -> bool {
    let mut inputs = Vec::new();
    for _ in 0..past.read {
        match next(reader, ids) {
            None => return false,
            Some(Ok(task)) => inputs.push(Some(task.input.sha256)),
            Some(Err(_)) => inputs.push(None),
        }
    }
    fingerprint(inputs.iter().map(Option::as_deref)) == past.inputs
}

/// A document and its claims as they are recorded.
fn record(
    done: Result<Done, Refusal>,
    all: bool,
    trouble: &mut Trouble,
    progress: &Progress,
) -> (Document, Vec<ClaimRow>) {
    let mut refuse = |refusal: &Refusal| {
        progress.bar.suspend(|| trouble.refuse(refusal));
        Some(refusal.to_string())
    };
    let Done { document, path, sha256, coded, .. } = match done {
        Ok(done) => done,
        Err(refusal) => {
            let (doc, path) = (refusal.what.clone(), refusal.what.clone());
            let refused = refuse(&refusal);
            return (Document { doc, path, refused, ..Document::default() }, Vec::new());
        }
    };
    let meta = document.meta;
    let mut record = Document {
        doc: document.id,
        title: meta.title,
        outlet: meta.outlet,
        published: meta.published,
        published_until: meta.published_until,
        url: meta.url,
        path,
        bytes_sha256: Some(sha256),
        ..Document::default()
    };
    match coded {
        Err(refusal) => {
            record.refused = refuse(&refusal);
            (record, Vec::new())
        }
        Ok(coded) => {
            let kept = coded.claims.into_iter().filter(|it| all || !it.kind.is_alone());
            let row = |claim| ClaimRow {
                claim,
                title: record.title.clone(),
                outlet: record.outlet.clone(),
                published: record.published,
                url: record.url.clone(),
            };
            let claims = kept.map(row).collect();
            (record, claims)
        }
    }
}

/// What is in the archive now; what earlier runs refused counts as well.
fn said(
    writer: &Writer,
    folder: &Path,
    out: &mut Out,
    trouble: &mut Trouble,
) -> anyhow::Result<()> {
    let held = writer.summary();
    let mut line = format!(
        "{} and {} in {}",
        count(held.documents, "document"),
        count(held.claims, "claim"),
        folder.display()
    );
    if held.refused > 0 {
        let _ = write!(line, ", {} refused (column `refused` of its documents)", held.refused);
    }
    trouble.remember(usize::try_from(held.refused).unwrap_or(usize::MAX));
    Ok(out.line(line)?)
}

/// How far the run has come, by the bytes of what is coded: a bar on a terminal, else a line now and then.
struct Progress {
    bar: ProgressBar,
    terminal: bool,
    total: u64,
    read: Arc<AtomicU64>,
    /// Bytes that were read before this run coded anything.
    past: u64,
    /// Bytes of the documents that are done.
    upto: u64,
    documents: u64,
    begun: Instant,
    said: Instant,
}

impl Progress {
    fn new(total: u64, read: Arc<AtomicU64>) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let target =
            if terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total.max(1)), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent}%  {msg}") {
            bar.set_style(style);
        }
        let now = Instant::now();
        Self { bar, terminal, total, read, past: 0, upto: 0, documents: 0, begun: now, said: now }
    }

    /// What earlier runs did has been passed over.
    fn begin(&mut self) {
        self.past = self.read.load(Ordering::Relaxed);
        self.upto = self.past;
        self.begun = Instant::now();
        self.said = self.begun;
    }

    /// One document more is done, `upto` that byte.
    fn one(&mut self, upto: Option<u64>) {
        self.documents += 1;
        self.upto = upto.unwrap_or(self.upto);
        let due = if self.terminal { Duration::from_millis(200) } else { PATIENCE };
        if self.said.elapsed() < due {
            return;
        }
        self.said = Instant::now();
        let read = self.upto;
        let (taken, done) = (self.begun.elapsed().as_secs_f64(), read.saturating_sub(self.past));
        let left = taken * self.total.saturating_sub(read) as f64 / done.max(1) as f64;
        let rate = self.documents as f64 / taken.max(0.001);
        let message =
            format!("{} documents, {rate:.0} a second, {} left", self.documents, lasting(left));
        if self.terminal {
            self.bar.set_position(read);
            self.bar.set_message(message);
        } else {
            let share = 100.0 * read as f64 / self.total.max(1) as f64;
            complain(&format!("{share:.0} % coded: {message}"));
        }
    }
}

/// `45 s`, `12 min`, `3 h 20 min`.
fn lasting(seconds: f64) -> String {
    let minutes = (seconds / 60.0).ceil() as u64;
    match minutes {
        0 | 1 => format!("{seconds:.0} s"),
        2..60 => format!("{minutes} min"),
        _ => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::lasting;

    #[test]
    fn what_is_left_is_said_in_minutes() {
        assert_eq!(lasting(44.6), "45 s");
        assert_eq!(lasting(61.0), "2 min");
        assert_eq!(lasting(12_000.0), "3 h 20 min");
    }
}
