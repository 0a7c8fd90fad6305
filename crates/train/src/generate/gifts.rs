//! What is given, amounts of money, and times.

use super::nominals::{Maker, a, the};
use super::phrase::Phrase;
use super::{inflect, words};

impl Maker {
    fn number(&mut self, list: &'static str) -> Phrase {
        Phrase::same(self.word(list), "NUM CD")
    }

    /// A sum: *$1.7 billion*, *200 million yen*, *US$20 million*.
    fn sum(&mut self) -> Phrase {
        let large = self.number("million billion million trillion");
        let amount = self.number(words::AMOUNTS);
        let number = large.before(amount, "compound");
        match self.random.below(6) {
            0 | 1 => {
                let (form, lemma) = self.random.pick(&[
                    ("yen", "yen"),
                    ("euros", "euro"),
                    ("dollars", "dollar"),
                    ("yuan", "yuan"),
                    ("pounds", "pound"),
                    ("rupees", "rupee"),
                ]);
                Phrase::word(form, lemma, "NOUN NNS").before(number, "nummod")
            }
            2 => Phrase::same("US$", "SYM $").after(number, "nummod"),
            3 => Phrase::same("€", "SYM $").after(number, "nummod"),
            _ => Phrase::same("$", "SYM $").after(number, "nummod"),
        }
    }

    /// An amount of money, perhaps with its purpose or its worth in another currency.
    pub(super) fn money(&mut self) -> Phrase {
        let sum = self.sum();
        match self.random.below(10) {
            0..=3 => {
                let preposition = self.random.pick(&["in", "of"]);
                let aid = self.aid().with_case(preposition);
                sum.after(aid, "nmod")
            }
            4 => {
                let other = self.sum().between("(", ")");
                sum.after(other, "appos")
            }
            5 => {
                let qualifier = self.random.pick(&["about", "nearly", "almost", "over", "some"]);
                sum.before(Phrase::same(qualifier, "ADV RB"), "advmod")
            }
            _ => sum,
        }
    }

    /// Help without number.
    pub(super) fn aid(&mut self) -> Phrase {
        let aid = self.noun(words::AID);
        if self.random.chance(0.6) {
            let kind = Phrase::same(self.word(words::KINDS), "ADJ JJ");
            return aid.before(kind, "amod");
        }
        aid
    }

    /// Something that is given.
    pub(super) fn gift(&mut self) -> Phrase {
        match self.random.below(12) {
            0..=4 => {
                let (kind, many, one) = self.random.pick(self.names.goods);
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
                        let number = self.number(words::NUMBERS);
                        goods.before(number, "nummod")
                    }
                }
            }
            5..=7 => self.money(),
            8 => {
                let loan = self.noun("loan grant package");
                let sum = self.sum();
                if self.random.chance(0.5) {
                    a(loan.before(sum, "compound"), "b")
                } else {
                    let worth = Phrase::same("worth", "ADJ JJ").after(sum, "obj");
                    a(loan, "b").after(worth, "amod")
                }
            }
            9 => the(self.noun("loan grant money credit ship vaccine")),
            10 => {
                let goods =
                    self.word("weapons arms vaccines tanks vessels missiles helicopters supplies");
                Phrase::word(goods, &inflect::singular(goods), "NOUN NNS")
            }
            _ => self.aid(),
        }
    }

    fn month(&mut self) -> Phrase {
        Phrase::same(self.word(words::MONTHS), "PROPN NNP")
    }

    fn year(&mut self) -> Phrase {
        Phrase::same(&words::year(&mut self.random), "NUM CD")
    }

    /// A time with the relation it takes to a verb.
    pub(super) fn time(&mut self) -> (Phrase, &'static str) {
        match self.random.below(9) {
            0 => {
                let preposition = self.random.pick(&["in", "since", "in"]);
                (self.year().with_case(preposition), "obl")
            }
            1 => {
                let (month, year) = (self.month(), self.year());
                let month = if self.random.chance(0.5) {
                    month.after(year, "nmod:unmarked")
                } else {
                    month
                };
                (month.with_case("in"), "obl")
            }
            2 | 3 => {
                let day = Phrase::same(&(1 + self.random.below(30)).to_string(), "NUM CD");
                let (month, year) = (self.month(), self.year());
                // The day leads its month in either order.
                let date = if self.random.chance(0.3) {
                    day.after(month, "nmod:unmarked")
                } else {
                    day.before(month, "nmod:unmarked")
                };
                let date = if self.random.chance(0.4) {
                    date.after(Phrase::mark(","), "punct").after(year, "nmod:unmarked")
                } else {
                    date
                };
                (date.with_case("on"), "obl")
            }
            4 => {
                let noun = self.noun("year month week");
                if self.random.chance(0.5) {
                    (noun.before(Phrase::same("this", "DET DT"), "det"), "obl:unmarked")
                } else {
                    (noun.before(Phrase::same("last", "ADJ JJ"), "amod"), "obl:unmarked")
                }
            }
            5 => {
                let day = Phrase::same(self.word(words::DAYS), "PROPN NNP");
                (day, "obl:unmarked")
            }
            6 => {
                let day = self.random.pick(&["yesterday", "today", "tomorrow"]);
                (Phrase::same(day, "NOUN NN"), "obl:unmarked")
            }
            _ => {
                let day = Phrase::same(self.word(words::DAYS), "PROPN NNP");
                (day.with_case("on"), "obl")
            }
        }
    }
}
