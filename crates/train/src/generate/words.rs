//! Offices, bodies, help, money and times; lists are separated by blanks.

use crate::random::Random;

/// Titles before a name, word by word.
pub(super) const TITLES: &[&[(&str, &str)]] = &[
    &[("Prime", "ADJ NNP"), ("Minister", "PROPN NNP")],
    &[("President", "PROPN NNP")],
    &[("Foreign", "ADJ NNP"), ("Minister", "PROPN NNP")],
    &[("Defense", "PROPN NNP"), ("Minister", "PROPN NNP")],
    &[("Defence", "PROPN NNP"), ("Minister", "PROPN NNP")],
    &[("Trade", "PROPN NNP"), ("Minister", "PROPN NNP")],
    &[("Finance", "PROPN NNP"), ("Minister", "PROPN NNP")],
    &[("Vice", "PROPN NNP"), ("President", "PROPN NNP")],
    &[("General", "ADJ NNP"), ("Secretary", "PROPN NNP")],
    &[("Foreign", "ADJ NNP"), ("Secretary", "PROPN NNP")],
    &[("Secretary", "PROPN NNP")],
    &[("Ambassador", "PROPN NNP")],
    &[("Premier", "PROPN NNP")],
    &[("Chancellor", "PROPN NNP")],
    &[("General", "PROPN NNP")],
    &[("King", "PROPN NNP")],
    &[("foreign", "ADJ JJ"), ("minister", "NOUN NN")],
    &[("party", "NOUN NN"), ("chief", "NOUN NN")],
    &[("spokesman", "NOUN NN")],
    &[("spokeswoman", "NOUN NN")],
    &[("leader", "NOUN NN")],
];

/// Offices in small letters, after a name or by themselves.
pub(super) const OFFICES: &[&[&str]] = &[
    &["prime", "minister"],
    &["president"],
    &["foreign", "minister"],
    &["leader"],
    &["ambassador"],
    &["defence", "minister"],
    &["trade", "minister"],
    &["premier"],
    &["king"],
    &["general", "secretary"],
    &["spokesman"],
    &["envoy"],
    &["army", "chief"],
];
/// Bodies of a state.
pub(super) const BODIES: &str = "government navy parliament army president ministry embassy police cabinet military \
    delegation court company leadership administration";
/// People of a state, in the plural.
pub(super) const PEOPLE: &str = "officials leaders troops diplomats soldiers ministers forces warplanes lawmakers \
    warships protesters negotiators jets investors companies authorities police fighters rebels ships";
/// What is given without number.
pub(super) const AID: &str = "aid assistance support credit training protection intelligence funding investment help relief backing food";
/// What such things are called more closely.
pub(super) const KINDS: &str = "military economic financial humanitarian technical maritime bilateral additional \
    emergency diplomatic further";
/// Adjectives of a body or of a plan.
pub(super) const QUALITIES: &str = "new joint bilateral strategic key regional major recent latest planned diplomatic military economic warm close \
    good friendly tense cordial strong";
/// What happens between states, in the singular.
pub(super) const RELATIONS: &str = "ties relations talks tensions relations ties negotiations";
/// What becomes of it.
pub(super) const TURNS: &str = "improve worsen deteriorate sour cool warm rise ease flare escalate stall resume \
    collapse end begin fail deepen grow fray suffer continue soften thaw mount";
/// Nouns that are somebody's act and share their form with verbs.
pub(super) const DEEDS: &[(&str, &str)] = &[
    ("visit", "to"),
    ("pledge", "to"),
    ("claim", "to"),
    ("attack", "on"),
    ("support", "for"),
    ("offer", "to"),
    ("threat", "to"),
    ("ban", "on"),
    ("strike", "on"),
    ("demand", "on"),
    ("appeal", "to"),
    ("request", "to"),
    ("hedge", "against"),
    ("protest", "against"),
    ("talk", "with"),
    ("trade", "with"),
    ("contact", "with"),
    ("deal", "with"),
    ("alliance", "with"),
    ("dispute", "with"),
    ("border", "with"),
    ("invasion", "of"),
    ("criticism", "of"),
    ("view", "of"),
    ("export", "to"),
    ("import", "from"),
    ("regard", "for"),
    ("respect", "for"),
    ("fear", "of"),
    ("policy", "toward"),
];
/// Adjectives with their preposition.
pub(super) const FEELINGS: &[(&str, &str)] = &[
    ("wary", "of"),
    ("critical", "of"),
    ("suspicious", "of"),
    ("fearful", "of"),
    ("dependent", "on"),
    ("reliant", "on"),
    ("open", "to"),
    ("hostile", "to"),
    ("grateful", "to"),
    ("friendly", "to"),
    ("close", "to"),
    ("angry", "with"),
    ("concerned", "about"),
    ("worried", "about"),
    ("nervous", "about"),
    ("independent", "of"),
];
/// What a state is to another.
pub(super) const PARTNERS: &str = "ally partner rival friend neighbor donor supplier investor market adversary enemy \
    backer customer";
/// How it is that.
pub(super) const RANKS: &[(&str, &str)] = &[
    ("largest", "ADJ JJS"),
    ("biggest", "ADJ JJS"),
    ("closest", "ADJ JJS"),
    ("main", "ADJ JJ"),
    ("key", "ADJ JJ"),
    ("top", "ADJ JJ"),
    ("old", "ADJ JJ"),
    ("strategic", "ADJ JJ"),
];
/// Months.
pub(super) const MONTHS: &str =
    "January February March April May June July August September October November December";
/// Days.
pub(super) const DAYS: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";
/// Numbers in letters.
pub(super) const NUMBERS: &str = "two three four five six seven eight nine ten twelve twenty";
/// Amounts before a large number.
pub(super) const AMOUNTS: &str = "3 1.7 20 500 37.7 8 250 1.2 15 100 2.5 40 750 60 4.4";
/// Agencies in a dateline.
pub(super) const AGENCIES: &str = "Reuters AP AFP Xinhua Kyodo VNA Tass Bernama";

/// A year of recent history.
pub(super) fn year(random: &mut Random) -> String {
    (1990 + random.below(36)).to_string()
}
