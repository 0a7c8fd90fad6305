//! Which body of a state a claim is about, where the text names one of several that exclude each other.

use std::collections::BTreeSet;

use hedgerow_codebook::Claim;

/// Bodies by the words that name them. Those of one group are different things: what closes is an embassy or a consulate.
const GROUPS: [&[(&str, &str)]; 2] = [
    &[
        ("embassy", "embassy"),
        ("embassies", "embassy"),
        ("consulate", "consulate"),
        ("consulates", "consulate"),
    ],
    &[
        ("navy", "navy"),
        ("naval", "navy"),
        ("coast guard", "coast guard"),
        ("coastguard", "coast guard"),
        ("air force", "air force"),
        ("army", "army"),
    ],
];

/// Whether two claims name different bodies of one group, and none in common.
pub(super) fn differ(a: &Claim, b: &Claim) -> bool {
    let (a, b) = (told(a), told(b));
    GROUPS.iter().any(|group| {
        let (x, y) = (named(group, &a), named(group, &b));
        !x.is_empty() && !y.is_empty() && x.is_disjoint(&y)
    })
}

fn named(group: &[(&str, &'static str)], told: &str) -> BTreeSet<&'static str> {
    let stands = |word: &str| told.contains(&format!(" {word} "));
    group.iter().filter(|(word, _)| stands(word)).map(|(_, body)| *body).collect()
}

/// The names of the parties and the topic, each word between single spaces.
fn told(claim: &Claim) -> String {
    let names = claim.actors.iter().chain(&claim.recipients).map(|it| it.name.as_str());
    let mut words = String::from(" ");
    for text in names.chain(claim.topic.as_deref()) {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()) {
            words.push_str(&word.to_lowercase());
            words.push(' ');
        }
        // Two names do not make one word.
        words.push_str("| ");
    }
    words
}
