//! What is replied to.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// The longest id, in bytes.
const MAX_ID: usize = 512;

/// Kinds of things that are replied to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectKind {
    /// What several reports say of one happening, by the id of one of its claims.
    Fact,
    /// One report's assertion.
    Claim,
    /// A document.
    Article,
    /// Two actors, `A/B`.
    Dyad,
    /// An analysis written here.
    Brief,
}

impl SubjectKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Fact, Self::Claim, Self::Article, Self::Dyad, Self::Brief];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Claim => "claim",
            Self::Article => "article",
            Self::Dyad => "dyad",
            Self::Brief => "brief",
        }
    }
}

/// One of them. Written `kind:id`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// Of which kind.
    pub kind: SubjectKind,
    /// Which; of a dyad the codes in the order of the alphabet with `/` between.
    pub id: String,
}

impl Subject {
    /// A subject; whether there is such a thing is the ledger's to say.
    pub fn new(kind: SubjectKind, id: impl Into<String>) -> Self {
        let id = id.into();
        match (kind, id.split_once('/')) {
            (SubjectKind::Dyad, Some((a, b))) if a > b => Self { kind, id: format!("{b}/{a}") },
            _ => Self { kind, id },
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind.as_str(), self.id)
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Subject {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "write what is replied to as kind:id, for example fact:ID".to_owned();
        let (kind, id) = text.split_once(':').ok_or_else(wrong)?;
        let kind = SubjectKind::ALL.into_iter().find(|it| it.as_str() == kind).ok_or_else(wrong)?;
        let fits = !id.is_empty() && id.len() <= MAX_ID && !id.chars().any(char::is_control);
        if fits { Ok(Self::new(kind, id)) } else { Err(wrong()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_one_subject_in_either_order() {
        assert_eq!("dyad:VNM/JPN".parse::<Subject>().unwrap().to_string(), "dyad:JPN/VNM");
        assert_eq!("fact:a:b".parse::<Subject>().unwrap().id, "a:b");
        for bad in ["", "fact", "fact:", "page:x", "fact:a\nb"] {
            assert!(bad.parse::<Subject>().is_err(), "{bad:?}");
        }
    }
}
