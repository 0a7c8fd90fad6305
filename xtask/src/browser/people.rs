//! People in the browser: they sign in with a real provider and with those that are played, reply, are moderated, and leave.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};

use super::{ARTICLES, Server, add, first_word, walk};
use crate::provider::Provider;
use crate::shell::root;

/// The password of the admin of the test.
const PASSWORD: &str = "a long password of the tests";

/// Goes their ways. The scripts and their packages are in `scripts`.
pub(super) fn run(
    browser: &Path,
    program: &Path,
    node: &Path,
    scripts: &Path,
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let ledger = folder.path().join("people.sqlite");
    add(program, &ARTICLES.map(|it| root().join("corpus").join(it)), &ledger)?;
    // Providers must know where the application is before it is there: a free port is looked for and let go again.
    let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let base = format!("http://{listen}");
    let provider = Provider::start(&[&format!("{base}/callback/uni")])?;
    let provider = provider.context("a real provider needs node")?;
    let stage = Stage::start(node, scripts)?;
    let settings = folder.path().join("desk.toml");
    fs::write(&settings, accounts(&base, &provider.issuer, &stage.address))?;
    admin(program, &ledger)?;
    let accounts = settings.to_str().context("the folder has an odd name")?;
    let server = Server::start(program, &ledger, &listen, &["--accounts", accounts])?;
    walk(node, scripts, "people.mjs", |it| {
        it.arg(&server.address).arg(browser).arg(program).arg(&ledger).arg(PASSWORD)
    })
}

/// The settings of an application with a real provider and two that are played.
fn accounts(base: &str, issuer: &str, stage: &str) -> String {
    let played = [("x", "X"), ("facebook", "Facebook")].map(|(id, name)| {
        format!(
            "[[provider]]\nid = \"{id}\"\nkind = \"{id}\"\nname = \"{name}\"\nclient_id = \"hedgerow\"\n\
             client_secret = \"a secret/of +the stage\"\nauthorize = \"{stage}/{id}/authorize\"\n\
             token = \"{stage}/{id}/token\"\nme = \"{stage}/{id}/me\"\n"
        )
    });
    format!(
        "base = \"{base}\"\nguests = true\nmoderation = \"guests\"\n\
         [[provider]]\nid = \"uni\"\nkind = \"oidc\"\nname = \"University\"\nissuer = \"{issuer}\"\n\
         client_id = \"hedgerow\"\nclient_secret = \"a secret of the tests\"\n{}",
        played.concat()
    )
}

fn admin(program: &Path, ledger: &Path) -> anyhow::Result<()> {
    let mut child = Command::new(program)
        .args(["user", "add", "desk", "--role", "admin", "--password-stdin", "--ledger"])
        .arg(ledger)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()?;
    let mut stdin = child.stdin.take().context("no input to give the password by")?;
    writeln!(stdin, "{PASSWORD}")?;
    drop(stdin);
    if !child.wait()?.success() {
        bail!("the first admin could not be made");
    }
    Ok(())
}

/// X and Facebook as `stage.mjs` plays them, until it is dropped.
struct Stage {
    child: Child,
    address: String,
}

impl Stage {
    fn start(node: &Path, scripts: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(node)
            .arg("stage.mjs")
            .current_dir(scripts)
            .stdout(Stdio::piped())
            .spawn()
            .context("the stage cannot be opened")?;
        let address = first_word(&mut child)?;
        Ok(Self { child, address })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
