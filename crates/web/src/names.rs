//! What the codebook has names for: actors, and rules that have a page.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::Codebook;

/// What codes are called: `VNM` is Vietnam. Codes without a name are shown as they are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    actors: BTreeMap<String, String>,
    rules: BTreeSet<String>,
}

impl Names {
    /// What a codebook's gazetteer calls states and bodies.
    pub(crate) fn of_codebook(codebook: &Codebook) -> Self {
        let states = codebook.gazetteer.states().iter().map(|it| (&*it.code, &*it.name));
        let bodies = codebook.gazetteer.bodies().iter().map(|it| (&*it.code, &*it.name));
        let named = states.chain(bodies).map(|(code, name)| (code.to_owned(), name.to_owned()));
        let rules = codebook.lexicon.senses().iter().map(|it| it.id.to_string());
        Self { actors: named.collect(), rules: rules.collect() }
    }

    /// The name of an actor; of `GRP:major powers` and `IGO:NATO` the part after the colon where no name is known.
    pub(crate) fn of<'a>(&'a self, code: &'a str) -> Cow<'a, str> {
        if let Some(name) = self.actors.get(code) {
            return Cow::Borrowed(name);
        }
        Cow::Borrowed(code.split_once(':').map_or(code, |(_, name)| name))
    }

    /// Whether a name is known for this code.
    pub(crate) fn knows(&self, code: &str) -> bool {
        self.actors.contains_key(code)
    }

    /// Whether the codebook has a rule of this id; claims may be of another codebook, or written by people.
    pub(crate) fn has_rule(&self, id: &str) -> bool {
        self.rules.contains(id)
    }
}
