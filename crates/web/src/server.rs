//! Listening.

use std::future::Future;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Router;
use tokio::net::TcpListener;

use crate::{Error, Names, router};

/// Where the application listens unless told otherwise: this machine only.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// The application, bound to an address but not yet answering.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    router: Router,
    address: SocketAddr,
}

impl Server {
    /// Opens the ledger and takes the address (`127.0.0.1:8080`; port 0 takes any free one).
    pub async fn bind(
        ledger: impl Into<PathBuf>,
        names: Names,
        listen: &str,
    ) -> Result<Self, Error> {
        let router = router(ledger, names)?;
        let failed = |source: std::io::Error| match source.kind() {
            ErrorKind::AddrInUse => Error::InUse { address: listen.to_owned() },
            _ => Error::Listen { address: listen.to_owned(), source },
        };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, router, address })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers requests until `shutdown` is done, then finishes those under way.
    pub async fn run(
        self,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Error> {
        axum::serve(self.listener, self.router)
            .with_graceful_shutdown(shutdown)
            .await
            .map_err(Error::Stopped)
    }
}

/// Serves the ledger until `shutdown` is done; `ready` is told the address once requests are answered.
pub async fn serve(
    ledger: impl Into<PathBuf>,
    names: Names,
    listen: &str,
    ready: impl FnOnce(SocketAddr),
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let server = Server::bind(ledger, names, listen).await?;
    ready(server.address());
    server.run(shutdown).await
}
