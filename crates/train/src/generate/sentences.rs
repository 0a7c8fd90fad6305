//! Whole sentences: statements, headlines, datelines, reports and quotations.

use super::nominals::Maker;
use super::phrase::Phrase;
use super::predicates::{Form, verb};
use super::{verbs, words};

impl Maker {
    /// A sentence, with its full stop where it is no headline.
    pub(super) fn sentence(&mut self) -> Phrase {
        let stop = |sentence: Phrase| sentence.after(Phrase::mark("."), "punct");
        match self.random.below(24) {
            0..=3 => self.headline(),
            4 => {
                let clause = self.clause();
                stop(self.datelined(clause))
            }
            5..=7 => stop(self.reported()),
            8 => stop(self.quoted()),
            9 => {
                let clause = self.active();
                let source = self.actor();
                let to = Phrase::word("according", "accord", "VERB VBG")
                    .after(Phrase::same("to", "ADP IN"), "fixed");
                let source = source.before(to, "case");
                stop(clause.after(source.before(Phrase::mark(","), "punct"), "obl"))
            }
            10 => {
                let thing = self.done_thing();
                let (clause, rel) =
                    (self.verb_of("anger please help upset hurt", Form::Past), "nsubj");
                let other = self.actor();
                stop(clause.before(thing, rel).after(other, "obj"))
            }
            11..=13 => {
                let clause = self.clause();
                let (time, rel) = self.time();
                let time = if self.random.chance(0.8) {
                    time.after(Phrase::mark(","), "punct")
                } else {
                    time
                };
                stop(clause.before(time, rel))
            }
            14 => {
                let mut first = self.predicate(Form::Gerund, 1);
                if self.random.chance(0.4) {
                    let when = self.random.pick(&["after", "by", "before", "while"]);
                    first = first.before(Phrase::same(when, "SCONJ IN"), "mark");
                }
                stop(self.active().before(first.after(Phrase::mark(","), "punct"), "advcl"))
            }
            _ => stop(self.clause()),
        }
    }

    /// In the present tense, without articles and full stop; some in title case.
    fn headline(&mut self) -> Phrase {
        let headline = match self.random.below(10) {
            0 | 1 => {
                let second = self.state().before(Phrase::mark(","), "punct");
                let pair = self.state().after(second, "conj");
                self.predicate(Form::Present { plural: true }, 0).before(pair, "nsubj")
            }
            2 => {
                let subject = self.state();
                self.infinitive(0).before(subject, "nsubj")
            }
            3 => {
                let subject = self.state();
                let (base, preposition) = self.random.pick(verbs::HOLDING);
                let act = self.predicate(Form::Gerund, 1);
                let act = act.before(Phrase::same(preposition, "SCONJ IN"), "mark");
                verb(base, Form::Participle).before(subject, "nsubj:pass").after(act, "advcl")
            }
            4 => {
                let subject = self.state();
                let says = self.verb_of(verbs::SAYING, Form::Present { plural: false });
                let clause = self.simple_clause();
                says.before(subject, "nsubj").after(clause, "ccomp")
            }
            5 => self.deed().0,
            6 => {
                let (subject, plural) = (self.person(), false);
                self.predicate(Form::Present { plural }, 0).before(subject, "nsubj")
            }
            _ => {
                let subject = self.state();
                self.predicate(Form::Present { plural: false }, 0).before(subject, "nsubj")
            }
        };
        if self.random.chance(0.25) { headline.titled() } else { headline }
    }

    /// With the place and the agency before a dash.
    fn datelined(&mut self, clause: Phrase) -> Phrase {
        let mut place = self.state();
        if self.random.chance(0.7) {
            place = place.shouted();
        }
        if self.random.chance(0.6) {
            let agency = Phrase::same(self.word(words::AGENCIES), "PROPN NNP");
            place = place.after(agency.between("(", ")"), "list");
        }
        let dash = self.random.pick(&["–", "—", "-", "--"]);
        clause.before(place.after(Phrase::mark(dash), "punct"), "parataxis")
    }

    fn reported(&mut self) -> Phrase {
        let (speaker, plural) = self.actors();
        let form = if self.random.chance(0.35) { Form::Present { plural } } else { Form::Past };
        if self.random.chance(0.12) {
            let (subject, _) = self.actors();
            let demanded = self.predicate(Form::Base, 1).before(subject, "nsubj");
            let demanded = demanded.before(Phrase::same("that", "SCONJ IN"), "mark");
            let demands = self.verb_of(verbs::DEMANDING, form);
            return demands.before(speaker, "nsubj").after(demanded, "ccomp");
        }
        let said = self.verb_of(verbs::SAYING, form).before(speaker, "nsubj");
        let said = if self.random.chance(0.25) {
            let (time, rel) = self.time();
            said.after(time, rel)
        } else {
            said
        };
        let content = self.active();
        let content = if self.random.chance(0.6) {
            content.before(Phrase::same("that", "SCONJ IN"), "mark")
        } else {
            content
        };
        said.after(content, "ccomp")
    }

    fn quoted(&mut self) -> Phrase {
        let (open, close) = self.random.pick(&[("“", "”"), ("\"", "\"")]);
        let quote = self.clause().before(Phrase::mark(open), "punct");
        let quote = quote.after(Phrase::mark(","), "punct").after(Phrase::closing(close), "punct");
        let speaker = self.actor();
        let said = verb("say", Form::Past);
        if self.random.chance(0.5) {
            said.before(speaker, "nsubj").before(quote, "ccomp")
        } else {
            said.before(quote, "ccomp").after(speaker, "nsubj")
        }
    }
}
