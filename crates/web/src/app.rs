//! What all requests share: the ledger's readers and the names of actors.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use hedgerow_ledger::{Error, Ledger, Overview};

use crate::Names;
use crate::problem::Problem;

/// How many readers are kept open between requests.
const KEPT: usize = 8;

/// The application's state.
#[derive(Debug, Clone)]
pub(crate) struct App(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    names: Names,
    readers: Mutex<Vec<Ledger>>,
    /// The last overview, and the state of the ledger that it was made of.
    overview: Mutex<Option<(i64, Arc<Overview>)>>,
}

impl App {
    /// Opens the ledger once, so that a wrong file is reported before the first request.
    pub(crate) fn new(path: PathBuf, names: Names) -> Result<Self, Error> {
        let first = Ledger::open_reader(&path)?;
        let readers = Mutex::new(vec![first]);
        Ok(Self(Arc::new(Inner { path, names, readers, overview: Mutex::default() })))
    }

    pub(crate) fn names(&self) -> &Names {
        &self.0.names
    }

    /// Runs `work` on a reader of the ledger, away from the threads that serve the network.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let ledger = match app.readers().pop() {
                Some(reader) => reader,
                None => Ledger::open_reader(&app.0.path)?,
            };
            let answer = work(&ledger);
            let mut readers = app.readers();
            if readers.len() < KEPT {
                readers.push(ledger);
            }
            answer
        });
        done.await.unwrap_or_else(|_| Err(Problem::broken("this page could not be made")))
    }

    /// Everything counted; counted anew only when something was added.
    pub(crate) fn overview(&self, ledger: &Ledger) -> Result<Arc<Overview>, Problem> {
        let state = ledger.state()?;
        // Held while counting, so that many requests at once count once.
        let mut kept = self.0.overview.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((of, overview)) if *of == state => Ok(overview.clone()),
            _ => {
                let overview = Arc::new(ledger.overview()?);
                *kept = Some((state, overview.clone()));
                Ok(overview)
            }
        }
    }

    fn readers(&self) -> std::sync::MutexGuard<'_, Vec<Ledger>> {
        self.0.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
