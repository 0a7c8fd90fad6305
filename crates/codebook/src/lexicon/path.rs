//! Places in a clause, as a sense names them: `subj`, `to`, `obj.poss`.

use std::fmt;

/// One step from a word to those that depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The word itself with its modifiers.
    Own,
    /// Who does it, in the active or passive; of a noun also its owner.
    Subj,
    /// What it is done to, in the active or passive.
    Obj,
    /// To whom, without preposition ("granted Vietnam boats").
    Iobj,
    /// Owner, or a state's name or adjective before a noun ("Japan's aid", "Japanese aid").
    Poss,
    /// The clause it governs ("agreed to visit", "said that it had visited").
    Comp,
    /// The verb that this noun completes ("pay a visit").
    Light,
    /// A clause of manner or purpose beside it ("by sending", "to protest").
    Aside,
    /// The name that a noun is said of ("its ally Belarus", "Belarus, an ally").
    Name,
    /// A phrase with that preposition.
    Prep(Box<str>),
}

/// A way from the trigger: slots one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path(pub Vec<Slot>);

/// Prepositions that may name a slot. Anything else is a misspelling.
const PREPOSITIONS: &[&str] = &[
    "about",
    "after",
    "against",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "beside",
    "between",
    "by",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "over",
    "regarding",
    "than",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "upon",
    "via",
    "vis-a-vis",
    "with",
    "within",
    "without",
    "alongside",
    "across",
    "along",
    "despite",
    "because",
    "since",
    "until",
    "till",
    "outside",
    "beyond",
    "opposite",
    "below",
    "above",
    "past",
    "throughout",
    "unto",
    "versus",
    "except",
];

impl Slot {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "self" => Self::Own,
            "subj" => Self::Subj,
            "obj" => Self::Obj,
            "iobj" => Self::Iobj,
            "poss" => Self::Poss,
            "comp" => Self::Comp,
            "light" => Self::Light,
            "aside" => Self::Aside,
            "name" => Self::Name,
            name if PREPOSITIONS.contains(&name) => Self::Prep(name.into()),
            _ => return None,
        })
    }
}

impl Path {
    /// Reads `obj.poss`; `None` if a slot is unknown.
    pub fn parse(text: &str) -> Option<Self> {
        let slots: Option<Vec<Slot>> =
            text.split('.').map(|name| Slot::parse(name.trim())).collect();
        slots.filter(|slots| !slots.is_empty()).map(Self)
    }

    /// Reads paths separated by `|` or blanks.
    pub(crate) fn parse_all(text: &str) -> Result<Vec<Self>, String> {
        let names = text.split(|c: char| c == '|' || c.is_whitespace()).filter(|n| !n.is_empty());
        names.map(|name| Self::parse(name).ok_or_else(|| name.to_owned())).collect()
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, slot) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str(".")?;
            }
            f.write_str(match slot {
                Slot::Own => "self",
                Slot::Subj => "subj",
                Slot::Obj => "obj",
                Slot::Iobj => "iobj",
                Slot::Poss => "poss",
                Slot::Comp => "comp",
                Slot::Light => "light",
                Slot::Aside => "aside",
                Slot::Name => "name",
                Slot::Prep(name) => name,
            })?;
        }
        Ok(())
    }
}
