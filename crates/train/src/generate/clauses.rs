//! Clauses: voices, tenses, what stands around them.

use super::nominals::{Maker, a};
use super::phrase::Phrase;
use super::predicates::{Form, verb};
use super::{inflect, verbs, words};

impl Maker {
    /// Subject and a plain verb phrase.
    pub(super) fn simple_clause(&mut self) -> Phrase {
        let (subject, plural) = self.actors();
        let form = if self.random.chance(0.35) { Form::Present { plural } } else { Form::Past };
        let predicate = self.predicate(form, 1);
        predicate.before(subject, "nsubj")
    }

    /// A clause in the active or passive voice, with what else is told.
    pub(super) fn clause(&mut self) -> Phrase {
        let clause = match self.random.below(20) {
            0..=3 => self.passive(),
            4 => self.change(),
            5 => self.being(),
            6 => self.inclined(),
            7 => self.deed_clause(),
            _ => self.active(),
        };
        match self.random.below(11) {
            0 | 1 => {
                let (time, rel) = self.time();
                clause.after(time, rel)
            }
            2 => {
                let purpose =
                    self.act(Form::Gerund).before(Phrase::same("for", "SCONJ IN"), "mark");
                clause.after(purpose, "advcl")
            }
            3 => {
                let mut manner = self.predicate(Form::Gerund, 1);
                if self.random.chance(0.5) {
                    manner = manner.before(Phrase::same("by", "SCONJ IN"), "mark");
                }
                clause.after(manner.before(Phrase::mark(","), "punct"), "advcl")
            }
            4 => {
                let when = self.random.pick(&["after", "before", "while", "because", "as"]);
                let second = self.simple_clause().before(Phrase::same(when, "SCONJ IN"), "mark");
                clause.after(second, "advcl")
            }
            5 => {
                let during = self.random.pick(&["during", "after", "before", "despite", "over"]);
                let deed = self.deed().0.with_case(during);
                clause.after(deed, "obl")
            }
            6 => {
                let and = self.random.pick(&["and", "but"]);
                let second =
                    self.predicate(Form::Past, 1).before(Phrase::same(and, "CCONJ CC"), "cc");
                clause.after(second, "conj")
            }
            _ => clause,
        }
    }

    pub(super) fn active(&mut self) -> Phrase {
        let (subject, plural) = self.actors();
        let subject = if self.random.chance(0.06) { self.with_relative(subject) } else { subject };
        let predicate = match self.random.below(12) {
            0 => {
                let done = self.predicate(Form::Participle, 0);
                let done = if self.random.chance(0.2) {
                    let word = self.random.pick(&["already", "repeatedly", "recently", "never"]);
                    done.before(Phrase::same(word, "ADV RB"), "advmod")
                } else {
                    done
                };
                done.before(aux(if plural { "have" } else { "has" }, "have", plural), "aux")
            }
            1 => {
                let modal = self.random.pick(&["will", "would", "could", "may", "should", "must"]);
                let predicate = self.predicate(Form::Base, 0);
                predicate.before(Phrase::same(modal, "AUX MD"), "aux")
            }
            2 => {
                let predicate = self.predicate(Form::Gerund, 0);
                predicate.before(aux(if plural { "are" } else { "is" }, "be", plural), "aux")
            }
            3..=6 => self.predicate(Form::Present { plural }, 0),
            7 => {
                let predicate = self.predicate(Form::Base, 0);
                let not = Phrase::same("not", "PART RB");
                let (form, tag) = self.random.pick(&[("did", "AUX VBD"), ("will", "AUX MD")]);
                let lemma = if form == "did" { "do" } else { form };
                predicate.before(not, "advmod").before(Phrase::word(form, lemma, tag), "aux")
            }
            _ => self.predicate(Form::Past, 0),
        };
        let predicate = if self.random.chance(0.07) {
            let word =
                self.random.pick(&["also", "reportedly", "strongly", "formally", "publicly"]);
            predicate.before(Phrase::same(word, "ADV RB"), "advmod")
        } else {
            predicate
        };
        predicate.before(subject, "nsubj")
    }

    fn with_relative(&mut self, subject: Phrase) -> Phrase {
        let clause =
            self.predicate(Form::Past, 1).before(Phrase::same("which", "PRON WDT"), "nsubj");
        subject.after(clause.between(",", ","), "acl:relcl")
    }

    fn passive(&mut self) -> Phrase {
        let (subject, plural) = self.actors();
        let done = match self.random.below(11) {
            8 => {
                let (base, preposition) = self.random.pick(verbs::MENACING);
                let menace = self.menace().with_case(preposition);
                let done = verb(base, Form::Participle);
                self.be_done(done, subject, plural).after(menace, "obl")
            }
            9 => {
                let (undertaking, plural) = self.undertaking();
                let done = self.verb_of(verbs::ABOUT_THINGS, Form::Participle);
                return self.be_done(done, undertaking, plural);
            }
            0 => {
                let gift = self.gift();
                let given = self.verb_of(self.names.giving, Form::Participle);
                self.be_done(given, subject, plural).after(gift, "obj")
            }
            1 | 2 => {
                let (base, noun, preposition, _) = self.random.pick(verbs::ACTS);
                let (thing, other) = (self.thing(noun), self.actor().with_case(preposition));
                let done = verb(base, Form::Participle);
                self.be_done(done, thing, noun.ends_with('s')).after(other, "obl")
            }
            3 => {
                let (thing, plural) = self.deed();
                let done = self.verb_of(verbs::ABOUT_THINGS, Form::Participle);
                self.be_done(done, thing, plural)
            }
            4 => {
                let gift = self.gift();
                let to = self.state().with_case("to");
                let given = self.verb_of(verbs::GIVING_TO, Form::Participle);
                self.be_done(given, gift, true).after(to, "obl")
            }
            5 => {
                let expected = self.verb_of(verbs::EXPECTED, Form::Participle);
                let inner = self.infinitive(0);
                return self.be_done(expected, subject, plural).after(inner, "xcomp");
            }
            6 => {
                let (base, preposition) = self.random.pick(verbs::HOLDING);
                let act = self.predicate(Form::Gerund, 1);
                let act = act.before(Phrase::same(preposition, "SCONJ IN"), "mark");
                let held = verb(base, Form::Participle);
                return self.be_done(held, subject, plural).after(act, "advcl");
            }
            7 => {
                let (adjective, noun) = self.random.pick(verbs::CALLINGS);
                let what =
                    Phrase::same(noun, "NOUN NN").before(Phrase::same(adjective, "ADJ JJ"), "amod");
                let seen = self.verb_of(verbs::TAKEN_AS, Form::Participle);
                self.be_done(seen, subject, plural).after(a(what, adjective).with_case("as"), "obl")
            }
            _ => {
                let done = self.verb_of(verbs::TOWARDS, Form::Participle);
                self.be_done(done, subject, plural)
            }
        };
        if self.random.chance(0.6) {
            let by = self.actor().with_case("by");
            return done.after(by, "obl:agent");
        }
        done
    }

    fn be_done(&mut self, done: Phrase, subject: Phrase, plural: bool) -> Phrase {
        let done = match self.random.below(5) {
            0 => {
                let done = done.before(Phrase::word("been", "be", "AUX VBN"), "aux:pass");
                done.before(aux(if plural { "have" } else { "has" }, "have", plural), "aux")
            }
            1 => done.before(aux(if plural { "are" } else { "is" }, "be", plural), "aux:pass"),
            _ => {
                let be = if plural { "were" } else { "was" };
                done.before(Phrase::word(be, "be", "AUX VBD"), "aux:pass")
            }
        };
        done.before(subject, "nsubj:pass")
    }

    /// What rose, fell, soured, resumed.
    fn change(&mut self) -> Phrase {
        if self.random.chance(0.6) {
            let word = self.word(words::RELATIONS);
            let mut what = Phrase::word(word, &inflect::singular(word), "NOUN NNS");
            let between = self.random.chance(0.6);
            if between {
                let second = self.state().before(Phrase::same("and", "CCONJ CC"), "cc");
                let pair = self.state().with_case("between").after(second, "conj");
                what = what.after(pair, "nmod");
            } else {
                let owner = self.possessor();
                let other = self.state().with_case("with");
                what = what.before(owner, "nmod:poss").after(other, "nmod");
            }
            if self.random.chance(0.3) {
                let quality = Phrase::same(self.word(words::QUALITIES), "ADJ JJ");
                what = if between { what.before(quality, "amod") } else { what };
            }
            let base = self.word(words::TURNS);
            return match self.random.below(4) {
                0 => {
                    let have = aux("have", "have", true);
                    verb(base, Form::Participle).before(have, "aux").before(what, "nsubj")
                }
                1 => verb(base, Form::Present { plural: true }).before(what, "nsubj"),
                _ => verb(base, Form::Past).before(what, "nsubj"),
            };
        }
        let aid = self.noun("aid assistance trade investment support");
        let flow = match self.random.below(3) {
            0 => self.of_nation(aid),
            1 => {
                let owner = self.possessor();
                aid.before(owner, "nmod:poss")
            }
            _ => aid,
        };
        let to = self.state().with_case("to");
        let base = self.random.pick(&["rise", "fall", "amount", "grow", "jump", "drop", "climb"]);
        let sum = self.money().with_case("to");
        verb(base, Form::Past).before(flow.after(to, "nmod"), "nsubj").after(sum, "obl")
    }

    /// *Japan is wary of China*, *Laos is a key ally of Vietnam*, *They are at odds*.
    fn being(&mut self) -> Phrase {
        let (subject, plural) = self.actors();
        let past = self.random.chance(0.3);
        let be = match (past, plural) {
            (true, true) => Phrase::word("were", "be", "AUX VBD"),
            (true, false) => Phrase::word("was", "be", "AUX VBD"),
            (false, true) => Phrase::word("are", "be", "AUX VBP"),
            (false, false) => Phrase::word("is", "be", "AUX VBZ"),
        };
        let what = match self.random.below(4) {
            0 | 1 => {
                let (adjective, preposition) = self.random.pick(words::FEELINGS);
                let other = self.actor().with_case(preposition);
                let feeling = Phrase::same(adjective, "ADJ JJ");
                let feeling = if self.random.chance(0.2) {
                    let how = self.random.pick(&["deeply", "very", "highly", "increasingly"]);
                    feeling.before(Phrase::same(how, "ADV RB"), "advmod")
                } else {
                    feeling
                };
                feeling.after(other, "obl")
            }
            2 => self.partner(),
            _ => {
                let state = self.random.pick(&["odds", "war", "loggerheads", "peace"]);
                let (form, lemma, tag) = match state {
                    "war" | "peace" => (state, state, "NOUN NN"),
                    _ => (state, &state[..state.len() - 1], "NOUN NNS"),
                };
                let other = self.actor().with_case("with");
                Phrase::word(form, lemma, tag).with_case("at").after(other, "obl")
            }
        };
        what.before(be, "cop").before(subject, "nsubj")
    }

    /// *Japan is ready to help Laos.*
    fn inclined(&mut self) -> Phrase {
        let (subject, plural) = self.actors();
        let inner = self.infinitive(0);
        let be = aux(if plural { "are" } else { "is" }, "be", plural);
        let mood = Phrase::same(self.word(verbs::INCLINED), "ADJ JJ");
        mood.before(be, "cop").before(subject, "nsubj").after(inner, "xcomp")
    }

    /// An act as the subject: *Its claims angered Laos.*
    fn deed_clause(&mut self) -> Phrase {
        let (deed, plural) = if self.random.chance(0.3) { self.undertaking() } else { self.deed() };
        let other = self.actor();
        let form = if self.random.chance(0.5) { Form::Past } else { Form::Present { plural } };
        let base = self.random.pick(&[
            "anger",
            "worry",
            "alarm",
            "upset",
            "please",
            "irk",
            "provoke",
            "help",
            "hurt",
            "affect",
            "include",
            "cover",
            "threaten",
            "challenge",
            "draw",
        ]);
        verb(base, form).before(deed, "nsubj").after(other, "obj")
    }

    /// A participle after its noun: *the deal signed by Japan*.
    pub(super) fn done_thing(&mut self) -> Phrase {
        let (base, noun, _, _) = self.random.pick(verbs::ACTS);
        let by = self.actor().with_case("by");
        let done =
            Phrase::word(&inflect::past(base, true), base, "VERB VBN").after(by, "obl:agent");
        self.thing(noun).after(done, "acl")
    }
}

pub(super) fn aux(form: &str, lemma: &str, plural: bool) -> Phrase {
    Phrase::word(form, lemma, if plural { "AUX VBP" } else { "AUX VBZ" })
}
