//! A trained model, ready for use.

use std::borrow::Cow;

use crate::feats::Features;
use crate::file::{ModelError, Sections};
use crate::lemma::Lemmatiser;
use crate::net::Network;
use crate::sentence::Sentence;
use crate::split::Splitter;
use crate::tag::{Rel, Upos, Xpos};

/// A trained model: splitter, network, lemma tables and label inventories. Shared freely between parsers.
#[derive(Debug)]
pub struct Model {
    /// The whole file; the large tables are read where they stand.
    pub(crate) bytes: Cow<'static, [u8]>,
    version: Box<str>,
    pub(crate) tags: Vec<(Upos, Xpos)>,
    pub(crate) rels: Vec<Rel>,
    pub(crate) network: Network,
    pub(crate) splitter: Splitter,
    pub(crate) lemmatiser: Lemmatiser,
    features: Features,
    /// What head scores are divided by before they become posteriors.
    pub(crate) head_temperature: f32,
    /// The same for relations.
    pub(crate) rel_temperature: f32,
}

impl Model {
    /// Reads a model; the bytes are copied.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::load(Cow::Owned(bytes.to_vec()))
    }

    /// The English model that comes with the program.
    pub fn english() -> Result<Self, ModelError> {
        Self::load(Cow::Borrowed(hedgerow_model_en::MODEL))
    }

    /// What head scores and relation scores are divided by before they become posteriors.
    pub fn temperatures(&self) -> (f32, f32) {
        (self.head_temperature, self.rel_temperature)
    }

    /// Name and version of the model, as its file has them.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The lemmas that a form may have as verb, noun or adjective, whatever its sentence; some may stand twice.
    pub fn lemmas(&self, form: &str) -> impl Iterator<Item = Box<str>> {
        const OPEN: [Xpos; 9] = [
            Xpos::Vb,
            Xpos::Vbd,
            Xpos::Vbg,
            Xpos::Vbn,
            Xpos::Vbz,
            Xpos::Nn,
            Xpos::Nns,
            Xpos::Jj,
            Xpos::Jjr,
        ];
        OPEN.into_iter().map(move |tag| self.lemmatiser.lemma(form, tag))
    }

    /// The morphological features of word `word` of a sentence of `text` (number, tense, voice …), as CoNLL-U writes
    /// them; `_` where it has none.
    pub fn features(&self, sentence: &Sentence, text: &str, word: usize) -> &str {
        self.features.of(sentence, text, word)
    }

    fn load(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        let sections = Sections::open(&bytes)?;
        let meta = sections.text("meta")?;
        let value = |wanted: &str| {
            meta.lines()
                .filter_map(|line| line.split_once('='))
                .find(|(key, _)| *key == wanted)
                .map(|(_, value)| value)
                .ok_or(ModelError::Section { section: "meta", why: "a key is missing" })
        };
        let temperature = |key: &str| {
            value(key)?.parse::<f32>().ok().filter(|t| (0.05..=20.0).contains(t)).ok_or(
                ModelError::Section { section: "meta", why: "a temperature is out of range" },
            )
        };
        let version = value("version")?.into();
        let head_temperature = temperature("head_temperature")?;
        let rel_temperature = temperature("rel_temperature")?;
        let tags = inventory(sections.text("tags")?, "tags", |line| {
            let (upos, xpos) = line.split_once(' ')?;
            Some((Upos::parse(upos)?, Xpos::parse(xpos)?))
        })?;
        let rels = inventory(sections.text("rels")?, "rels", Rel::parse)?;
        if !rels.contains(&Rel::Root) || !rels.iter().any(|rel| *rel != Rel::Root) {
            return Err(ModelError::Section { section: "rels", why: "it needs root and another" });
        }
        let network = Network::load(&sections, tags.len(), rels.len())?;
        let splitter = Splitter::load(&sections)?;
        let lemmatiser = Lemmatiser::load(&sections)?;
        let features = Features::load(&sections)?;
        Ok(Self {
            bytes,
            version,
            tags,
            rels,
            network,
            splitter,
            lemmatiser,
            features,
            head_temperature,
            rel_temperature,
        })
    }
}

/// One label a line; the line number is the output of the network.
fn inventory<T>(
    text: &str,
    section: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, ModelError> {
    text.lines()
        .map(|line| read(line).ok_or(ModelError::Section { section, why: "a label is unknown" }))
        .collect()
}
