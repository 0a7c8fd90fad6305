//! Which senses speak of the given pair, and which of them speaks best.

use hedgerow_codebook::claim::{Kind, Modality};
use hedgerow_codebook::crosswalk::{Act, Plover};
use hedgerow_codebook::lexicon::{Lexicon, Path, Sense, What};

use hedgerow_parse::{Rel, Upos};

use super::{Given, SOURCE, Side, TARGET};
use crate::tree::Ix;

/// By how much a rule that goes before the lexicon leads it.
const OVER: i32 = 12;
/// What a word loses that tells of the background only.
const BEHIND: i32 = 6;

/// A sense at a word, with what it says of the pair.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'c> {
    pub(crate) sense: &'c Sense,
    pub(crate) trigger: Ix,
    /// How well actor and recipient stand in the places of the sense.
    pub(crate) places: [Fit; 2],
    /// The type, after its mood.
    pub(crate) plover: Plover,
    /// How good it is, for comparison within the sentence.
    pub(crate) score: i32,
}

/// How well one of the pair stands in a place of a sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// Elsewhere in the sentence.
    Away,
    /// Below the word, or subject of a clause above it.
    Near,
    /// Inside the phrase in the place ("Germany's decision"), or around it.
    Inside,
    /// The phrase in the place.
    Exact,
}

impl<'c> Given<'_, 'c> {
    /// All candidates, the best first.
    pub(crate) fn ranked(&self) -> Vec<Candidate<'c>> {
        let mut all = self.candidates();
        all.sort_by_key(|c| (std::cmp::Reverse(c.score), c.trigger));
        all
    }

    /// Every sense of every word that may speak of the pair, one a word and lexicon.
    pub(crate) fn candidates(&self) -> Vec<Candidate<'c>> {
        let scene = self.scene;
        let tree = scene.tree;
        let mut order: Vec<Ix> = (0..tree.len()).collect();
        order.sort_by_key(|&i| (tree.path_up(i).count(), i));
        let mut absorbed = vec![false; tree.len()];
        let mut found: Vec<Candidate<'c>> = Vec::new();
        for i in order {
            if absorbed[i] {
                continue;
            }
            let foreign = scene.mention_at[i].is_some() && self.sides[i].is_none();
            if foreign || tree.upos(i) == Upos::Propn {
                continue;
            }
            for lexicon in [&scene.codebook.lexicon, &scene.codebook.pairs] {
                let Some(candidate) = self.at(i, lexicon) else { continue };
                if candidate.sense.absorbs && candidate.places[0] >= Fit::Inside {
                    scene.absorb(i, &mut absorbed);
                }
                found.push(candidate);
            }
        }
        found
    }

    /// The best placed sense of a lexicon at one word; the first in the file of those placed alike.
    fn at(&self, i: Ix, lexicon: &'c Lexicon) -> Option<Candidate<'c>> {
        let scene = self.scene;
        let mut best: Option<Candidate<'c>> = None;
        for pos in scene.parts_of_speech(i) {
            for sense in lexicon.senses_of(scene.tree.lemma(i), pos) {
                if !sense.tests.iter().all(|test| scene.passes(i, test)) {
                    continue;
                }
                let Some(candidate) = self.candidate(sense, i) else { continue };
                if best.as_ref().is_none_or(|b| candidate.score > b.score) {
                    best = Some(candidate);
                }
            }
        }
        best
    }

    fn candidate(&self, sense: &'c Sense, i: Ix) -> Option<Candidate<'c>> {
        let scene = self.scene;
        let places = if sense.parties.is_empty() {
            let straight = [
                self.fit(&sense.actor, i, Side::Source),
                self.fit(&sense.recipient, i, Side::Target),
            ];
            let turned = [
                self.fit(&sense.actor, i, Side::Target),
                self.fit(&sense.recipient, i, Side::Source),
            ];
            // The recipient stands where actors stand, and the other way round: the sense says the contrary.
            let contrary = turned.iter().all(|f| *f >= Fit::Inside)
                && turned.iter().min() > straight.iter().min();
            if contrary {
                return None;
            }
            straight
        } else {
            [Side::Source, Side::Target].map(|side| self.fit(&sense.parties, i, side))
        };
        let plover = self.plover(sense, i)?;
        let steps = [Side::Source, Side::Target].map(|side| self.steps(i, side));
        let worth = |fit: Fit| match fit {
            Fit::Exact => 12,
            Fit::Inside => 10,
            Fit::Near => 5,
            Fit::Away => 0,
        };
        let placed: i32 = places.iter().map(|f| worth(*f)).sum();
        let specific = 2 * i32::try_from(sense.tests.len().min(3)).unwrap_or(3);
        let far: i32 = steps.iter().sum();
        let inside = if self.sides[i].is_some() { 6 } else { 0 };
        let material = i32::from(plover.quad() % 2 == 0);
        // What a relative clause tells of the recipient is another story: "freed a man whom it had arrested".
        let aside = if self.is_told_of(i, Side::Target) { 8 } else { 0 };
        // "announced a ceasefire" announces; what it announces counts.
        let hollow =
            if scene.codebook.lexicon.is(scene.tree.lemma(i), "pair-declaring") { 8 } else { 0 };
        let over = if sense.overrides { OVER } else { 0 };
        let behind = if self.is_background(i) { BEHIND } else { 0 };
        let score = placed + specific + material + over - far - inside - aside - hollow - behind;
        Some(Candidate { sense, trigger: i, places, plover, score })
    }

    /// How well one of the pair stands in the first place of `paths` that it has to do with.
    fn fit(&self, paths: &[Path], trigger: Ix, side: Side) -> Fit {
        let scene = self.scene;
        let mut best = if self.is_near(trigger, side) { Fit::Near } else { Fit::Away };
        if self.heads(side).is_empty() {
            // Who is not named can be thought into any place.
            return Fit::Near;
        }
        if side == Side::Target && self.is_joint() && best == Fit::Near {
            // "Japan and the United States signed": each acts on the other.
            best = Fit::Inside;
        }
        let code = if side == Side::Source { SOURCE } else { TARGET };
        for path in paths {
            for length in 1..=path.0.len() {
                let whole = length == path.0.len();
                for place in scene.follow(trigger, &Path(path.0[..length].to_vec())) {
                    if whole && scene.parties(place).iter().any(|p| p.identity.code == *code) {
                        return Fit::Exact;
                    }
                    let around = self.sides[place] == Some(side);
                    let within = whole && !scene.tree.is_clause(place) && self.holds(place, side);
                    if around || within {
                        best = Fit::Inside;
                    }
                }
            }
        }
        best
    }

    /// Whether the two are coordinated.
    fn is_joint(&self) -> bool {
        let tree = self.scene.tree;
        let joined = |a: Ix, b: Ix| tree.conjuncts(a).contains(&b);
        let pairs = self.source.iter().flat_map(|&s| self.target.iter().map(move |&t| (s, t)));
        pairs.into_iter().any(|(s, t)| joined(s, t) || joined(t, s))
    }

    /// Whether a phrase has one of the pair in it.
    fn holds(&self, place: Ix, side: Side) -> bool {
        self.heads(side).iter().any(|&head| self.scene.tree.below(head, place))
    }

    /// Whether one of the pair is below a word, or (an actor) subject of a clause above it.
    fn is_near(&self, trigger: Ix, side: Side) -> bool {
        let tree = self.scene.tree;
        let below = self.holds(trigger, side);
        if below || side == Side::Target && !self.is_joint() {
            return below;
        }
        tree.path_up(trigger).any(|at| {
            self.scene.subjects(at, 0).into_iter().any(|s| {
                self.sides[s] == Some(side) || self.holds(s, side) && !tree.below(trigger, s)
            })
        })
    }

    /// Whether a word only says when or why something else happened: "after reaching a deal", "in the wake of an attack".
    fn is_background(&self, i: Ix) -> bool {
        const BEHIND: &[&str] = &[
            "after",
            "before",
            "following",
            "since",
            "when",
            "while",
            "until",
            "unless",
            "because",
            "amid",
            "during",
            "despite",
            "although",
            "though",
            "wake",
            "ahead",
            "if",
        ];
        let tree = self.scene.tree;
        tree.path_up(i).take_while(|&at| !self.holds(at, Side::Source)).any(|at| {
            let marks = tree.kids_by(at, &[Rel::Mark, Rel::Case, Rel::Advmod]);
            let marked = marks.into_iter().any(|k| k < i && BEHIND.contains(&tree.lemma(k)));
            marked || BEHIND.contains(&tree.lemma(at)) && at != i
        })
    }

    /// Whether a word stands below one of the pair.
    fn is_told_of(&self, i: Ix, side: Side) -> bool {
        let tree = self.scene.tree;
        self.heads(side).iter().any(|&head| head != i && tree.below(i, head))
    }

    /// Steps in the tree from a word to the nearest phrase of one side, at most eight.
    fn steps(&self, from: Ix, side: Side) -> i32 {
        const FAR: i32 = 8;
        let tree = self.scene.tree;
        let up: Vec<Ix> = tree.path_up(from).collect();
        let way = |&head: &Ix| {
            tree.path_up(head)
                .enumerate()
                .find_map(|(n, at)| up.iter().position(|&u| u == at).map(|m| n + m))
        };
        let nearest = self.heads(side).iter().filter_map(way).min();
        nearest.and_then(|n| i32::try_from(n).ok()).unwrap_or(FAR).min(FAR)
    }

    /// The root type of a sense at a word, its mood folded in.
    fn plover(&self, sense: &Sense, trigger: Ix) -> Option<Plover> {
        let scene = self.scene;
        let turn = scene.turn(trigger);
        let mut modality = match (sense.modality, turn.modality) {
            (Some(own), Modality::Actual | Modality::Planned) => own,
            (_, mood) => mood,
        };
        if turn.refused {
            modality = Modality::Denied;
        }
        let conflict = sense.what.kind == Kind::Event
            && Plover::parse(&sense.what.type_).is_some_and(|p| p.quad() > 2);
        let retreat;
        let mut what = &sense.what;
        let mut ceased = turn.ceased;
        if ceased && conflict {
            // Conflict that ends is a retreat, with whatever mood is left: "agreed to lift", "refused to lift".
            retreat =
                What { kind: Kind::Event, type_: "RETREAT".into(), mode: None, polarity: None };
            what = &retreat;
            ceased = false;
        }
        ceased &= modality != Modality::Denied;
        let change = sense.change.as_deref();
        scene.codebook.projection.of(Act { what, change, modality, ceased })
    }
}
