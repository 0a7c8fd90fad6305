//! A real OpenID provider on this machine, with which signing in is tested.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, bail};
use tempfile::TempDir;

use crate::shell::{find, passes, root};

/// The provider, until it is dropped.
pub(crate) struct Provider {
    child: Child,
    /// Where it is.
    pub(crate) issuer: String,
    _folder: TempDir,
    /// Held open: a program that says more to nobody ends.
    _says: BufReader<ChildStdout>,
}

impl Provider {
    /// Installs it from its lock file and starts it; nothing where there is no Node.
    pub(crate) fn start(redirects: &[&str]) -> anyhow::Result<Option<Self>> {
        let Some((node, npm)) = find(&["node", "nodejs"]).zip(find(&["npm"])) else {
            return Ok(None);
        };
        let folder = tempfile::tempdir()?;
        let own: PathBuf = root().join("xtask").join("provider");
        for name in ["package.json", "package-lock.json", "provider.mjs"] {
            fs::copy(own.join(name), folder.path().join(name))?;
        }
        let mut install = Command::new(npm);
        install
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"])
            .current_dir(&folder);
        if !passes(&mut install)? {
            bail!(
                "the packages of xtask/provider could not be installed; is the npm registry reached?"
            );
        }
        let mut child = Command::new(node)
            .arg("provider.mjs")
            .args(redirects)
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("the provider cannot be started")?;
        let mut issuer = String::new();
        let stdout = child.stdout.take().context("the provider has no output")?;
        let mut says = BufReader::new(stdout);
        says.read_line(&mut issuer)?;
        let issuer = issuer.trim().to_owned();
        let provider = Self { child, issuer, _folder: folder, _says: says };
        if provider.issuer.is_empty() {
            bail!("the provider ended before it answered");
        }
        Ok(Some(provider))
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
