//! What is known of the documents that imported claims come from: where they were published, and their texts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use hedgerow_text::{Meta, Published};
use serde::Deserialize;

use crate::input::shown;
use crate::trouble::{Refusal, Trouble};

/// Documents by id.
#[derive(Debug, Default)]
pub(super) struct Documents {
    known: BTreeMap<String, Known>,
    folders: Vec<PathBuf>,
}

/// What is known of one document.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// Headline, outlet, day, address.
    pub(super) meta: Meta,
    /// Its text, where it is at hand.
    pub(super) text: Option<String>,
    /// Where its text was read from.
    pub(super) path: Option<String>,
    /// Fingerprint of its text, where somebody noted it.
    pub(super) sha256: Option<String>,
}

/// A line on a document; other fields are passed over.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Line {
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    sha256: Option<String>,
}

impl Line {
    /// What the line says of its document; an error where a day is none.
    pub(super) fn known(self) -> Result<Known, String> {
        let some = |text: Option<String>| text.filter(|it| !it.trim().is_empty());
        let mut meta = Meta {
            title: some(self.title),
            outlet: some(self.outlet),
            url: some(self.url),
            ..Meta::default()
        };
        if let Some(published) = some(self.published) {
            let when: Published = published
                .parse()
                .map_err(|_| format!("`published`: {published} is no date; write YYYY-MM-DD"))?;
            meta = meta.published(when);
        }
        let is_hash = |it: &String| {
            it.len() == 64 && it.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        Ok(Known { meta, text: some(self.text), path: None, sha256: self.sha256.filter(is_hash) })
    }
}

impl Documents {
    /// Reads files of lines; notes folders of texts.
    pub(super) fn read(paths: &[PathBuf], trouble: &mut Trouble) -> anyhow::Result<Self> {
        let mut documents = Self::default();
        for path in paths {
            if path.is_dir() {
                documents.folders.push(path.clone());
            } else if path.is_file() {
                documents.lines(path, trouble)?;
            } else {
                bail!("{}: there is no such file or folder; check --documents", shown(path));
            }
        }
        Ok(documents)
    }

    /// The documents that lines speak of.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    fn lines(&mut self, path: &Path, trouble: &mut Trouble) -> anyhow::Result<()> {
        let content =
            fs::read_to_string(path).with_context(|| format!("{}: cannot be read", shown(path)))?;
        for (n, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{}:{}", shown(path), n + 1);
            let read = super::claims::from_json::<Line>(line).and_then(|mut line| {
                let id = line.id.take().ok_or("`id` is missing")?;
                Ok((id, line.known()?))
            });
            match read {
                Ok((id, known)) => _ = self.known.insert(id, known),
                Err(wrong) => trouble.refuse(&Refusal::new(
                    place,
                    wrong,
                    "write one JSON object a line, with id, title, outlet, published, url",
                )),
            }
        }
        Ok(())
    }

    /// What is known of a document; its text from the folders, as `ID.txt` or `ID.md`.
    pub(super) fn get(&self, id: &str) -> anyhow::Result<Option<Known>> {
        let mut known = self.known.get(id).cloned();
        // An id is no path: one that climbs out of the folder names no text.
        let plain = !id.contains(['/', '\\']) && !id.starts_with('.');
        for folder in self.folders.iter().filter(|_| plain) {
            for ending in ["txt", "md"] {
                let path = folder.join(format!("{id}.{ending}"));
                if path.is_file() {
                    let text = fs::read_to_string(&path).with_context(|| {
                        format!("{}: cannot be read as UTF-8 text", shown(&path))
                    })?;
                    let it = known.get_or_insert_default();
                    (it.text, it.path) = (Some(text), Some(shown(&path)));
                }
            }
        }
        Ok(known)
    }
}
