//! Forms of verbs and nouns that the treebanks never met, so that their lemmas are known.

use std::collections::BTreeSet;

use hedgerow_parse::Xpos;

use crate::conllu::Tree;

use crate::generate::irregular_verbs;

/// Regular verbs, separated by blanks. `+` doubles the last letter before an ending, `*` may do so.
const REGULAR: &str = include_str!("../data/verbs.txt");

/// A form, its base and its tag.
pub(crate) type Form = (String, String, Xpos);

/// Every form of every verb of the lists.
pub(crate) fn listed() -> Vec<Form> {
    let mut forms = irregular();
    for entry in REGULAR.split_whitespace() {
        let base = entry.trim_end_matches(['+', '*']);
        let doubling = match entry.strip_prefix(base) {
            Some("+") => Doubling::Always,
            Some("*") => Doubling::Maybe,
            _ => Doubling::Never,
        };
        forms.extend(of_verb(base, doubling));
    }
    forms
}

/// Past tense and past participle of every verb that is not regular.
pub(crate) fn irregular() -> Vec<Form> {
    let of = |(base, past, participle): (&str, &str, &str)| {
        let form = |form: &str, tag| (form.to_owned(), base.to_owned(), tag);
        [form(past, Xpos::Vbd), form(participle, Xpos::Vbn)]
    };
    irregular_verbs().flat_map(of).collect()
}

/// The regular forms of the verbs and common nouns whose base form `trees` have. Some are no words, which does no harm:
/// nobody writes them.
pub(crate) fn of_treebank(trees: &[Tree]) -> Vec<Form> {
    let bases = |tags: &[&str]| -> BTreeSet<&str> {
        let words = trees.iter().flat_map(|tree| &tree.words);
        words
            .filter(|word| tags.contains(&word.xpos.as_str()) && word.form == word.lemma)
            .map(|word| word.lemma.as_str())
            .filter(|base| base.chars().count() > 2 && base.chars().all(char::is_lowercase))
            .collect()
    };
    let verbs = bases(&["VB", "VBP"]);
    let nouns = bases(&["NN"]);
    let verbs = verbs.into_iter().flat_map(|base| {
        let may = closed_by_one_consonant(base);
        of_verb(base, if may { Doubling::Maybe } else { Doubling::Never })
    });
    let nouns = nouns.into_iter().flat_map(|base| {
        let also = base.ends_with('o').then(|| format!("{base}s"));
        let plurals = std::iter::once(third_person(base)).chain(also);
        plurals.map(move |plural| (plural, base.to_owned(), Xpos::Nns))
    });
    verbs.chain(nouns).collect()
}

/// Whether the last letter of a verb is written twice before an ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doubling {
    Never,
    Maybe,
    Always,
}

fn of_verb(base: &str, doubling: Doubling) -> Vec<Form> {
    let last = base.chars().last().unwrap_or_default();
    let single = (doubling != Doubling::Always).then(|| base.to_owned());
    let double = (doubling != Doubling::Never).then(|| format!("{base}{last}"));
    let mut forms = Vec::new();
    for stem in single.iter().chain(&double) {
        let past = past(stem);
        forms.push((past.clone(), base.to_owned(), Xpos::Vbd));
        forms.push((past, base.to_owned(), Xpos::Vbn));
        forms.push((gerund(stem), base.to_owned(), Xpos::Vbg));
    }
    forms.push((third_person(base), base.to_owned(), Xpos::Vbz));
    forms
}

/// Whether a word ends in one vowel letter and one consonant letter, as *grab* and *visit* do.
fn closed_by_one_consonant(word: &str) -> bool {
    let is_vowel = |letter: char| "aeiou".contains(letter);
    let letters: Vec<char> = word.chars().rev().take(3).collect();
    match letters[..] {
        [last, vowel, before] => {
            !is_vowel(last) && !"wxy".contains(last) && is_vowel(vowel) && !is_vowel(before)
        }
        _ => false,
    }
}

fn past(stem: &str) -> String {
    match (stem.strip_suffix('e'), consonant_y(stem)) {
        (Some(stem), _) => format!("{stem}ed"),
        (_, Some(stem)) => format!("{stem}ied"),
        _ => format!("{stem}ed"),
    }
}

fn gerund(stem: &str) -> String {
    let silent = stem.strip_suffix('e').filter(|rest| !rest.ends_with(['e', 'o', 'y']));
    match stem.strip_suffix("ie") {
        Some(rest) => format!("{rest}ying"),
        None => format!("{}ing", silent.unwrap_or(stem)),
    }
}

fn third_person(base: &str) -> String {
    if let Some(stem) = consonant_y(base) {
        format!("{stem}ies")
    } else if ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| base.ends_with(end)) {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}

fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::Word;

    #[test]
    fn verbs_have_all_their_forms() {
        let forms = listed();
        let has =
            |form: &str, base: &str, tag| forms.contains(&(form.into(), base.to_owned(), tag));
        assert!(has("upgraded", "upgrade", Xpos::Vbn) && has("upgrading", "upgrade", Xpos::Vbg));
        assert!(has("shelled", "shell", Xpos::Vbd) && has("ratifies", "ratify", Xpos::Vbz));
        assert!(has("banned", "ban", Xpos::Vbd) && has("vying", "vie", Xpos::Vbg));
        assert!(has("labelled", "label", Xpos::Vbd) && has("labeled", "label", Xpos::Vbd));
        assert!(has("struck", "strike", Xpos::Vbd) && has("overseen", "oversee", Xpos::Vbn));
        assert!(!forms.iter().any(|(form, _, _)| form == "baned"));
    }

    #[test]
    fn bases_of_a_treebank_get_the_forms_it_lacks() {
        let word = |text: &str, xpos: &str| Word {
            form: text.to_owned(),
            lemma: text.to_owned(),
            xpos: xpos.to_owned(),
            ..Word::default()
        };
        let words = vec![
            word("subscribe", "VB"),
            word("grab", "VBP"),
            word("ache", "NN"),
            word("Hanoi", "NN"),
        ];
        let forms = of_treebank(&[Tree { words, ..Tree::default() }]);
        let has = |form: &str, base: &str, tag| forms.contains(&(form.into(), base.into(), tag));
        assert!(has("subscribed", "subscribe", Xpos::Vbd) && has("grabbing", "grab", Xpos::Vbg));
        assert!(has("aches", "ache", Xpos::Nns));
        assert!(!forms.iter().any(|(_, base, _)| base == "Hanoi"));
    }
}
