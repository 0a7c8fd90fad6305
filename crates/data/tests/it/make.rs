//! Files and ledgers for tests.

use std::path::PathBuf;
use std::sync::OnceLock;

use hedgerow_codebook::Codebook;
use hedgerow_data::import::{Done, Given};
use hedgerow_data::{Error, import, kind};
use hedgerow_ledger::Ledger;
use hedgerow_ledger::structured::Tally;
use tempfile::TempDir;

pub(crate) fn codebook() -> &'static Codebook {
    static CODEBOOK: OnceLock<Codebook> = OnceLock::new();
    CODEBOOK.get_or_init(|| Codebook::embedded().unwrap())
}

/// A folder with a ledger in it.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) ledger: Ledger,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(folder.path().join("test.sqlite")).unwrap();
        Self { folder, ledger }
    }

    /// Writes a file.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Imports a file, with `assume` as `key=value`.
    pub(crate) fn import(
        &mut self,
        kind_name: &str,
        path: &std::path::Path,
        assume: &[&str],
    ) -> Result<Done, Error> {
        let mut given = Given::default();
        for pair in assume {
            let (key, value) = pair.split_once('=').unwrap();
            given.assume.insert(key.into(), value.into());
        }
        let kind = kind(kind_name)?;
        import(kind, path, &given, codebook(), Some(&mut self.ledger), false, &mut |_| {})
    }

    /// Imports a text and gives what came of it. A second import of the same must do nothing.
    #[track_caller]
    pub(crate) fn take(&mut self, kind: &str, text: impl AsRef<[u8]>, assume: &[&str]) -> Tally {
        let path = self.write(&format!("{kind}.csv"), text);
        let done = self.import(kind, &path, assume).unwrap();
        let Done::Kept(_, tally) = done else { panic!("{done:?}") };
        assert_eq!(
            tally.read,
            tally.kept + tally.known + tally.passed_over + tally.refused,
            "{tally:?}"
        );
        assert!(matches!(self.import(kind, &path, assume).unwrap(), Done::Known(_)));
        tally
    }

    /// The value of a pair in a year.
    #[track_caller]
    pub(crate) fn dyad(&self, variable: &str, a: &str, b: &str, year: i16) -> Option<f64> {
        let found = self.ledger.dyad_values(variable, Some(a), Some(b), year..=year).unwrap();
        assert!(found.len() < 2);
        found.first().map(|it| it.value)
    }

    /// The value of a state in a year.
    #[track_caller]
    pub(crate) fn state(&self, variable: &str, state: &str, year: i16) -> Option<f64> {
        let found = self.ledger.state_values(variable, Some(state), year..=year).unwrap();
        found.first().map(|it| it.value)
    }
}

/// Reads a file without keeping anything.
pub(crate) fn try_out(name: &str, path: &std::path::Path) -> Result<Done, Error> {
    import(kind(name)?, path, &Given::default(), codebook(), None, true, &mut |_| {})
}

/// A real file of `../shared/ties`, or nothing, said aloud.
pub(crate) fn real(name: &str) -> Option<PathBuf> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/ties");
    let path = root.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: no ../shared/ties/{name}");
    None
}
