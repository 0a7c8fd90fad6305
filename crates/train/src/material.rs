//! What is learnt from: treebanks of a folder, our own sentences, generated trees.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::cli::{read_text, treebank_files};
use crate::conllu::{self, Tree};
use crate::{generate, score};

/// Genres of GUM whose texts may be used commercially.
const FREE_GENRES: [&str; 10] = [
    "academic",
    "bio",
    "conversation",
    "court",
    "interview",
    "news",
    "speech",
    "textbook",
    "vlog",
    "voyage",
];
/// Sentences of our own to learn from.
pub(crate) const OWN: &str = include_str!("../data/news-train.conllu");
/// Sentences of our own to test with.
pub(crate) const OWN_TEST: &str = include_str!("../data/news-test.conllu");

/// A part of a treebank: its file, its checksum and its sentences.
pub(crate) struct Part {
    pub(crate) file: PathBuf,
    pub(crate) sum: String,
    pub(crate) trees: Vec<Tree>,
}

impl Part {
    pub(crate) fn new(file: PathBuf, text: &str) -> Result<Self, Box<dyn Error>> {
        let mut trees =
            conllu::read(text).map_err(|error| format!("{}: {error}", file.display()))?;
        trees.retain(|tree| {
            !tree.id.starts_with("GUM_")
                || score::genre(tree).is_some_and(|genre| FREE_GENRES.contains(&genre))
        });
        Ok(Self { file, sum: checksum(text.as_bytes()), trees })
    }
}

pub(crate) fn checksum(bytes: &[u8]) -> String {
    let mut sum = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(sum, "{byte:02x}");
    }
    sum
}

/// The treebanks of `folder` whose names end in `ending`.
pub(crate) fn parts(folder: &Path, ending: &str) -> Result<Vec<Part>, Box<dyn Error>> {
    let mut parts = Vec::new();
    for file in treebank_files(folder)? {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        if !stem.ends_with(ending) || !(stem.contains("ewt") || stem.contains("gum")) {
            continue;
        }
        let text = read_text(&file)?;
        parts.push(Part::new(file, &text)?);
    }
    Ok(parts)
}

/// Generated trees, new ones for every pass, up to a share of all words.
pub(crate) struct Generated {
    trees: Box<dyn Iterator<Item = Tree>>,
    /// Words of a pass.
    wanted: usize,
}

impl Generated {
    pub(crate) fn new(treebank: &[Tree], share: f64, seed: u64) -> Self {
        let words: usize = treebank.iter().map(|tree| tree.words.len()).sum();
        let wanted = (words as f64 * share / (1.0 - share)) as usize;
        Self { trees: Box::new(generate::trees(generate::Part::Training, seed)), wanted }
    }

    pub(crate) fn pass(&mut self) -> Vec<Tree> {
        let mut trees = Vec::new();
        let mut count = 0;
        for tree in self.trees.by_ref() {
            count += tree.words.len();
            if count > self.wanted {
                break;
            }
            trees.push(tree);
        }
        trees
    }
}
