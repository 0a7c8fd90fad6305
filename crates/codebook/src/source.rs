//! The files of a codebook, wherever they come from.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// A codebook's files by their path inside `codebook/`, `lexicon/visit.toml`.
#[derive(Debug, Clone, Default)]
pub struct Source {
    files: BTreeMap<String, String>,
}

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/files.rs"));
}

impl Source {
    /// The codebook that is part of the program.
    pub fn embedded() -> Self {
        let own = |&(path, text): &(&str, &str)| (path.to_owned(), text.to_owned());
        Self { files: embedded::FILES.iter().map(own).collect() }
    }

    /// The files of a codebook folder.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut source = Self::default();
        source.add_folder(folder)?;
        Ok(source)
    }

    /// Adds the files of a folder; they replace those of the same path.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read.
    pub fn add_folder(&mut self, root: &Path) -> io::Result<()> {
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                let kind = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
                if path.is_dir() {
                    folders.push(path);
                } else if matches!(kind, "toml" | "tsv" | "md") || path.ends_with("VERSION") {
                    let inside = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
                    self.insert(inside.replace('\\', "/"), fs::read_to_string(&path)?);
                }
            }
        }
        Ok(())
    }

    /// Adds a file; one of the same path is replaced.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), text.into());
    }

    /// The text of one file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files of a folder with that ending, in order of path.
    pub fn under<'s>(
        &'s self,
        folder: &'s str,
        ending: &'s str,
    ) -> impl Iterator<Item = (&'s str, &'s str)> {
        let inside = move |path: &str| path.starts_with(folder) && path.ends_with(ending);
        self.files.iter().filter(move |(p, _)| inside(p)).map(|(p, t)| (p.as_str(), t.as_str()))
    }

    /// A fingerprint of every byte (FNV-1a with words of eight bytes, folded): two codebooks that differ code differently.
    pub fn fingerprint(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |word: u64| {
            hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            hash ^= hash >> 32;
        };
        for text in self.files.iter().flat_map(|(path, text)| [path, text]) {
            for word in text.as_bytes().chunks(8) {
                let mut bytes = [0; 8];
                bytes[..word.len()].copy_from_slice(word);
                add(u64::from_le_bytes(bytes));
            }
            // Where one ends and the next begins is part of it.
            add(text.len() as u64);
        }
        hash
    }
}
