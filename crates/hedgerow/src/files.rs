//! Writing files: whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file that appears under its name only when it is complete.
#[derive(Debug)]
pub(crate) struct Draft {
    to: BufWriter<File>,
    part: PathBuf,
    path: PathBuf,
    kept: bool,
}

impl Draft {
    /// Begins the file `path`.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".{}.part", std::process::id()));
        let part = path.with_file_name(name);
        Ok(Self {
            to: BufWriter::new(File::create_new(&part)?),
            part,
            path: path.to_owned(),
            kept: false,
        })
    }

    /// Adds a line.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.to, "{text}")
    }

    /// For what writes bytes by itself.
    pub(crate) fn writer(&mut self) -> &mut BufWriter<File> {
        &mut self.to
    }

    /// The file is complete.
    pub(crate) fn keep(mut self) -> io::Result<()> {
        self.to.flush()?;
        self.to.get_ref().sync_all()?;
        fs::rename(&self.part, &self.path)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept {
            // What could not be finished is of no use to anybody.
            let _ = fs::remove_file(&self.part);
        }
    }
}
