//! Forms of verbs of the news, so that their lemmas are known where the treebanks never met them.

use hedgerow_parse::Xpos;

use crate::generate::irregular_verbs;

/// Regular verbs, separated by blanks. `+` doubles the last letter before an ending, `*` may do so.
const REGULAR: &str = include_str!("../data/verbs.txt");

/// Form, base and tag of every form of every verb.
pub(crate) fn forms() -> Vec<(String, &'static str, Xpos)> {
    let mut forms = Vec::new();
    for (base, past, participle) in irregular_verbs() {
        forms.push((past.to_owned(), base, Xpos::Vbd));
        forms.push((participle.to_owned(), base, Xpos::Vbn));
    }
    for entry in REGULAR.split_whitespace() {
        let base = entry.trim_end_matches(['+', '*']);
        let last = base.chars().last().unwrap_or_default();
        let mut stems = Vec::new();
        if !entry.ends_with('+') {
            stems.push(base.to_owned());
        }
        if entry.len() > base.len() {
            stems.push(format!("{base}{last}"));
        }
        for stem in &stems {
            let past = past(stem);
            forms.push((past.clone(), base, Xpos::Vbd));
            forms.push((past, base, Xpos::Vbn));
            forms.push((gerund(stem), base, Xpos::Vbg));
        }
        forms.push((third_person(base), base, Xpos::Vbz));
    }
    forms
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

    #[test]
    fn verbs_have_all_their_forms() {
        let forms = forms();
        let has = |form: &str, base: &str, tag| forms.contains(&(form.to_owned(), base, tag));
        assert!(has("upgraded", "upgrade", Xpos::Vbn) && has("upgrading", "upgrade", Xpos::Vbg));
        assert!(has("shelled", "shell", Xpos::Vbd) && has("ratifies", "ratify", Xpos::Vbz));
        assert!(has("banned", "ban", Xpos::Vbd) && has("vying", "vie", Xpos::Vbg));
        assert!(has("labelled", "label", Xpos::Vbd) && has("labeled", "label", Xpos::Vbd));
        assert!(has("struck", "strike", Xpos::Vbd) && has("overseen", "oversee", Xpos::Vbn));
        assert!(!forms.iter().any(|(form, _, _)| form == "baned"));
    }
}
