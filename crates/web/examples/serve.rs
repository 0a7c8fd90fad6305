//! Serves a ledger without the command line: `serve LEDGER [ADDRESS [REVIEWER [ACCOUNTS]]]`.

use std::error::Error;
use std::{env, future};

use hedgerow_codebook::Codebook;
use hedgerow_web::{Accounts, DEFAULT_LISTEN, Server, Settings};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let ledger = args.next().ok_or("usage: serve LEDGER [ADDRESS [REVIEWER [ACCOUNTS]]]")?;
    let listen = args.next().unwrap_or_else(|| DEFAULT_LISTEN.to_owned());
    let mut settings = Settings::reading(ledger, Codebook::embedded()?);
    settings.reviewer = args.next().filter(|it| !it.is_empty());
    if let Some(accounts) = args.next() {
        let file = hedgerow_people::beside(&settings.ledger);
        let people = hedgerow_people::Settings::load(accounts.as_ref())?;
        settings.accounts = Some(Accounts { file, settings: people });
    }
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let server = Server::bind(settings, &listen).await?;
        server.run(future::pending()).await
    })?;
    Ok(())
}
