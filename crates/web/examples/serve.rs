//! Serves a ledger without the command line: `serve LEDGER [ADDRESS]`.

use std::error::Error;
use std::{env, future};

use hedgerow_web::{DEFAULT_LISTEN, Names, Server};

const NAMES: [(&str, &str); 8] = [
    ("VNM", "Vietnam"),
    ("JPN", "Japan"),
    ("CHN", "China"),
    ("USA", "United States"),
    ("RUS", "Russia"),
    ("SAU", "Saudi Arabia"),
    ("PRK", "North Korea"),
    ("KOR", "South Korea"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let ledger = args.next().ok_or("usage: serve LEDGER [ADDRESS]")?;
    let listen = args.next().unwrap_or_else(|| DEFAULT_LISTEN.to_owned());
    let names: Names = NAMES.into_iter().collect();
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let server = Server::bind(ledger, names, &listen).await?;
        server.run(future::pending()).await
    })?;
    Ok(())
}
