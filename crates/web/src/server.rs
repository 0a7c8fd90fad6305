//! Listening.

use std::future::Future;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::thread;

use axum::Router;
use tokio::net::TcpListener;

use hedgerow_ledger::Ledger;

use crate::app::App;
use crate::guard::Hosts;
use crate::{Error, Settings, desk, intake, routes};

/// Where the application listens unless told otherwise: this machine only.
pub const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// The application, bound to an address but not yet answering.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    router: Router,
    address: SocketAddr,
    token: Option<String>,
}

impl Server {
    /// Opens the ledger and takes the address (`127.0.0.1:8080`; port 0 takes any free one).
    pub async fn bind(mut settings: Settings, listen: &str) -> Result<Self, Error> {
        let failed = |source: std::io::Error| match source.kind() {
            ErrorKind::AddrInUse => Error::InUse { address: listen.to_owned() },
            _ => Error::Listen { address: listen.to_owned(), source },
        };
        if let Some(host) = settings.accounts.as_ref().and_then(|it| it.settings.host()) {
            let here = host == "localhost"
                || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
            if !here {
                settings.hosts.push(host);
            }
        }
        // What is wrong with the ledger is told whether or not the address is free.
        drop(Ledger::open_reader(&settings.ledger)?);
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let alone = address.ip().is_loopback() && settings.hosts.is_empty();
        if settings.reviewer.is_some() && settings.token.is_none() && !alone {
            settings.token = Some(desk::new_token().map_err(|_| Error::NoChance)?);
        }
        let token = settings.token.clone().filter(|_| settings.reviewer.is_some());
        let hosts = Hosts::at(address.ip(), &settings.hosts);
        let app = App::new(settings, hosts)?;
        if app.coding().is_some() {
            let app = app.clone();
            // It ends with the process; what is half done is done again at the next start.
            thread::spawn(move || intake::work(&app));
        }
        let router = routes::router(app);
        Ok(Self { listener, router, address, token })
    }

    /// What a reviewer must show before anything is written; `None` where that is not needed.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
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
        axum::serve(self.listener, self.router.into_make_service_with_connect_info::<SocketAddr>())
            .with_graceful_shutdown(shutdown)
            .await
            .map_err(Error::Stopped)
    }
}

/// Serves until `shutdown` is done; `ready` is told the address once requests are answered.
pub async fn serve(
    settings: Settings,
    listen: &str,
    ready: impl FnOnce(SocketAddr),
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let server = Server::bind(settings, listen).await?;
    ready(server.address());
    server.run(shutdown).await
}
