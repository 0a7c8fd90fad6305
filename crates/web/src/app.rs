//! What all requests share: the ledger's readers and the names of actors.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use hedgerow_ledger::{Error, Ledger};

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
}

impl App {
    /// Opens the ledger once, so that a wrong file is reported before the first request.
    pub(crate) fn new(path: PathBuf, names: Names) -> Result<Self, Error> {
        let first = Ledger::open_reader(&path)?;
        let readers = Mutex::new(vec![first]);
        Ok(Self(Arc::new(Inner { path, names, readers })))
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

    fn readers(&self) -> std::sync::MutexGuard<'_, Vec<Ledger>> {
        self.0.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
