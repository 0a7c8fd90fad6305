//! Dictionary forms by edit scripts.
//!
//! A script says how many characters to take off the end and what to put there. Words that the suffix rules get wrong
//! are listed by themselves; of all others the longest known suffix decides. Both tables hold hashes of form and tag.

use crate::file::{ModelError, Sections};
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
    const PRIME: u64 = 0x0100_0000_01B3;
    let start = if suffix { 0x84_2223_25CB_F29C } else { 0xCBF2_9CE4_8422_2325 };
    let bytes = tag.as_str().bytes().chain([0]).chain(letters.bytes());
    let h = bytes.fold(start, |h, byte| (h ^ u64::from(byte)).wrapping_mul(PRIME));
    let h = (h ^ (h >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h ^ (h >> 32)
}

/// The suffixes of `letters`, longest first, down to the empty one.
pub fn suffixes(letters: &str) -> impl Iterator<Item = &str> {
    let starts = letters.char_indices().rev().take(LONGEST_SUFFIX).map(|(at, _)| at);
    let starts: Vec<usize> = std::iter::once(letters.len()).chain(starts).collect();
    starts.into_iter().rev().map(|at| &letters[at..])
}

/// Slot without an entry.
const EMPTY: u16 = u16::MAX;

/// The lemma tables.
#[derive(Debug)]
pub(crate) struct Lemmatiser {
    scripts: Vec<Script>,
    slots: Vec<(u32, u16)>,
}

impl Lemmatiser {
    pub(crate) fn load(sections: &Sections<'_>) -> Result<Self, ModelError> {
        let mut reader = sections.reader("lemma")?;
        let count = reader.u32()? as usize;
        if count >= usize::from(EMPTY) {
            return Err(reader.error("it has too many scripts"));
        }
        let mut scripts = Vec::new();
        for _ in 0..count {
            let bytes = reader.bytes(2)?;
            scripts.push(Script {
                lower: bytes[0] != 0,
                cut: bytes[1],
                add: reader.text()?.into(),
            });
        }
        let size = reader.u32()? as usize;
        if !size.is_power_of_two() {
            return Err(reader.error("the table is no power of two"));
        }
        let bytes = reader.bytes(size.checked_mul(6).ok_or(reader.error("it is too large"))?)?;
        let slots: Vec<(u32, u16)> = bytes
            .chunks_exact(6)
            .map(|b| {
                (u32::from_le_bytes([b[0], b[1], b[2], b[3]]), u16::from_le_bytes([b[4], b[5]]))
            })
            .collect();
        let valid = |&(_, script): &(u32, u16)| script == EMPTY || usize::from(script) < count;
        if !slots.iter().all(valid) || !slots.iter().any(|&(_, script)| script == EMPTY) {
            return Err(reader.error("an entry names no script, or the table is full"));
        }
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
        let size = (entries.len() * 3 / 2 + 2).next_power_of_two();
        let mut slots = vec![(0u32, EMPTY); size];
        for &(key, script) in entries {
            let mut at = key as usize & (size - 1);
            while slots[at].1 != EMPTY {
                at = (at + 1) & (size - 1);
            }
            slots[at] = ((key >> 32) as u32, script);
        }
        out.extend((size as u32).to_le_bytes());
        for (mark, script) in slots {
            out.extend(mark.to_le_bytes());
            out.extend(script.to_le_bytes());
        }
        out
    }

    fn find(&self, key: u64) -> Option<&Script> {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            let (mark, script) = self.slots[at];
            if script == EMPTY {
                return None;
            }
            if mark == (key >> 32) as u32 {
                return self.scripts.get(usize::from(script));
            }
            at = (at + 1) & mask;
        }
    }

    /// The lemma of `form` under `tag`; the form in small letters where nothing is known. Numbers lose their commas.
    pub(crate) fn lemma(&self, form: &str, tag: Xpos) -> Box<str> {
        if tag == Xpos::Cd && form.contains(',') {
            return form.replace(',', "").into();
        }
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

/// Capitals of a name longer than this are shouted; shorter ones are mostly an abbreviation.
const LONGEST_ABBREVIATION: usize = 5;

/// The lemma of a word that is not listed, where its shape decides: codes keep their letters, shouted names lose capitals.
pub fn by_shape(form: &str, tag: Xpos) -> Option<Box<str>> {
    let has = |wanted: fn(char) -> bool| form.chars().any(wanted);
    match tag {
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
