//! A codebook, loaded and checked.

use crate::claim::{Claim, Kind, Modality};
use crate::contexts::Contexts;
use crate::crosswalk::{Cameo, Projection, Systems};
use crate::domain::Domains;
use crate::fault::{Fault, Faults};
use crate::gazetteer::Gazetteer;
use crate::lexicon::{Lexicon, Pos};
use crate::marks::Marks;
use crate::page::{self, Page};
use crate::scale::{Ladder, Scores};
use crate::source::Source;

/// Everything that gives text its meaning: pages, lexicon and gazetteer.
#[derive(Debug, Clone)]
pub struct Codebook {
    version: String,
    /// One page per event type, tie and flow, and one on stances.
    pub pages: Vec<Page>,
    /// Words and the claims they state.
    pub lexicon: Lexicon,
    /// Words and what they state of one state alone.
    pub alone: Lexicon,
    /// Words that say what two given actors, whoever they are, have to do with each other.
    pub pairs: Lexicon,
    /// Words for purposes, relations between claims, and how often something happens.
    pub marks: Marks,
    /// What acts may be about.
    pub contexts: Contexts,
    /// Who and where.
    pub gazetteer: Gazetteer,
    /// Our claims as root types of PLOVER.
    pub projection: Projection,
    /// Our events as codes of CAMEO.
    pub cameo: Cameo,
    /// In which domain of a hedge a claim counts.
    pub domains: Domains,
    /// How cooperative each type of event is.
    pub scores: Scores,
    /// How high a named partnership stands.
    pub ladder: Ladder,
    /// Codes of other systems for states.
    pub systems: Systems,
}

impl Codebook {
    /// The codebook that is part of the program.
    ///
    /// # Errors
    /// Only if the program was built from a codebook with mistakes.
    pub fn embedded() -> Result<Self, Faults> {
        Self::load(&Source::embedded())
    }

    /// Reads a codebook. What lacks its proof is used all the same: that is for [`Codebook::check`] to say.
    ///
    /// # Errors
    /// Every other mistake in it, each with file, line and remedy.
    pub fn load(source: &Source) -> Result<Self, Faults> {
        let (codebook, faults) = Self::read(source);
        let grave: Vec<Fault> = faults.into_iter().filter(Fault::is_grave).collect();
        if grave.is_empty() { Ok(codebook) } else { Err(Faults(grave)) }
    }

    /// Reads a codebook as far as it can be read, with its mistakes, those in its examples too.
    pub fn check(source: &Source) -> (Self, Vec<Fault>) {
        let (codebook, mut faults) = Self::read(source);
        for lexicon in [&codebook.lexicon, &codebook.alone] {
            lexicon.check_examples(source, &mut faults);
        }
        codebook.contexts.check_examples(source, &mut faults);
        faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        (codebook, faults)
    }

    fn read(source: &Source) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let pages = page::load(source, &mut faults);
        let lexicon = Lexicon::load(source, &mut faults);
        let pairs = Lexicon::load_loose(source, &lexicon, &mut faults);
        let alone = Lexicon::load_alone(source, &lexicon, &mut faults);
        let marks = Marks::load(source, &mut faults);
        let contexts = Contexts::load(source, &pages, &mut faults);
        let gazetteer = Gazetteer::load(source, &mut faults);
        page::check_codes(&pages, &lexicon, &mut faults);
        page::check_codes(&pages, &pairs, &mut faults);
        page::check_codes(&pages, &alone, &mut faults);
        let projection = Projection::load(source, &pages, &mut faults);
        let cameo = Cameo::load(source, &pages, &mut faults);
        let domains = Domains::load(source, &mut faults);
        let scores = Scores::load(source, &mut faults);
        let ladder = Ladder::load(source, &mut faults);
        let systems = Systems::load(source, &gazetteer, &mut faults);
        let number = source.get("VERSION").unwrap_or("0").trim();
        let version = format!("{number}+{:08x}", source.fingerprint() >> 32);
        let codebook = Self {
            version,
            pages,
            lexicon,
            alone,
            pairs,
            marks,
            contexts,
            gazetteer,
            projection,
            cameo,
            domains,
            scores,
            ladder,
            systems,
        };
        (codebook, faults)
    }

    /// Whether a lemma has a meaning here, as a verb or as another word: a sense, an operator, a place in a class, an organ or
    /// office that it names.
    pub fn knows(&self, lemma: &str, verb: bool) -> bool {
        let senses: &[Pos] = if verb { &[Pos::Verb] } else { &[Pos::Noun, Pos::Adj] };
        senses.iter().any(|&pos| self.lexicon.senses_of(lemma, pos).next().is_some())
            || self.lexicon.is_classed(lemma)
            || verb && self.lexicon.operator(lemma).is_some()
            || !verb
                && (self.gazetteer.organ_noun(lemma).is_some()
                    || self.gazetteer.title(lemma).is_some())
    }

    /// How cooperative an event is by PLOVER's scale, -10 to 10: the number on the page of its type and mode. What did not happen,
    /// or not yet, has that of the type it is folded into by the projection (a visit to come that of AGREE), or none. None of
    /// what is no event.
    pub fn intensity(&self, claim: &Claim) -> Option<f64> {
        if claim.kind != Kind::Event {
            return None;
        }
        let happened = matches!(claim.modality, Modality::Actual | Modality::HistoricalBackground);
        let folded = if happened { None } else { Some(self.projection.of_claim(claim)?.as_str()) };
        let type_ = folded.unwrap_or(&claim.type_);
        let mode = claim.mode.as_deref().filter(|_| type_ == claim.type_);
        self.pages.iter().find(|page| page.explains(Kind::Event, type_))?.intensity(mode)
    }

    /// Its number and a fingerprint of its content, `0.1.0+3f2a9c1b`.
    pub fn version(&self) -> &str {
        &self.version
    }
}
