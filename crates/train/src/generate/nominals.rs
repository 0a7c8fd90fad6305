//! Actors, things, money and times.

use super::lexicon::{self, Lexicon};
use super::phrase::Phrase;
use crate::random::Random;

/// Makes phrases of one part with one stream of random numbers.
pub(super) struct Maker {
    pub(super) lexicon: Lexicon,
    pub(super) random: Random,
}

impl Maker {
    fn name_of_place(&mut self) -> Phrase {
        if self.random.chance(0.82) {
            return Phrase::same(self.random.pick(self.lexicon.places), "PROPN NNP");
        }
        let (first, second) = self.random.pick(self.lexicon.double_places);
        Phrase::same(second, "PROPN NNP").before(Phrase::same(first, "PROPN NNP"), "compound")
    }

    /// A state by name.
    pub(super) fn state(&mut self) -> Phrase {
        match self.random.below(16) {
            0 => the(Phrase::word("States", "States", "PROPN NNPS")
                .before(Phrase::word("United", "Unite", "ADJ NNP"), "amod")),
            1 => the(Phrase::word("Philippines", "Philippines", "PROPN NNPS")),
            2 => the(Phrase::same("Union", "PROPN NNP")
                .before(Phrase::same("European", "ADJ NNP"), "amod")),
            _ => self.name_of_place(),
        }
    }

    fn demonym(&mut self) -> Phrase {
        Phrase::same(self.random.pick(self.lexicon.demonyms), "ADJ JJ")
    }

    /// A person, mostly with a title.
    fn person(&mut self) -> Phrase {
        let mut name = Phrase::same(self.random.pick(self.lexicon.first), "PROPN NNP");
        for _ in 0..=usize::from(self.random.chance(0.2)) {
            name =
                name.after(Phrase::same(self.random.pick(self.lexicon.last), "PROPN NNP"), "flat");
        }
        if self.random.chance(0.2) {
            return self.with_office(name);
        }
        let words = self.random.pick(lexicon::TITLES);
        let Some((&(last, tag), rest)) = words.split_last() else { return name };
        let mut title = Phrase::same(last, tag);
        for &(word, tag) in rest {
            let rel = if tag.starts_with("ADJ") { "amod" } else { "compound" };
            title = title.before(Phrase::same(word, tag), rel);
        }
        match self.random.below(5) {
            0 | 1 => {
                let demonym = self.demonym();
                name.before(title.before(demonym, "amod"), "nmod:desc")
            }
            2 => {
                let owner = self.possessor();
                name.before(title, "nmod:desc").before(owner, "nmod:poss")
            }
            3 => {
                let place = self.name_of_place();
                name.before(title.before(place, "compound"), "nmod:desc")
            }
            _ => name.before(title, "nmod:desc"),
        }
    }

    /// A state with *'s*.
    pub(super) fn possessor(&mut self) -> Phrase {
        let form = if self.random.chance(0.5) { "’s" } else { "'s" };
        self.state().after(Phrase::word(form, "'s", "PART POS"), "case")
    }

    /// A name followed by its office between commas.
    fn with_office(&mut self, name: Phrase) -> Phrase {
        let office = self.office();
        let state = self.state().with_case("of");
        let office = if self.random.chance(0.7) { office.after(state, "nmod") } else { office };
        name.after(office.between(",", ","), "appos")
    }

    /// An office in small letters with its article or nationality.
    fn office(&mut self) -> Phrase {
        let words = self.random.pick(lexicon::OFFICES);
        let last = words[words.len() - 1];
        let mut office = Phrase::same(last, "NOUN NN");
        if words.len() > 1 {
            let tag = if words[0] == "defence" { "NOUN NN" } else { "ADJ JJ" };
            let rel = if words[0] == "defence" { "compound" } else { "amod" };
            office = office.before(Phrase::same(words[0], tag), rel);
        }
        if self.random.chance(0.4) {
            let demonym = self.demonym();
            office = office.before(demonym, "amod");
        }
        the(office)
    }

    /// Somebody who acts.
    pub(super) fn actor(&mut self) -> Phrase {
        match self.random.below(20) {
            0..=11 => self.state(),
            12..=15 => self.person(),
            16 => self.office(),
            17 => {
                let body = Phrase::same(self.random.pick(lexicon::BODIES), "NOUN NN");
                let demonym = self.demonym();
                the(body.before(demonym, "amod"))
            }
            18 => {
                let body = Phrase::same(self.random.pick(lexicon::BODIES), "NOUN NN");
                let owner = self.possessor();
                body.before(owner, "nmod:poss")
            }
            _ => the(Phrase::word("countries", "country", "NOUN NNS")
                .before(Phrase::same("two", "NUM CD"), "nummod")),
        }
    }

    /// One actor or several; `true` where a verb must be in the plural.
    pub(super) fn actors(&mut self) -> (Phrase, bool) {
        let first = self.actor();
        match self.random.below(10) {
            0 | 1 => {
                let second = self.actor().before(Phrase::same("and", "CCONJ CC"), "cc");
                (first.after(second, "conj"), true)
            }
            2 => {
                let second = self.state().before(Phrase::mark(","), "punct");
                let third = self.state().before(Phrase::same("and", "CCONJ CC"), "cc");
                (self.state().after(second, "conj").after(third, "conj"), true)
            }
            _ => (first, false),
        }
    }

    /// An amount of money, perhaps with its purpose.
    pub(super) fn money(&mut self) -> Phrase {
        let amount = self.random.pick(lexicon::AMOUNTS);
        let large = self.random.pick(&["million", "billion"]);
        let number =
            Phrase::same(large, "NUM CD").before(Phrase::same(amount, "NUM CD"), "compound");
        let sum = match self.random.below(5) {
            0 => {
                let (form, lemma) = self.random.pick(&[
                    ("yen", "yen"),
                    ("euros", "euro"),
                    ("dollars", "dollar"),
                    ("yuan", "yuan"),
                ]);
                Phrase::word(form, lemma, "NOUN NNS").before(number, "nummod")
            }
            1 => Phrase::same("US$", "SYM $").after(number, "nummod"),
            _ => Phrase::same("$", "SYM $").after(number, "nummod"),
        };
        if self.random.chance(0.5) {
            let preposition = self.random.pick(&["in", "of"]);
            let aid = self.aid().with_case(preposition);
            return sum.after(aid, "nmod");
        }
        sum
    }

    /// Help without number.
    pub(super) fn aid(&mut self) -> Phrase {
        let aid = Phrase::same(self.random.pick(lexicon::AID), "NOUN NN");
        if self.random.chance(0.6) {
            return aid.before(Phrase::same(self.random.pick(lexicon::KINDS), "ADJ JJ"), "amod");
        }
        aid
    }

    /// Something that is given.
    pub(super) fn gift(&mut self) -> Phrase {
        match self.random.below(10) {
            0..=4 => {
                let (kind, many, one) = self.random.pick(self.lexicon.goods);
                let goods = Phrase::word(many, one, "NOUN NNS")
                    .before(Phrase::same(kind, "NOUN NN"), "compound");
                match self.random.below(5) {
                    0 => goods,
                    1 => {
                        let number = (2 + self.random.below(90)).to_string();
                        goods.before(Phrase::same(&number, "NUM CD"), "nummod")
                    }
                    2 => goods.before(Phrase::same("several", "ADJ JJ"), "amod"),
                    _ => {
                        let number = Phrase::same(self.random.pick(lexicon::NUMBERS), "NUM CD");
                        goods.before(number, "nummod")
                    }
                }
            }
            5 | 6 => self.money(),
            7 => the(Phrase::same("loan", "NOUN NN")),
            _ => self.aid(),
        }
    }

    /// A time with the relation it takes to a verb.
    pub(super) fn time(&mut self) -> (Phrase, &'static str) {
        match self.random.below(7) {
            0 => (Phrase::same(&lexicon::year(&mut self.random), "NUM CD").with_case("in"), "obl"),
            1 => {
                let month = Phrase::same(self.random.pick(lexicon::MONTHS), "PROPN NNP");
                let year = Phrase::same(&lexicon::year(&mut self.random), "NUM CD");
                let month = if self.random.chance(0.5) {
                    month.after(year, "nmod:unmarked")
                } else {
                    month
                };
                (month.with_case("in"), "obl")
            }
            2 => {
                let day = (1 + self.random.below(30)).to_string();
                let month = Phrase::same(self.random.pick(lexicon::MONTHS), "PROPN NNP");
                let date = Phrase::same(&day, "NUM CD").before(month, "nmod:unmarked");
                let year = Phrase::same(&lexicon::year(&mut self.random), "NUM CD");
                let date = if self.random.chance(0.5) {
                    date.after(Phrase::mark(","), "punct").after(year, "nmod:unmarked")
                } else {
                    date
                };
                (date.with_case("on"), "obl")
            }
            3 => {
                let noun = Phrase::same(self.random.pick(&["year", "month", "week"]), "NOUN NN");
                if self.random.chance(0.5) {
                    (noun.before(Phrase::same("this", "DET DT"), "det"), "obl:unmarked")
                } else {
                    (noun.before(Phrase::same("last", "ADJ JJ"), "amod"), "obl:unmarked")
                }
            }
            4 => (Phrase::same(self.random.pick(lexicon::DAYS), "PROPN NNP"), "obl:unmarked"),
            _ => {
                (Phrase::same(self.random.pick(lexicon::DAYS), "PROPN NNP").with_case("on"), "obl")
            }
        }
    }
}

/// With the definite article.
pub(super) fn the(noun: Phrase) -> Phrase {
    noun.before(Phrase::same("the", "DET DT"), "det")
}

/// With the indefinite article that the first letter of `next` asks for.
pub(super) fn a(noun: Phrase, next: &str) -> Phrase {
    let form = if next.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    noun.before(Phrase::word(form, "a", "DET DT"), "det")
}
