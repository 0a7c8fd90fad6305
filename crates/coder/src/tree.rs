//! One sentence as a tree that can be asked for its parts.

use hedgerow_parse::{Rel, Sentence, Token, Upos, Xpos};
use hedgerow_text::Span;

/// Index of a token in its sentence.
pub(crate) type Ix = usize;

/// A parsed sentence with its dependents at hand.
#[derive(Debug)]
pub(crate) struct Tree<'s> {
    pub(crate) text: &'s str,
    pub(crate) sentence: &'s Sentence,
    /// Dependents of each token in order of text.
    kids: Vec<Vec<Ix>>,
    /// Lemmas in lower case: treebanks keep capitals in proper nouns, the lexicon does not.
    lemmas: Vec<String>,
    /// Smallest and largest token of the subtree below each token.
    reach: Vec<(Ix, Ix)>,
}

impl<'s> Tree<'s> {
    /// `known` tells which lemmas the codebook has, as verbs or as other words: where it lacks the one found, others of the same form are tried.
    pub(crate) fn new(
        text: &'s str,
        sentence: &'s Sentence,
        known: impl Fn(&str, bool) -> bool,
    ) -> Self {
        let n = sentence.tokens.len();
        let mut kids = vec![Vec::new(); n];
        for (i, token) in sentence.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                kids[head as usize].push(i);
            }
        }
        let mut reach: Vec<(Ix, Ix)> = (0..n).map(|i| (i, i)).collect();
        for i in 0..n {
            let mut at = i;
            // A tree has no cycle, so this ends at the root; the bound guards against a damaged one.
            for _ in 0..n {
                let Some(head) = sentence.tokens[at].head else { break };
                at = head as usize;
                reach[at] = (reach[at].0.min(i), reach[at].1.max(i));
            }
        }
        let lemma = |token: &Token| {
            let lemma = token.lemma.to_lowercase();
            let verb = token.upos == Upos::Verb;
            if known(&lemma, verb) {
                lemma
            } else {
                other_lemma(token, text, &known).unwrap_or(lemma)
            }
        };
        let lemmas = sentence.tokens.iter().map(lemma).collect();
        Self { text, sentence, kids, lemmas, reach }
    }

    pub(crate) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(crate) fn token(&self, i: Ix) -> &'s Token {
        &self.sentence.tokens[i]
    }

    pub(crate) fn rel(&self, i: Ix) -> Rel {
        self.token(i).rel
    }

    pub(crate) fn upos(&self, i: Ix) -> Upos {
        self.token(i).upos
    }

    pub(crate) fn xpos(&self, i: Ix) -> Xpos {
        self.token(i).xpos
    }

    pub(crate) fn span(&self, i: Ix) -> Span {
        self.token(i).span
    }

    pub(crate) fn word(&self, i: Ix) -> &'s str {
        self.span(i).of(self.text)
    }

    pub(crate) fn lemma(&self, i: Ix) -> &str {
        &self.lemmas[i]
    }

    pub(crate) fn head(&self, i: Ix) -> Option<Ix> {
        self.token(i).head.map(|h| h as usize)
    }

    pub(crate) fn kids(&self, i: Ix) -> &[Ix] {
        &self.kids[i]
    }

    /// Dependents with one of these relations.
    pub(crate) fn kids_by<'t>(&'t self, i: Ix, rels: &'t [Rel]) -> impl Iterator<Item = Ix> + 't {
        self.kids[i].iter().copied().filter(move |&k| rels.contains(&self.rel(k)))
    }

    pub(crate) fn has_kid(&self, i: Ix, rels: &[Rel]) -> bool {
        self.kids_by(i, rels).next().is_some()
    }

    /// First and last token of the subtree.
    pub(crate) fn reach(&self, i: Ix) -> (Ix, Ix) {
        self.reach[i]
    }

    /// Tokens from `i` up to the root, `i` first.
    pub(crate) fn path_up(&self, i: Ix) -> impl Iterator<Item = Ix> + '_ {
        let mut left = self.len() + 1;
        std::iter::successors(Some(i), move |&at| {
            left = left.checked_sub(1)?;
            self.head(at)
        })
    }

    /// Whether `i` lies in the subtree of `top`.
    pub(crate) fn below(&self, i: Ix, top: Ix) -> bool {
        self.path_up(i).any(|at| at == top)
    }

    pub(crate) fn is_verb(&self, i: Ix) -> bool {
        self.upos(i) == Upos::Verb
    }

    pub(crate) fn is_noun(&self, i: Ix) -> bool {
        matches!(self.upos(i), Upos::Noun | Upos::Propn)
    }

    /// Whether the token heads a clause: a verb, or a predicate noun or adjective with subject or copula.
    pub(crate) fn is_clause(&self, i: Ix) -> bool {
        const SIGNS: &[Rel] =
            &[Rel::Nsubj, Rel::NsubjPass, Rel::Cop, Rel::Aux, Rel::AuxPass, Rel::Mark];
        self.is_verb(i)
            || self.has_kid(i, SIGNS)
            || matches!(
                self.rel(i),
                Rel::Ccomp | Rel::Xcomp | Rel::Advcl | Rel::AclRelcl | Rel::Root
            )
    }

    /// Whether `i` is a subject, or owns or describes one: "Japan's prime minister said".
    pub(crate) fn is_in_subject(&self, i: Ix) -> bool {
        const INSIDE: &[Rel] = &[Rel::NmodPoss, Rel::Compound, Rel::Amod, Rel::NmodDesc, Rel::Flat];
        self.path_up(i)
            .find(|&at| !INSIDE.contains(&self.rel(at)))
            .is_some_and(|at| matches!(self.rel(at), Rel::Nsubj | Rel::NsubjPass | Rel::NsubjOuter))
    }

    /// The clause that `i` stands in: the nearest clause head at or above it.
    pub(crate) fn clause_of(&self, i: Ix) -> Ix {
        self.path_up(i).find(|&at| self.is_clause(at)).unwrap_or(i)
    }

    /// Whether the verb is passive.
    pub(crate) fn is_passive(&self, i: Ix) -> bool {
        self.has_kid(i, &[Rel::AuxPass, Rel::NsubjPass])
            || (self.xpos(i) == Xpos::Vbn
                && matches!(self.rel(i), Rel::Acl | Rel::Advcl)
                && !self.has_kid(i, &[Rel::Aux, Rel::Nsubj]))
            // "which was upgraded": a past participle with a form of "be" is passive whatever the label.
            || (self.xpos(i) == Xpos::Vbn
                && self.kids(i).iter().any(|&k| self.lemma(k) == "be" && self.upos(k) == Upos::Aux)
                && !self.kids(i).iter().any(|&k| self.lemma(k) == "have" && self.upos(k) == Upos::Aux && k > i))
    }

    /// The preposition of a phrase, in lower case; "according to" and the like as first word.
    pub(crate) fn preposition(&self, i: Ix) -> Option<&str> {
        // The one right before the phrase; of several in a row ("out of") the first.
        let own = |i: Ix| {
            let cases: Vec<Ix> =
                self.kids_by(i, &[Rel::Case]).filter(|&k| self.xpos(k) != Xpos::Pos).collect();
            let mut first = cases.len().checked_sub(1)?;
            while first > 0 && cases[first - 1] + 1 == cases[first] {
                first -= 1;
            }
            Some(cases[first])
        };
        // "with Prime Minister Abe": it may hang on the title before the name.
        let on_title = || {
            self.kids_by(i, &[Rel::NmodDesc, Rel::Compound, Rel::Flat])
                .filter(|&k| k < i && self.upos(i) == Upos::Propn)
                .find_map(own)
        };
        own(i).or_else(on_title).map(|case| self.lemma(case))
    }

    /// Members of a coordination that starts at `i`, `i` first.
    pub(crate) fn conjuncts(&self, i: Ix) -> Vec<Ix> {
        let mut all = vec![i];
        let mut next = 0;
        while next < all.len() {
            let at = all[next];
            next += 1;
            all.extend(
                self.kids_by(at, &[Rel::Conj]).filter(|&k| !self.is_clause(k) || !self.is_verb(k)),
            );
        }
        all.sort_unstable();
        all
    }

    /// The stretch of text from the first to the last of these tokens.
    pub(crate) fn cover(&self, first: Ix, last: Ix) -> Span {
        self.span(first).cover(self.span(last))
    }

    /// Words of a noun phrase: the head, what stands before it, and "of" phrases; not relative clauses or conjuncts.
    pub(crate) fn phrase(&self, i: Ix) -> Vec<Ix> {
        const INSIDE: &[Rel] = &[
            Rel::Amod,
            Rel::Compound,
            Rel::Nummod,
            Rel::Flat,
            Rel::NmodPoss,
            Rel::NmodDesc,
            Rel::Det,
            Rel::Case,
            Rel::Advmod,
            Rel::Fixed,
            Rel::NmodUnmarked,
            Rel::CompoundPrt,
        ];
        let mut words = vec![i];
        let mut next = 0;
        while next < words.len() {
            let at = words[next];
            next += 1;
            for &kid in self.kids(at) {
                let of = self.rel(kid) == Rel::Nmod && self.preposition(kid) == Some("of");
                if INSIDE.contains(&self.rel(kid)) && !(at == i && self.rel(kid) == Rel::Case) || of
                {
                    words.push(kid);
                }
            }
        }
        words.sort_unstable();
        words
    }
}

/// Another lemma of the form that is known: "freed" is "free" where "fre" is not known.
fn other_lemma(token: &Token, text: &str, known: impl Fn(&str, bool) -> bool) -> Option<String> {
    let form = token.span.of(text).to_lowercase();
    if known(&form, token.upos == Upos::Verb) {
        return Some(form);
    }
    // "pull-out", where the lexicon writes "pullout"
    if form.contains('-') {
        let one = form.replace('-', "");
        let single = one.strip_suffix('s').map(str::to_owned);
        return std::iter::once(one).chain(single).find(|form| known(form, false));
    }
    let ending = match token.xpos {
        Xpos::Vbd | Xpos::Vbn => "ed",
        Xpos::Vbg => "ing",
        Xpos::Vbz | Xpos::Nns | Xpos::Nnps => "s",
        _ => return None,
    };
    let tries = stems(&form, ending)?;
    tries.into_iter().find(|lemma| known(lemma, token.upos == Upos::Verb))
}

/// What a form may come from once its ending is taken off: "freed" from "free" and "fre", "conferred" from "confer".
pub(crate) fn stems(form: &str, ending: &str) -> Option<Vec<String>> {
    let stem = form.strip_suffix(ending)?;
    let mut tries = vec![stem.to_owned(), format!("{stem}e")];
    if let Some(stem) = stem.strip_suffix('i').or_else(|| stem.strip_suffix("ie")) {
        tries.push(format!("{stem}y"));
    }
    if let Some(stem) = stem.strip_suffix('e') {
        tries.push(stem.to_owned());
    }
    // "conferred"
    let mut ends = stem.chars().rev();
    if let (Some(a), Some(b)) = (ends.next(), ends.next())
        && a == b
    {
        tries.push(stem[..stem.len() - a.len_utf8()].to_owned());
    }
    Some(tries)
}
