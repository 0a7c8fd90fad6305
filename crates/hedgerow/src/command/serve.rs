//! `hedgerow serve`: a ledger in the browser.

use anyhow::Context;
use hedgerow_web::{DEFAULT_LISTEN, Names, Server};

use crate::print::Out;

/// Open a ledger in the browser: documents with their evidence, states, pairs, facts.
///
/// Reading only. The same addresses with .json after them give the data.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow serve
  hedgerow serve --ledger asia.sqlite --listen 127.0.0.1:9000
  hedgerow serve --listen 0.0.0.0:8080   for others in the network, too")]
pub(crate) struct Args {
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// Address and port; port 0 takes any free one.
    #[arg(long, value_name = "ADDR", default_value = DEFAULT_LISTEN)]
    listen: String,
}

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let codebook = crate::codebook::load(None)?;
    let states = codebook.gazetteer.states().iter().map(|it| (&*it.code, &*it.name));
    let bodies = codebook.gazetteer.bodies().iter().map(|it| (&*it.code, &*it.name));
    let names: Names = states.chain(bodies).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the server cannot be started")?;
    runtime.block_on(async {
        let server = Server::bind(&args.ledger.ledger, names, &args.listen).await?;
        out.line(format!("http://{}/  (stop with Ctrl-C)", server.address()))?;
        out.flush()?;
        server.run(stopped()).await?;
        Ok(())
    })
}

/// Done when somebody presses Ctrl-C, or the system asks the program to end.
async fn stopped() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    interrupt.await;
}
