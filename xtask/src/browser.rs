//! The web application in a real browser: every kind of page is opened once, and people go their ways through it.

mod people;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};
use serde_json::json;

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

/// The pages that the short journey opens, and the articles they are of.
const SHORT: [usize; 4] = [0, 2, 4, 11];
const ARTICLES: [&str; 2] = ["0001-ships-for-hanoi.md", "0003-billions-at-sea.md"];

/// What drives the browser.
const SCRIPTS: [&str; 6] =
    ["package.json", "package-lock.json", "walk.mjs", "journey.mjs", "people.mjs", "stage.mjs"];

/// How many sentences the long article has.
const SENTENCES: usize = 1_000;

/// Codes two articles with the program that the tests have built, and opens a few pages of them: minutes less than [`run`].
pub(crate) fn short(program: &Path) -> anyhow::Result<Outcome> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let (Some(browser), true) = (find(&names), program.is_file()) else {
        return Ok(Outcome::Skipped(
            "a short journey needs chromium; --full installs it".to_owned(),
        ));
    };
    let corpus = root().join("corpus");
    let articles: Vec<PathBuf> = ARTICLES.iter().map(|it| corpus.join(it)).collect();
    served(program, &articles, |address, folder| {
        let pages = SHORT.iter().map(|n| PAGES[*n]);
        pages.into_iter().try_for_each(|(page, wanted)| {
            look(&browser, &format!("{address}{page}"), wanted, folder)
        })
    })
}

/// Codes the corpus, serves it, opens its pages, and goes a reader's and a reviewer's way through them.
pub(crate) fn run() -> anyhow::Result<Outcome> {
    let Some(browser) = browser()? else {
        return Ok(Outcome::Skipped("no chromium here, and it could not be installed".to_owned()));
    };
    let program = release()?;
    let own = tempfile::tempdir()?;
    let long = own.path().join("long.jsonl");
    fs::write(&long, long_article()?)?;
    let node = node()?;
    install(&node.1, own.path())?;
    let looked = served(&program, &[root().join("corpus"), long], |address, folder| {
        PAGES.iter().try_for_each(|(page, wanted)| {
            look(&browser, &format!("{address}{page}"), wanted, folder)
        })?;
        walk(&node.0, own.path(), "journey.mjs", |it| it.arg(address).arg(&browser).arg(LONG))
    })?;
    people::run(&browser, &program, &node.0, own.path())?;
    Ok(looked)
}

/// Adds documents to a new ledger, serves it to a reviewer, and does something with its address and a folder.
fn served(
    program: &Path,
    documents: &[PathBuf],
    with: impl FnOnce(&str, &Path) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let folder = tempfile::tempdir()?;
    let ledger = folder.path().join("browser.sqlite");
    add(program, documents, &ledger)?;
    let server = Server::start(program, &ledger, "127.0.0.1:0", &["--reviewer", "A. Reader"])?;
    with(&server.address, folder.path())?;
    Ok(Outcome::Looked)
}

fn add(program: &Path, documents: &[PathBuf], ledger: &Path) -> anyhow::Result<()> {
    let mut add = Command::new(program);
    add.arg("add").args(documents).arg("--quiet").arg("--ledger").arg(ledger);
    if !passes(&mut add)? {
        bail!("the articles could not be added");
    }
    Ok(())
}

/// The application, until it is dropped.
struct Server {
    child: Child,
    /// Where it is.
    address: String,
}

impl Server {
    fn start(program: &Path, ledger: &Path, listen: &str, more: &[&str]) -> anyhow::Result<Self> {
        let mut child = Command::new(program)
            .args(["serve", "--listen", listen, "--ledger"])
            .arg(ledger)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .context("the server cannot be started")?;
        let address = first_word(&mut child).context("the server gave no address")?;
        Ok(Self { child, address })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One article made of the paragraphs of many, as a JSON line: all that a page can have on it at once.
fn long_article() -> anyhow::Result<String> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("corpus"))?.filter_map(|it| Some(it.ok()?.path())).collect();
    files.sort();
    let mut text = String::new();
    let articles = files.iter().filter(|it| it.extension().is_some_and(|it| it == "md")).cycle();
    for file in articles.take(10 * files.len()) {
        let article = fs::read_to_string(file)?;
        let body = article.splitn(3, "---\n").last().unwrap_or_default();
        text.push_str(body.trim());
        text.push_str("\n\n");
        if text.matches(". ").count() + text.matches(".\n").count() >= SENTENCES {
            break;
        }
    }
    let line =
        json!({ "id": LONG, "title": "A long article", "published": "2015-09-20", "text": text });
    Ok(format!("{line}\n"))
}

/// The id of the long article.
const LONG: &str = "long";

/// Copies the scripts of `xtask/browser` to a folder and installs their two packages there, from the lock file.
fn install(npm: &Path, folder: &Path) -> anyhow::Result<()> {
    let scripts = root().join("xtask").join("browser");
    for name in SCRIPTS {
        fs::copy(scripts.join(name), folder.join(name))?;
    }
    let mut install = Command::new(npm);
    install
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])
        .current_dir(folder);
    if !passes(&mut install)? {
        bail!("the packages of xtask/browser could not be installed; is the npm registry reached?");
    }
    Ok(())
}

/// Drives the browser through a script.
fn walk(
    node: &Path,
    folder: &Path,
    script: &str,
    arguments: impl FnOnce(&mut Command) -> &mut Command,
) -> anyhow::Result<()> {
    let mut walk = Command::new(node);
    arguments(walk.arg(script)).current_dir(folder);
    if !passes(&mut walk)? {
        bail!("{script} did not come to its end");
    }
    Ok(())
}

/// Node and its package manager; installed where a package manager can be used.
fn node() -> anyhow::Result<(PathBuf, PathBuf)> {
    let both = || find(&["node", "nodejs"]).zip(find(&["npm"]));
    if let Some(found) = both() {
        return Ok(found);
    }
    if let Some(apt) = find(&["apt-get"]) {
        say("installing node");
        let _ = passes(Command::new(&apt).args(["install", "-y", "-qq", "nodejs", "npm"]))?;
    }
    both().context("node and npm are needed to drive the browser, and could not be installed")
}

/// What a program says first: its address.
fn first_word(child: &mut Child) -> anyhow::Result<String> {
    let stdout = child.stdout.take().context("the program has no output")?;
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line)?;
    let address = line.split_whitespace().next().context("it said nothing")?;
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
