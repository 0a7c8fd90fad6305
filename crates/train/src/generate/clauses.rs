//! Predicates, clauses and whole sentences.

use super::lexicon;
use super::nominals::{Maker, a, the};
use super::phrase::Phrase;

/// The form that a verb stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Past,
    Present { plural: bool },
    Base,
    Gerund,
    Participle,
}

fn verb(base: &str, form: Form) -> Phrase {
    match form {
        Form::Past => Phrase::word(&lexicon::past(base, false), base, "VERB VBD"),
        Form::Present { plural: false } => Phrase::word(&lexicon::present(base), base, "VERB VBZ"),
        Form::Present { plural: true } => Phrase::word(base, base, "VERB VBP"),
        Form::Base => Phrase::word(base, base, "VERB VB"),
        Form::Gerund => Phrase::word(&lexicon::gerund(base), base, "VERB VBG"),
        Form::Participle => Phrase::word(&lexicon::past(base, true), base, "VERB VBN"),
    }
}

impl Maker {
    /// A thing with what belongs before it.
    fn thing(&mut self, noun: &str, tag: &'static str) -> Phrase {
        let lemma = lexicon::lemma_of(noun, tag);
        let thing = Phrase::word(noun, &lemma, tag);
        let quality = self.random.chance(0.4).then(|| self.random.pick(lexicon::QUALITIES));
        let first = quality.unwrap_or(noun);
        let thing = match quality {
            Some(quality) => thing.before(Phrase::same(quality, "ADJ JJ"), "amod"),
            None => thing,
        };
        let mass = matches!(noun, "cooperation" | "trade" | "assistance" | "rice" | "oil");
        match (tag.ends_with("NNS") || mass, self.random.below(4)) {
            (true, 0) => thing.before(Phrase::word("its", "its", "PRON PRP$"), "nmod:poss"),
            (true, _) => thing,
            (false, 0) => the(thing),
            (false, _) => a(thing, first),
        }
    }

    /// A verb phrase without subject.
    fn predicate(&mut self, form: Form, depth: usize) -> Phrase {
        match self.random.below(if depth == 0 { 15 } else { 11 }) {
            0..=2 => self.act(form),
            3 | 4 => {
                let base = self.random.pick(lexicon::TOWARDS);
                verb(base, form).after(self.actor(), "obj")
            }
            5 => {
                let (base, preposition) = self.random.pick(lexicon::TOGETHER);
                verb(base, form).after(self.actor().with_case(preposition), "obl")
            }
            6 | 7 => {
                let base = self.random.pick(self.lexicon.giving);
                let to = if self.random.chance(0.85) {
                    self.state()
                } else {
                    Phrase::word("neighbor", "neighbor", "NOUN NN")
                        .before(Phrase::word("its", "its", "PRON PRP$"), "nmod:poss")
                };
                verb(base, form).after(to, "iobj").after(self.gift(), "obj")
            }
            8 => {
                let base = self.random.pick(&[
                    "pledge", "provide", "supply", "deliver", "donate", "transfer", "export",
                    "extend",
                ]);
                verb(base, form)
                    .after(self.gift(), "obj")
                    .after(self.state().with_case("to"), "obl")
            }
            9 => {
                let of = self.act(Form::Gerund).before(Phrase::same("of", "SCONJ IN"), "mark");
                verb("accuse", form).after(self.actor(), "obj").after(of, "advcl")
            }
            10 => {
                let base = self.random.pick(&["provide", "supply", "present"]);
                verb(base, form)
                    .after(self.state(), "obj")
                    .after(self.gift().with_case("with"), "obl")
            }
            11 | 12 => {
                let base = self.random.pick(lexicon::PROMISING);
                let inner = self.infinitive(depth);
                verb(base, form).after(inner, "xcomp")
            }
            _ => {
                let base = self.random.pick(lexicon::ASKING);
                let who = self.actor();
                let rel = if matches!(base, "urge" | "ask" | "invite" | "order") {
                    "iobj"
                } else {
                    "obj"
                };
                let inner = self.infinitive(depth);
                verb(base, form).after(who, rel).after(inner, "xcomp")
            }
        }
    }

    fn infinitive(&mut self, depth: usize) -> Phrase {
        self.predicate(Form::Base, depth + 1).before(Phrase::same("to", "PART TO"), "mark")
    }

    /// A verb with a thing, and a state behind a preposition.
    fn act(&mut self, form: Form) -> Phrase {
        let (base, noun, tag, preposition) = self.random.pick(lexicon::ACTS);
        let thing = self.thing(noun, tag);
        let other = self.actor().with_case(preposition);
        // With nouns that open a place for a partner the phrase belongs to the noun.
        if matches!(preposition, "with" | "by") {
            return verb(base, form).after(thing.after(other, "nmod"), "obj");
        }
        verb(base, form).after(thing, "obj").after(other, "obl")
    }

    /// A clause in the active or passive voice.
    fn clause(&mut self) -> Phrase {
        let clause = if self.random.chance(0.2) { self.passive() } else { self.active() };
        match self.random.below(8) {
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
                let mut manner = self.act(Form::Gerund);
                if self.random.chance(0.5) {
                    manner = manner.before(Phrase::same("by", "SCONJ IN"), "mark");
                }
                clause.after(manner.before(Phrase::mark(","), "punct"), "advcl")
            }
            _ => clause,
        }
    }

    fn active(&mut self) -> Phrase {
        let (subject, plural) = self.actors();
        let subject = if self.random.chance(0.08) { self.with_relative(subject) } else { subject };
        let predicate = match self.random.below(10) {
            0 => {
                let predicate = self.predicate(Form::Participle, 0);
                predicate.before(aux(if plural { "have" } else { "has" }, "have", plural), "aux")
            }
            1 => {
                let modal = self.random.pick(&["will", "would", "could", "may", "should"]);
                let predicate = self.predicate(Form::Base, 0);
                predicate.before(Phrase::same(modal, "AUX MD"), "aux")
            }
            2 => {
                let predicate = self.predicate(Form::Gerund, 0);
                predicate.before(aux(if plural { "are" } else { "is" }, "be", plural), "aux")
            }
            3 => self.predicate(Form::Present { plural }, 0),
            4 => {
                let predicate = self.predicate(Form::Base, 0);
                let not = Phrase::same("not", "PART RB");
                predicate.before(not, "advmod").before(Phrase::word("did", "do", "AUX VBD"), "aux")
            }
            _ => self.predicate(Form::Past, 0),
        };
        predicate.before(subject, "nsubj")
    }

    fn with_relative(&mut self, subject: Phrase) -> Phrase {
        let clause = self.act(Form::Past).before(Phrase::same("which", "PRON WDT"), "nsubj");
        subject.after(clause.between(",", ","), "acl:relcl")
    }

    fn passive(&mut self) -> Phrase {
        let (subject, plural) = self.actors();
        let be = Phrase::word(if plural { "were" } else { "was" }, "be", "AUX VBD");
        match self.random.below(4) {
            0 => {
                let base = self.random.pick(self.lexicon.giving);
                let given = verb(base, Form::Participle)
                    .before(be, "aux:pass")
                    .before(subject, "nsubj:pass");
                let given = given.after(self.gift(), "obj");
                if self.random.chance(0.5) {
                    given.after(self.actor().with_case("by"), "obl:agent")
                } else {
                    given
                }
            }
            1 => {
                let (base, noun, tag, preposition) = self.random.pick(lexicon::ACTS);
                let many = tag.ends_with("NNS");
                let be = Phrase::word(if many { "were" } else { "was" }, "be", "AUX VBD");
                let thing = self.thing(noun, tag);
                let done =
                    verb(base, Form::Participle).before(be, "aux:pass").before(thing, "nsubj:pass");
                let done = done.after(self.actor().with_case(preposition), "obl");
                if self.random.chance(0.5) {
                    done.after(self.actor().with_case("by"), "obl:agent")
                } else {
                    done
                }
            }
            _ => {
                let base = self.random.pick(lexicon::TOWARDS);
                let done = verb(base, Form::Participle)
                    .before(be, "aux:pass")
                    .before(subject, "nsubj:pass");
                done.after(self.actor().with_case("by"), "obl:agent")
            }
        }
    }

    /// What rose or fell: a nominal with its giver and receiver.
    fn nominal(&mut self) -> Phrase {
        let aid = Phrase::same(self.random.pick(lexicon::AID), "NOUN NN");
        let flow = match self.random.below(3) {
            0 => {
                let demonym = Phrase::same(self.random.pick(self.lexicon.demonyms), "ADJ JJ");
                aid.before(demonym, "amod").after(self.state().with_case("to"), "nmod")
            }
            1 => {
                let owner = self.possessor();
                aid.before(owner, "nmod:poss").after(self.state().with_case("to"), "nmod")
            }
            _ => {
                let second = self.state().before(Phrase::same("and", "CCONJ CC"), "cc");
                let pair = self.state().with_case("between").after(second, "conj");
                Phrase::same("trade", "NOUN NN").after(pair, "nmod")
            }
        };
        let base = self.random.pick(&["rise", "fall", "amount", "grow", "jump"]);
        let changed = if base == "grow" {
            Phrase::word("grew", "grow", "VERB VBD")
        } else {
            verb(base, Form::Past)
        };
        changed.before(flow, "nsubj").after(self.money().with_case("to"), "obl")
    }

    /// A sentence, with its full stop where it is no headline.
    pub(super) fn sentence(&mut self) -> Phrase {
        let stop = |sentence: Phrase| sentence.after(Phrase::mark("."), "punct");
        match self.random.below(20) {
            0 => stop(self.nominal()),
            1 => self.headline(),
            2 => {
                let clause = self.clause();
                stop(self.datelined(clause))
            }
            3 | 4 => stop(self.reported()),
            5 => stop(self.quoted()),
            6 => {
                let clause = self.active();
                let source = self.actor();
                let to = Phrase::word("according", "accord", "VERB VBG")
                    .after(Phrase::same("to", "ADP IN"), "fixed");
                let source = source.before(to, "case");
                stop(clause.after(source.before(Phrase::mark(","), "punct"), "obl"))
            }
            7 => {
                let second =
                    self.predicate(Form::Past, 1).before(Phrase::same("and", "CCONJ CC"), "cc");
                let subject = self.actor();
                let clause = self.predicate(Form::Past, 1).before(subject, "nsubj");
                stop(clause.after(second, "conj"))
            }
            8..=11 => {
                let clause = self.clause();
                let (time, rel) = self.time();
                let time = if self.random.chance(0.8) {
                    time.after(Phrase::mark(","), "punct")
                } else {
                    time
                };
                stop(clause.before(time, rel))
            }
            _ => stop(self.clause()),
        }
    }

    fn headline(&mut self) -> Phrase {
        let form = Form::Present { plural: false };
        if self.random.chance(0.4) {
            let second = self.state().before(Phrase::mark(","), "punct");
            let pair = self.state().after(second, "conj");
            return self.predicate(Form::Present { plural: true }, 0).before(pair, "nsubj");
        }
        let subject = self.state();
        self.predicate(form, 0).before(subject, "nsubj")
    }

    /// With the place and the agency before a dash.
    fn datelined(&mut self, clause: Phrase) -> Phrase {
        let mut place = self.state();
        if self.random.chance(0.7) {
            place = place.shouted();
        }
        if self.random.chance(0.6) {
            let agency = Phrase::same(self.random.pick(lexicon::AGENCIES), "PROPN NNP");
            place = place.after(agency.between("(", ")"), "list");
        }
        let dash = self.random.pick(&["–", "—", "-", "--"]);
        clause.before(place.after(Phrase::mark(dash), "punct"), "parataxis")
    }

    fn reported(&mut self) -> Phrase {
        let base = self.random.pick(lexicon::SAYING);
        let speaker = self.actor();
        let said = verb(base, Form::Past).before(speaker, "nsubj");
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
        let quote = self.clause().before(Phrase::mark("“"), "punct");
        let quote = quote.after(Phrase::mark(","), "punct").after(Phrase::mark("”"), "punct");
        let speaker = self.actor();
        let said = verb("say", Form::Past);
        if self.random.chance(0.6) {
            said.before(speaker, "nsubj").before(quote, "ccomp")
        } else {
            said.before(quote, "ccomp").after(speaker, "nsubj")
        }
    }
}

fn aux(form: &str, lemma: &str, plural: bool) -> Phrase {
    Phrase::word(form, lemma, if plural { "AUX VBP" } else { "AUX VBZ" })
}
