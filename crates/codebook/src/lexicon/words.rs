//! Sets of lemmas.

use std::sync::Arc;

use rustc_hash::FxHashSet;

/// Lemmas, and classes of lemmas that all tests which name them share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    own: FxHashSet<Box<str>>,
    classes: Vec<Arc<FxHashSet<Box<str>>>>,
}

impl Words {
    /// Whether a lemma is one of them.
    pub fn contains(&self, lemma: &str) -> bool {
        self.own.contains(lemma) || self.classes.iter().any(|class| class.contains(lemma))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.classes.iter().all(|class| class.is_empty())
    }

    /// Those that stand here by themselves, not through a class; in no order.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Box<str>> {
        self.own.iter()
    }

    pub(super) fn insert(&mut self, lemma: &str) {
        self.own.insert(lemma.into());
    }

    pub(super) fn insert_class(&mut self, class: &Arc<FxHashSet<Box<str>>>) {
        self.classes.push(Arc::clone(class));
    }
}
