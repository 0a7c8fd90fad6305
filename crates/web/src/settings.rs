//! What the application is started with.

use std::path::PathBuf;
use std::sync::Arc;

use hedgerow_codebook::Codebook;
use hedgerow_ledger::Ledger;
use hedgerow_measure::TieRow;
use hedgerow_measure::hedge::Covered;

use crate::Coding;

/// Reads what the structured sources that were imported say of the ties of a state, and where their silence is zero. Handed in,
/// since readers of such sources are heavy and none of this crate's business.
pub type Imports = fn(&Ledger, &str) -> Result<(Vec<TieRow>, Vec<Covered>), hedgerow_ledger::Error>;

/// Who is known, and what people say.
#[derive(Debug)]
pub struct Accounts {
    /// The file of accounts, replies and briefs, beside the ledger.
    pub file: PathBuf,
    /// Who vouches for people, and what waits for a moderator.
    pub settings: hedgerow_people::Settings,
}

/// What the application is started with.
#[derive(Debug)]
pub struct Settings {
    /// The ledger file.
    pub ledger: PathBuf,
    /// What claims mean, and what actors are called.
    pub codebook: Codebook,
    /// What structured sources say of a state.
    pub imports: Imports,
    /// What reads and codes what a reviewer hands in; `None` where nothing can be added or checked.
    pub coding: Option<Arc<dyn Coding>>,
    /// Under which name claims are judged here; `None` where the application only reads.
    pub reviewer: Option<String>,
    /// What a reviewer must show before anything is written. Where others than this machine are answered and none is given,
    /// the application makes one: see [`crate::Server::token`].
    pub token: Option<String>,
    /// Names by which the application is called besides those of this machine, where a proxy stands before it.
    pub hosts: Vec<String>,
    /// Accounts, replies and briefs; `None` where people only read.
    pub accounts: Option<Accounts>,
}

impl Settings {
    /// Reading only, from this machine, without structured sources.
    pub fn reading(ledger: impl Into<PathBuf>, codebook: Codebook) -> Self {
        Self {
            ledger: ledger.into(),
            codebook,
            imports: |_, _| Ok((Vec::new(), Vec::new())),
            coding: None,
            reviewer: None,
            token: None,
            hosts: Vec::new(),
            accounts: None,
        }
    }
}
