//! Which body of a state a claim is about, where the text names one of several that exclude each other.

use hedgerow_codebook::Claim;

/// Bodies by the words that name them; where there are two words, the first stands before. Those of one group are different things:
/// what closes is an embassy or a consulate.
const GROUPS: [&[(&str, &str, u8)]; 2] = [
    &[("", "embassy", 1), ("", "embassies", 1), ("", "consulate", 2), ("", "consulates", 2)],
    &[
        ("", "navy", 1),
        ("", "naval", 1),
        ("coast", "guard", 2),
        ("", "coastguard", 2),
        ("air", "force", 4),
        ("", "army", 8),
    ],
];

/// Whether two claims name different bodies of one group, and none in common.
pub(super) fn differ(a: &Claim, b: &Claim) -> bool {
    let (a, b) = (named(a), named(b));
    a.iter().zip(b).any(|(a, b)| *a != 0 && b != 0 && a & b == 0)
}

/// The bodies of each group that the names of the parties and the topic name, a bit for each.
fn named(claim: &Claim) -> [u8; 2] {
    let mut found = [0; 2];
    let names = claim.actors.iter().chain(&claim.recipients).map(|it| it.name.as_str());
    for text in names.chain(claim.topic.as_deref()) {
        let mut before = "";
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()) {
            for (group, found) in GROUPS.iter().zip(&mut found) {
                for (first, own, body) in *group {
                    if word.eq_ignore_ascii_case(own)
                        && (first.is_empty() || before.eq_ignore_ascii_case(first))
                    {
                        *found |= body;
                    }
                }
            }
            before = word;
        }
    }
    found
}
