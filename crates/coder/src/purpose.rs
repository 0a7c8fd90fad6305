//! What money, goods and agreements are for: "for a power plant", "to build six boats", "maritime security aid".

use hedgerow_codebook::claim::{Claim, Kind};
use hedgerow_codebook::lexicon::{Path, Pos, Slot};
use hedgerow_parse::{Rel, Upos, Xpos};
use hedgerow_text::Span;

use crate::fit::Fit;
use crate::scene::Scene;
use crate::tree::Ix;

/// What is said to go where, in a sentence of its own: "the loan will finance a railway".
#[derive(Debug)]
pub(crate) struct Earmarked<'c> {
    /// Type of the flow.
    pub(crate) type_: &'c str,
    pub(crate) purpose: Vec<String>,
    pub(crate) contexts: Vec<String>,
}

impl<'c> Scene<'_, 'c> {
    /// The purposes that the sentence gives to what the trigger tells, in order of text.
    pub(crate) fn purposes(&self, fit: &Fit<'c>) -> Vec<Span> {
        if !has_purpose(fit) {
            return Vec::new();
        }
        let tops = self.purpose_tops(fit);
        let mut found: Vec<Ix> = Vec::new();
        for &top in &tops {
            for &kid in self.tree.kids(top) {
                if !tops.contains(&kid) && self.is_purpose(fit, top, kid) && !found.contains(&kid) {
                    found.push(kid);
                }
            }
        }
        found.sort_unstable();
        let mut spans: Vec<Span> = self.sectors_before(&tops);
        spans.extend(found.into_iter().flat_map(|at| self.listed(at)));
        spans
    }

    /// What a sentence says of a flow told before: its subject is the bare flow, its verb one of spending.
    pub(crate) fn earmarked(&self) -> Option<Earmarked<'c>> {
        let tree = self.tree;
        let verb = (0..tree.len())
            .find(|&i| tree.is_verb(i) && self.codebook.alone.is(tree.lemma(i), "earmarking"))?;
        let subject = tree.kids_by(verb, &[Rel::Nsubj, Rel::NsubjPass]).next()?;
        let mut senses = self.codebook.lexicon.senses_of(tree.lemma(subject), Pos::Noun);
        let flow = senses.find(|sense| sense.what.kind == Kind::Flow)?;
        let phrase = |&k: &Ix| {
            matches!(tree.rel(k), Rel::Obj | Rel::Obl | Rel::Advcl | Rel::Xcomp)
                && k > verb
                && matches!(
                    tree.preposition(k),
                    None | Some("on" | "in" | "for" | "to" | "into" | "toward" | "towards" | "at")
                )
                && !self.is_time(k)
                && self.parties(k).is_empty()
        };
        let spans: Vec<Span> =
            tree.kids(verb).iter().copied().filter(phrase).flat_map(|k| self.listed(k)).collect();
        let contexts = self.contexts_of(&spans);
        let purpose = self.texts(spans);
        (!purpose.is_empty()).then_some(Earmarked { type_: &flow.what.type_, purpose, contexts })
    }

    /// The trigger, what it governs up to its clause, the goods or sum, and the help that is promised.
    fn purpose_tops(&self, fit: &Fit<'c>) -> Vec<Ix> {
        let tree = self.tree;
        let mut tops = vec![fit.trigger];
        let mut at = fit.trigger;
        for up in tree.path_up(fit.trigger).skip(1).take(4) {
            if !matches!(
                tree.rel(at),
                Rel::Obj | Rel::Obl | Rel::Nmod | Rel::Nsubj | Rel::NsubjPass | Rel::Xcomp
            ) {
                break;
            }
            tops.push(up);
            at = up;
        }
        // "commits to support", "is interested in helping"
        let helps = self.follow(fit.trigger, &Path(vec![Slot::Comp])).into_iter();
        tops.extend(helps.filter(|&at| fit.sense.what.kind != Kind::Flow && self.is_help(at)));
        let mut next = 0;
        while next < tops.len() && tops.len() < 16 {
            let at = tops[next];
            next += 1;
            for &kid in tree.kids(at) {
                let inside = matches!(tree.rel(kid), Rel::Obj)
                    || matches!(tree.rel(kid), Rel::Nmod | Rel::Obl)
                        && matches!(tree.preposition(kid), Some("of" | "in" | "worth"))
                        && tree.is_noun(kid)
                        && self.is_help(kid);
                if inside && !tops.contains(&kid) && self.mention(kid).is_none() {
                    tops.push(kid);
                }
            }
        }
        tops
    }

    fn is_help(&self, at: Ix) -> bool {
        self.codebook.alone.is(self.tree.lemma(at), "help-word")
    }

    /// Whether a dependent says what something is for.
    fn is_purpose(&self, fit: &Fit<'c>, top: Ix, kid: Ix) -> bool {
        let tree = self.tree;
        let rel = tree.rel(kid);
        let marker = tree.kids_by(kid, &[Rel::Mark]).next().map(|m| tree.lemma(m));
        let verbal = tree.is_verb(kid);
        let party = |k: Ix| {
            fit.actors.iter().chain(&fit.recipients).any(|p| p.name.overlaps(tree.span(k)))
                || tree.is_noun(k) && !self.parties(k).is_empty()
        };
        // A clause that holds a party is the act itself.
        let holds_party = || {
            let (a, b) = tree.reach(kid);
            fit.recipients.iter().any(|p| (a..=b).any(|i| p.name.overlaps(tree.span(i))))
        };
        if verbal && matches!(rel, Rel::Advcl | Rel::Acl | Rel::Xcomp | Rel::Nmod | Rel::Obl) {
            return match marker.or_else(|| tree.preposition(kid)) {
                Some("for") => tree.xpos(kid) == Xpos::Vbg,
                Some("in") => names_field(fit) && tree.xpos(kid) == Xpos::Vbg && !holds_party(),
                Some("to") => {
                    // "plans to build" is a plan and no purpose; "$2 million to build a road" is for the road.
                    let aims = tree.lemma(top) == "aim"
                        || fit.sense.what.kind == Kind::Tie && tree.lemma(top) == "seek";
                    let goods = tree.is_noun(top) && top != fit.trigger || rel == Rel::Advcl;
                    // "lent it 2 million to build a road": the sum is the object, not the clause.
                    let given = fit.sense.what.kind == Kind::Flow && tree.has_kid(top, &[Rel::Obj]);
                    let apt = if rel == Rel::Xcomp { aims || given } else { goods };
                    apt && (aims || self.operator(top).is_none()) && !holds_party()
                }
                // "helping Vietnam strengthen law enforcement"
                None => {
                    // It may hang on the word above.
                    let help = |k: Ix| k < kid && self.is_help(k);
                    matches!(rel, Rel::Xcomp | Rel::Advcl)
                        && tree.xpos(kid) == Xpos::Vb
                        && (help(top) || tree.kids(top).iter().copied().any(help))
                }
                _ => false,
            };
        }
        let nominal = tree.is_noun(kid) && matches!(rel, Rel::Obl | Rel::Nmod);
        nominal
            && kid > top
            && !self.is_time(kid)
            && !party(kid)
            && match tree.preposition(kid) {
                Some("for") => !self.codebook.alone.is(tree.lemma(kid), "no-purpose"),
                Some("in" | "on" | "against") => names_field(fit) && self.sector_of(kid),
                _ => false,
            }
    }

    fn sector_of(&self, at: Ix) -> bool {
        let words = self.stretch(at, false).of(self.tree.text).to_lowercase();
        self.codebook.marks.sector(&words).is_some()
    }

    /// Words before a noun of help that name a sector: "maritime security aid".
    fn sectors_before(&self, tops: &[Ix]) -> Vec<Span> {
        let tree = self.tree;
        let mut found = Vec::new();
        for &noun in tops.iter().filter(|&&at| tree.is_noun(at) && self.is_help(at)) {
            let first = tree
                .kids_by(noun, &[Rel::Amod, Rel::Compound])
                .map(|k| tree.reach(k).0)
                .filter(|&k| k < noun)
                .min();
            // The longest run of words up to the noun that is one sector and nothing else.
            let run = first.and_then(|first| {
                (first..noun).find(|&from| {
                    self.mention(from).is_none() && {
                        let words = tree.cover(from, noun - 1).of(tree.text).to_lowercase();
                        self.codebook.marks.is_sector(&words)
                    }
                })
            });
            found.extend(run.map(|from| tree.cover(from, noun - 1)));
        }
        found
    }

    fn is_time(&self, at: Ix) -> bool {
        let (a, b) = self.tree.reach(at);
        self.times.iter().any(|t| a <= t.first && t.last <= b && t.first <= at && at <= t.last)
    }

    /// A phrase or clause and those coordinated with it, each for itself. A list may go on inside: "improving schools, health,
    /// roads", "work in schools, health, roads".
    fn listed(&self, at: Ix) -> Vec<Span> {
        let tree = self.tree;
        let mut members = vec![at];
        let mut next = 0;
        while next < members.len() {
            let member = members[next];
            next += 1;
            members.extend(tree.kids_by(member, &[Rel::Conj]));
            members.extend(self.list_in(member));
        }
        members.sort_unstable();
        members.dedup();
        let mut spans: Vec<Span> = Vec::new();
        for member in members {
            let span = self.stretch(member, false);
            if !spans.iter().any(|before| before.start <= span.start && span.end <= before.end) {
                spans.push(span);
            }
        }
        spans
    }

    /// What is coordinated, twice or more, with a word inside a phrase.
    fn list_in(&self, at: Ix) -> Vec<Ix> {
        let mut inside: Vec<Ix> = self.tree.kids_by(at, &[Rel::Obj, Rel::Nmod, Rel::Obl]).collect();
        while let Some(word) = inside.pop() {
            let joined: Vec<Ix> = self.tree.kids_by(word, &[Rel::Conj]).collect();
            if joined.len() > 1 {
                return joined;
            }
            inside.extend(self.tree.kids_by(word, &[Rel::Nmod]));
        }
        Vec::new()
    }

    /// A phrase or clause without what introduces it, asides and dates; with what is coordinated with it if `whole`.
    pub(crate) fn stretch(&self, at: Ix, whole: bool) -> Span {
        const EDGE: [Rel; 6] = [Rel::Case, Rel::Mark, Rel::Det, Rel::Cc, Rel::Aux, Rel::NmodPoss];
        let tree = self.tree;
        let list = if whole { Vec::new() } else { self.list_in(at) };
        let (mut first, mut last) = (at, at);
        let mut inside = vec![at];
        while let Some(word) = inside.pop() {
            (first, last) = (first.min(word), last.max(word));
            let own = |&k: &Ix| {
                let rel = tree.rel(k);
                let edge = word == at && k < at && EDGE.contains(&rel);
                let joined = matches!(rel, Rel::Conj | Rel::Cc)
                    && (word == at && !whole
                        || list.iter().any(|&member| {
                            tree.below(k, member) || tree.head(member) == Some(word)
                        }));
                !edge && !joined && !self.is_aside(word, k)
            };
            inside.extend(tree.kids(word).iter().copied().filter(own));
        }
        // "as well as to deter"
        let idle = |i: Ix| {
            matches!(
                tree.upos(i),
                Upos::Punct | Upos::Det | Upos::Cconj | Upos::Part | Upos::Sconj | Upos::Adp
            ) || tree.word(i) == "well"
        };
        while first < at && idle(first) || first + 1 < at && tree.word(first) == "as" {
            first += 1;
        }
        while last > at && tree.upos(last) == Upos::Punct {
            last -= 1;
        }
        tree.cover(first, last)
    }

    /// Relative clauses, what stands behind a comma, dates.
    fn is_aside(&self, word: Ix, kid: Ix) -> bool {
        const ASIDE: [Rel; 6] =
            [Rel::AclRelcl, Rel::Appos, Rel::Parataxis, Rel::Punct, Rel::Cop, Rel::Nsubj];
        let tree = self.tree;
        let rel = tree.rel(kid);
        let (start, _) = tree.reach(kid);
        let comma = start > 0 && tree.word(start - 1) == "," && kid > word && rel != Rel::Conj;
        // A hyphen belongs to its word.
        // "also known as" says only what it is called.
        let named = rel == Rel::Acl && self.codebook.alone.is(tree.lemma(kid), "naming");
        let hyphen = rel == Rel::Punct && matches!(tree.word(kid), "-" | "–");
        ASIDE.contains(&rel) && !hyphen || comma || named || self.is_time(kid)
    }

    /// The words of stretches on one line each, without those that say the same again.
    pub(crate) fn texts(&self, spans: Vec<Span>) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for span in spans {
            let text = span.of(self.tree.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let text = text.trim_matches(['“', '”', '"', '‘']).to_owned();
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }
}

/// Whether its field stands with "in" and "on": of help, agreements, partnerships, courses.
fn names_field(fit: &Fit<'_>) -> bool {
    fit.sense.what.kind != Kind::Flow || &*fit.sense.what.type_ == "training"
}

/// Flows but trade, help, agreements, partnerships, and the wish to help.
fn has_purpose(fit: &Fit<'_>) -> bool {
    let type_ = &*fit.sense.what.type_;
    match fit.sense.what.kind {
        Kind::Flow => type_ != "trade",
        Kind::Event => {
            matches!(type_, "AGREE" | "AID" | "COOPERATE")
                || type_ == "SUPPORT" && fit.sense.what.mode.as_deref() == Some("sign")
        }
        Kind::Tie => matches!(type_, "partnership" | "alliance" | "negotiation"),
        Kind::Stance => fit.sense.what.polarity == Some(1) && fit.sense.absorbs,
        _ => false,
    }
}

/// Gives the purpose told in a sentence of its own to the last flow of that type, where it was told shortly before.
pub(crate) fn earmark(claims: &mut [Claim], earmarked: Earmarked<'_>, paragraph: u32) {
    let told = claims.iter_mut().rev().find(|claim| {
        claim.kind == Kind::Flow
            && claim.type_ == earmarked.type_
            && claim.evidence.bend >= paragraph
    });
    if let Some(claim) = told {
        claim.contexts.extend(earmarked.contexts);
        for purpose in earmarked.purpose {
            if !claim.purpose.contains(&purpose) {
                claim.purpose.push(purpose);
            }
        }
    }
}
