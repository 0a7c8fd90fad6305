//! From a sense that fits to a claim: date, amount, mood, voice and evidence.

use hedgerow_codebook::claim::{
    Actor, Amount, Antecedent, Claim, Evidence, Implied, Kind, Modality, Unit, Voice, When,
};
use hedgerow_codebook::lexicon::{Operator, Path, Slot, What};
use hedgerow_parse::{Rel, Upos, Xpos};
use hedgerow_text::{CodePoints, Span, ZoneKind};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::amount::Quantity;
use crate::fit::Fit;
use crate::party::Party;
use crate::scene::Scene;
use crate::time::TimeExpr;
use crate::tree::Ix;

/// What the whole document lends to each claim.
#[derive(Debug)]
pub(crate) struct Frame<'d> {
    pub(crate) doc: &'d str,
    pub(crate) text: &'d str,
    pub(crate) points: &'d CodePoints,
    pub(crate) published: Option<Date>,
    pub(crate) published_until: Option<Date>,
    pub(crate) version: &'d str,
}

impl Frame<'_> {
    pub(crate) fn evidence(&self, span: Span) -> Evidence {
        Evidence {
            start: self.points.at(self.text, span.start),
            end: self.points.at(self.text, span.end),
            bstart: span.start,
            bend: span.end,
            text: span.of(self.text).to_owned(),
        }
    }
}

impl<'c> Scene<'_, 'c> {
    /// The claim of a fit; nothing where its mood says that nothing is claimed.
    pub(crate) fn claim(
        &self,
        fit: &Fit<'c>,
        frame: &Frame<'_>,
        zone: ZoneKind,
        quad: Option<u8>,
    ) -> Option<Claim> {
        let sense = fit.sense;
        let happens = sense.what.kind != Kind::Event && &*sense.what.type_ != "personnel";
        let asks_light = |test: &hedgerow_codebook::lexicon::Test| test.path.0 == [Slot::Light];
        let light = self.light_verb(fit.trigger).filter(|_| sense.tests.iter().any(asks_light));
        let mood = self.mood(fit.trigger, light, sense.negated, happens);
        if mood.blocked {
            return None;
        }
        let modality = match (sense.modality, mood.modality) {
            (Some(own), Modality::Actual | Modality::Planned) => own,
            (_, modality) => modality,
        };
        let time = self.time_of(fit.trigger);
        let mut date = time.map_or_else(When::default, |t| self.when(t, mood.modality));
        let lasts = matches!(sense.what.mode.as_deref(), Some("visit" | "meet" | "multilateral"))
            || &*sense.what.type_ == "COOPERATE";
        if lasts {
            date = self.all_days(fit.trigger, date, frame.published);
        }
        // A stance is dated by its occasion only, which is the speech and not the clause.
        if sense.what.kind == Kind::Stance {
            date = When::default();
        }
        // Of a flow to come the day of the promise counts where it has none of its own.
        let to_come = !matches!(modality, Modality::Actual | Modality::HistoricalBackground);
        if sense.what.kind == Kind::Flow && to_come && date.start.is_none() {
            let told = self.telling(fit.trigger).and_then(|verb| self.time_of(verb));
            date = told.map_or(date, |t| self.when(t, Modality::Actual));
        }
        let voice = self.voice(fit.trigger);
        let told_by_actor = voice
            .as_ref()
            .is_some_and(|v| fit.actors.iter().any(|a| a.identity.code == v.identity.code));
        // Of a speech act the outlet is the witness.
        let verbal = matches!(quad, Some(1 | 3));
        if date.start.is_none()
            && (verbal || sense.what.kind == Kind::Stance)
            && let Some(voice) = voice.as_ref().filter(|_| told_by_actor)
        {
            date = self.occasion(fit.trigger, voice);
        }
        let modality = background(&sense.what, modality, &date, frame.published);
        let (mut amount, more_amounts, mut places) =
            if sense.amount { self.amounts_of(fit.trigger) } else { Default::default() };
        let bids = matches!(&*sense.what.type_, "SANCTION" | "THREATEN" | "REQUEST" | "COERCE");
        if let Some(quantity) = self.deadline(fit.trigger).filter(|_| bids && amount.is_none()) {
            amount = Some(quantity.amount.clone());
            places.push((quantity.first, quantity.last));
        }
        let rank = if sense.rank { self.rank(fit.trigger) } else { None };
        let level = sense.level.as_ref().and_then(|path| self.level(fit.trigger, path));
        let about = sense.topic.iter().find_map(|path| self.topic(fit, path));
        let topic = about.map(|span| span.of(frame.text).trim_end_matches([',', ' ']).to_owned());
        let attributed_to = voice.filter(|_| !(verbal && told_by_actor)).map(|v| Voice {
            code: v.identity.code.clone().into_owned(),
            name: v.name.of(frame.text).to_owned(),
        });
        let evidence = self.evidence_of(fit, time, &places);
        let open = time.is_some_and(|t| matches!(self.tree.lemma(t.first), "since" | "over"));
        let totalled =
            self.codebook.lexicon.is(self.tree.lemma(self.tree.clause_of(fit.trigger)), "total");
        let antecedents = antecedents(fit);
        let stage = if sense.what.kind == Kind::Flow {
            Some(sense.stage.as_deref().unwrap_or(stage(modality)).to_owned())
        } else {
            None
        };
        let purposes = self.purposes(fit);
        let told: Vec<Span> = about.into_iter().chain(purposes.iter().copied()).collect();
        let contexts = self.contexts(fit.trigger, evidence, &told);
        // "the fourth largest partner" has a rank.
        let ordinal = if sense.rank { None } else { self.ordinal(fit.trigger) };
        let in_force = self.in_force(fit, modality, time);
        let recurring = self.recurring(fit, &places);
        let implied = fit.recipients.first().filter(|_| fit.implied).map(|party| Implied {
            code: party.identity.code.clone().into_owned(),
            by: "author".to_owned(),
        });
        Some(Claim {
            id: String::new(),
            doc: frame.doc.to_owned(),
            kind: sense.what.kind,
            type_: sense.what.type_.to_string(),
            mode: mode(fit),
            actors: fit.actors.iter().map(|p| actor(p, frame.text)).collect(),
            recipients: fit.recipients.iter().map(|p| actor(p, frame.text)).collect(),
            symmetric: fit.symmetric,
            date,
            // "totalled $2 billion in 2009" is the sum of a year.
            cumulative: amount.is_some() && (open || totalled && time.is_none()),
            record: amount.is_some() && self.is_record(fit.trigger),
            amount,
            more_amounts,
            modality,
            rank,
            place: match sense.what.kind {
                Kind::Event => self.place(fit),
                Kind::Tie => self.contested(fit),
                _ => None,
            },
            attributed_to,
            polarity: sense.what.polarity,
            topic,
            quote: self.quoted_in(evidence),
            level,
            evidence: frame.evidence(evidence),
            also: Vec::new(),
            rule: sense.id.to_string(),
            confidence: Some(self.confidence(fit)),
            codebook: frame.version.to_owned(),
            cameo: None,
            quad,
            intensity: None,
            contexts,
            stage,
            change: sense.change.as_deref().map(str::to_owned),
            purpose: self.texts(purposes),
            domain: None,
            in_force,
            recurring,
            ordinal,
            links: Vec::new(),
            zone: Some(zone.as_str().to_owned()),
            implied,
            antecedents,
        })
    }

    /// Clauses whose dates and amounts may belong to `trigger`, nearest first.
    fn domain(&self, trigger: Ix) -> Vec<Ix> {
        let tree = self.tree;
        let mut domain = vec![trigger];
        let mut at = trigger;
        for up in tree.path_up(trigger).skip(1).take(8) {
            let reaches = match tree.rel(at) {
                Rel::Xcomp
                | Rel::Obj
                | Rel::Obl
                | Rel::Nmod
                | Rel::Nsubj
                | Rel::NsubjPass
                | Rel::Compound
                | Rel::OblAgent => true,
                // "reached 28 billion and is expected to hit 30": each conjunct has its own, a fronted date serves both.
                Rel::Conj => true,
                // The date of saying is not that of what is said.
                _ => false,
            };
            if !reaches {
                break;
            }
            domain.push(up);
            at = up;
        }
        domain
    }

    /// How far a phrase is from the trigger: steps up to where they meet, `None` where it belongs to another clause.
    fn distance(&self, trigger: Ix, anchor: Ix) -> Option<(usize, usize)> {
        let tree = self.tree;
        let domain = self.domain(trigger);
        // "Spain left on Friday, and Austria will follow": what is to come is not dated by what was.
        let will = |at: Ix| tree.kids_by(at, &[Rel::Aux]).any(|aux| tree.lemma(aux) == "will");
        let begun = tree
            .path_up(trigger)
            .find(|&at| tree.rel(at) == Rel::Conj && tree.has_kid(at, &[Rel::Nsubj]) && will(at));
        let before = |at: Ix| {
            let first = tree.head(at).filter(|&first| !will(first));
            first.is_some_and(|first| first < anchor && anchor < tree.reach(at).0)
        };
        if begun.is_some_and(before) {
            return None;
        }
        // "signed off on selling $1 billion of artillery": the sum of the clause is that of the act.
        let complement = Path(vec![Slot::Comp]);
        let absorbed =
            self.tree.is_verb(trigger) && self.operator(trigger) != Some(Operator::Report);
        let complements = if absorbed { self.follow(trigger, &complement) } else { Vec::new() };
        for (below, at) in tree.path_up(anchor).enumerate() {
            if let Some(steps) = domain.iter().position(|&d| d == at) {
                return Some((steps * 2 + below, anchor.abs_diff(trigger)));
            }
            // A clause of its own between the phrase and the trigger keeps it.
            if at != anchor
                && !complements.contains(&at)
                && tree.is_clause(at)
                && tree.is_verb(at)
                && !matches!(tree.rel(at), Rel::Xcomp)
                && !self.sums_up(at)
            {
                return None;
            }
        }
        None
    }

    /// "accounting for $37.7 billion", "totalling 3 million tons": a clause that says no more than how much.
    fn sums_up(&self, clause: Ix) -> bool {
        matches!(self.tree.rel(clause), Rel::Advcl | Rel::Acl)
            && matches!(self.tree.xpos(clause), Xpos::Vbg | Xpos::Vbn)
            && self.codebook.lexicon.is(self.tree.lemma(clause), "sum-verb")
    }

    /// The date that belongs to the act.
    pub(crate) fn time_of(&self, trigger: Ix) -> Option<&TimeExpr> {
        let near = |t: &&TimeExpr| self.distance(trigger, t.anchor(self.tree));
        self.times.iter().filter(|t| near(t).is_some()).min_by_key(near)
    }

    /// When something was said: as its verb of saying is dated, else as the speaker was last heard, else at the meeting
    /// that the speaker's state took part in.
    fn occasion(&self, trigger: Ix, voice: &Party<'_>) -> When {
        let told = self.telling(trigger).and_then(|verb| self.time_of(verb));
        if let Some(time) = told {
            return self.when(time, Modality::Actual);
        }
        let spoken = self.memory.speaker().filter(|s| s.by.identity.code == voice.identity.code);
        let heard = spoken.and_then(|s| s.on.as_ref());
        if let Some(on) = heard {
            return on.clone();
        }
        // "has rejected that charge" tells of no occasion.
        let verb = self.telling(trigger).unwrap_or_else(|| self.tree.clause_of(trigger));
        let perfect =
            self.tree.kids_by(verb, &[Rel::Aux]).any(|aux| self.tree.lemma(aux) == "have");
        let met = self.memory.met(&voice.identity.code, self.index).filter(|_| !perfect);
        met.cloned().unwrap_or_default()
    }

    /// The date as a claim has it; things to come take the reading to come.
    pub(crate) fn when(&self, time: &TimeExpr, modality: Modality) -> When {
        let ahead = matches!(
            modality,
            Modality::Planned | Modality::Expected | Modality::Pledged | Modality::Hypothetical
        );
        let interval = time.future.filter(|_| ahead).unwrap_or(time.past);
        let words = self.tree.cover(time.first, time.last).of(self.tree.text);
        When {
            start: Some(interval.start),
            end: Some(interval.end),
            precision: interval.precision,
            text: Some(words.to_owned()),
        }
    }

    /// Where an act took place: a place named with "in", "at", "near" beside it; of a visit, what was visited.
    fn place(&self, fit: &Fit<'c>) -> Option<String> {
        const WHERE: [&str; 8] = ["in", "at", "near", "off", "outside", "over", "on", "around"];
        let tree = self.tree;
        let named = |&k: &Ix| {
            tree.upos(k) == Upos::Propn
                && tree.preposition(k).is_some_and(|p| WHERE.contains(&p))
                && !self.times.iter().any(|t| t.first <= k && k <= t.last)
        };
        let at = [Some(fit.trigger), self.light_verb(fit.trigger), tree.head(fit.trigger)];
        let near = at
            .into_iter()
            .flatten()
            .find_map(|top| tree.kids_by(top, &[Rel::Obl, Rel::Nmod]).find(named));
        if let Some(at) = near {
            let (first, last) = self.mention(at).map_or((at, at), |m| (m.first, m.last));
            return Some(tree.cover(first, last).of(tree.text).to_owned());
        }
        let visit = fit.sense.what.mode.as_deref() == Some("visit");
        let host = fit.recipients.first().filter(|_| visit)?;
        host.antecedent.is_none().then(|| host.name.of(tree.text).to_owned())
    }

    /// Where a dispute or a claim to land lies: a place named in its clause that is no actor.
    fn contested(&self, fit: &Fit<'c>) -> Option<String> {
        let disputed = matches!(&*fit.sense.what.type_, "dispute" | "territorial-claim");
        let clause = self.tree.clause_of(fit.trigger);
        let here = |m: &&crate::mention::Mention<'c>| {
            matches!(m.what, crate::mention::Entity::Place(_))
                && self.tree.clause_of(m.head) == clause
                && matches!(self.tree.preposition(m.head), Some("in" | "over" | "on" | "to"))
        };
        let place = self.mentions.iter().filter(|_| disputed).find(here)?;
        Some(self.tree.cover(place.first, place.last).of(self.tree.text).to_owned())
    }

    /// The quantities that belong to the act: money first, and where they stand.
    fn amounts_of(&self, trigger: Ix) -> (Option<Amount>, Vec<Amount>, Vec<(Ix, Ix)>) {
        const LASTING: [Unit; 4] = [Unit::Days, Unit::Hours, Unit::Months, Unit::Years];
        let mut near: Vec<_> = self
            .quantities
            .iter()
            .filter(|q| !LASTING.contains(&q.amount.unit) && q.amount.unit != Unit::Percent)
            .filter(|q| q.anchor != trigger || q.amount.count_of.is_some())
            .filter_map(|q| Some((self.distance(trigger, q.anchor)?, q)))
            .filter(|(_, q)| self.nearest_trigger(q.anchor, trigger))
            .collect();
        near.sort_by_key(|(distance, q)| (q.amount.unit != Unit::Money, *distance));
        let places = near.iter().map(|(_, q)| (q.first, q.last)).collect();
        let mut amounts = near.into_iter().map(|(_, q)| q.amount.clone());
        (amounts.next(), amounts.collect(), places)
    }

    /// "was given 72 hours to close", "gave them two days": the time that an order leaves.
    fn deadline(&self, trigger: Ix) -> Option<&Quantity> {
        let tree = self.tree;
        self.quantities.iter().find(|q| {
            let given = tree.head(q.anchor).is_some_and(|verb| {
                matches!(tree.lemma(verb), "give" | "set")
                    && (tree.path_up(trigger).any(|at| at == verb)
                        || tree.path_up(verb).any(|at| at == trigger))
            });
            given && matches!(q.amount.unit, Unit::Hours | Unit::Days)
        })
    }

    /// Whether no coordinated clause nearer to the phrase claims it: each conjunct keeps its own figure.
    fn nearest_trigger(&self, anchor: Ix, trigger: Ix) -> bool {
        let clause = self.tree.clause_of(anchor);
        let own = self.tree.clause_of(trigger);
        clause == own
            || self.tree.below(anchor, trigger)
            || self.tree.rel(clause) == Rel::Xcomp
            || self.tree.rel(own) == Rel::Xcomp && self.tree.head(own) == Some(clause)
    }

    fn is_record(&self, trigger: Ix) -> bool {
        let clause = self.tree.clause_of(trigger);
        let (first, last) = self.tree.reach(clause);
        (first..=last).any(|i| self.tree.lemma(i) == "record" && self.tree.clause_of(i) == clause)
    }

    /// What a stance is about: the phrase without articles, and without the other side where it only says whose
    /// ("its friendship with Lithuania", "China's navy").
    fn topic(&self, fit: &Fit<'c>, path: &Path) -> Option<Span> {
        let tree = self.tree;
        let place = self.follow(fit.trigger, path).into_iter().next()?;
        let other = |i: Ix| {
            let (a, b) = tree.reach(i);
            fit.recipients.iter().any(|r| (a..=b).any(|k| r.name.overlaps(tree.span(k))))
        };
        let plain = |k: Ix| {
            matches!(tree.upos(k), Upos::Det | Upos::Adp | Upos::Pron | Upos::Punct)
                || tree.rel(k) == Rel::NmodPoss && other(k)
        };
        let (_, mut last) = tree.reach(place);
        let first = tree
            .kids(place)
            .iter()
            .copied()
            .filter(|&k| k < place && !plain(k))
            .map(|k| tree.reach(k).0);
        let first = first.chain([place]).min()?;
        for &kid in tree.kids(place) {
            let (start, _) = tree.reach(kid);
            if kid > place && tree.rel(kid) == Rel::Nmod && other(kid) && start > first {
                last = last.min(start - 1);
            }
        }
        Some(tree.cover(first, last))
    }

    /// The words of a partnership's level: the noun with its adjectives, without article and quotes.
    fn level(&self, trigger: Ix, path: &Path) -> Option<String> {
        let tree = self.tree;
        let place = self.follow(trigger, path).into_iter().next()?;
        let inside = |&k: &Ix| {
            k < place
                && matches!(tree.rel(k), Rel::Amod | Rel::Compound)
                && self.mention(k).is_none()
        };
        let first = tree
            .kids(place)
            .iter()
            .copied()
            .filter(inside)
            .map(|k| tree.reach(k).0)
            .min()
            .unwrap_or(place);
        Some(tree.cover(first, place).of(tree.text).to_owned())
    }

    /// Product of the parser's posteriors along the way from the trigger to its parties, rounded to two digits.
    fn confidence(&self, fit: &Fit<'c>) -> f64 {
        let tree = self.tree;
        let mut product = 1.0f64;
        for party in
            fit.actors.iter().chain(if fit.symmetric { &[][..] } else { &fit.recipients[..] })
        {
            let Some(at) = (0..tree.len()).find(|&i| tree.span(i).overlaps(party.name)) else {
                product *= 0.8;
                continue;
            };
            let token = tree.token(at);
            product *= f64::from(token.head_prob.clamp(0.05, 1.0)).sqrt()
                * f64::from(token.rel_prob.clamp(0.05, 1.0)).sqrt();
            if party.antecedent.is_some() {
                product *= 0.8;
            }
        }
        (product * 100.0).round() / 100.0
    }
}

fn antecedents(fit: &Fit<'_>) -> Vec<Antecedent> {
    let parties = fit.actors.iter().chain(&fit.recipients);
    let mut found: Vec<Antecedent> = Vec::new();
    for party in parties {
        if let Some(antecedent) = party.antecedent {
            let one = Antecedent { mention: party.name, antecedent };
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
}

/// The mode of the sense; a meeting of three or more is multilateral.
fn mode(fit: &Fit<'_>) -> Option<String> {
    let mode = fit.sense.what.mode.as_deref()?;
    let many = fit.symmetric && mode == "meet" && fit.actors.len() > 2;
    Some(if many { "multilateral" } else { mode }.to_owned())
}

pub(crate) fn actor(party: &Party<'_>, text: &str) -> Actor {
    Actor {
        code: party.identity.code.clone().into_owned(),
        name: party.name.of(text).to_owned(),
        role: party.identity.role,
        person: party.identity.person.clone().map(std::borrow::Cow::into_owned),
    }
}

/// What was over more than a year before publication is background. A tie that was set up holds on, however old; only that
/// relations were established is told as history.
fn background(what: &What, modality: Modality, date: &When, published: Option<Date>) -> Modality {
    let over = || {
        let a_year_before = published?.checked_sub(1.year()).ok()?;
        Some(date.end? < a_year_before)
    };
    let dated = what.kind == Kind::Event || &*what.type_ == "relations-established";
    let told = dated && modality == Modality::Actual;
    if told && over() == Some(true) { Modality::HistoricalBackground } else { modality }
}

/// The stage of a flow whose sense names none.
fn stage(modality: Modality) -> &'static str {
    match modality {
        Modality::Actual | Modality::HistoricalBackground => "delivered",
        Modality::Planned => "agreed",
        Modality::Pledged => "pledged",
        Modality::Expected => "expected",
        Modality::CalledFor => "wanted",
        Modality::Hypothetical => "offered",
        Modality::Denied => "collapsed",
    }
}
