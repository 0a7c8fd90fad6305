//! The gazetteer: states, their organs and offices, organisations, people and places, each at its date.
//!
//! Tables in `codebook/gazetteer/*.tsv`, each with further rows in `TABLE.ANYTHING.tsv` beside it; cells with several values separate them by `;`, intervals are half-open.

mod coverage;
mod load;
mod names;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::claim::Role;

pub use coverage::Covered;
pub use names::{Hit, Names};

/// All entries, and the names that lead to them.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    states: Vec<State>,
    organs: Vec<Organ>,
    bodies: Vec<Body>,
    people: Vec<Person>,
    places: Vec<Place>,
    names: Names,
    /// Surname to the people who are called by it.
    surnames: FxHashMap<Box<str>, Vec<u32>>,
    /// Title in lower case to the role it gives.
    titles: FxHashMap<Box<str>, Role>,
    /// Noun that, with a state before it, makes an organ of that state.
    organ_nouns: FxHashMap<Box<str>, Role>,
    descriptions: FxHashMap<Box<str>, Vec<Box<str>>>,
    together: FxHashMap<Box<str>, Vec<Box<str>>>,
    by_code: FxHashMap<Box<str>, u32>,
}

/// A half-open interval of days; open where `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Term {
    /// First day.
    pub from: Option<Date>,
    /// First day after.
    pub to: Option<Date>,
}

impl Term {
    /// Whether `day` lies inside; every term contains an unknown day.
    pub fn contains(self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.from.is_none_or(|f| f <= day) && self.to.is_none_or(|t| day < t))
    }
}

/// A state or territory with a code of its own.
#[derive(Debug, Clone)]
pub struct State {
    /// ISO 3166-1 alpha-3, or a withdrawn or user-assigned code that news needs.
    pub code: Box<str>,
    /// Usual short name.
    pub name: Box<str>,
    /// When it existed.
    pub term: Term,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Gleditsch-Ward number.
    pub gw: Option<u16>,
    /// ISO 4217 code of its currency.
    pub currency: Option<Box<str>>,
    /// What a bare `$` means in its outlets.
    pub dollar: Option<Box<str>>,
}

impl State {
    /// Whether it had ceased to be by `day`.
    pub fn is_gone(&self, day: Option<Date>) -> bool {
        day.zip(self.term.to).is_some_and(|(day, to)| to <= day)
    }
}

/// A named body of a state: a ministry, a force, a party, an agency.
#[derive(Debug, Clone)]
pub struct Organ {
    /// As news writes it.
    pub name: Box<str>,
    /// The state's code.
    pub code: Box<str>,
    /// In what capacity it acts.
    pub role: Role,
}

/// An organisation of states or without one.
#[derive(Debug, Clone)]
pub struct Body {
    /// `IGO:…` or `ORG:…`.
    pub code: Box<str>,
    /// Full name.
    pub name: Box<str>,
    /// As what it acts.
    pub role: Role,
    /// When it existed.
    pub term: Term,
}

/// A person with the offices they held.
#[derive(Debug, Clone)]
pub struct Person {
    /// Canonical name.
    pub name: Box<str>,
    /// The short form that news uses alone.
    pub surname: Box<str>,
    /// In order of beginning.
    pub offices: Vec<Office>,
}

/// One office of a person.
#[derive(Debug, Clone)]
pub struct Office {
    /// State or organisation.
    pub code: Box<str>,
    /// In what capacity.
    pub role: Role,
    /// As news writes it, "prime minister".
    pub title: Box<str>,
    /// From when to when.
    pub term: Term,
    /// Where that is taken from.
    pub source: Box<str>,
}

/// A place that is no actor, whatever its name.
#[derive(Debug, Clone)]
pub struct Place {
    /// Canonical name.
    pub name: Box<str>,
    /// sea, strait, island, region, river, city, site.
    pub kind: Box<str>,
    /// The state it lies in, where nobody disputes it.
    pub state: Option<Box<str>>,
    /// Who claims it.
    pub claimants: Vec<Box<str>>,
    /// Names that are somebody's own, each with the code of whose it is: to take one into a text is a choice.
    pub own_names: Vec<(Box<str>, Box<str>)>,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A state by its name.
    State(u32),
    /// A state by its adjective or people ("Japanese", "the Russians").
    Demonym(u32),
    /// A state by its seat of government ("Hanoi", "the Kremlin").
    Seat(u32),
    /// A named organ of a state.
    Organ(u32),
    /// An organisation.
    Body(u32),
    /// A person by full name.
    Person(u32),
    /// A place.
    Place(u32),
    /// Words that name a state and mean something else ("Korean War", "US dollar").
    Mask,
}

impl Gazetteer {
    /// The names of all entries, for scanning text.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// One state.
    pub fn state(&self, index: u32) -> &State {
        &self.states[index as usize]
    }

    /// All states.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// One organ.
    pub fn organ(&self, index: u32) -> &Organ {
        &self.organs[index as usize]
    }

    /// One organisation.
    pub fn body(&self, index: u32) -> &Body {
        &self.bodies[index as usize]
    }

    /// All organisations.
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// One person.
    pub fn person(&self, index: u32) -> &Person {
        &self.people[index as usize]
    }

    /// All people.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// One place.
    pub fn place(&self, index: u32) -> &Place {
        &self.places[index as usize]
    }

    /// All places.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The person of this canonical name.
    pub fn person_called(&self, name: &str) -> Option<&Person> {
        let found = self.names.targets(name).iter();
        found
            .filter_map(|&target| match target {
                Target::Person(n) => Some(self.person(n)),
                _ => None,
            })
            .find(|person| &*person.name == name)
    }

    /// The people who are called by this surname alone.
    pub fn called(&self, surname: &str) -> &[u32] {
        self.surnames.get(surname).map_or(&[], Vec::as_slice)
    }

    /// The role that a title gives; `title` in lower case.
    pub fn title(&self, title: &str) -> Option<Role> {
        self.titles.get(title).copied()
    }

    /// The role of an organ noun ("government", "navy"); in lower case.
    pub fn organ_noun(&self, noun: &str) -> Option<Role> {
        self.organ_nouns.get(noun).copied()
    }

    /// The codes that a description may mean ("kingdom", "bloc"), in lower case without "the"; empty where it may mean any
    /// state, `None` where it is no description.
    pub fn described(&self, description: &str) -> Option<&[Box<str>]> {
        self.descriptions.get(description).map(Vec::as_slice)
    }

    /// The states that a name stands for together ("koreas", "baltic states"), in lower case.
    pub fn together(&self, name: &str) -> Option<&[Box<str>]> {
        self.together.get(name).map(Vec::as_slice)
    }

    /// The state of a code.
    pub fn by_code(&self, code: &str) -> Option<&State> {
        self.by_code.get(code).map(|&n| self.state(n))
    }

    /// The name of what a code stands for: a state, an organisation, or the words after `GRP:`.
    pub fn name_of<'s>(&'s self, code: &'s str) -> &'s str {
        if let Some(state) = self.by_code(code) {
            return &state.name;
        }
        let body = self.bodies.iter().find(|body| &*body.code == code);
        body.map_or_else(|| code.split_once(':').map_or(code, |(_, rest)| rest), |b| &b.name)
    }

    /// The code that a user means by a code or a name, in any case: `vnm`, `Vietnam`, `IGO:ASEAN`, `ASEAN`.
    pub fn code_of(&self, text: &str) -> Option<&str> {
        let text = text.trim();
        let states = self.states.iter().map(|s| (&*s.code, &*s.name));
        let bodies = self.bodies.iter().map(|b| (&*b.code, &*b.name));
        let mut known = states.chain(bodies);
        let same = |other: &str| other.eq_ignore_ascii_case(text);
        if let Some((code, _)) = known.find(|(code, name)| same(code) || same(name)) {
            return Some(code);
        }
        self.names.targets(text).iter().find_map(|&target| match target {
            Target::State(n) | Target::Seat(n) | Target::Demonym(n) => Some(&*self.state(n).code),
            Target::Body(n) => Some(&*self.body(n).code),
            _ => None,
        })
    }
}

impl Person {
    /// The offices held on `day`, or all where it is unknown.
    pub fn offices_on(&self, day: Option<Date>) -> impl Iterator<Item = &Office> {
        self.offices.iter().filter(move |office| office.term.contains(day))
    }
}
