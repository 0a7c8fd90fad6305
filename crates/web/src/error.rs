//! Why the application could not start.

use hedgerow_ledger as ledger;

/// What keeps the application from starting or running.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The ledger cannot be opened.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The file of accounts cannot be opened.
    #[error(transparent)]
    People(#[from] hedgerow_people::Error),
    /// The system gives no chance numbers, without which nobody can be told from another.
    #[error(
        "the system gives no random numbers; reviewing is not possible, start without --reviewer"
    )]
    NoChance,
    /// Another program listens there.
    #[error(
        "{address} is in use by another program; name another with --listen, for example --listen 127.0.0.1:8081"
    )]
    InUse {
        /// Where it was to listen.
        address: String,
    },
    /// The address cannot be listened on.
    #[error(
        "cannot listen on {address}: {source}; give an address and a port, for example --listen 127.0.0.1:8080"
    )]
    Listen {
        /// Where it was to listen.
        address: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The connection to the network broke down.
    #[error("the server stopped: {0}")]
    Stopped(std::io::Error),
}
