//! Morphological features (number, tense, voice …), looked up by tag, form and the syntax around a verb.

use hedgerow_text::Span;

use crate::file::{ModelError, Sections};
use crate::sentence::{Sentence, Token};
use crate::slots::{Slots, hash};
use crate::tag::{Rel, Upos, Xpos};

/// What of its sentence tells the features of a verb: whose subject it has, what supports it, what it hangs from.
/// Other words have cue 0.
pub type Cue = u32;

/// The key of a form in small letters (empty: any form) under its tags and cue.
pub fn key(letters: &str, upos: Upos, xpos: Xpos, cue: Cue) -> u64 {
    let tags = upos.as_str().bytes().chain([b' ']).chain(xpos.as_str().bytes()).chain([0]);
    hash(0xCBF2_9CE4_8422_2325, tags.chain(cue.to_le_bytes()).chain(letters.bytes()))
}

/// The table of features.
#[derive(Debug)]
pub(crate) struct Features {
    sets: Vec<Box<str>>,
    slots: Slots,
}

impl Features {
    pub(crate) fn load(sections: &Sections<'_>) -> Result<Self, ModelError> {
        let mut reader = sections.reader("feats")?;
        let count = reader.u32()? as usize;
        let sets = (0..count).map(|_| Ok(reader.text()?.into())).collect::<Result<Vec<_>, _>>()?;
        let slots = Slots::load(&mut reader, count)?;
        Ok(Self { sets, slots })
    }

    /// The features of word `word`, as CoNLL-U writes them; `_` where it has none.
    pub(crate) fn of(&self, sentence: &Sentence, text: &str, word: usize) -> &str {
        let token = &sentence.tokens[word];
        let (upos, xpos) = (token.upos, token.xpos);
        let letters = token.span.of(text).to_lowercase();
        let cue = cue(sentence, text, word);
        [key(&letters, upos, xpos, cue), key("", upos, xpos, cue), key("", upos, xpos, 0)]
            .into_iter()
            .find_map(|key| self.slots.find(key))
            .map_or("_", |set| &self.sets[set])
    }
}

/// The bytes of the section: sets of features, and keys with the set each names.
pub fn feats_section(sets: &[String], entries: &[(u64, u16)]) -> Vec<u8> {
    let mut out = (sets.len() as u32).to_le_bytes().to_vec();
    for set in sets {
        out.extend((set.len() as u32).to_le_bytes());
        out.extend(set.bytes());
    }
    Slots::write(entries, &mut out);
    out
}

/// The cue of a word.
pub fn cue(sentence: &Sentence, text: &str, word: usize) -> Cue {
    let token = &sentence.tokens[word];
    if !matches!(token.upos, Upos::Verb | Upos::Aux) {
        return 0;
    }
    // An auxiliary agrees with the subject of what it helps.
    let helps = matches!(token.rel, Rel::Aux | Rel::AuxPass | Rel::Cop);
    let verb = token.head.filter(|_| helps).map_or(word, |head| head as usize);
    let hangs = match token.rel {
        Rel::Aux | Rel::AuxPass | Rel::Cop => 1,
        Rel::Acl | Rel::AclRelcl => 2,
        Rel::Advcl => 3,
        Rel::Xcomp => 4,
        Rel::Ccomp | Rel::Csubj | Rel::Obj | Rel::Nsubj => 5,
        Rel::Amod | Rel::Compound | Rel::Case => 6,
        _ => 7,
    };
    1 + subject(sentence, text, verb) * 64 + support(sentence, verb) * 8 + hangs
}

fn children(sentence: &Sentence, word: usize) -> impl Iterator<Item = &Token> {
    sentence.tokens.iter().filter(move |token| token.head == Some(word as u32))
}

/// What stands before a verb and decides its form.
fn support(sentence: &Sentence, verb: usize) -> u32 {
    let has = |test: fn(&Token) -> bool| children(sentence, verb).any(test);
    if has(|token| token.rel == Rel::AuxPass) {
        1
    } else if has(|token| token.rel == Rel::Aux && &*token.lemma == "have") {
        2
    } else if has(|token| token.rel == Rel::Aux && &*token.lemma == "be") {
        3
    } else if has(|token| token.rel == Rel::Aux || token.xpos == Xpos::To) {
        4
    } else if has(|token| matches!(token.rel, Rel::Mark | Rel::Case)) {
        5
    } else {
        0
    }
}

/// Person and number of the subject of a verb, or of the verb it is joined to where it has none of its own.
fn subject(sentence: &Sentence, text: &str, verb: usize) -> u32 {
    let own = |verb: usize| {
        sentence.tokens.iter().enumerate().find(|(_, token)| {
            token.head == Some(verb as u32) && matches!(token.rel, Rel::Nsubj | Rel::NsubjPass)
        })
    };
    let mut at = verb;
    let found = loop {
        let token = &sentence.tokens[at];
        match (own(at), token.head) {
            (Some(found), _) => break Some(found),
            // Heads lead to the root, so this ends.
            (None, Some(head)) if token.rel == Rel::Conj => at = head as usize,
            _ => break None,
        }
    };
    let Some((place, token)) = found else { return 0 };
    match (token.span.of(text).to_lowercase().as_str(), token.xpos) {
        ("i", _) => 1,
        ("we", _) => 2,
        ("you", _) => 3,
        ("they" | "these" | "those" | "both" | "many" | "few", _) => 4,
        (_, Xpos::Nns | Xpos::Nnps) => 4,
        _ if children(sentence, place).any(|child| child.rel == Rel::Conj) => 4,
        _ => 5,
    }
}

/// A sentence of a treebank, so that cues are found in it as in what the parser gives. `words` are span, lemma, tags,
/// head and relation.
pub fn sentence(
    words: impl Iterator<Item = (Span, String, Upos, Xpos, Option<u32>, Rel)>,
) -> Sentence {
    let tokens: Vec<Token> = words
        .map(|(span, lemma, upos, xpos, head, rel)| Token {
            span,
            lemma: lemma.into(),
            upos,
            xpos,
            rel,
            head,
            head_prob: 1.0,
            rel_prob: 1.0,
        })
        .collect();
    let span = match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => Span::new(0, 0),
    };
    Sentence { span, tokens, alternatives: Vec::new() }
}
