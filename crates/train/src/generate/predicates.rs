//! Predicates without their subjects: every family of the codebook in its syntax.

use super::nominals::{Maker, a};
use super::phrase::Phrase;
use super::{inflect, verbs, words};

/// The form that a verb stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Past,
    Present { plural: bool },
    Base,
    Gerund,
    Participle,
}

pub(super) fn verb(base: &str, form: Form) -> Phrase {
    match form {
        Form::Past => Phrase::word(&inflect::past(base, false), base, "VERB VBD"),
        Form::Present { plural: false } => Phrase::word(&inflect::present(base), base, "VERB VBZ"),
        Form::Present { plural: true } => Phrase::word(base, base, "VERB VBP"),
        Form::Base => Phrase::word(base, base, "VERB VB"),
        Form::Gerund => Phrase::word(&inflect::gerund(base), base, "VERB VBG"),
        Form::Participle => Phrase::word(&inflect::past(base, true), base, "VERB VBN"),
    }
}

impl Maker {
    pub(super) fn verb_of(&mut self, list: &'static str, form: Form) -> Phrase {
        verb(self.word(list), form)
    }

    /// A verb phrase without subject. Clauses and infinitives inside it only while `depth` is small.
    pub(super) fn predicate(&mut self, form: Form, depth: usize) -> Phrase {
        match self.random.below(if depth == 0 { 43 } else { 30 }) {
            0..=4 => self.act(form),
            5..=8 => {
                let other = self.actor();
                self.verb_of(verbs::TOWARDS, form).after(other, "obj")
            }
            9 | 10 => {
                let thing = self.somebodys_thing();
                self.verb_of(verbs::ABOUT_THINGS, form).after(thing, "obj")
            }
            11..=13 => {
                let (base, preposition) = self.random.pick(verbs::TOGETHER);
                let other = self.actor();
                verb(base, form).after(other.with_case(preposition), "obl")
            }
            14 => self.with_particle(form),
            15..=19 => self.giving(form),
            20 | 21 => self.taking_as(form),
            22 => {
                let (adjective, noun) = self.random.pick(verbs::CALLINGS);
                let what =
                    Phrase::same(noun, "NOUN NN").before(Phrase::same(adjective, "ADJ JJ"), "amod");
                let other = self.actor();
                self.verb_of(verbs::CALLED, form)
                    .after(other, "obj")
                    .after(a(what, adjective), "xcomp")
            }
            23 | 24 => self.holding(form),
            25 => {
                let (base, preposition) = self.random.pick(verbs::OVER);
                let other = self.actor();
                let thing = self.somebodys_thing().with_case(preposition);
                verb(base, form).after(other, "obj").after(thing, "obl")
            }
            26 => {
                let (base, preposition) = self.random.pick(verbs::MENACING);
                let (other, menace) = (self.actor(), self.menace());
                verb(base, form).after(other, "obj").after(menace.with_case(preposition), "obl")
            }
            27 => {
                let base = self.random.pick(&["remain", "become", "stay"]);
                let what = self.partner();
                verb(base, form).after(what, "xcomp")
            }
            28 => {
                let thing = self.somebodys_thing().with_case("for");
                verb("call", form).after(thing, "obl")
            }
            29 => {
                let deed = self.deed().0;
                self.verb_of(verbs::ABOUT_THINGS, form).after(deed, "obj")
            }
            40..=42 => {
                let undertaking = self.undertaking().0;
                self.verb_of(verbs::ABOUT_THINGS, form).after(undertaking, "obj")
            }
            30..=33 => {
                let inner = self.infinitive(depth);
                self.verb_of(verbs::PROMISING, form).after(inner, "xcomp")
            }
            34 | 35 => {
                let (other, inner) = (self.actor(), self.infinitive(depth));
                self.verb_of(verbs::URGING, form).after(other, "obj").after(inner, "xcomp")
            }
            36 | 37 => {
                let (other, inner) = (self.actor(), self.infinitive(depth));
                self.verb_of(verbs::TELLING, form).after(other, "iobj").after(inner, "xcomp")
            }
            38 => {
                let (other, inner) = (self.actor().with_case("on"), self.infinitive(depth));
                verb("call", form).after(other, "obl").after(inner, "xcomp")
            }
            _ => self.telling_that(form),
        }
    }

    pub(super) fn infinitive(&mut self, depth: usize) -> Phrase {
        self.predicate(Form::Base, depth + 1).before(Phrase::same("to", "PART TO"), "mark")
    }

    fn giving(&mut self, form: Form) -> Phrase {
        let gift = self.gift();
        match self.random.below(10) {
            0..=5 => {
                let to = match self.random.below(8) {
                    0 => self
                        .noun("neighbor ally")
                        .before(Phrase::word("its", "its", "PRON PRP$"), "nmod:poss"),
                    1 => Phrase::word("them", "they", "PRON PRP"),
                    2 => self.actor(),
                    _ => self.state(),
                };
                self.verb_of(self.names.giving, form).after(to, "iobj").after(gift, "obj")
            }
            6..=8 => {
                let preposition = self.random.pick(&["to", "to", "to", "for"]);
                let to = self.state().with_case(preposition);
                self.verb_of(verbs::GIVING_TO, form).after(gift, "obj").after(to, "obl")
            }
            _ => {
                let to = self.state();
                self.verb_of(verbs::GIVING_WITH, form)
                    .after(to, "obj")
                    .after(gift.with_case("with"), "obl")
            }
        }
    }

    fn with_particle(&mut self, form: Form) -> Phrase {
        let (base, particle, preposition) = self.random.pick(verbs::WITH_PARTICLE);
        let (tag, rel) = match particle {
            "back" => ("ADV RB", "advmod"),
            _ => ("ADP RP", "compound:prt"),
        };
        let other = self.actor();
        let done = verb(base, form).after(Phrase::same(particle, tag), rel);
        if preposition.is_empty() {
            return done.after(other, "obj");
        }
        done.after(other.with_case(preposition), "obl")
    }

    fn taking_as(&mut self, form: Form) -> Phrase {
        let (adjective, noun) = self.random.pick(verbs::CALLINGS);
        let what = Phrase::same(noun, "NOUN NN").before(Phrase::same(adjective, "ADJ JJ"), "amod");
        let what = if self.random.chance(0.85) { a(what, adjective) } else { what };
        let other = self.actor();
        self.verb_of(verbs::TAKEN_AS, form).after(other, "obj").after(what.with_case("as"), "obl")
    }

    /// Accusing of an act, thanking for a thing, banning from acting.
    fn holding(&mut self, form: Form) -> Phrase {
        let (base, preposition) = self.random.pick(verbs::HOLDING);
        let other = self.actor();
        let held = verb(base, form).after(other, "obj");
        if self.random.chance(0.65) {
            let act = self
                .predicate(Form::Gerund, 1)
                .before(Phrase::same(preposition, "SCONJ IN"), "mark");
            return held.after(act, "advcl");
        }
        let thing = self.somebodys_thing().with_case(preposition);
        held.after(thing, "obl")
    }

    /// *told Laos that …*
    fn telling_that(&mut self, form: Form) -> Phrase {
        let other = self.actor();
        let clause = self.simple_clause().before(Phrase::same("that", "SCONJ IN"), "mark");
        let base = self.random.pick(&["tell", "warn", "assure", "inform"]);
        verb(base, form).after(other, "iobj").after(clause, "ccomp")
    }

    /// A thing with its owner.
    pub(super) fn somebodys_thing(&mut self) -> Phrase {
        let one = self.word(verbs::THINGS);
        let many = self.random.chance(0.4);
        let thing = if many {
            Phrase::word(&inflect::plural(one), one, "NOUN NNS")
        } else {
            Phrase::same(one, "NOUN NN")
        };
        match self.random.below(6) {
            0 | 1 => {
                let owner = self.possessor();
                thing.before(owner, "nmod:poss")
            }
            2 => thing.before(Phrase::word("its", "its", "PRON PRP$"), "nmod:poss"),
            3 if many => self.of_nation(thing),
            3 => {
                let thing = self.of_nation(thing);
                thing.before(Phrase::same("the", "DET DT"), "det")
            }
            4 => {
                let kind = self.noun("trade border aid missile arms peace oil tariff");
                thing.before(kind, "compound").before(Phrase::same("the", "DET DT"), "det")
            }
            _ => {
                let by = self.state().with_case("by");
                let thing = if many { thing } else { a(thing, one) };
                thing.after(by, "nmod")
            }
        }
    }

    /// What a state threatens another with.
    pub(super) fn menace(&mut self) -> Phrase {
        let (kind, noun) = self.random.pick(verbs::MENACES);
        let menace = if noun.ends_with('s') {
            Phrase::word(noun, &inflect::singular(noun), "NOUN NNS")
        } else {
            Phrase::same(noun, "NOUN NN")
        };
        if kind.is_empty() {
            let trade = self.random.chance(0.2);
            return if trade { menace.before(self.noun("trade"), "compound") } else { menace };
        }
        let menace = menace.before(Phrase::same(kind, "ADJ JJ"), "amod");
        if noun == "response" { a(menace, kind) } else { menace }
    }

    /// A noun with an infinitive or a clause: *a demand by Laos to free them*, *Iran's threat that it will leave*.
    pub(super) fn undertaking(&mut self) -> (Phrase, bool) {
        let with_clause = self.random.chance(0.3);
        let one = self.word(if with_clause { verbs::STATEMENTS } else { verbs::UNDERTAKINGS });
        let many = self.random.chance(0.25) && one != "willingness";
        let noun = if many {
            Phrase::word(&inflect::plural(one), one, "NOUN NNS")
        } else {
            Phrase::same(one, "NOUN NN")
        };
        let noun = match self.random.below(7) {
            0 | 1 => {
                let owner = self.possessor();
                noun.before(owner, "nmod:poss")
            }
            2 => noun.before(Phrase::word("its", "its", "PRON PRP$"), "nmod:poss"),
            3 => {
                let noun = self.of_nation(noun);
                if many { noun } else { noun.before(Phrase::same("the", "DET DT"), "det") }
            }
            other => {
                let preposition = self.random.pick(&["by", "by", "from"]);
                let owner = self.actor().with_case(preposition);
                let noun = match (many, other) {
                    (true, _) => noun,
                    (false, 4) => noun.before(Phrase::same("the", "DET DT"), "det"),
                    (false, _) => a(noun, one),
                };
                noun.after(owner, "nmod")
            }
        };
        if !with_clause {
            let inner = self.infinitive(0);
            return (noun.after(inner, "acl"), many);
        }
        let clause = if matches!(one, "demand" | "request" | "proposal") {
            let (subject, _) = self.actors();
            self.predicate(Form::Base, 1).before(subject, "nsubj")
        } else {
            self.simple_clause()
        };
        let clause = clause.before(Phrase::same("that", "SCONJ IN"), "mark");
        (noun.after(clause, "acl"), many)
    }

    /// A verb with a thing, and a state behind a preposition.
    pub(super) fn act(&mut self, form: Form) -> Phrase {
        let (base, noun, preposition, to_verb) = self.random.pick(verbs::ACTS);
        let thing = self.thing(noun);
        let other = self.actor().with_case(preposition);
        if to_verb {
            return verb(base, form).after(thing, "obj").after(other, "obl");
        }
        verb(base, form).after(thing.after(other, "nmod"), "obj")
    }

    /// What a state is to another: *Japan's largest donor*, *a key ally of Laos*.
    pub(super) fn partner(&mut self) -> Phrase {
        let noun = self.noun(words::PARTNERS);
        let noun = if self.random.chance(0.3) {
            let kind = self.noun("trading trade security");
            noun.before(kind, "compound")
        } else {
            noun
        };
        let (rank, tag) = self.random.pick(words::RANKS);
        let rank_word = Phrase::same(rank, tag);
        let rank_word = if tag == "ADJ JJS" && self.random.chance(0.25) {
            let place = self.random.pick(&["second", "third"]);
            rank_word.before(Phrase::same(place, "ADV RB"), "advmod")
        } else {
            rank_word
        };
        let ranked = noun.before(rank_word, "amod");
        match self.random.below(3) {
            0 => {
                let owner = self.possessor();
                ranked.before(owner, "nmod:poss")
            }
            1 => {
                let preposition = self.random.pick(&["of", "of", "in"]);
                let other = self.state().with_case(preposition);
                let ranked = if tag == "ADJ JJS" {
                    ranked.before(Phrase::same("the", "DET DT"), "det")
                } else {
                    a(ranked, rank)
                };
                ranked.after(other, "nmod")
            }
            _ => a(ranked, rank),
        }
    }
}
