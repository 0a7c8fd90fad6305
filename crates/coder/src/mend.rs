//! Mistakes that the parser makes again and again, put right where grammar leaves no doubt.

use hedgerow_parse::{Rel, Sentence, Token, Upos, Xpos};

/// Units of time that may follow a party: "with Ecuador hours later".
const UNITS: [&str; 8] =
    ["minutes", "hours", "days", "weeks", "months", "years", "decades", "moments"];

/// Hangs clauses and names where they belong.
pub(crate) fn mend(text: &str, sentence: &mut Sentence) {
    let ends = sentence
        .tokens
        .last()
        .is_some_and(|last| matches!(last.span.of(text), "." | "”" | "\"" | "?" | "!"));
    for at in 0..sentence.tokens.len() {
        if ends {
            active(sentence, at);
        }
        called(sentence, at);
        told_that(text, sentence, at);
        hours_later(text, sentence, at);
    }
}

/// "An Icelandic gunboat fired at a British trawler." A past form without an auxiliary is no passive, save in headlines
/// and where it shares the auxiliary of the verb before ("were killed and wounded").
fn active(sentence: &mut Sentence, at: usize) {
    let tokens = &sentence.tokens;
    let verb = &tokens[at];
    let clause = matches!(verb.rel, Rel::Root | Rel::Ccomp | Rel::Conj | Rel::Parataxis);
    if verb.xpos != Xpos::Vbn || !clause {
        return;
    }
    let kid =
        |rels: &[Rel]| tokens.iter().any(|t| t.head == Some(at as u32) && rels.contains(&t.rel));
    let participle = |i: u32| tokens[i as usize].xpos == Xpos::Vbn;
    let shares = verb.rel == Rel::Conj && verb.head.is_some_and(participle);
    // "has green-lighted" is no passive either, "has been attacked" is one.
    let been = tokens
        .iter()
        .any(|t| t.head == Some(at as u32) && t.upos == Upos::Aux && &*t.lemma == "be");
    if shares || been || !kid(&[Rel::NsubjPass]) || kid(&[Rel::AuxPass, Rel::Cop, Rel::OblAgent]) {
        return;
    }
    sentence.tokens[at].xpos = Xpos::Vbd;
    for token in &mut sentence.tokens {
        if token.head == Some(at as u32) && token.rel == Rel::NsubjPass {
            token.rel = Rel::Nsubj;
        }
    }
}

/// "Mr Netanyahu, speaking in Jerusalem, thanked the president": nobody is called; he thanks.
fn called(sentence: &mut Sentence, at: usize) {
    let tokens = &sentence.tokens;
    let name = &tokens[at];
    let Some(verb) = name.head.map(|head| head as usize).filter(|_| name.rel == Rel::Vocative)
    else {
        return;
    };
    let finite = matches!(tokens[verb].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
    let subject = |t: &Token| {
        t.head == Some(verb as u32) && matches!(t.rel, Rel::Nsubj | Rel::NsubjPass | Rel::Expl)
    };
    if at < verb && finite && !tokens.iter().any(subject) {
        sentence.tokens[at].rel = Rel::Nsubj;
    }
}

/// "told the United Nations that Ethiopia was arming rebels": the clause belongs to the telling, not to who is told.
fn told_that(text: &str, sentence: &mut Sentence, at: usize) {
    let tokens = &sentence.tokens;
    let clause = &tokens[at];
    if !matches!(clause.rel, Rel::Acl | Rel::AclRelcl) {
        return;
    }
    let Some(told) = clause.head.map(|head| head as usize) else { return };
    if tokens[told].rel != Rel::Iobj || told > at {
        return;
    }
    let kid = |rels: &[Rel], word: &str| {
        tokens.iter().any(|t| {
            t.head == Some(at as u32)
                && rels.contains(&t.rel)
                && (word.is_empty() || t.span.of(text) == word)
        })
    };
    if kid(&[Rel::Mark], "that") && kid(&[Rel::Nsubj, Rel::NsubjPass], "") {
        let verb = tokens[told].head;
        let clause = &mut sentence.tokens[at];
        (clause.head, clause.rel) = (verb, Rel::Ccomp);
    }
}

/// "broke off ties with Ecuador hours later": the name is no part of the time.
fn hours_later(text: &str, sentence: &mut Sentence, at: usize) {
    let tokens = &sentence.tokens;
    let word = |i: usize| tokens.get(i).map(|t| t.span.of(text));
    let late = matches!(word(at + 1), Some("later" | "earlier" | "ago" | "after" | "before"));
    if !late || !word(at).is_some_and(|unit| UNITS.contains(&unit)) {
        return;
    }
    let Some(name) = at.checked_sub(1) else { return };
    if tokens[name].upos != Upos::Propn || tokens[name].head != Some(at as u32) {
        return;
    }
    let (head, rel) = (tokens[at].head, tokens[at].rel);
    for (i, token) in sentence.tokens.iter_mut().enumerate() {
        if token.head == Some(at as u32) && token.rel == Rel::Case && i < name {
            token.head = Some(name as u32);
        }
    }
    (sentence.tokens[name].head, sentence.tokens[name].rel) = (head, rel);
    (sentence.tokens[at].head, sentence.tokens[at].rel) = (head, Rel::OblUnmarked);
}

#[cfg(test)]
mod tests {
    use hedgerow_parse::{Model, Parser};
    use hedgerow_text::Span;

    use super::*;

    fn mended(text: &str) -> Sentence {
        let model = Model::english().unwrap();
        let mut parser = Parser::new(&model);
        let words = parser.split(text, Span::new(0, text.len() as u32)).remove(0);
        let mut sentence = parser.annotate(text, &words);
        mend(text, &mut sentence);
        sentence
    }

    fn head<'t>(text: &'t str, sentence: &Sentence, word: &str) -> (&'t str, Rel) {
        let at = sentence.tokens.iter().find(|t| t.span.of(text) == word).unwrap();
        let head = at.head.map_or("", |h| sentence.tokens[h as usize].span.of(text));
        (head, at.rel)
    }

    #[test]
    fn what_is_told_hangs_on_the_telling() {
        let text = "Eritrea told the United Nations that Ethiopia was funding militias.";
        assert_eq!(head(text, &mended(text), "funding"), ("told", Rel::Ccomp));
    }

    #[test]
    fn a_party_is_no_part_of_the_hour() {
        let text = "Peru broke off relations with Ecuador hours later.";
        let sentence = mended(text);
        assert_eq!(head(text, &sentence, "with"), ("Ecuador", Rel::Case));
        assert_ne!(head(text, &sentence, "Ecuador").0, "hours");
    }
}
