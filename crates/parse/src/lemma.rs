//! Dictionary forms by edit scripts.
//!
//! A script says how many characters to take off the end and what to put there. Words that the suffix rules get wrong
//! are listed by themselves; of all others the longest known suffix decides. Both tables hold hashes of form and tag.

use crate::file::{ModelError, Sections};
use crate::slots::{Slots, hash};
use crate::tag::Xpos;

/// How to turn a form into its lemma.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Script {
    /// Whether the form is first put into small letters.
    pub lower: bool,
    /// Characters to take off the end.
    pub cut: u8,
    /// What to put there.
    pub add: Box<str>,
}

impl Script {
    /// The script from `form` to `lemma`.
    pub fn between(form: &str, lemma: &str) -> Self {
        let lower = !lemma.chars().any(char::is_uppercase);
        let from = if lower { form.to_lowercase() } else { form.to_owned() };
        let shared = from.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
        Self {
            lower,
            cut: (from.chars().count() - shared).min(usize::from(u8::MAX)) as u8,
            add: lemma.chars().skip(shared).collect(),
        }
    }

    /// The lemma of `form`.
    pub fn apply(&self, form: &str) -> Box<str> {
        let lowered;
        let from = if self.lower {
            lowered = form.to_lowercase();
            &lowered
        } else {
            form
        };
        let kept = from.char_indices().rev().take(usize::from(self.cut)).last();
        let kept = kept.map_or(from, |(at, _)| &from[..at]);
        [kept, &*self.add].concat().into()
    }
}

/// Longest suffix that the rules look at, in characters.
pub const LONGEST_SUFFIX: usize = 6;

/// The key of a whole word (`suffix` false) or of a suffix, under a tag. `letters` are small letters.
pub fn key(letters: &str, tag: Xpos, suffix: bool) -> u64 {
    let start = if suffix { 0x84_2223_25CB_F29C } else { 0xCBF2_9CE4_8422_2325 };
    hash(start, tag.as_str().bytes().chain([0]).chain(letters.bytes()))
}

/// The suffixes of `letters`, longest first, down to the empty one.
pub fn suffixes(letters: &str) -> impl Iterator<Item = &str> {
    let starts = letters.char_indices().rev().take(LONGEST_SUFFIX).map(|(at, _)| at);
    let starts: Vec<usize> = std::iter::once(letters.len()).chain(starts).collect();
    starts.into_iter().rev().map(|at| &letters[at..])
}

/// The lemma tables.
#[derive(Debug)]
pub(crate) struct Lemmatiser {
    scripts: Vec<Script>,
    slots: Slots,
}

impl Lemmatiser {
    pub(crate) fn load(sections: &Sections<'_>) -> Result<Self, ModelError> {
        let mut reader = sections.reader("lemma")?;
        let count = reader.u32()? as usize;
        let mut scripts = Vec::new();
        for _ in 0..count {
            let bytes = reader.bytes(2)?;
            scripts.push(Script {
                lower: bytes[0] != 0,
                cut: bytes[1],
                add: reader.text()?.into(),
            });
        }
        let slots = Slots::load(&mut reader, count)?;
        Ok(Self { scripts, slots })
    }

    /// The bytes of the section: scripts, and keys with the script each names.
    pub(crate) fn section(scripts: &[Script], entries: &[(u64, u16)]) -> Vec<u8> {
        let mut out = (scripts.len() as u32).to_le_bytes().to_vec();
        for script in scripts {
            out.extend([u8::from(script.lower), script.cut]);
            out.extend((script.add.len() as u32).to_le_bytes());
            out.extend(script.add.bytes());
        }
        Slots::write(entries, &mut out);
        out
    }

    fn find(&self, key: u64) -> Option<&Script> {
        self.scripts.get(self.slots.find(key)?)
    }

    /// The lemma of `form` under `tag`; the form in small letters where nothing is known. Numbers lose their commas.
    pub(crate) fn lemma(&self, form: &str, tag: Xpos) -> Box<str> {
        if tag == Xpos::Cd && form.contains(',') {
            return form.replace(',', "").into();
        }
        let tag = filed_under(form, tag);
        let letters = form.to_lowercase();
        if let Some(script) = self.find(key(&letters, tag, false)) {
            return script.apply(form);
        }
        if let Some(lemma) = by_shape(form, tag) {
            return lemma;
        }
        let script = suffixes(&letters).find_map(|suffix| self.find(key(suffix, tag, true)));
        script.map_or_else(|| letters.as_str().into(), |script| script.apply(form))
    }
}

/// The tag under which a form stands in the tables. Treebanks disagree on the tags of dashes and dots, not on lemmas.
pub fn filed_under(form: &str, tag: Xpos) -> Xpos {
    let is_word = tag == Xpos::Pos || form.chars().any(char::is_alphanumeric);
    if is_word { tag } else { Xpos::Nfp }
}

/// Capitals of a name longer than this are shouted; shorter ones are mostly an abbreviation.
const LONGEST_ABBREVIATION: usize = 5;

/// The lemma of a word that is not listed, where its shape decides: codes keep their letters, shouted names lose capitals.
pub fn by_shape(form: &str, tag: Xpos) -> Option<Box<str>> {
    let has = |wanted: fn(char) -> bool| form.chars().any(wanted);
    match tag {
        Xpos::Add => Some(form.into()),
        _ if form.contains('@') || form.contains("://") || form.starts_with("www.") => {
            Some(form.into())
        }
        Xpos::Nn if has(char::is_numeric) && has(char::is_alphabetic) => Some(form.into()),
        Xpos::Nnp if !has(char::is_lowercase) && form.chars().all(char::is_alphabetic) => {
            let mut letters = form.chars();
            let first = letters.next()?;
            let rest = letters.as_str();
            let shouted = rest.chars().count() >= LONGEST_ABBREVIATION;
            shouted.then(|| [first.to_string(), rest.to_lowercase()].concat().into())
        }
        _ => None,
    }
}

/// Puts the lemma tables into the bytes of a model section.
pub fn lemma_section(scripts: &[Script], entries: &[(u64, u16)]) -> Vec<u8> {
    Lemmatiser::section(scripts, entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_lead_from_form_to_lemma() {
        for (form, lemma) in [
            ("Granted", "grant"),
            ("went", "go"),
            ("boats", "boat"),
            ("Japan", "Japan"),
            ("U.S.", "U.S."),
            ("’s", "'s"),
            ("Éléments", "élément"),
        ] {
            assert_eq!(&*Script::between(form, lemma).apply(form), lemma);
        }
    }

    #[test]
    fn codes_keep_their_letters_and_shouted_names_lose_capitals() {
        assert_eq!(by_shape("F-35B", Xpos::Nn).as_deref(), Some("F-35B"));
        assert_eq!(by_shape("GINSBURG", Xpos::Nnp).as_deref(), Some("Ginsburg"));
        assert_eq!(by_shape("NATO", Xpos::Nnp), None);
        assert_eq!(by_shape("Japan", Xpos::Nnp), None);
    }

    #[test]
    fn suffixes_go_from_long_to_short() {
        assert_eq!(suffixes("été").collect::<Vec<_>>(), ["été", "té", "é", ""]);
        assert_eq!(suffixes("agreements").next(), Some("ements"));
    }
}
