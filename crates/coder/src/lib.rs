//! From a document to its claims.
//!
//! Coding is a pure function of document, codebook and model: no I/O, no clock, no chance. It cannot fail: odd text gives
//! diagnostics. Sentences are coded in order, each with a memory of what was named before it.

mod alone;
mod amount;
mod aspect;
mod context;
mod deed;
mod draft;
mod evidence;
mod fit;
mod gapping;
mod lasting;
mod link;
mod memory;
mod mend;
mod mention;
mod merge;
mod mood;
mod pair;
mod party;
mod proof;
mod purpose;
mod quote;
mod rank;
mod refer;
mod remember;
mod scan;
mod scene;
mod sized;
mod slot;
mod time;
mod tree;
mod why;

pub use pair::{Pair, Paired, Reason, Trained, train_pairs};
pub use proof::{Broken, errors_of, prove};
pub use why::Tried;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use hedgerow_codebook::Codebook;
use hedgerow_codebook::claim::{Claim, Kind, Modality};
use hedgerow_codebook::lexicon::Pos;
use hedgerow_parse::{Model, Parser, Rel, Sentence, Upos, Xpos};
use hedgerow_text::{CodePoints, Document, Language, Span, ZoneKind};

use amount::Quantity;
use draft::Frame;
use fit::Fit;
use memory::{Meeting, Memory, Named};
use mention::{Entity, Finder, Identity, Mention};
use pair::Linear;
use remember::remember;
use scan::{Scan, Worth};
use scene::Scene;
use time::TimeExpr;
use tree::{Ix, Tree};

/// Codes documents, one after the other.
#[derive(Debug)]
pub struct Coder<'c> {
    codebook: &'c Codebook,
    parser: Parser<'c>,
    finder: Finder<'c>,
    scan: Scan<'c>,
    /// Whether sentences that can hold no claim are spared the parser.
    sparing: bool,
    /// Where the senses that do not fit are noted, if they are.
    tried: Option<Vec<Tried>>,
    /// Quad class of each event type.
    quads: BTreeMap<&'c str, u8>,
    /// The linear model of pairs, read when the first pair is.
    linear: OnceCell<Option<Linear<'static>>>,
}

/// Where a sentence stands in its document.
struct Place<'d> {
    index: usize,
    zone: ZoneKind,
    /// Quotations of its paragraph.
    quotes: &'d [Span],
    /// Where the paragraph before it begins.
    before: u32,
}

/// The claims of a document while it is read.
#[derive(Debug, Default)]
struct Told {
    between: Vec<Claim>,
    alone: Vec<Claim>,
}

/// What coding a document gives.
#[derive(Debug, Clone, Default)]
pub struct Coded {
    /// The claims in order of text.
    pub claims: Vec<Claim>,
    /// What a reader should know of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// How many sentences were read.
    pub sentences: usize,
    /// How many of them could hold a claim, and were parsed.
    pub parsed: usize,
}

/// Something odd about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its name, `no-date`.
    pub name: &'static str,
    /// What was found and what follows from it.
    pub message: String,
    /// Where, if it is in one place.
    pub span: Option<Span>,
}

impl<'c> Coder<'c> {
    /// A coder that reads with `codebook` and `model`.
    pub fn new(codebook: &'c Codebook, model: &'c Model) -> Self {
        let events = codebook.pages.iter().filter(|page| page.kind == Kind::Event);
        let quads = events.filter_map(|page| Some((page.type_.as_str(), page.quad()?))).collect();
        Self {
            codebook,
            parser: Parser::new(model),
            finder: Finder::new(&codebook.gazetteer),
            scan: Scan::new(codebook, model),
            sparing: true,
            tried: None,
            quads,
            linear: OnceCell::new(),
        }
    }

    /// Parses every sentence, also those that can hold no claim: to see what sparing them costs.
    #[must_use]
    pub fn unsparing(self) -> Self {
        Self { sparing: false, ..self }
    }

    /// The senses that were looked at in a document and did not fit, with the reasons: for those who write senses.
    pub fn why(&mut self, document: &Document) -> Vec<Tried> {
        self.tried = Some(Vec::new());
        self.code(document);
        self.tried.take().unwrap_or_default()
    }

    /// The claims of a document.
    pub fn code(&mut self, document: &Document) -> Coded {
        self.code_sentences(document, None)
    }

    /// The sentences of a document with their trees, one list for each zone of the article: for [`Self::code_parsed`].
    pub fn parse(&mut self, document: &Document) -> Vec<Vec<Sentence>> {
        let text = document.text.as_str();
        document.article().map(|zone| self.parser.parse(text, zone.span)).collect()
    }

    /// The claims of a document whose sentences are parsed already. Sentences that can hold no claim are passed over as
    /// in [`Self::code`]; zones that `parses` lacks have no claims.
    pub fn code_parsed(&mut self, document: &Document, parses: &[Vec<Sentence>]) -> Coded {
        self.code_sentences(document, Some(parses))
    }

    fn code_sentences(&mut self, document: &Document, parses: Option<&[Vec<Sentence>]>) -> Coded {
        let mut coded = Coded::default();
        if let Language::Other { name, .. } = document.language() {
            let message =
                format!("the text is in {name}; only English is coded, nothing is claimed");
            coded.diagnostics.push(Diagnostic { name: "not-english", message, span: None });
            return coded;
        }
        let published = document.meta.published;
        if published.is_none() {
            coded.diagnostics.push(Diagnostic {
                name: "no-date",
                message: "the day of publication is not known: relative dates are left out, and people are taken in any \
                          office they held"
                    .to_owned(),
                span: None,
            });
        }
        let points = CodePoints::new(&document.text);
        let frame = Frame {
            doc: &document.id,
            text: &document.text,
            points: &points,
            published,
            published_until: document.meta.published_until,
            version: self.codebook.version(),
        };
        let mut memory = Memory::default();
        for zone in document.zones.iter().filter(|zone| zone.kind == ZoneKind::Dateline) {
            let home = self.finder.home(zone.span.of(&document.text), published);
            if let Some(code) = home {
                memory.write_from(code);
            }
        }
        let mut told = Told::default();
        let mut index = 0;
        let mut paragraph = 0;
        for (number, zone) in document.article().enumerate() {
            let before = std::mem::replace(&mut paragraph, zone.span.start);
            let quotes = quote::find(&document.text, zone.span);
            memory.begin_paragraph(index);
            let text = document.text.as_str();
            let given = parses.map(|parses| parses.get(number).map_or(&[][..], Vec::as_slice));
            let words =
                |sentence: &Sentence| sentence.tokens.iter().map(|token| token.span).collect();
            let sentences: Vec<Vec<Span>> = match given {
                Some(given) => given.iter().map(words).collect(),
                None => self.parser.split(text, zone.span),
            };
            for (n, tokens) in sentences.iter().enumerate() {
                let place = Place { index, zone: zone.kind, quotes: &quotes, before };
                index += 1;
                let worth = self.scan.worth(text, tokens, place.index, &memory);
                let parsed = matches!(worth, Worth::Claims | Worth::Alone) || !self.sparing;
                coded.sentences += 1;
                coded.parsed += usize::from(parsed);
                let sentence = match given {
                    _ if !parsed => scan::unparsed(text, tokens),
                    Some(given) => given[n].clone(),
                    None => {
                        let names = self.scan.long_names(tokens);
                        let known = |word: &str| self.scan.is_known(word);
                        let (tokens, names) = scan::joined(text, tokens, names, known);
                        let mut sentence = self.parser.annotate_holding(text, &tokens, &names);
                        mend::mend(text, &mut sentence);
                        sentence
                    }
                };
                match worth {
                    Worth::Nothing if self.sparing => {}
                    Worth::Names | Worth::Alone if self.sparing => {
                        if worth == Worth::Alone {
                            self.beside(&sentence, &place, &frame, &memory, &mut told);
                        }
                        let sentence = scan::unparsed(text, tokens);
                        let tree = Tree::new(text, &sentence, |lemma, verb| {
                            self.codebook.knows(lemma, verb)
                        });
                        let mentions = self.finder.find(&tree, &memory, published);
                        remember(
                            &mut memory,
                            self.codebook,
                            place.index,
                            &tree,
                            &mentions,
                            Vec::new(),
                            &[],
                        );
                    }
                    _ => {
                        let tree = Tree::new(text, &sentence, |lemma, verb| {
                            self.codebook.knows(lemma, verb)
                        });
                        self.sentence(&tree, &place, &frame, &mut memory, &mut told);
                    }
                }
            }
        }
        coded.claims = merge::merge(told.between, told.alone);
        for claim in &mut coded.claims {
            claim.cameo = self.codebook.cameo.code_of(claim).map(str::to_owned);
            claim.intensity = self.codebook.intensity(claim);
            self.codebook.contexts.settle(claim);
            claim.domain = self.codebook.domains.of(claim).map(|domain| domain.as_str().to_owned());
        }
        coded
    }

    /// What a sentence that can hold no claim between states says of one alone. Nothing is remembered of it here, so that
    /// the claims between states do not depend on it.
    fn beside(
        &mut self,
        sentence: &Sentence,
        place: &Place<'_>,
        frame: &Frame<'_>,
        memory: &Memory<'c>,
        told: &mut Told,
    ) {
        let tree = Tree::new(frame.text, sentence, |lemma, verb| self.codebook.knows(lemma, verb));
        let mentions = self.finder.find(&tree, memory, frame.published);
        let (times, quantities) = measures(&tree, &mentions, frame);
        let scene = self.scene(&tree, place, &mentions, memory, &times, &quantities);
        if let Some(tried) = &mut self.tried {
            tried.extend(scene.tried());
        }
        note(&scene, &[], frame, place, told);
    }

    fn scene<'a>(
        &self,
        tree: &'a Tree<'a>,
        place: &Place<'a>,
        mentions: &'a [Mention<'c>],
        memory: &'a Memory<'c>,
        times: &'a [TimeExpr],
        quantities: &'a [Quantity],
    ) -> Scene<'a, 'c> {
        let mut mention_at = vec![None; tree.len()];
        for (n, mention) in mentions.iter().enumerate() {
            mention_at[mention.first..=mention.last].fill(Some(n));
        }
        Scene {
            tree,
            mentions,
            mention_at,
            memory,
            codebook: self.codebook,
            index: place.index,
            quotes: place.quotes,
            times,
            quantities,
        }
    }

    fn sentence(
        &mut self,
        tree: &Tree<'_>,
        place: &Place<'_>,
        frame: &Frame<'_>,
        memory: &mut Memory<'c>,
        told: &mut Told,
    ) {
        let mentions = self.finder.find(tree, memory, frame.published);
        let (times, quantities) = measures(tree, &mentions, frame);
        let scene = self.scene(tree, place, &mentions, memory, &times, &quantities);
        let fits = scene.fits();
        if let Some(tried) = &mut self.tried {
            tried.extend(scene.tried());
        }
        let mut claims: Vec<(&Fit<'c>, Claim)> = Vec::new();
        for fit in &fits {
            let quad = self
                .quads
                .get(&*fit.sense.what.type_)
                .copied()
                .filter(|_| fit.sense.what.kind == Kind::Event);
            if let Some(mut claim) = scene.claim(fit, frame, place.zone, quad) {
                let gapped = scene.gapped(fit, &mut claim, frame);
                for claim in std::iter::once(claim).chain(gapped) {
                    // A number for links to name, until the document's claims are numbered.
                    let id = (told.between.len() + claims.len()).to_string();
                    claims.push((fit, Claim { id, ..claim }));
                }
            }
        }
        scene.link(&mut claims, frame);
        let met = claims.iter().rev().find_map(|(_, claim)| meeting(claim, place.index));
        told.between.extend(claims.into_iter().map(|(_, claim)| claim));
        note(&scene, &fits, frame, place, told);
        let people = scene.people();
        let spoken = scene.spoken().map(|(verb, by)| {
            let on = scene.time_of(verb).map(|t| scene.when(t, Modality::Actual));
            let span = by.antecedent.unwrap_or(by.name);
            (
                Named {
                    identity: by.identity,
                    span,
                    sentence: place.index,
                    subject: true,
                    describes: false,
                },
                on,
            )
        });
        remember(memory, self.codebook, place.index, tree, &mentions, people, &fits);
        if let Some((by, on)) = spoken {
            memory.hear(by, on);
        }
        if let Some(met) = met {
            memory.meet(met);
        }
    }
}

/// The meeting that a claim tells of, if it took place on one day.
fn meeting(claim: &Claim, sentence: usize) -> Option<Meeting> {
    let took_place = claim.type_ == "CONSULT" && claim.modality == Modality::Actual;
    let on_a_day = claim.date.start.is_some() && claim.date.start == claim.date.end;
    let parties = claim.actors.iter().chain(&claim.recipients).map(|party| party.code.clone());
    let meeting = || Meeting { codes: parties.collect(), on: claim.date.clone(), sentence };
    (took_place && on_a_day).then(meeting)
}

/// The dates and quantities of a sentence.
fn measures(
    tree: &Tree<'_>,
    mentions: &[Mention<'_>],
    frame: &Frame<'_>,
) -> (Vec<TimeExpr>, Vec<Quantity>) {
    let mut times = time::find(tree, frame.published, frame.published_until);
    let person =
        |m: &&Mention<'_>| matches!(&m.what, Entity::Actor(identity) if identity.person.is_some());
    time::outside_names(&mut times, |i| {
        mentions.iter().filter(person).any(|m| m.first <= i && i <= m.last)
    });
    let quantities = amount::find(tree, &times, "USD");
    (times, quantities)
}

/// What a sentence says of one state alone, and what it adds to a flow told before it.
fn note<'c>(
    scene: &Scene<'_, 'c>,
    fits: &[Fit<'c>],
    frame: &Frame<'_>,
    place: &Place<'_>,
    told: &mut Told,
) {
    if fits.is_empty()
        && let Some(earmarked) = scene.earmarked()
    {
        purpose::earmark(&mut told.between, earmarked, place.before);
    }
    if fits.is_empty()
        && let Some(sized) = scene.sized()
    {
        sized::size(&mut told.between, sized, place.before);
    }
    for alone in scene.alone(fits) {
        told.alone.extend(scene.claim_alone(&alone, frame, place.zone));
    }
}

impl<'c> Scene<'_, 'c> {
    /// The senses that fit this sentence. Governing words come first, since they may absorb what they govern.
    fn fits(&self) -> Vec<Fit<'c>> {
        let tree = self.tree;
        let mut order: Vec<(usize, Ix)> =
            (0..tree.len()).map(|i| (tree.path_up(i).count(), i)).collect();
        order.sort_unstable();
        let mut absorbed = vec![false; tree.len()];
        let mut fits: Vec<Fit<'c>> = Vec::new();
        for (_, i) in order {
            let month = tree.upos(i) == Upos::Propn
                && self.times.iter().any(|t| t.first <= i && i <= t.last);
            if absorbed[i] || month || self.mention_at[i].is_some() || self.is_compounded(i) {
                continue;
            }
            let fit = self.parts_of_speech(i).into_iter().find_map(|pos| {
                self.codebook
                    .lexicon
                    .senses_of(tree.lemma(i), pos)
                    .find_map(|sense| self.fit(sense, i))
            });
            let Some(fit) = fit.or_else(|| self.same_again(i)) else { continue };
            if fit.sense.absorbs {
                self.absorb(i, &mut absorbed);
            }
            fits.push(fit);
        }
        fits.sort_by_key(|fit| fit.trigger);
        fits
    }

    /// "quake-hit Turkey", "war-torn Yemen": nobody hit or tore it.
    fn is_compounded(&self, i: Ix) -> bool {
        let tree = self.tree;
        i >= 2
            && matches!(tree.xpos(i), Xpos::Vbn | Xpos::Vbd)
            && tree.word(i - 1) == "-"
            && tree.upos(i - 2) == Upos::Noun
            && tree.span(i - 1).end == tree.span(i).start
            && self.mention_at[i - 2].is_none()
    }

    /// The clause under `at` and the nouns in its object give no claims of their own.
    fn absorb(&self, at: Ix, absorbed: &mut [bool]) {
        let complement =
            hedgerow_codebook::lexicon::Path(vec![hedgerow_codebook::lexicon::Slot::Comp]);
        for clause in self.follow(at, &complement) {
            absorbed[clause] = true;
            for &kid in self.tree.kids(clause) {
                if matches!(self.tree.rel(kid), Rel::Obj | Rel::Conj) {
                    absorbed[kid] = true;
                }
            }
        }
        for kid in self.tree.kids_by(at, &[Rel::Obj, Rel::NsubjPass]) {
            absorbed[kid] = true;
        }
    }

    /// As which parts of speech a word is looked up: participles are adjectives too, and a "verb" with an article or
    /// owner is a noun that the tagger took for a verb.
    fn parts_of_speech(&self, i: Ix) -> Vec<Pos> {
        const NOMINAL: &[Rel] = &[Rel::Det, Rel::NmodPoss, Rel::Case, Rel::Compound];
        match self.tree.upos(i) {
            Upos::Verb if self.tree.has_kid(i, NOMINAL) && self.tree.xpos(i) != Xpos::Vbn => {
                vec![Pos::Noun, Pos::Verb]
            }
            Upos::Verb if matches!(self.tree.xpos(i), Xpos::Vbn | Xpos::Vbg) => {
                vec![Pos::Verb, Pos::Adj]
            }
            Upos::Verb => vec![Pos::Verb],
            Upos::Noun | Upos::Propn => vec![Pos::Noun],
            Upos::Adj => vec![Pos::Adj, Pos::Verb],
            Upos::Adv => vec![Pos::Adj],
            _ => Vec::new(),
        }
    }

    /// People of this sentence whom no table knows, with the state their title gives them.
    fn people(&self) -> Vec<(Identity<'c>, Span, Ix)> {
        let mut found = Vec::new();
        for i in 0..self.tree.len() {
            if self.tree.upos(i) == Upos::Propn && self.mention_at[i].is_none() {
                let person = self
                    .parties(i)
                    .into_iter()
                    .find(|p| p.identity.person.is_some() && p.antecedent.is_none());
                found.extend(person.map(|p| (p.identity, p.name, i)));
            }
        }
        found
    }
}
