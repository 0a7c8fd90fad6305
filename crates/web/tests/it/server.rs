//! Starting and stopping.

use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;

use hedgerow_web::{Error, Server, Settings, serve};
use tokio::runtime::Runtime;

use crate::fixture::{self, Folder};
use crate::site::{ask, codebook};

#[test]
fn an_address_in_use_is_named() {
    let folder = Folder::new();
    let ledger = fixture::ledger(&folder);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let runtime = Runtime::new().unwrap();
    let error = runtime
        .block_on(Server::bind(Settings::reading(&ledger, codebook()), &address))
        .unwrap_err();
    assert!(matches!(error, Error::InUse { .. }), "{error}");
    assert!(
        error.to_string().contains(&address) && error.to_string().contains("--listen"),
        "{error}"
    );
    let error = runtime
        .block_on(Server::bind(Settings::reading(&ledger, codebook()), "nonsense"))
        .unwrap_err();
    assert!(matches!(error, Error::Listen { .. }), "{error}");
}

#[test]
fn a_missing_ledger_is_reported_before_listening() {
    let folder = Folder::new();
    let runtime = Runtime::new().unwrap();
    let ledger = folder.path().join("none.sqlite");
    // Not even where another program holds the address.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let bound = runtime.block_on(Server::bind(Settings::reading(ledger, codebook()), &address));
    assert!(matches!(bound, Err(Error::Ledger(_))), "{bound:?}");
}

#[test]
fn it_answers_until_it_is_told_to_stop() {
    let folder = Folder::new();
    let ledger = fixture::ledger(&folder);
    let (stop, stopped) = mpsc::channel::<()>();
    let (ready, address) = mpsc::channel();
    let server = thread::spawn(move || {
        Runtime::new().unwrap().block_on(async {
            let shutdown = async move {
                let _ = tokio::task::spawn_blocking(move || stopped.recv()).await;
            };
            let tell = move |address| ready.send(address).unwrap();
            serve(Settings::reading(ledger, codebook()), "127.0.0.1:0", tell, shutdown).await
        })
    });
    let address = address.recv().unwrap();
    assert_eq!(ask(address, "GET", "/").status, 200);
    assert_eq!(ask(address, "HEAD", "/documents").status, 200);
    stop.send(()).unwrap();
    server.join().unwrap().unwrap();
}
