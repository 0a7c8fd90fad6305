//! Reading documents: `hedgerow-ingest`, as the commands use it.

use std::env;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use hedgerow_ingest::{Settings, Sites};

pub(crate) use hedgerow_ingest::{Input, Reader, find, shown};

/// How documents are read: with the rules for sites in this program, those of the user's codebook folder over them, and
/// this program to read PDFs in a process of its own.
pub(crate) fn settings(codebook: Option<&Path>) -> anyhow::Result<Settings> {
    let mut sites = Sites::embedded();
    let own = codebook.map(|it| it.join("sites.toml")).filter(|it| it.is_file());
    if let Some(path) = own {
        let name = path.display();
        let toml = std::fs::read_to_string(&path)
            .with_context(|| format!("{name}: cannot be read; check who may read it"))?;
        sites = sites.with(&toml).map_err(|wrong| {
            anyhow!("{name}: {}; correct it, codebook/sites.toml shows how", wrong.trim())
        })?;
    }
    Ok(Settings { sites: Arc::new(sites), program: env::current_exe().ok(), ..Settings::default() })
}
