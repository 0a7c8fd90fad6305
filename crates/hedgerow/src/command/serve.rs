//! `hedgerow serve`: a ledger in the browser.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use hedgerow_web::{Accounts, Coding, DEFAULT_LISTEN, Server, Settings};

use crate::engine::Engine;
use crate::hand_in::Hands;
use crate::input;
use crate::print::Out;
use crate::trouble::complain;

/// Open a ledger in the browser: documents with their evidence, states, pairs, facts, positions between rivals.
///
/// Reading only, unless a reviewer is named: then claims can be judged, missed ones added, documents handed in, and drafts checked.
/// The same addresses with .json or .csv after them give the data.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow serve
  hedgerow serve --ledger asia.sqlite --listen 127.0.0.1:9000
  hedgerow serve --reviewer 'A. Reader'  judge claims on this machine
  hedgerow serve --accounts desk.toml    with accounts, replies and briefs
  hedgerow serve --listen 0.0.0.0:8080   for others in the network, too")]
pub(crate) struct Args {
    #[command(flatten)]
    ledger: super::LedgerFile,
    /// Address and port; port 0 takes any free one.
    #[arg(long, value_name = "ADDR", default_value = DEFAULT_LISTEN)]
    listen: String,
    /// Judge claims under this name. Where others than this machine are answered, a token is needed, too: it is printed at the
    /// start, or taken from `HEDGEROW_TOKEN`.
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Let people sign in, reply, judge and write briefs, with the settings of this file (TOML). Accounts are kept beside the ledger.
    #[arg(long, value_name = "FILE")]
    accounts: Option<PathBuf>,
    /// Another name by which the application is called, where a proxy stands before it.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
}

/// The shortest token that is taken.
const TOKEN: usize = 16;

pub(crate) fn run(args: &Args, out: &mut Out) -> anyhow::Result<()> {
    let token = std::env::var("HEDGEROW_TOKEN").ok().filter(|it| !it.is_empty());
    if token.as_ref().is_some_and(|it| it.len() < TOKEN) {
        bail!("HEDGEROW_TOKEN has less than {TOKEN} characters; take a longer one, or none");
    }
    if args.reviewer.as_ref().is_some_and(|it| it.trim().is_empty()) {
        bail!("--reviewer: no name; decisions are kept under it");
    }
    // Documents are added, and drafts checked, where somebody may write.
    let coding: Option<Arc<dyn Coding>> = if args.reviewer.is_some() || args.accounts.is_some() {
        Some(Arc::new(Hands::new(Engine::load(None)?, input::settings(None)?)))
    } else {
        None
    };
    let settings = Settings {
        ledger: args.ledger.ledger.clone(),
        codebook: crate::codebook::load(None)?,
        imports: |ledger, code| {
            let ties = hedgerow_data::ties(ledger, code)?;
            Ok((ties.rows, ties.covered))
        },
        coding,
        reviewer: args.reviewer.clone(),
        token,
        hosts: args.host.clone(),
        accounts: accounts(args)?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the server cannot be started")?;
    runtime.block_on(async {
        let server = Server::bind(settings, &args.listen).await?;
        out.line(format!("http://{}/  (stop with Ctrl-C)", server.address()))?;
        if let Some(token) = server.token() {
            out.line(format!("to judge claims, open /desk and give the token {token}"))?;
        }
        out.flush()?;
        server.run(stopped()).await?;
        Ok(())
    })
}

/// Who is known here, and by whom.
fn accounts(args: &Args) -> anyhow::Result<Option<Accounts>> {
    let Some(file) = &args.accounts else { return Ok(None) };
    let settings = hedgerow_people::Settings::load(file)?;
    if !settings.is_secure() {
        complain(&format!(
            "{} is no https address: signing in is for this machine alone",
            settings.base
        ));
    }
    let file = hedgerow_people::beside(&args.ledger.ledger);
    Ok(Some(Accounts { file, settings }))
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
