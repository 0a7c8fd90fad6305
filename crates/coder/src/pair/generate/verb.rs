//! Forms of English verbs, as far as frames need them.

use std::collections::BTreeMap;

/// Past and participle of verbs that have their own.
pub(super) type Irregular = BTreeMap<String, (String, String)>;

/// Applies `form` to the first word: "carry out" is "carried out".
fn first(phrase: &str, form: impl Fn(&str) -> String) -> String {
    match phrase.split_once(' ') {
        Some((verb, rest)) => format!("{} {rest}", form(verb)),
        None => form(phrase),
    }
}

pub(super) fn past(phrase: &str, irregular: &Irregular) -> String {
    first(phrase, |verb| {
        irregular.get(verb).map_or_else(|| regular(verb), |(past, _)| past.clone())
    })
}

pub(super) fn participle(phrase: &str, irregular: &Irregular) -> String {
    first(phrase, |verb| {
        irregular.get(verb).map_or_else(|| regular(verb), |(_, part)| part.clone())
    })
}

/// "attack" to "attacking", "seize" to "seizing".
pub(super) fn gerund(phrase: &str) -> String {
    first(phrase, |verb| match verb.strip_suffix('e') {
        Some(stem) if !stem.ends_with('e') => format!("{stem}ing"),
        _ => format!("{verb}ing"),
    })
}

fn regular(verb: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    match verb.strip_suffix('y') {
        _ if verb.ends_with('e') => format!("{verb}d"),
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ied"),
        _ => format!("{verb}ed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_take_their_forms() {
        let irregular = Irregular::from([("give".into(), ("gave".into(), "given".into()))]);
        assert_eq!(past("carry out", &irregular), "carried out");
        assert_eq!(past("give", &irregular), "gave");
        assert_eq!(participle("give up", &irregular), "given up");
        assert_eq!(past("deploy", &irregular), "deployed");
        assert_eq!((gerund("seize"), gerund("free")), ("seizing".into(), "freeing".into()));
    }
}
