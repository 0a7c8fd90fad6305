//! Dictionary forms that the lemmatiser misses: "boycotted" is not "boycot".
//!
//! Statistical lemmas of rare words lose or gain letters. The codebook knows which words count; where the lemma is none
//! of them and a regular form of the word is, that form is meant.

/// The word of the codebook of which `form` is a regular form, where `lemma` is none.
pub(crate) fn mended(form: &str, lemma: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    if known(lemma) || !form.is_ascii() {
        return None;
    }
    let form = form.to_ascii_lowercase();
    let stems = ["ed", "ing", "es", "s", "d"];
    let stems = stems.into_iter().filter_map(|ending| form.strip_suffix(ending));
    let doubled = |stem: &str| {
        let mut last = stem.bytes().rev();
        (last.next() == last.next() && stem.len() > 3).then(|| stem[..stem.len() - 1].to_owned())
    };
    let y = |stem: &str| stem.strip_suffix('i').map(|it| format!("{it}y"));
    let mut forms = stems
        .filter(|stem| stem.len() > 2)
        .flat_map(|stem| [Some(stem.to_owned()), Some(format!("{stem}e")), doubled(stem), y(stem)])
        .flatten();
    forms.find(|it| known(it))
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn regular_forms_of_known_words_are_found() {
        let known =
            |word: &str| ["boycott", "concede", "shell", "ban", "deny", "free"].contains(&word);
        for (form, lemma, is) in [
            ("boycotted", "boycot", Some("boycott")),
            ("Conceded", "conced", Some("concede")),
            ("shelling", "shel", Some("shell")),
            ("banned", "bann", Some("ban")),
            ("denied", "deni", Some("deny")),
            ("freed", "fre", Some("free")),
            ("boycotts", "boycott", None),
            ("walked", "walk", None),
            ("é", "é", None),
        ] {
            assert_eq!(mended(form, lemma, known).as_deref(), is, "{form}");
        }
    }
}
