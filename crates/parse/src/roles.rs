//! No word has two subjects, two objects or two agents: where the best labels say so, the cheapest change is made.
//!
//! Every arc is labelled by itself, so labels of one head may not go together. Of all that could be changed, another
//! label for one of the two or another head, what loses the least probability is taken.

use crate::sentence::{Alternative, Token};
use crate::tag::{Rel, Xpos};

/// Probabilities of the relations of each token under its head, one row a token.
pub(crate) struct Rows<'a> {
    pub(crate) labels: &'a [Rel],
    pub(crate) values: &'a [f32],
    pub(crate) stride: usize,
}

/// What a predicate has at most one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Subject,
    Object,
    Receiver,
    Agent,
}

fn role(rel: Rel) -> Option<Role> {
    match rel {
        Rel::Nsubj | Rel::NsubjPass => Some(Role::Subject),
        Rel::Obj => Some(Role::Object),
        Rel::Iobj => Some(Role::Receiver),
        Rel::OblAgent => Some(Role::Agent),
        _ => None,
    }
}

/// A change of one token: another relation under its head, or one of the alternatives.
#[derive(Debug, Clone, Copy)]
struct Change {
    token: usize,
    /// What is kept of the probability.
    kept: f32,
    to: To,
}

#[derive(Debug, Clone, Copy)]
enum To {
    Label(Rel, f32),
    Alternative(usize),
}

/// Settles the roles of a block of tokens. Heads count from `base`, the number of the first token of the block.
pub(crate) fn settle(
    tokens: &mut [Token],
    alternatives: &mut [Alternative],
    base: u32,
    rows: &Rows<'_>,
) {
    voices(tokens, base);
    // Every change frees a role that was taken twice; the bound only guards against going round.
    for _ in 0..tokens.len() {
        let Some(pair) = clash(tokens) else { return };
        let changes = pair
            .into_iter()
            .flat_map(|token| changes(tokens, alternatives, base, rows, token).collect::<Vec<_>>());
        let Some(best) = changes.max_by(|a, b| a.kept.total_cmp(&b.kept)) else { return };
        make(best, tokens, alternatives, base);
    }
}

/// A subject is passive under a past participle only, and under one with an object only beside an auxiliary: in "guards
/// killed eight men" *killed* is a past tense, whatever its tag.
fn voices(tokens: &mut [Token], base: u32) {
    for word in 0..tokens.len() {
        if tokens[word].rel != Rel::NsubjPass {
            continue;
        }
        let Some(verb) = tokens[word].head.and_then(|head| head.checked_sub(base)) else {
            continue;
        };
        let verb = verb as usize;
        let governs = |rels: &[Rel]| {
            let head = Some(base + verb as u32);
            tokens.iter().any(|token| token.head == head && rels.contains(&token.rel))
        };
        let active = match tokens.get(verb).map(|verb| (verb.xpos, verb.rel)) {
            Some((Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Vb | Xpos::Vbg, _)) => true,
            Some((Xpos::Vbn, rel)) => {
                rel != Rel::Conj && governs(&[Rel::Obj]) && !governs(&[Rel::Aux, Rel::AuxPass])
            }
            _ => false,
        };
        if active {
            tokens[word].rel = Rel::Nsubj;
            if tokens[verb].xpos == Xpos::Vbn {
                tokens[verb].xpos = Xpos::Vbd;
            }
        }
    }
}

/// The first two tokens that fill one role of one head.
fn clash(tokens: &[Token]) -> Option<[usize; 2]> {
    let filled = |token: &Token| Some((token.head?, role(token.rel)?));
    for (second, token) in tokens.iter().enumerate() {
        let Some(place) = filled(token) else { continue };
        let first = tokens[..second].iter().position(|other| filled(other) == Some(place));
        if let Some(first) = first {
            return Some([first, second]);
        }
    }
    None
}

fn is_free(tokens: &[Token], head: Option<u32>, rel: Rel) -> bool {
    role(rel).is_none_or(|wanted| {
        !tokens.iter().any(|token| token.head == head && role(token.rel) == Some(wanted))
    })
}

/// What could be changed about `token`.
fn changes<'a>(
    tokens: &'a [Token],
    alternatives: &'a [Alternative],
    base: u32,
    rows: &'a Rows<'_>,
    token: usize,
) -> impl Iterator<Item = Change> + 'a {
    let now = tokens[token].head_prob * tokens[token].rel_prob;
    let row = &rows.values[token * rows.stride..][..rows.labels.len()];
    let labels =
        rows.labels.iter().zip(row).filter(move |(rel, _)| {
            **rel != Rel::Root && is_free(tokens, tokens[token].head, **rel)
        });
    let label = labels.max_by(|a, b| a.1.total_cmp(b.1)).map(|(&rel, &p)| Change {
        token,
        kept: p / tokens[token].rel_prob.max(f32::MIN_POSITIVE),
        to: To::Label(rel, p),
    });
    let others = alternatives.iter().enumerate().filter(move |(_, other)| {
        other.token == base + token as u32
            && other.head.is_some_and(|head| !is_above(tokens, base, token, head))
            && is_free(tokens, other.head, other.rel)
    });
    label.into_iter().chain(others.map(move |(place, other)| Change {
        token,
        kept: other.head_prob * other.rel_prob / now.max(f32::MIN_POSITIVE),
        to: To::Alternative(place),
    }))
}

/// Whether the way from `from` to the root leads through `token`, so that `token` must not hang from it.
fn is_above(tokens: &[Token], base: u32, token: usize, from: u32) -> bool {
    let mut at = Some(from);
    for _ in 0..=tokens.len() {
        match at.and_then(|at| at.checked_sub(base)).map(|at| at as usize) {
            Some(here) if here == token => return true,
            Some(here) if here < tokens.len() => at = tokens[here].head,
            _ => return false,
        }
    }
    true
}

/// Makes a change. A head that is given up becomes the alternative.
fn make(change: Change, tokens: &mut [Token], alternatives: &mut [Alternative], base: u32) {
    let token = &mut tokens[change.token];
    match change.to {
        To::Label(rel, p) => (token.rel, token.rel_prob) = (rel, p),
        To::Alternative(place) => {
            let lost = Alternative {
                token: base + change.token as u32,
                head: token.head,
                rel: token.rel,
                head_prob: token.head_prob,
                rel_prob: token.rel_prob,
            };
            let taken = std::mem::replace(&mut alternatives[place], lost);
            (token.head, token.rel) = (taken.head, taken.rel);
            (token.head_prob, token.rel_prob) = (taken.head_prob, taken.rel_prob);
            alternatives
                .sort_by(|a, b| a.token.cmp(&b.token).then(b.head_prob.total_cmp(&a.head_prob)));
        }
    }
}

#[cfg(test)]
mod tests {
    use hedgerow_text::Span;

    use super::*;
    use crate::tag::{Upos, Xpos};

    fn token(head: Option<u32>, rel: Rel, head_prob: f32, rel_prob: f32) -> Token {
        let (upos, xpos) = (Upos::Noun, Xpos::Nn);
        Token {
            span: Span::new(0, 1),
            lemma: "".into(),
            upos,
            xpos,
            rel,
            head,
            head_prob,
            rel_prob,
        }
    }

    const LABELS: [Rel; 3] = [Rel::Obj, Rel::Iobj, Rel::Root];

    #[test]
    fn the_less_certain_object_becomes_the_receiver() {
        let mut tokens = [
            token(None, Rel::Root, 1.0, 1.0),
            token(Some(0), Rel::Obj, 0.9, 0.6),
            token(Some(0), Rel::Obj, 0.9, 0.9),
        ];
        let values = [0.0, 0.0, 1.0, 0.6, 0.4, 0.0, 0.9, 0.1, 0.0];
        let rows = Rows { labels: &LABELS, values: &values, stride: 3 };
        settle(&mut tokens, &mut [], 0, &rows);
        assert_eq!(tokens.each_ref().map(|t| t.rel), [Rel::Root, Rel::Iobj, Rel::Obj]);
    }

    #[test]
    fn another_head_is_taken_where_that_is_likelier_and_keeps_a_tree() {
        let mut tokens = [
            token(None, Rel::Root, 1.0, 1.0),
            token(Some(0), Rel::Obj, 0.5, 0.9),
            token(Some(0), Rel::Obj, 0.9, 0.9),
        ];
        let values = [0.0, 0.0, 1.0, 0.9, 0.1, 0.0, 0.9, 0.1, 0.0];
        let rows = Rows { labels: &LABELS, values: &values, stride: 3 };
        let other = |head| Alternative {
            token: 1,
            head: Some(head),
            rel: Rel::Compound,
            head_prob: 0.4,
            rel_prob: 0.9,
        };
        let mut alternatives = [other(2)];
        settle(&mut tokens, &mut alternatives, 0, &rows);
        assert_eq!((tokens[1].head, tokens[1].rel), (Some(2), Rel::Compound));
        assert_eq!((alternatives[0].head, alternatives[0].rel), (Some(0), Rel::Obj));
    }
}
