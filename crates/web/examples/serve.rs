//! Serves a ledger without the command line: `serve LEDGER [ADDRESS [REVIEWER]]`.

use std::error::Error;
use std::{env, future};

use hedgerow_codebook::Codebook;
use hedgerow_web::{DEFAULT_LISTEN, Server, Settings};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let ledger = args.next().ok_or("usage: serve LEDGER [ADDRESS [REVIEWER]]")?;
    let listen = args.next().unwrap_or_else(|| DEFAULT_LISTEN.to_owned());
    let mut settings = Settings::reading(ledger, Codebook::embedded()?);
    settings.reviewer = args.next();
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let server = Server::bind(settings, &listen).await?;
        server.run(future::pending()).await
    })?;
    Ok(())
}
