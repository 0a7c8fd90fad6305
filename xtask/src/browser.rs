//! The web application in a real browser: every kind of page is opened once.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::shell::{find, output, passes, release, root, say};

/// How the check ended.
pub(crate) enum Outcome {
    /// All pages were opened.
    Looked,
    /// There is no browser.
    Skipped(String),
}

/// Pages, and what must stand on them.
const PAGES: [(&str, &str); 12] = [
    ("", "What this ledger holds"),
    ("documents", "0001-ships-for-hanoi"),
    ("documents/0001-ships-for-hanoi", "200 million yen"),
    ("dyads/JPN/VNM", "Vietnam"),
    ("actors/VNM", "Portfolio of ties"),
    ("actors/VNM/hedge?rivals=USA,CHN&camp=JPN%3DUSA", "Lean by domain"),
    ("pledges/JPN/VNM", "promised"),
    ("search?q=vietnam+japan", "Vietnam and Japan"),
    ("measures/hedge.v1", "What it cannot see"),
    ("codebook/CONSULT", "Rules that give it"),
    // The script has run under the policy: it shows the box that is hidden without it.
    ("review?queue=confidence", "<label class=\"keys\"><input"),
    ("documents/0001-ships-for-hanoi", "Add a claim that was missed"),
];

/// Codes the corpus, serves it, and opens its pages.
pub(crate) fn run() -> anyhow::Result<Outcome> {
    let Some(browser) = browser()? else {
        return Ok(Outcome::Skipped("no chromium here, and it could not be installed".to_owned()));
    };
    let hedgerow = release()?;
    let folder = tempfile::tempdir()?;
    let ledger = folder.path().join("browser.sqlite");
    let corpus = root().join("corpus");
    let mut add = Command::new(&hedgerow);
    add.arg("add").arg(corpus).arg("--quiet").arg("--ledger").arg(&ledger);
    if !passes(&mut add)? {
        bail!("the corpus could not be added");
    }
    let mut server = Command::new(&hedgerow)
        .args(["serve", "--listen", "127.0.0.1:0", "--reviewer", "A. Reader", "--ledger"])
        .arg(&ledger)
        .stdout(Stdio::piped())
        .spawn()
        .context("the server cannot be started")?;
    let looked = address(&mut server).and_then(|address| {
        PAGES.iter().try_for_each(|(page, wanted)| {
            look(&browser, &format!("{address}{page}"), wanted, folder.path())
        })
    });
    server.kill()?;
    server.wait()?;
    looked.map(|()| Outcome::Looked)
}

/// The address that the server prints first.
fn address(server: &mut std::process::Child) -> anyhow::Result<String> {
    let stdout = server.stdout.take().context("the server has no output")?;
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line)?;
    let address = line.split_whitespace().next().context("the server gave no address")?;
    Ok(address.to_owned())
}

fn look(browser: &Path, url: &str, wanted: &str, profile: &Path) -> anyhow::Result<()> {
    let page = output(
        Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
            .arg(format!("--user-data-dir={}", profile.join("profile").display()))
            .arg(url),
    )?;
    if !page.contains(wanted) {
        bail!("{url}: `{wanted}` is not on the page");
    }
    say(&format!("looked at {url}"));
    Ok(())
}

/// A browser; installed where a package manager can be used.
fn browser() -> anyhow::Result<Option<PathBuf>> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    if let Some(found) = find(&names) {
        return Ok(Some(found));
    }
    if let Some(apt) = find(&["apt-get"]) {
        say("installing chromium");
        let installed = passes(Command::new(&apt).args(["update", "-qq"]))?
            && passes(Command::new(&apt).args(["install", "-y", "-qq", "chromium"]))?;
        if installed {
            return Ok(find(&names));
        }
    }
    Ok(None)
}
