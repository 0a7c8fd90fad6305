//! The words that generated sentences are made of. Those of the held-out part occur in no training sentence.

use super::Part;
use crate::random::Random;

/// Words that differ between the parts.
pub(super) struct Lexicon {
    /// Names of states and capitals of one word.
    pub(super) places: &'static [&'static str],
    /// First and second word of names of states.
    pub(super) double_places: &'static [(&'static str, &'static str)],
    /// Adjectives of nationality.
    pub(super) demonyms: &'static [&'static str],
    /// First names.
    pub(super) first: &'static [&'static str],
    /// Family names.
    pub(super) last: &'static [&'static str],
    /// Things given by number: what kind, plural, singular.
    pub(super) goods: &'static [(&'static str, &'static str, &'static str)],
    /// Verbs that take the receiver before the gift.
    pub(super) giving: &'static [&'static str],
}

/// The words of a part.
pub(super) fn of(part: Part) -> Lexicon {
    match part {
        Part::Training => TRAINING,
        Part::Held => HELD,
    }
}

const TRAINING: Lexicon = Lexicon {
    places: &[
        "China",
        "Japan",
        "Vietnam",
        "Russia",
        "India",
        "Indonesia",
        "Malaysia",
        "Thailand",
        "Laos",
        "Cambodia",
        "Myanmar",
        "Singapore",
        "Brunei",
        "Australia",
        "Canada",
        "France",
        "Germany",
        "Italy",
        "Spain",
        "Poland",
        "Ukraine",
        "Turkey",
        "Iran",
        "Iraq",
        "Israel",
        "Egypt",
        "Kenya",
        "Nigeria",
        "Ethiopia",
        "Ghana",
        "Brazil",
        "Chile",
        "Peru",
        "Mexico",
        "Cuba",
        "Pakistan",
        "Bangladesh",
        "Nepal",
        "Mongolia",
        "Kazakhstan",
        "Uzbekistan",
        "Finland",
        "Sweden",
        "Norway",
        "Denmark",
        "Greece",
        "Serbia",
        "Hungary",
        "Taiwan",
        "Tonga",
        "Fiji",
        "Samoa",
        "Washington",
        "Beijing",
        "Moscow",
        "Tokyo",
        "Hanoi",
        "Seoul",
        "Canberra",
        "Manila",
        "Jakarta",
        "London",
        "Paris",
        "Berlin",
        "Brussels",
        "Syria",
        "Yemen",
        "Qatar",
        "Jordan",
        "Lebanon",
        "Sudan",
        "Somalia",
        "Venezuela",
        "Colombia",
        "Georgia",
        "Armenia",
        "NATO",
        "ASEAN",
        "UN",
        "EU",
        "U.S.",
        "UK",
    ],
    double_places: &[
        ("South", "Korea"),
        ("North", "Korea"),
        ("South", "Africa"),
        ("Sri", "Lanka"),
        ("Saudi", "Arabia"),
        ("New", "Zealand"),
        ("East", "Timor"),
        ("Hong", "Kong"),
        ("New", "Delhi"),
        ("Phnom", "Penh"),
    ],
    demonyms: &[
        "Vietnamese",
        "Japanese",
        "Chinese",
        "Russian",
        "Indian",
        "Indonesian",
        "Malaysian",
        "Thai",
        "Australian",
        "Canadian",
        "French",
        "German",
        "Italian",
        "Spanish",
        "Polish",
        "Ukrainian",
        "Turkish",
        "Iranian",
        "Israeli",
        "Egyptian",
        "Kenyan",
        "Brazilian",
        "Chilean",
        "Mexican",
        "Cuban",
        "Korean",
        "American",
        "British",
        "Philippine",
    ],
    first: &[
        "Shinzo",
        "Narendra",
        "Joko",
        "Anthony",
        "Emmanuel",
        "Olaf",
        "Vladimir",
        "Recep",
        "Luiz",
        "Pham",
        "Nguyen",
        "Tran",
        "Lee",
        "Kim",
        "Park",
        "Wang",
        "Li",
        "Zhang",
        "Sergei",
        "John",
        "Antony",
        "Rex",
        "Hillary",
        "Julie",
        "Marise",
        "Winston",
        "Prayut",
        "Hun",
        "Aung",
        "Mahathir",
        "Najib",
        "Benigno",
        "Rodrigo",
        "Ferdinand",
        "Fumio",
        "Xi",
        "Barack",
        "Donald",
        "Angela",
        "Ursula",
    ],
    last: &[
        "Abe",
        "Modi",
        "Widodo",
        "Albanese",
        "Macron",
        "Scholz",
        "Putin",
        "Erdogan",
        "Silva",
        "Chinh",
        "Trong",
        "Quang",
        "Myung",
        "Moon",
        "Yi",
        "Keqiang",
        "Jun",
        "Lavrov",
        "Kerry",
        "Blinken",
        "Tillerson",
        "Clinton",
        "Bishop",
        "Payne",
        "Peters",
        "Sen",
        "Kyi",
        "Razak",
        "Aquino",
        "Duterte",
        "Marcos",
        "Suga",
        "Kishida",
        "Jokowi",
        "Yudhoyono",
        "Jinping",
        "Obama",
        "Trump",
        "Merkel",
        "Leyen",
    ],
    goods: &[
        ("patrol", "boats", "boat"),
        ("patrol", "vessels", "vessel"),
        ("fighter", "jets", "jet"),
        ("radar", "systems", "system"),
        ("transport", "aircraft", "aircraft"),
        ("rescue", "helicopters", "helicopter"),
        ("water", "pumps", "pump"),
        ("vaccine", "doses", "dose"),
        ("railway", "cars", "car"),
        ("missile", "batteries", "battery"),
        ("surveillance", "drones", "drone"),
        ("battle", "tanks", "tank"),
        ("artillery", "shells", "shell"),
        ("passenger", "planes", "plane"),
        ("food", "parcels", "parcel"),
    ],
    giving: &[
        "give", "grant", "offer", "send", "sell", "lend", "loan", "promise", "hand", "award",
        "lease", "show", "owe", "pay", "deny",
    ],
};

const HELD: Lexicon = Lexicon {
    places: &[
        "Slovenia", "Uganda", "Bolivia", "Tunisia", "Latvia", "Rwanda", "Bhutan", "Vienna",
        "Kampala",
    ],
    double_places: &[("Costa", "Rica"), ("South", "Sudan")],
    demonyms: &["Slovenian", "Ugandan", "Bolivian", "Tunisian", "Latvian"],
    first: &["Borut", "Yoweri", "Evo", "Kais", "Paul"],
    last: &["Pahor", "Museveni", "Morales", "Saied", "Kagame"],
    goods: &[
        ("naval", "frigates", "frigate"),
        ("cargo", "lorries", "lorry"),
        ("mine", "sweepers", "sweeper"),
    ],
    giving: &["allot", "accord", "bring"],
};

/// Titles before a name; the first word of two is an adjective where marked.
pub(super) const TITLES: &[&[(&str, &str)]] = &[
    &[("Prime", "ADJ JJ"), ("Minister", "PROPN NNP")],
    &[("President", "PROPN NNP")],
    &[("Foreign", "ADJ JJ"), ("Minister", "PROPN NNP")],
    &[("Defense", "PROPN NNP"), ("Minister", "PROPN NNP")],
    &[("General", "ADJ JJ"), ("Secretary", "PROPN NNP")],
    &[("Secretary", "PROPN NNP")],
    &[("Ambassador", "PROPN NNP")],
    &[("Premier", "PROPN NNP")],
    &[("Chancellor", "PROPN NNP")],
];

/// Offices in small letters, after a name or by themselves.
pub(super) const OFFICES: &[&[&str]] = &[
    &["prime", "minister"],
    &["president"],
    &["foreign", "minister"],
    &["leader"],
    &["ambassador"],
    &["defence", "minister"],
];
/// Bodies of a state.
pub(super) const BODIES: &[&str] = &[
    "government",
    "navy",
    "parliament",
    "army",
    "president",
    "ministry",
    "embassy",
    "police",
    "cabinet",
];
/// What is given without number.
pub(super) const AID: &[&str] = &[
    "aid",
    "assistance",
    "support",
    "credit",
    "training",
    "protection",
    "intelligence",
    "funding",
    "investment",
];
/// What such things are called more closely.
pub(super) const KINDS: &[&str] = &[
    "military",
    "economic",
    "financial",
    "humanitarian",
    "technical",
    "maritime",
    "bilateral",
    "additional",
];
/// Adjectives of a body or of a plan.
pub(super) const QUALITIES: &[&str] =
    &["new", "joint", "bilateral", "strategic", "key", "regional", "major"];
/// Months.
pub(super) const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Days.
pub(super) const DAYS: &[&str] =
    &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// Numbers in letters.
pub(super) const NUMBERS: &[&str] =
    &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty"];
/// Amounts before a large number.
pub(super) const AMOUNTS: &[&str] =
    &["3", "1.7", "20", "500", "37.7", "8", "250", "1.2", "15", "100"];
/// Agencies in a dateline.
pub(super) const AGENCIES: &[&str] = &["Reuters", "AP", "AFP", "Xinhua", "Kyodo", "VNA"];

/// A verb with a thing as object and a state behind a preposition: verb, thing, its tag, preposition.
pub(super) const ACTS: &[(&str, &str, &str, &str)] = &[
    ("sign", "agreement", "NOUN NN", "with"),
    ("sign", "treaty", "NOUN NN", "with"),
    ("sign", "deal", "NOUN NN", "with"),
    ("impose", "sanctions", "NOUN NNS", "on"),
    ("lift", "embargo", "NOUN NN", "on"),
    ("lift", "sanctions", "NOUN NNS", "against"),
    ("cut", "ties", "NOUN NNS", "with"),
    ("sever", "relations", "NOUN NNS", "with"),
    ("establish", "relations", "NOUN NNS", "with"),
    ("restore", "ties", "NOUN NNS", "with"),
    ("strengthen", "cooperation", "NOUN NN", "with"),
    ("expand", "trade", "NOUN NN", "with"),
    ("hold", "talks", "NOUN NNS", "with"),
    ("hold", "exercise", "NOUN NN", "with"),
    ("conduct", "drills", "NOUN NNS", "with"),
    ("launch", "strikes", "NOUN NNS", "against"),
    ("launch", "offensive", "NOUN NN", "against"),
    ("send", "troops", "NOUN NNS", "to"),
    ("send", "envoy", "NOUN NN", "to"),
    ("withdraw", "forces", "NOUN NNS", "from"),
    ("recall", "ambassador", "NOUN NN", "from"),
    ("lodge", "protest", "NOUN NN", "with"),
    ("provide", "assistance", "NOUN NN", "to"),
    ("extend", "loans", "NOUN NNS", "to"),
    ("export", "rice", "NOUN NN", "to"),
    ("import", "oil", "NOUN NN", "from"),
    ("buy", "jets", "NOUN NNS", "from"),
    ("sell", "submarines", "NOUN NNS", "to"),
    ("deploy", "missiles", "NOUN NNS", "near"),
    ("accept", "apology", "NOUN NN", "from"),
    ("reject", "claims", "NOUN NNS", "by"),
    ("seize", "islands", "NOUN NNS", "from"),
    ("ratify", "pact", "NOUN NN", "with"),
    ("break", "ceasefire", "NOUN NN", "with"),
];

/// Verbs whose object is a state or its leader.
pub(super) const TOWARDS: &[&str] = &[
    "visit",
    "host",
    "condemn",
    "criticize",
    "praise",
    "thank",
    "back",
    "support",
    "threaten",
    "warn",
    "invade",
    "attack",
    "bomb",
    "sanction",
    "recognize",
    "defy",
    "denounce",
    "congratulate",
    "aid",
    "meet",
    "invite",
    "sue",
    "blockade",
    "challenge",
    "trust",
    "welcome",
    "defend",
    "blame",
    "pressure",
    "shell",
];
/// Verbs of talking and working together, with the preposition.
pub(super) const TOGETHER: &[(&str, &str)] = &[
    ("meet", "with"),
    ("cooperate", "with"),
    ("trade", "with"),
    ("clash", "with"),
    ("negotiate", "with"),
    ("side", "with"),
    ("rely", "on"),
    ("retaliate", "against"),
    ("apologize", "to"),
    ("complain", "to"),
    ("object", "to"),
    ("protest", "against"),
];
/// Verbs that ask a state to do something.
pub(super) const ASKING: &[&str] =
    &["urge", "ask", "press", "invite", "order", "allow", "help", "force", "encourage"];
/// Verbs that say what a state itself will do.
pub(super) const PROMISING: &[&str] =
    &["agree", "pledge", "promise", "vow", "refuse", "threaten", "plan", "decide", "offer", "seek"];
/// Verbs of saying.
pub(super) const SAYING: &[&str] =
    &["say", "announce", "claim", "insist", "deny", "confirm", "report", "warn"];

/// Past tense and past participle where they are not regular.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("give", "gave", "given"),
    ("send", "sent", "sent"),
    ("sell", "sold", "sold"),
    ("lend", "lent", "lent"),
    ("show", "showed", "shown"),
    ("pay", "paid", "paid"),
    ("cut", "cut", "cut"),
    ("hold", "held", "held"),
    ("withdraw", "withdrew", "withdrawn"),
    ("buy", "bought", "bought"),
    ("break", "broke", "broken"),
    ("meet", "met", "met"),
    ("say", "said", "said"),
    ("seek", "sought", "sought"),
    ("bring", "brought", "brought"),
    ("sue", "sued", "sued"),
    ("rise", "rose", "risen"),
    ("fall", "fell", "fallen"),
];
/// Verbs whose last consonant is doubled.
const DOUBLING: &[&str] = &["plan", "allot", "cut", "transfer"];

/// Past tense (`participle` false) or past participle of `verb`.
pub(super) fn past(verb: &str, participle: bool) -> String {
    if let Some((_, past, done)) = IRREGULAR.iter().find(|(base, _, _)| *base == verb) {
        return (if participle { done } else { past }).to_string();
    }
    if verb.ends_with('e') {
        format!("{verb}d")
    } else if let Some(stem) = consonant_y(verb) {
        format!("{stem}ied")
    } else {
        format!("{}ed", doubled(verb))
    }
}

/// Third person of the present.
pub(super) fn present(verb: &str) -> String {
    if let Some(stem) = consonant_y(verb) {
        format!("{stem}ies")
    } else if ["s", "sh", "ch", "x"].iter().any(|end| verb.ends_with(end)) {
        format!("{verb}es")
    } else {
        format!("{verb}s")
    }
}

/// Present participle.
pub(super) fn gerund(verb: &str) -> String {
    if verb.ends_with('e') && !verb.ends_with("ee") {
        format!("{}ing", &verb[..verb.len() - 1])
    } else {
        format!("{}ing", doubled(verb))
    }
}

fn consonant_y(verb: &str) -> Option<&str> {
    verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o']))
}

fn doubled(verb: &str) -> String {
    match verb.chars().last() {
        Some(last) if DOUBLING.contains(&verb) => format!("{verb}{last}"),
        _ => verb.to_owned(),
    }
}

/// A thing in the singular needs an article; the plural has its lemma without the ending.
pub(super) fn lemma_of(noun: &str, tag: &str) -> String {
    if !tag.ends_with("NNS") {
        return noun.to_owned();
    }
    noun.strip_suffix('s').unwrap_or(noun).to_owned()
}

/// A year of recent history.
pub(super) fn year(random: &mut Random) -> String {
    (1990 + random.below(36)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected() {
        assert_eq!(past("deny", false), "denied");
        assert_eq!(past("give", true), "given");
        assert_eq!(past("deploy", false), "deployed");
        assert_eq!(past("allot", false), "allotted");
        assert_eq!(present("reject"), "rejects");
        assert_eq!(present("launch"), "launches");
        assert_eq!(present("pay"), "pays");
        assert_eq!(gerund("impose"), "imposing");
        assert_eq!(gerund("agree"), "agreeing");
        assert_eq!(gerund("plan"), "planning");
    }

    #[test]
    fn held_words_are_not_in_the_training_part() {
        let (training, held) = (of(Part::Training), of(Part::Held));
        assert!(held.places.iter().all(|place| !training.places.contains(place)));
        assert!(held.giving.iter().all(|verb| !training.giving.contains(verb)));
        assert!(held.last.iter().all(|name| !training.last.contains(name)));
    }
}
