//! Forms of verbs and nouns.

/// Past tense and past participle where they are not regular.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("be", "was", "been"),
    ("become", "became", "become"),
    ("beg", "begged", "begged"),
    ("begin", "began", "begun"),
    ("break", "broke", "broken"),
    ("bring", "brought", "brought"),
    ("buy", "bought", "bought"),
    ("come", "came", "come"),
    ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"),
    ("draw", "drew", "drawn"),
    ("fall", "fell", "fallen"),
    ("fight", "fought", "fought"),
    ("fly", "flew", "flown"),
    ("freeze", "froze", "frozen"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("hit", "hit", "hit"),
    ("hold", "held", "held"),
    ("keep", "kept", "kept"),
    ("lay", "laid", "laid"),
    ("lead", "led", "led"),
    ("leave", "left", "left"),
    ("lend", "lent", "lent"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("meet", "met", "met"),
    ("overtake", "overtook", "overtaken"),
    ("pay", "paid", "paid"),
    ("put", "put", "put"),
    ("rise", "rose", "risen"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("seek", "sought", "sought"),
    ("sell", "sold", "sold"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("show", "showed", "shown"),
    ("shut", "shut", "shut"),
    ("spend", "spent", "spent"),
    ("stand", "stood", "stood"),
    ("strike", "struck", "struck"),
    ("sue", "sued", "sued"),
    ("swear", "swore", "sworn"),
    ("take", "took", "taken"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("upset", "upset", "upset"),
    ("win", "won", "won"),
    ("withdraw", "withdrew", "withdrawn"),
    ("woo", "wooed", "wooed"),
];
/// Verbs whose last consonant is doubled.
const DOUBLING: &[&str] = &[
    "allot", "ban", "bar", "beg", "cut", "deter", "expel", "hit", "pact", "plan", "prod", "put",
    "rap", "set", "shun", "shut", "slam", "snub", "spar", "top", "transfer", "begin", "win",
    "commit", "compel", "permit", "plot", "ship", "propel", "quit", "rebut", "scrap", "shelf",
    "spur", "step", "stop", "swap", "submit", "refer", "admit", "drop",
];
/// Plurals that are not regular.
const PLURALS: &[(&str, &str)] = &[
    ("country", "countries"),
    ("ally", "allies"),
    ("aircraft", "aircraft"),
    ("sanction", "sanctions"),
];

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
    if verb == "be" {
        "is".to_owned()
    } else if let Some(stem) = consonant_y(verb) {
        format!("{stem}ies")
    } else if ["s", "sh", "ch", "x", "go"].iter().any(|end| verb.ends_with(end)) {
        format!("{verb}es")
    } else {
        format!("{verb}s")
    }
}

/// Present participle.
pub(super) fn gerund(verb: &str) -> String {
    if verb.ends_with('e') && !verb.ends_with("ee") && verb != "be" {
        format!("{}ing", &verb[..verb.len() - 1])
    } else {
        format!("{}ing", doubled(verb))
    }
}

/// More than one of `noun`.
pub(super) fn plural(noun: &str) -> String {
    if let Some((_, many)) = PLURALS.iter().find(|(one, _)| *one == noun) {
        (*many).to_owned()
    } else if let Some(stem) = consonant_y(noun) {
        format!("{stem}ies")
    } else if ["s", "sh", "ch", "x"].iter().any(|end| noun.ends_with(end)) {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o']))
}

fn doubled(verb: &str) -> String {
    match verb.chars().last() {
        Some(last) if DOUBLING.contains(&verb) => format!("{verb}{last}"),
        _ => verb.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_inflected() {
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
        assert_eq!(plural("country"), "countries");
        assert_eq!(plural("embassy"), "embassies");
    }
}
