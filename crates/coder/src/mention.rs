//! Names in a sentence, and what they stand for at the date of the document.

use std::borrow::Cow;

use hedgerow_codebook::claim::Role;
use hedgerow_codebook::gazetteer::{Gazetteer, Hit, Person, Target};
use hedgerow_parse::{Rel, Upos};
use hedgerow_text::Span;
use jiff::civil::Date;

use crate::memory::Memory;
use crate::tree::{Ix, Tree};

/// A name in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Mention<'c> {
    /// First token.
    pub(crate) first: Ix,
    /// Last token.
    pub(crate) last: Ix,
    /// The token through which it hangs in the tree.
    pub(crate) head: Ix,
    pub(crate) what: Entity<'c>,
}

impl Mention<'_> {
    /// The state or body that it has to do with, if there is one.
    pub(crate) fn code(&self) -> Option<&str> {
        match &self.what {
            Entity::Actor(identity) | Entity::Seat(identity) | Entity::Target(identity) => {
                Some(&identity.code)
            }
            Entity::Place(state) => *state,
        }
    }
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entity<'c> {
    /// A state, organ, organisation or person that can act.
    Actor(Identity<'c>),
    /// A seat of government where it says where something is ("in Hanoi"): a party only where a sense asks for the place.
    Seat(Identity<'c>),
    /// Whom something is aimed at by its description: "anti-French protests".
    Target(Identity<'c>),
    /// A place, which cannot; the state that it lies in where nobody disputes it.
    Place(Option<&'c str>),
}

/// A code with the capacity in which it acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity<'c> {
    pub(crate) code: Cow<'c, str>,
    pub(crate) role: Role,
    pub(crate) person: Option<Cow<'c, str>>,
    /// The short form of the person's name.
    pub(crate) called: Option<Cow<'c, str>>,
    /// Named by adjective or people ("Japanese").
    pub(crate) demonym: bool,
}

impl<'c> Identity<'c> {
    /// Somebody of whom only the code and the capacity are known.
    pub(crate) fn nameless(code: Cow<'c, str>, role: Role) -> Self {
        Self { code, role, person: None, called: None, demonym: false }
    }

    fn of_person(person: &'c Person, code: &'c str, role: Role) -> Self {
        let (name, surname) = (Cow::Borrowed(&*person.name), Cow::Borrowed(&*person.surname));
        Self {
            code: Cow::Borrowed(code),
            role,
            person: Some(name),
            called: Some(surname),
            demonym: false,
        }
    }
}

/// Where names are found and at which day.
pub(crate) struct Finder<'c> {
    gazetteer: &'c Gazetteer,
    normal: String,
    /// Byte of the sentence for each byte of `normal`.
    origin: Vec<u32>,
    hits: Vec<Hit<'c>>,
}

impl std::fmt::Debug for Finder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finder").finish_non_exhaustive()
    }
}

impl<'c> Finder<'c> {
    pub(crate) fn new(gazetteer: &'c Gazetteer) -> Self {
        Self { gazetteer, normal: String::new(), origin: Vec::new(), hits: Vec::new() }
    }

    /// The names of a sentence in order.
    pub(crate) fn find(
        &mut self,
        tree: &Tree<'_>,
        memory: &Memory<'c>,
        published: Option<Date>,
    ) -> Vec<Mention<'c>> {
        self.normalise(tree);
        let mut hits = std::mem::take(&mut self.hits);
        self.gazetteer.names().find(&self.normal, &mut hits);
        let mut mentions = Vec::with_capacity(hits.len());
        for hit in &hits {
            // "US$460 million" names a currency.
            if self.normal.as_bytes().get(hit.end) == Some(&b'$') {
                continue;
            }
            let span = Span::new(self.origin[hit.start], self.origin[hit.end - 1] + 1);
            if let Some(at) = opposed(tree, span) {
                mentions.extend(self.opposed(at, hit.targets, published));
            } else if let Some((first, last)) = tokens(tree, span) {
                let targets = self.meant(tree, (first, last), hit.targets, memory, published);
                self.read(tree, first, last, targets, published, &mut mentions);
            }
        }
        self.hits = hits;
        self.shared_names(tree, published, &mut mentions);
        self.surnames(tree, memory, published, &mut mentions);
        mentions.sort_by_key(|m| m.first);
        mentions
    }

    /// "anti-French": a state or people in one word with "anti-".
    fn opposed(&self, at: Ix, targets: &[Target], published: Option<Date>) -> Option<Mention<'c>> {
        let g = self.gazetteer;
        let state = targets.iter().find_map(|target| match target {
            Target::State(n) | Target::Demonym(n) => {
                Some(g.state(*n)).filter(|state| state.term.contains(published))
            }
            _ => None,
        })?;
        let identity = Identity::nameless(Cow::Borrowed(&*state.code), Role::Gov);
        Some(Mention { first: at, last: at, head: at, what: Entity::Target(identity) })
    }

    /// The state that a dateline names, by itself or by a city: "PORT-AU-PRINCE, Haiti (AP)".
    pub(crate) fn home(&self, dateline: &str, published: Option<Date>) -> Option<&'c str> {
        let g = self.gazetteer;
        let state = |target: &Target| match target {
            Target::State(n) | Target::Seat(n) => {
                Some(g.state(*n)).filter(|s| s.term.contains(published)).map(|s| &*s.code)
            }
            Target::Place(n) => g.place(*n).state.as_deref(),
            _ => None,
        };
        let places = dateline.split(['(', '–', '—', ',']).map(|part| capitals(part.trim()));
        let named = |place: String| g.names().targets(&place).iter().find_map(state);
        // The city stands first, its state behind it.
        places.take(2).filter_map(named).last()
    }

    /// Of a seat that is also a body's name ("Brussels") the body, unless it says where, or the text names the state.
    fn meant(
        &self,
        tree: &Tree<'_>,
        (first, last): (Ix, Ix),
        targets: &'c [Target],
        memory: &Memory<'c>,
        published: Option<Date>,
    ) -> &'c [Target] {
        let g = self.gazetteer;
        let body = |t: &Target| matches!(t, Target::Body(n) if g.body(*n).term.contains(published));
        let (Some(Target::Seat(state)), Some(n)) = (targets.first(), targets.iter().position(body))
        else {
            return targets;
        };
        let home = memory.names(&g.state(*state).code);
        if home || is_location(tree, anchor(tree, first, last), g) {
            targets
        } else {
            &targets[n..]
        }
    }

    /// Writes the sentence with straight apostrophes and single blanks, remembering where each byte came from.
    fn normalise(&mut self, tree: &Tree<'_>) {
        self.normal.clear();
        self.origin.clear();
        let span = tree.sentence.span;
        let mut blank = false;
        for (at, c) in span.of(tree.text).char_indices() {
            let c = match c {
                '’' | '‘' | 'ʼ' => '\'',
                c if c.is_whitespace() => ' ',
                c => c,
            };
            if c == ' ' && blank {
                continue;
            }
            blank = c == ' ';
            self.normal.push(c);
            // Every byte of a character leads to its first but the last, which leads to its last.
            self.origin.resize(self.normal.len(), span.start + at as u32);
        }
    }

    fn read(
        &self,
        tree: &Tree<'_>,
        first: Ix,
        last: Ix,
        targets: &[Target],
        published: Option<Date>,
        mentions: &mut Vec<Mention<'c>>,
    ) {
        let head = anchor(tree, first, last);
        let part_of_name = part_of_longer_name(tree, first, last);
        let found = targets.iter().find_map(|&target| {
            let g = self.gazetteer;
            let identity = |code: &'c str, role, demonym| {
                Entity::Actor(Identity {
                    code: Cow::Borrowed(code),
                    role,
                    person: None,
                    called: None,
                    demonym,
                })
            };
            Some(match target {
                Target::State(n) if g.state(n).term.contains(published) => {
                    identity(&g.state(n).code, Role::Gov, false)
                }
                // "the Soviet Union" of a later text is still that.
                Target::State(n) if targets.len() == 1 && g.state(n).is_gone(published) => {
                    identity(&g.state(n).code, Role::Gov, false)
                }
                Target::Demonym(n) if g.state(n).term.contains(published) => {
                    identity(&g.state(n).code, Role::Gov, true)
                }
                Target::Seat(n) if g.state(n).term.contains(published) => {
                    let seat = identity(&g.state(n).code, Role::Gov, false);
                    match seat {
                        Entity::Actor(identity) if is_location(tree, head, g) => {
                            Entity::Seat(identity)
                        }
                        seat => seat,
                    }
                }
                // "the German Foreign Office" is not the British one.
                Target::Organ(n)
                    if mentions.last().is_some_and(|before| {
                        before.last + 1 == first
                            && matches!(&before.what, Entity::Actor(other)
                                if other.code.len() == 3 && *other.code != *g.organ(n).code)
                    }) =>
                {
                    return None;
                }
                Target::Organ(n) => identity(&g.organ(n).code, g.organ(n).role, false),
                Target::Body(n) if g.body(n).term.contains(published) => {
                    identity(&g.body(n).code, g.body(n).role, false)
                }
                Target::Person(n) => {
                    let person = g.person(n);
                    let (code, role) = office_of(person, tree, first, last, published)?;
                    Entity::Actor(Identity::of_person(person, code, role))
                }
                Target::Place(n) => Entity::Place(g.place(n).state.as_deref()),
                Target::Mask => Entity::Place(None),
                _ => return None,
            })
        });
        let Some(mut what) = found else { return };
        // A state's name inside a longer name ("Japan Times", "Deutsche Bank Vietnam") is not the state.
        if part_of_name {
            what = Entity::Place(None);
        }
        mentions.push(Mention { first, last, head, what });
    }

    /// "North and South Korea": the first word shares the second word of the other name.
    fn shared_names(
        &self,
        tree: &Tree<'_>,
        published: Option<Date>,
        mentions: &mut Vec<Mention<'c>>,
    ) {
        let mut found = Vec::new();
        for mention in mentions.iter().filter(|m| m.last == m.first + 1 && m.first >= 2) {
            let at = mention.first - 2;
            if tree.lemma(at + 1) != "and" || mentions.iter().any(|m| m.first <= at && at <= m.last)
            {
                continue;
            }
            let whole = format!("{} {}", tree.word(at), tree.word(mention.last));
            for &target in self.gazetteer.names().targets(&whole) {
                if let Target::State(n) = target
                    && self.gazetteer.state(n).term.contains(published)
                {
                    let code = Cow::Borrowed(&*self.gazetteer.state(n).code);
                    let identity = Identity::nameless(code, Role::Gov);
                    let what = Entity::Actor(identity);
                    found.push(Mention { first: at, last: at, head: at, what });
                }
            }
        }
        mentions.extend(found);
    }

    /// Surnames of people in office or named before ("Trong", "President Xi").
    fn surnames(
        &self,
        tree: &Tree<'_>,
        memory: &Memory<'c>,
        published: Option<Date>,
        mentions: &mut Vec<Mention<'c>>,
    ) {
        for i in 0..tree.len() {
            let word = tree.word(i);
            let taken = mentions.iter().any(|m| m.first <= i && i <= m.last);
            // "in May" is no prime minister.
            let dated = word == "May"
                && i.checked_sub(1).is_some_and(|b| {
                    matches!(
                        &*tree.word(b).to_lowercase(),
                        "in" | "on"
                            | "since"
                            | "by"
                            | "of"
                            | "until"
                            | "last"
                            | "next"
                            | "early"
                            | "late"
                            | "from"
                            | "to"
                            | "mid"
                            | "and"
                            | "during"
                    ) || tree.word(b).bytes().all(|b| b.is_ascii_digit())
                });
            if taken
                || dated
                || tree.upos(i) != Upos::Propn
                || !word.starts_with(char::is_uppercase)
            {
                continue;
            }
            if let Some(identity) = memory.called(word) {
                mentions.push(Mention {
                    first: i,
                    last: i,
                    head: i,
                    what: Entity::Actor(identity),
                });
                continue;
            }
            // "Prince Mohammed" was introduced with all his names.
            if has_title(tree, i, self.gazetteer)
                && self.gazetteer.called(word).is_empty()
                && let Some(identity) = memory.with_name(word)
            {
                let what = Entity::Actor(identity);
                mentions.push(Mention { first: i, last: i, head: i, what });
                continue;
            }
            let in_office =
                |n: &&u32| self.gazetteer.person(**n).offices_on(published).next().is_some();
            let mut called = self.gazetteer.called(word).iter().filter(in_office);
            let (Some(&n), None) = (called.next(), called.next()) else { continue };
            let titled = has_title(tree, i, self.gazetteer);
            // Without a title only a bare name counts: "Michael Abe" is somebody else.
            let bare = !beside_name(tree, i);
            let person = self.gazetteer.person(n);
            if (titled || bare)
                && published.is_some()
                && let Some((code, role)) = office_of(person, tree, i, i, published)
            {
                let identity = Identity::of_person(person, code, role);
                mentions.push(Mention {
                    first: i,
                    last: i,
                    head: i,
                    what: Entity::Actor(identity),
                });
            }
        }
    }
}

/// The tokens that a stretch of text covers exactly; `None` where it cuts one.
fn tokens(tree: &Tree<'_>, span: Span) -> Option<(Ix, Ix)> {
    let all = &tree.sentence.tokens;
    let first = all.partition_point(|t| t.span.end <= span.start);
    let last = all.partition_point(|t| t.span.start < span.end).checked_sub(1)?;
    // A possessive ending may be glued to the name by the tokeniser: "Vietnam's" as one token is let pass.
    (first <= last && all.get(first)?.span.start >= span.start).then_some((first, last))
}

/// A name in capitals as it is written in a sentence: "PORT-AU-PRINCE" is "Port-au-Prince".
fn capitals(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let word = |word: &str| {
        let small = word.to_lowercase();
        if matches!(&*small, "au" | "of" | "and" | "the" | "es" | "de" | "el") {
            return small;
        }
        let mut letters = small.chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
    };
    let join = |text: &str, by: char, each: &dyn Fn(&str) -> String| {
        text.split(by).map(each).collect::<Vec<_>>().join(&by.to_string())
    };
    join(name, ' ', &|part| join(part, '-', &word))
}

/// The word that a name ends after "anti-".
fn opposed(tree: &Tree<'_>, span: Span) -> Option<Ix> {
    let at = tree.sentence.tokens.partition_point(|t| t.span.end <= span.start);
    let token = tree.sentence.tokens.get(at)?.span;
    let before = (token.start < span.start && token.end == span.end)
        .then(|| Span::new(token.start, span.start).of(tree.text))?;
    before.eq_ignore_ascii_case("anti-").then_some(at)
}

/// The token of a name whose head lies outside.
fn anchor(tree: &Tree<'_>, first: Ix, last: Ix) -> Ix {
    let outside = |i: &Ix| tree.head(*i).is_none_or(|h| h < first || h > last);
    (first..=last).rev().find(outside).unwrap_or(last)
}

/// Whether a place name says where, not who: "in Hanoi", "arrived in Washington".
fn is_location(tree: &Tree<'_>, head: Ix, gazetteer: &Gazetteer) -> bool {
    // "the government in Nairobi" is that of Kenya.
    let governs = tree.head(head).is_some_and(|noun| {
        tree.is_noun(noun) && gazetteer.organ_noun(tree.lemma(noun)) == Some(Role::Gov)
    });
    !governs
        && matches!(
            tree.preposition(head),
            Some("in" | "at" | "near" | "outside" | "around" | "through")
        )
}

/// Whether the name is only a part of a longer proper name, as in "Japan Times".
fn part_of_longer_name(tree: &Tree<'_>, first: Ix, last: Ix) -> bool {
    let next = last + 1;
    let Some(head) = tree.head(last) else { return false };
    head == next
        && next < tree.len()
        && tree.upos(next) == Upos::Propn
        && matches!(tree.rel(last), Rel::Compound | Rel::Flat)
        && first == last
        && NAME_ENDINGS.contains(&tree.word(next))
}

/// Words that make a name of what stands before them.
const NAME_ENDINGS: &[&str] = &[
    "Times",
    "Post",
    "News",
    "Herald",
    "Daily",
    "Tribune",
    "Today",
    "Journal",
    "Airlines",
    "Airways",
    "Bank",
    "Open",
    "Cup",
    "League",
    "Sea",
    "Ocean",
    "Strait",
    "Street",
    "Avenue",
    "University",
    "Hotel",
    "Games",
    "Prix",
    "Airport",
    "Motor",
    "Motors",
    "Oil",
];

/// The office that a person acts in: the one whose title stands beside the name, else one held on the day, the highest
/// organ first, else the last one held.
fn office_of<'c>(
    person: &'c Person,
    tree: &Tree<'_>,
    first: Ix,
    last: Ix,
    published: Option<Date>,
) -> Option<(&'c str, Role)> {
    let titled = |title: &str| {
        let from = first.saturating_sub(6);
        let to = (last + 7).min(tree.len());
        let words: Vec<String> = (from..to).map(|i| tree.word(i).to_lowercase()).collect();
        // The tokeniser may cut "secretary-general".
        let plain = |text: &str| text.replace(['-', ' '], "");
        !title.is_empty() && plain(&words.join(" ")).contains(&plain(title))
    };
    let held = person.offices_on(published);
    let office = person
        .offices
        .iter()
        .find(|o| o.term.contains(published) && titled(&o.title))
        .or_else(|| person.offices.iter().find(|o| titled(&o.title)))
        .or_else(|| held.max_by_key(|o| o.term.from))
        .or_else(|| person.offices.last());
    office.map(|o| (&*o.code, o.role))
}

/// Whether a title stands right before the name.
fn has_title(tree: &Tree<'_>, at: Ix, gazetteer: &Gazetteer) -> bool {
    (1..=3).any(|n| {
        at.checked_sub(n).is_some_and(|from| {
            let words: Vec<String> = (from..at).map(|i| tree.word(i).to_lowercase()).collect();
            gazetteer.title(&words.join(" ")).is_some()
        })
    })
}

/// Whether another capitalised name stands right beside.
fn beside_name(tree: &Tree<'_>, at: Ix) -> bool {
    let named = |i: Ix| tree.upos(i) == Upos::Propn && tree.word(i).starts_with(char::is_uppercase);
    at.checked_sub(1).is_some_and(named) || (at + 1 < tree.len() && named(at + 1))
}
