//! Actors and things.

use super::inflect;
use super::names::Names;
use super::phrase::Phrase;
use super::words;
use crate::random::Random;

/// Makes phrases of one part with one stream of random numbers.
pub(super) struct Maker {
    pub(super) names: Names,
    pub(super) random: Random,
}

impl Maker {
    /// One word of a list that is separated by blanks.
    pub(super) fn word(&mut self, list: &'static str) -> &'static str {
        let count = list.split_whitespace().count();
        list.split_whitespace().nth(self.random.below(count)).unwrap_or_default()
    }

    pub(super) fn noun(&mut self, list: &'static str) -> Phrase {
        Phrase::same(self.word(list), "NOUN NN")
    }

    fn adjective(&mut self, list: &'static str) -> Phrase {
        Phrase::same(self.word(list), "ADJ JJ")
    }

    fn name(&mut self, list: &'static str) -> Phrase {
        Phrase::same(self.word(list), "PROPN NNP")
    }

    fn name_of_place(&mut self) -> Phrase {
        if self.random.chance(0.85) {
            return self.name(self.names.places);
        }
        let (first, second) = self.random.pick(self.names.double_places);
        Phrase::same(second, "PROPN NNP").before(Phrase::same(first, "PROPN NNP"), "compound")
    }

    /// A state by name.
    pub(super) fn state(&mut self) -> Phrase {
        match self.random.below(20) {
            0 | 1 => the(Phrase::word("States", "State", "PROPN NNPS")
                .before(Phrase::same("United", "ADJ NNP"), "amod")),
            2 => the(Phrase::same("Philippines", "PROPN NNPS")),
            3 => the(Phrase::same("Union", "PROPN NNP")
                .before(Phrase::same("European", "ADJ NNP"), "amod")),
            4 => {
                let (first, second) = self.random.pick(&[("New", "Zealand"), ("New", "Delhi")]);
                Phrase::same(second, "PROPN NNP").before(Phrase::same(first, "ADJ NNP"), "amod")
            }
            5 | 6 => {
                self.random.pick(&["US", "U.S.", "UK", "EU", "UN", "UAE", "U.N."]).into_state()
            }
            _ => self.name_of_place(),
        }
    }

    pub(super) fn demonym(&mut self) -> Phrase {
        if self.random.chance(0.1) {
            return Phrase::same(self.random.pick(&["US", "U.S.", "UN", "EU"]), "PROPN NNP");
        }
        self.adjective(self.names.demonyms)
    }

    /// Puts a word of nationality before a noun.
    pub(super) fn of_nation(&mut self, noun: Phrase) -> Phrase {
        let demonym = self.demonym();
        let rel = if demonym.is("ADJ") { "amod" } else { "compound" };
        noun.before(demonym, rel)
    }

    /// A person, mostly with a title.
    pub(super) fn person(&mut self) -> Phrase {
        let mut name = self.name(self.names.first);
        for _ in 0..=usize::from(self.random.chance(0.2)) {
            let last = self.name(self.names.last);
            name = name.after(last, "flat");
        }
        if self.random.chance(0.15) {
            return self.name(self.names.last);
        }
        if self.random.chance(0.2) {
            return self.with_office(name);
        }
        let title = self.title();
        match self.random.below(5) {
            0 | 1 => name.before(self.of_nation(title), "nmod:desc"),
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

    fn title(&mut self) -> Phrase {
        let words = self.random.pick(words::TITLES);
        let (last, tag) = words[words.len() - 1];
        let mut title = Phrase::same(last, tag);
        for &(word, tag) in &words[..words.len() - 1] {
            let rel = if tag.starts_with("ADJ") { "amod" } else { "compound" };
            title = title.before(Phrase::same(word, tag), rel);
        }
        if self.random.chance(0.08) {
            let state = self.random.pick(&["visiting", "outgoing"]);
            title =
                title.before(Phrase::word(state, &state[..state.len() - 3], "VERB VBG"), "amod");
        }
        title
    }

    /// A state with *'s*.
    pub(super) fn possessor(&mut self) -> Phrase {
        let form = if self.random.chance(0.5) { "’s" } else { "'s" };
        self.state().after(Phrase::word(form, "'s", "PART POS"), "case")
    }

    /// A name followed by its office between commas, or an office followed by its holder.
    fn with_office(&mut self, name: Phrase) -> Phrase {
        if self.random.chance(0.3) {
            let owner = self.possessor();
            let office = self.office_alone().before(owner, "nmod:poss");
            return office.after(name.between(",", ","), "appos");
        }
        let office = the(self.office_alone());
        let state = self.state().with_case("of");
        let office = if self.random.chance(0.7) { office.after(state, "nmod") } else { office };
        name.after(office.between(",", ","), "appos")
    }

    fn office_alone(&mut self) -> Phrase {
        let words = self.random.pick(words::OFFICES);
        let mut office = Phrase::same(words[words.len() - 1], "NOUN NN");
        if words.len() > 1 {
            let noun = matches!(words[0], "defence" | "trade" | "army");
            let (tag, rel) = if noun { ("NOUN NN", "compound") } else { ("ADJ JJ", "amod") };
            office = office.before(Phrase::same(words[0], tag), rel);
        }
        office
    }

    /// An office in small letters with its article or nationality.
    fn office(&mut self) -> Phrase {
        let office = self.office_alone();
        the(if self.random.chance(0.5) { self.of_nation(office) } else { office })
    }

    /// A body of a state, or its people; `true` where a verb must be in the plural.
    fn body(&mut self) -> (Phrase, bool) {
        let many = self.random.chance(0.4);
        let body = if many {
            let word = self.word(words::PEOPLE);
            Phrase::word(word, &inflect::singular(word), "NOUN NNS")
        } else {
            self.noun(words::BODIES)
        };
        let body = match self.random.below(4) {
            0 => {
                let owner = self.possessor();
                body.before(owner, "nmod:poss")
            }
            1 if many => self.of_nation(body),
            2 if many => {
                let state = self.state().with_case("from");
                body.after(state, "nmod")
            }
            _ => the(self.of_nation(body)),
        };
        (body, many)
    }

    /// Somebody who acts; `true` where a verb must be in the plural.
    fn somebody(&mut self) -> (Phrase, bool) {
        match self.random.below(24) {
            0..=12 => (self.state(), false),
            13..=16 => (self.person(), false),
            17 => (self.office(), false),
            18..=20 => self.body(),
            21 => {
                let (form, many) = self.random.pick(&[
                    ("it", false),
                    ("he", false),
                    ("she", false),
                    ("they", true),
                ]);
                (Phrase::same(form, "PRON PRP"), many)
            }
            22 => (the(self.noun("country country neighbor regime kingdom island")), false),
            _ => {
                let countries = Phrase::word("countries", "country", "NOUN NNS");
                let (word, tag, rel) =
                    self.random.pick(&[("two", "NUM CD", "nummod"), ("Western", "ADJ JJ", "amod")]);
                (the(countries.before(Phrase::same(word, tag), rel)), true)
            }
        }
    }

    /// Somebody whom an act concerns.
    pub(super) fn actor(&mut self) -> Phrase {
        loop {
            let (actor, _) = self.somebody();
            // Personal pronouns differ between subject and object.
            if !actor.is("PRON") {
                return actor;
            }
        }
    }

    /// One actor or several; `true` where a verb must be in the plural.
    pub(super) fn actors(&mut self) -> (Phrase, bool) {
        match self.random.below(12) {
            0 | 1 => {
                let second = self.actor().before(Phrase::same("and", "CCONJ CC"), "cc");
                (self.actor().after(second, "conj"), true)
            }
            2 => {
                let second = self.state().before(Phrase::mark(","), "punct");
                let third = self.state().before(Phrase::same("and", "CCONJ CC"), "cc");
                (self.state().after(second, "conj").after(third, "conj"), true)
            }
            _ => self.somebody(),
        }
    }

    /// A thing of politics with what belongs before it.
    pub(super) fn thing(&mut self, noun: &str) -> Phrase {
        let mass = matches!(
            noun,
            "cooperation"
                | "trade"
                | "assistance"
                | "rice"
                | "oil"
                | "gas"
                | "war"
                | "aid"
                | "intelligence"
                | "support"
                | "concern"
                | "confidence"
                | "pressure"
                | "debt"
                | "help"
                | "airspace"
        );
        let many = noun.ends_with('s');
        let thing = if many {
            Phrase::word(noun, &inflect::singular(noun), "NOUN NNS")
        } else {
            Phrase::same(noun, "NOUN NN")
        };
        let quality = self.random.chance(0.35).then(|| self.word(words::QUALITIES));
        let first = quality.unwrap_or(noun);
        let thing = match quality {
            Some(quality) => thing.before(Phrase::same(quality, "ADJ JJ"), "amod"),
            None => thing,
        };
        match (many || mass, self.random.below(5)) {
            (_, 0) => thing.before(Phrase::word("its", "its", "PRON PRP$"), "nmod:poss"),
            (true, _) => thing,
            (false, 1) => the(thing),
            // Headlines drop the article.
            (false, 2) if self.random.chance(0.3) => thing,
            (false, _) => a(thing, first),
        }
    }

    /// What a state said or did, as a noun that could be a verb elsewhere: *Japan's pledges to Laos*.
    pub(super) fn deed(&mut self) -> (Phrase, bool) {
        let (one, preposition) = self.random.pick(words::DEEDS);
        let many = self.random.chance(0.45)
            && !matches!(one, "trade" | "support" | "regard" | "criticism");
        let deed = if many {
            Phrase::word(&inflect::plural(one), one, "NOUN NNS")
        } else {
            Phrase::same(one, "NOUN NN")
        };
        let deed = match self.random.below(6) {
            0 | 1 => {
                let owner = self.possessor();
                deed.before(owner, "nmod:poss")
            }
            2 => deed.before(Phrase::word("its", "its", "PRON PRP$"), "nmod:poss"),
            3 if many => self.of_nation(deed),
            3 => the(self.of_nation(deed)),
            4 => the(deed),
            _ if many => deed,
            _ => a(deed, one),
        };
        let other = match self.random.below(5) {
            0 => self.state().with_case("by"),
            1 | 2 => return (deed, many),
            _ => self.state().with_case(preposition),
        };
        (deed.after(other, "nmod"), many)
    }
}

trait IntoState {
    fn into_state(self) -> Phrase;
}

impl IntoState for &str {
    /// The abbreviation of a state, with the article that most take.
    fn into_state(self) -> Phrase {
        the(Phrase::same(self, "PROPN NNP"))
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
