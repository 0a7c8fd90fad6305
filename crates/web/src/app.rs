//! What all requests share: the ledger's readers and its one writer, the codebook, the names of actors.

use std::collections::VecDeque;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use hedgerow_codebook::Codebook;
use hedgerow_ledger::{Ledger, Overview, Queue, Sampled};
use hedgerow_people::People;
use tokio::sync::Semaphore;

use crate::cache::Cache;
use crate::desk::Desk;
use crate::guard::Hosts;
use crate::inbox::Inbox;
use crate::people::House;
use crate::position::Standing;
use crate::problem::Problem;
use crate::{Coding, Error, Imports, Names, Settings};

/// How many pages are made at once, at most: as many as there are cores. A page of a busy pair reads thousands of claims: this bounds what
/// all of them take.
const AT_ONCE: usize = 4;

/// How many of the claims of which the coder is least sure are looked up at once.
const UNSURE: usize = 5_000;

/// How many positions are kept.
const POSITIONS: usize = 64;

/// A position, the question it answers, and the state of the ledger it was read from.
type Kept = (i64, String, Arc<Standing>);

/// The application's state.
#[derive(Debug, Clone)]
pub(crate) struct App(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    names: Names,
    codebook: Codebook,
    imports: Imports,
    hosts: Hosts,
    desk: Option<Desk>,
    house: Option<Arc<House>>,
    readers: Mutex<Vec<Ledger>>,
    /// Lets at most [`AT_ONCE`] pages be made at once; others wait.
    turns: Semaphore,
    writer: Mutex<Option<Ledger>>,
    overview: Memo<i64, Overview>,
    /// The sample that the audit draws.
    sample: Memo<(i64, i64), Sampled>,
    /// The claims of which the coder is least sure.
    unsure: Memo<(i64, i64), Vec<String>>,
    positions: Mutex<VecDeque<Kept>>,
    cache: Cache,
    coding: Option<Arc<dyn Coding>>,
    inbox: Inbox,
}

impl App {
    /// Opens the ledger once, so that a wrong file is reported before the first request.
    pub(crate) fn new(settings: Settings, hosts: Hosts) -> Result<Self, Error> {
        let first = Ledger::open_reader(&settings.ledger)?;
        if settings.reviewer.is_some() || settings.accounts.is_some() {
            // The queue of contradictions reads the facts that are stored.
            Ledger::open_existing(&settings.ledger)?.settle(false)?;
        }
        let inbox = Inbox::beside(&settings.ledger);
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let at_once = cores.clamp(2, AT_ONCE);
        let house = settings.accounts.map(House::open).transpose()?.map(Arc::new);
        let cache = Cache::new(Ledger::open_reader(&settings.ledger)?, house.clone());
        let judged = settings.reviewer.is_some() || house.is_some();
        let desk = judged.then(|| Desk::new(settings.reviewer, settings.token, house.clone()));
        let desk = desk.transpose().map_err(|_| Error::NoChance)?;
        Ok(Self(Arc::new(Inner {
            path: settings.ledger,
            names: Names::of_codebook(&settings.codebook),
            codebook: settings.codebook,
            imports: settings.imports,
            hosts,
            desk,
            house,
            readers: Mutex::new(vec![first]),
            turns: Semaphore::new(at_once),
            writer: Mutex::default(),
            overview: Memo::default(),
            sample: Memo::default(),
            unsure: Memo::default(),
            positions: Mutex::default(),
            cache,
            coding: settings.coding,
            inbox,
        })))
    }

    /// Answers that were given before.
    pub(crate) fn cache(&self) -> &Cache {
        &self.0.cache
    }

    pub(crate) fn names(&self) -> &Names {
        &self.0.names
    }

    pub(crate) fn codebook(&self) -> &Codebook {
        &self.0.codebook
    }

    /// Reads what structured sources say of a state.
    pub(crate) fn imports(&self) -> Imports {
        self.0.imports
    }

    pub(crate) fn hosts(&self) -> &Hosts {
        &self.0.hosts
    }

    /// Where claims are judged; `None` where the application only reads.
    pub(crate) fn desk(&self) -> Option<&Desk> {
        self.0.desk.as_ref()
    }

    /// What reads and codes what is handed in, where somebody may hand in.
    pub(crate) fn coding(&self) -> Option<&dyn Coding> {
        self.0.coding.as_deref().filter(|_| self.0.desk.is_some())
    }

    pub(crate) fn inbox(&self) -> &Inbox {
        &self.0.inbox
    }

    /// Accounts, replies and briefs, where there are any.
    pub(crate) fn house(&self) -> Option<&House> {
        self.0.house.as_deref()
    }

    /// Runs `work` on the file of accounts, away from the threads that serve the network.
    pub(crate) async fn people<T: Send + 'static>(
        &self,
        work: impl FnOnce(&House, &mut People) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let Some(house) = self.0.house.clone() else { return Err(crate::people::closed()) };
        let done = tokio::task::spawn_blocking(move || house.with(|people| work(&house, people)));
        done.await.unwrap_or_else(|_| Err(Problem::broken("this could not be done")))
    }

    /// Runs `work` on a reader of the ledger.
    pub(crate) fn reader<T, E: From<hedgerow_ledger::Error>>(
        &self,
        work: impl FnOnce(&Ledger) -> Result<T, E>,
    ) -> Result<T, E> {
        let reader = held(&self.0.readers).pop();
        let ledger = match reader {
            Some(reader) => reader,
            None => Ledger::open_reader(&self.0.path)?,
        };
        let answer = work(&ledger);
        let mut readers = held(&self.0.readers);
        if readers.len() < AT_ONCE {
            readers.push(ledger);
        }
        answer
    }

    /// Runs `work` on the one writer of the ledger; whoever else wants to write waits.
    pub(crate) fn writer<T, E: From<hedgerow_ledger::Error>>(
        &self,
        work: impl FnOnce(&mut Ledger) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = held(&self.0.writer);
        let ledger = match writer.take() {
            Some(ledger) => ledger,
            None => Ledger::open_existing(&self.0.path)?,
        };
        work(writer.insert(ledger))
    }

    /// [`App::reader`], away from the threads that serve the network.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.clone();
        let broken = || Err(Problem::broken("this page could not be made"));
        // Whoever waits takes no thread.
        let Ok(_turn) = self.0.turns.acquire().await else { return broken() };
        let done = tokio::task::spawn_blocking(move || app.reader(work));
        done.await.unwrap_or_else(|_| broken())
    }

    /// [`App::writer`], away from the threads that serve the network.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || app.writer(work));
        done.await.unwrap_or_else(|_| Err(Problem::broken("this could not be kept")))
    }

    /// Everything counted; counted anew only when something was added.
    pub(crate) fn overview(&self, ledger: &Ledger) -> Result<Arc<Overview>, Problem> {
        self.0.overview.get(ledger.state()?, || Ok(ledger.overview()?))
    }

    /// `size` claims drawn at random; drawn anew only when something was coded.
    pub(crate) fn sample(
        &self,
        ledger: &Ledger,
        (size, seed): (usize, &str),
    ) -> Result<Arc<Sampled>, Problem> {
        self.0.sample.get(ledger.coded_state()?, || Ok(ledger.sample(size, seed, false)?))
    }

    /// At most `ahead` claims of which the coder is least sure: those of a longer list that still `wait`. Others are looked for when
    /// something was coded, something taken back, or the list has run out.
    pub(crate) fn unsure(
        &self,
        ledger: &Ledger,
        wait: impl Fn(&[String]) -> Result<Vec<String>, Problem>,
        ahead: usize,
    ) -> Result<Vec<String>, Problem> {
        let known = ledger.coded_state()?;
        let look = || Ok(ledger.waiting(Queue::Confidence, UNSURE)?);
        let ids = self.0.unsure.get(known, look)?;
        let mut waiting = wait(&ids)?;
        if waiting.len() < ahead && ids.len() == UNSURE {
            self.0.unsure.forget();
            waiting = wait(&self.0.unsure.get(known, look)?)?;
        }
        waiting.truncate(ahead);
        Ok(waiting)
    }

    /// The answer to a question about a position; computed anew only when something was added.
    pub(crate) fn position(
        &self,
        ledger: &Ledger,
        question: &str,
        compute: impl FnOnce() -> Result<Standing, Problem>,
    ) -> Result<Arc<Standing>, Problem> {
        let state = ledger.state()?;
        let known = held(&self.0.positions)
            .iter()
            .find(|(of, asked, _)| *of == state && asked == question)
            .map(|(.., standing)| standing.clone());
        if let Some(standing) = known {
            return Ok(standing);
        }
        let standing = Arc::new(compute()?);
        let mut positions = held(&self.0.positions);
        positions.push_front((state, question.to_owned(), standing.clone()));
        positions.truncate(POSITIONS);
        Ok(standing)
    }
}

/// What takes long to make, kept until it is another's.
#[derive(Debug)]
struct Memo<K, T>(Mutex<Option<(K, Arc<T>)>>);

impl<K, T> Default for Memo<K, T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<K: PartialEq, T> Memo<K, T> {
    /// What is kept for `key`, or made now. Held while it is made, so that many requests at once make it once.
    fn get(&self, key: K, make: impl FnOnce() -> Result<T, Problem>) -> Result<Arc<T>, Problem> {
        let mut kept = held(&self.0);
        match &*kept {
            Some((of, known)) if *of == key => Ok(known.clone()),
            _ => {
                let made = Arc::new(make()?);
                *kept = Some((key, made.clone()));
                Ok(made)
            }
        }
    }

    fn forget(&self) {
        *held(&self.0) = None;
    }
}

/// What a lock guards. Nothing is left half done under one, so a panic elsewhere spoils nothing.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
