//! Which language a text is in: only English is coded.
//!
//! Two judges. Trigrams (whatlang) know seventy languages but stumble over names; the little words of English stand in
//! every English paragraph, and none of the chosen ones is a word of the languages that trigrams take for English.

use crate::{Document, zone};

/// The language of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Language {
    /// English: it can be coded.
    English,
    /// Another language.
    Other {
        /// Its English name.
        name: &'static str,
        /// How sure that is, 0 to 1.
        confidence: f64,
    },
    /// Too few words to tell.
    TooShort,
}

/// Paragraphs looked at; more never change the verdict.
const MAX_PARAGRAPHS: usize = 200;
/// Bytes looked at in each.
const MAX_BYTES: usize = 2000;
/// Words below which a paragraph has no vote.
const MIN_WORDS: usize = 5;

impl Document {
    /// The language of the article, decided by most of its letters.
    pub fn language(&self) -> Language {
        let mut english = 0;
        let mut others: Vec<(whatlang::Lang, usize, f64)> = Vec::new();
        for zone in self.article().take(MAX_PARAGRAPHS) {
            let paragraph = head(zone.span.of(&self.text));
            let Some(verdict) = judge(paragraph) else { continue };
            let letters = paragraph.chars().filter(|c| c.is_alphabetic()).count();
            match verdict {
                Verdict::English => english += letters,
                Verdict::Other(lang, confidence) => {
                    let weight = letters as f64 * confidence;
                    match others.iter_mut().find(|(it, ..)| *it == lang) {
                        Some((_, n, sum)) => (*n, *sum) = (*n + letters, *sum + weight),
                        None => others.push((lang, letters, weight)),
                    }
                }
            }
        }
        let foreign: usize = others.iter().map(|(_, n, _)| n).sum();
        if english == 0 && foreign == 0 {
            return Language::TooShort;
        }
        if english >= foreign {
            return Language::English;
        }
        let most = others.iter().max_by_key(|(lang, n, _)| (*n, lang.code()));
        most.map_or(Language::TooShort, |&(lang, n, sum)| Language::Other {
            name: lang.eng_name(),
            confidence: (sum / n as f64 * 100.0).round() / 100.0,
        })
    }
}

/// The language of a text as it was received.
pub fn language(text: &str) -> Language {
    Document::new("", text, crate::Meta::default()).language()
}

enum Verdict {
    English,
    Other(whatlang::Lang, f64),
}

/// Judges one paragraph; nothing where it is too short.
fn judge(paragraph: &str) -> Option<Verdict> {
    let letters = paragraph.chars().filter(|c| c.is_alphabetic()).count();
    let foreign_script = paragraph
        .chars()
        .filter(|c| c.is_alphabetic() && !c.is_ascii())
        .filter(|&c| {
            !('\u{C0}'..='\u{24F}').contains(&c) && !('\u{1E00}'..='\u{1EFF}').contains(&c)
        })
        .count();
    let total = zone::words(paragraph).count();
    if total < MIN_WORDS && (foreign_script < 8 || letters < 8) {
        return None;
    }
    let other = || {
        let info = whatlang::detect(paragraph)?;
        (info.lang() != whatlang::Lang::Eng).then(|| Verdict::Other(info.lang(), info.confidence()))
    };
    if foreign_script * 2 > letters {
        return other();
    }
    let little = zone::words(paragraph).filter(|word| is_english_little_word(word)).count();
    // Reports have one such word in six; two paragraphs full of names still have one in fourteen.
    if little * 14 >= total {
        return Some(Verdict::English);
    }
    match whatlang::detect(paragraph) {
        Some(info)
            if info.lang() == whatlang::Lang::Eng && (little * 40 >= total || total < 15) =>
        {
            Some(Verdict::English)
        }
        // A headline of names looks like anything.
        _ if total < 15 && (little > 0 || has_english_forms(paragraph)) => Some(Verdict::English),
        _ if total < 15
            && letters == paragraph.chars().filter(char::is_ascii_alphabetic).count() =>
        {
            None
        }
        // A sentence of plain letters looks like many languages.
        Some(info)
            if info.lang() != whatlang::Lang::Eng
                && total < 25
                && info.confidence() < 0.9
                && letters == paragraph.chars().filter(char::is_ascii_alphabetic).count() =>
        {
            None
        }
        // Trigrams that are not sure themselves stumble over names: "meets Iceland's prime minister at a house in Reykjavik".
        Some(info)
            if info.lang() != whatlang::Lang::Eng
                && info.confidence() < 0.5
                && zone::words(paragraph).filter(|word| is_weak_word(word)).count() * 8
                    >= total =>
        {
            Some(Verdict::English)
        }
        Some(info) if info.lang() != whatlang::Lang::Eng => {
            Some(Verdict::Other(info.lang(), info.confidence()))
        }
        // Trigrams say English, the little words are missing: Vietnamese or Malay without its marks.
        Some(_) => foreign_guess(paragraph),
        None => None,
    }
}

/// The likeliest language other than English.
fn foreign_guess(paragraph: &str) -> Option<Verdict> {
    let detector = whatlang::Detector::with_denylist(vec![whatlang::Lang::Eng]);
    detector.detect(paragraph).map(|info| Verdict::Other(info.lang(), info.confidence() / 2.0))
}

/// Words that hardly any English paragraph lacks and that no other language in Latin script shares often.
fn is_english_little_word(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "the"
            | "and"
            | "of"
            | "to"
            | "with"
            | "from"
            | "that"
            | "which"
            | "were"
            | "been"
            | "has"
            | "have"
            | "had"
            | "their"
            | "they"
            | "said"
            | "says"
            | "this"
            | "these"
            | "those"
            | "by"
            | "its"
            | "it"
            | "would"
            | "who"
            | "whose"
            | "than"
            | "after"
            | "about"
            | "into"
            | "could"
            | "should"
            | "not"
            | "are"
            | "but"
            | "between"
            | "against"
            | "his"
            | "her"
            | "when"
            | "where"
            | "while"
            | "before"
            | "during"
            | "through"
            | "is"
            | "you"
            | "for"
    )
}

/// Words of English news that other languages have, too, or seldom: several of them are a hint, no proof.
fn is_weak_word(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "a" | "an"
            | "at"
            | "as"
            | "in"
            | "on"
            | "for"
            | "prime"
            | "minister"
            | "president"
            | "foreign"
            | "meets"
            | "met"
            | "visits"
            | "approves"
            | "signs"
            | "talks"
            | "trade"
            | "project"
            | "power"
            | "aid"
            | "military"
            | "deal"
    )
}

/// Whether a short text without little words still bends its verbs as English does: "will visit …, … reported".
fn has_english_forms(paragraph: &str) -> bool {
    let bent = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.len() > 4
            && ["ed", "ing", "ly", "ght"].into_iter().any(|end| word.ends_with(end))
    };
    let loose =
        |word: &str| matches!(word, "in" | "on" | "at" | "will" | "a" | "as" | "was" | "be");
    zone::words(paragraph).any(bent) && zone::words(paragraph).any(loose)
}

fn head(paragraph: &str) -> &str {
    let end = (0..=MAX_BYTES.min(paragraph.len())).rev().find(|&at| paragraph.is_char_boundary(at));
    &paragraph[..end.unwrap_or(0)]
}
