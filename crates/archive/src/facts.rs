//! Facts of a whole archive, made once: each claim gets the id of its fact, and how it stands to the other claims of it.
//!
//! Claims of one fact are of one kind, one domain and the same parties. So claims are first dealt out by these over buckets on the
//! disk ([`scatter`]), each small enough for memory; then the ledger's own rule takes the claims of each bucket together
//! ([`gather`]); last, every file is written anew with two columns filled, all others copied as they are ([`rewrite`]).

mod gather;
mod rewrite;
mod scatter;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::scan::on_all_cores;
use crate::{Archive, Error, journal, scan};

/// Claims that a bucket is to have; as many buckets as there are cores lie in memory at once.
const BUCKET: u64 = 400_000;
/// Most buckets: each has a file open while claims are dealt out.
const MOST: u64 = 256;
/// Where buckets lie, in the folder of the archive; no reader looks there.
const WORK: &str = ".facts";

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settled {
    /// Claims of the archive.
    pub claims: u64,
    /// Their facts.
    pub facts: u64,
    /// Facts of several claims.
    pub shared: u64,
}

/// How far it has come: what is done, how much of it, of how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Claims were dealt out.
    Dealt,
    /// A bucket was taken together.
    Taken(usize, usize),
    /// A file was written.
    Written(usize, usize),
}

impl Archive {
    /// Fills the columns `fact` and `stand` of every claim, by the rule that a ledger has ([`hedgerow_ledger::facts()`]), and
    /// tells `said` how far it has come. Claims of two domains are never one fact, as for the measures.
    ///
    /// Each file is replaced whole, so that an archive whose run was cut off is read as before; begun again, it begins anew.
    ///
    /// # Errors
    /// Where the archive is still being written, where its files have no such columns, or where the disk is full.
    pub fn settle(&self, said: impl Fn(Step) + Sync) -> Result<Settled, Error> {
        let _held = journal::hold(self.path())?;
        for file in self.files() {
            rewrite::check(file)?;
        }
        let work = Work::new(self.path())?;
        let claims = scan::rows(self.files())?;
        let buckets = usize::try_from(claims.div_ceil(BUCKET).clamp(1, MOST)).unwrap_or(1);
        let dealt = scatter::scatter(self.files(), &work.0, buckets)?;
        said(Step::Dealt);
        let done = AtomicUsize::new(0);
        let taken = on_all_cores(dealt.len(), |n| {
            let taken = gather::gather(&dealt[n], self.files().len(), &work.path(n))?;
            for file in &dealt[n] {
                fs::remove_file(file).map_err(Error::file(file))?;
            }
            said(Step::Taken(done.fetch_add(1, Ordering::Relaxed) + 1, dealt.len()));
            Ok(taken)
        })?;
        let done = AtomicUsize::new(0);
        on_all_cores(self.files().len(), |n| {
            let path = &self.files()[n];
            rewrite::rewrite(path, &gather::of_file(&taken, n)?)?;
            said(Step::Written(done.fetch_add(1, Ordering::Relaxed) + 1, self.files().len()));
            Ok(())
        })?;
        let of = |count: fn(&gather::Taken) -> u64| taken.iter().map(count).sum();
        Ok(Settled { claims, facts: of(|it| it.facts), shared: of(|it| it.shared) })
    }
}

/// The folder for buckets, taken away in the end.
struct Work(PathBuf);

impl Work {
    fn new(archive: &Path) -> Result<Self, Error> {
        let folder = archive.join(WORK);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(Error::file(&folder))?;
        }
        fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
        Ok(Self(folder))
    }

    fn path(&self, bucket: usize) -> PathBuf {
        self.0.join(format!("{bucket:03}.taken"))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // What stays is taken away by the next run.
        let _ = fs::remove_dir_all(&self.0);
    }
}
