//! Forms of verbs and nouns.

/// Past tense and past participle where they are not regular.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("arise", "arose", "arisen"),
    ("awake", "awoke", "awoken"),
    ("be", "was", "been"),
    ("bear", "bore", "borne"),
    ("beat", "beat", "beaten"),
    ("become", "became", "become"),
    ("beg", "begged", "begged"),
    ("begin", "began", "begun"),
    ("bind", "bound", "bound"),
    ("bite", "bit", "bitten"),
    ("bleed", "bled", "bled"),
    ("blow", "blew", "blown"),
    ("break", "broke", "broken"),
    ("breed", "bred", "bred"),
    ("bring", "brought", "brought"),
    ("broadcast", "broadcast", "broadcast"),
    ("build", "built", "built"),
    ("burst", "burst", "burst"),
    ("buy", "bought", "bought"),
    ("cast", "cast", "cast"),
    ("catch", "caught", "caught"),
    ("choose", "chose", "chosen"),
    ("cling", "clung", "clung"),
    ("come", "came", "come"),
    ("creep", "crept", "crept"),
    ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"),
    ("dig", "dug", "dug"),
    ("draw", "drew", "drawn"),
    ("drive", "drove", "driven"),
    ("eat", "ate", "eaten"),
    ("fall", "fell", "fallen"),
    ("feed", "fed", "fed"),
    ("feel", "felt", "felt"),
    ("fight", "fought", "fought"),
    ("find", "found", "found"),
    ("flee", "fled", "fled"),
    ("fling", "flung", "flung"),
    ("fly", "flew", "flown"),
    ("forbid", "forbade", "forbidden"),
    ("forecast", "forecast", "forecast"),
    ("foresee", "foresaw", "foreseen"),
    ("forget", "forgot", "forgotten"),
    ("forgive", "forgave", "forgiven"),
    ("forgo", "forwent", "forgone"),
    ("forsake", "forsook", "forsaken"),
    ("freeze", "froze", "frozen"),
    ("get", "got", "got"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("hang", "hung", "hung"),
    ("have", "had", "had"),
    ("hear", "heard", "heard"),
    ("hide", "hid", "hidden"),
    ("hit", "hit", "hit"),
    ("hold", "held", "held"),
    ("hurt", "hurt", "hurt"),
    ("keep", "kept", "kept"),
    ("kneel", "knelt", "knelt"),
    ("know", "knew", "known"),
    ("lay", "laid", "laid"),
    ("lead", "led", "led"),
    ("leave", "left", "left"),
    ("lend", "lent", "lent"),
    ("lie", "lay", "lain"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("meet", "met", "met"),
    ("mislead", "misled", "misled"),
    ("mistake", "mistook", "mistaken"),
    ("misunderstand", "misunderstood", "misunderstood"),
    ("outdo", "outdid", "outdone"),
    ("outgrow", "outgrew", "outgrown"),
    ("outsell", "outsold", "outsold"),
    ("outspend", "outspent", "outspent"),
    ("override", "overrode", "overridden"),
    ("oversee", "oversaw", "overseen"),
    ("overtake", "overtook", "overtaken"),
    ("overthrow", "overthrew", "overthrown"),
    ("pay", "paid", "paid"),
    ("put", "put", "put"),
    ("rebuild", "rebuilt", "rebuilt"),
    ("remake", "remade", "remade"),
    ("repay", "repaid", "repaid"),
    ("resell", "resold", "resold"),
    ("retake", "retook", "retaken"),
    ("rewrite", "rewrote", "rewritten"),
    ("ride", "rode", "ridden"),
    ("ring", "rang", "rung"),
    ("rise", "rose", "risen"),
    ("run", "ran", "run"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("seek", "sought", "sought"),
    ("sell", "sold", "sold"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("shake", "shook", "shaken"),
    ("shed", "shed", "shed"),
    ("shine", "shone", "shone"),
    ("shoot", "shot", "shot"),
    ("show", "showed", "shown"),
    ("shrink", "shrank", "shrunk"),
    ("shut", "shut", "shut"),
    ("sing", "sang", "sung"),
    ("sink", "sank", "sunk"),
    ("sit", "sat", "sat"),
    ("slay", "slew", "slain"),
    ("sleep", "slept", "slept"),
    ("slide", "slid", "slid"),
    ("sow", "sowed", "sown"),
    ("speak", "spoke", "spoken"),
    ("speed", "sped", "sped"),
    ("spend", "spent", "spent"),
    ("spin", "spun", "spun"),
    ("split", "split", "split"),
    ("spread", "spread", "spread"),
    ("spring", "sprang", "sprung"),
    ("stand", "stood", "stood"),
    ("steal", "stole", "stolen"),
    ("stick", "stuck", "stuck"),
    ("sting", "stung", "stung"),
    ("strike", "struck", "struck"),
    ("strive", "strove", "striven"),
    ("swear", "swore", "sworn"),
    ("sweep", "swept", "swept"),
    ("swing", "swung", "swung"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("tear", "tore", "torn"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("throw", "threw", "thrown"),
    ("thrust", "thrust", "thrust"),
    ("tread", "trod", "trodden"),
    ("undercut", "undercut", "undercut"),
    ("undergo", "underwent", "undergone"),
    ("understand", "understood", "understood"),
    ("undertake", "undertook", "undertaken"),
    ("undo", "undid", "undone"),
    ("uphold", "upheld", "upheld"),
    ("upset", "upset", "upset"),
    ("wake", "woke", "woken"),
    ("wear", "wore", "worn"),
    ("weave", "wove", "woven"),
    ("weep", "wept", "wept"),
    ("win", "won", "won"),
    ("wind", "wound", "wound"),
    ("withdraw", "withdrew", "withdrawn"),
    ("withhold", "withheld", "withheld"),
    ("withstand", "withstood", "withstood"),
    ("woo", "wooed", "wooed"),
    ("wring", "wrung", "wrung"),
    ("write", "wrote", "written"),
];
/// Verbs whose last consonant is doubled.
const DOUBLING: &[&str] = &[
    "allot", "ban", "bar", "beg", "cut", "deter", "expel", "hit", "pact", "plan", "prod", "put",
    "rap", "set", "shun", "shut", "slam", "snub", "spar", "top", "transfer", "begin", "win",
    "commit", "compel", "permit", "plot", "ship", "propel", "quit", "rebut", "scrap", "shelf",
    "dub", "equip", "shrug", "slap", "spur", "step", "stop", "swap", "submit", "refer", "admit",
    "drop",
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
    } else if verb == "have" {
        "has".to_owned()
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

/// One of what `noun` names in the plural, where it ends in *s*.
pub(super) fn singular(noun: &str) -> String {
    if let Some((one, _)) = PLURALS.iter().find(|(_, many)| *many == noun) {
        return (*one).to_owned();
    }
    match noun.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    }
}

/// The irregular verbs: base, past, participle.
pub(crate) fn irregular() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    IRREGULAR.iter().copied()
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
        assert_eq!(singular("authorities"), "authority");
        assert_eq!(singular("aircraft"), "aircraft");
    }
}
