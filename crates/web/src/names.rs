//! Names of actors for readers.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// What codes are called: `VNM` is Vietnam. Codes without a name are shown as they are.
#[derive(Debug, Clone, Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// The name of an actor; of `GRP:major powers` and `IGO:NATO` the part after the colon where no name is known.
    pub fn of<'a>(&'a self, code: &'a str) -> Cow<'a, str> {
        if let Some(name) = self.0.get(code) {
            return Cow::Borrowed(name);
        }
        Cow::Borrowed(code.split_once(':').map_or(code, |(_, name)| name))
    }

    /// Whether a name is known for this code.
    pub fn knows(&self, code: &str) -> bool {
        self.0.contains_key(code)
    }
}

impl<C: Into<String>, N: Into<String>> FromIterator<(C, N)> for Names {
    fn from_iter<T: IntoIterator<Item = (C, N)>>(pairs: T) -> Self {
        Self(pairs.into_iter().map(|(code, name)| (code.into(), name.into())).collect())
    }
}
