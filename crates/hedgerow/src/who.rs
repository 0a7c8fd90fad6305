//! From what a user types to an actor code, a rule or a page; and what was probably meant.

use anyhow::bail;
use hedgerow_codebook::Codebook;

/// The actor code that `text` stands for: a code in any case, a name, a demonym.
pub(crate) fn code(codebook: &Codebook, text: &str) -> anyhow::Result<String> {
    let gazetteer = &codebook.gazetteer;
    if let Some(code) = gazetteer.code_of(text) {
        return Ok(code.to_owned());
    }
    // Organisations and groups may be named by a text alone.
    if let Some((kind, name)) = text.split_once(':')
        && matches!(kind, "IGO" | "ORG" | "GRP")
        && !name.trim().is_empty()
    {
        return Ok(text.trim().to_owned());
    }
    let names = gazetteer.states().iter().map(|it| (&*it.name, &*it.code));
    let bodies = gazetteer.bodies().iter().map(|it| (&*it.name, &*it.code));
    let known = names.chain(bodies).flat_map(|(name, code)| [(code, name), (name, code)]);
    let near = nearest(text, known.map(|(shown, also)| (shown, format!("{shown} ({also})"))));
    let hint = if near.is_empty() {
        "give a three-letter code (VNM), a name (Vietnam), or IGO:ASEAN".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    };
    bail!("{text}: no actor of that code or name; {hint}")
}

/// The entries whose key is nearest to `text`, at most three, none that is far off.
pub(crate) fn nearest<'a>(
    text: &str,
    known: impl Iterator<Item = (&'a str, String)>,
) -> Vec<String> {
    let text = text.to_lowercase();
    let most = (text.chars().count() / 3).clamp(1, 3);
    let mut near: Vec<(usize, String)> = known
        .map(|(key, shown)| (distance(&text, &key.to_lowercase()), shown))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort();
    near.dedup();
    let best = near.first().map_or(0, |(distance, _)| *distance);
    near.into_iter()
        .take_while(|(distance, _)| *distance == best)
        .map(|(_, it)| it)
        .take(3)
        .collect()
}

/// How many letters must be changed, added, dropped or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 3 {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near() {
        assert_eq!(distance("vnm", "vmn"), 1);
        assert_eq!(distance("vietnma", "vietnam"), 1);
        assert_eq!(distance("japan", "jordan"), 3);
    }

    #[test]
    fn codes_and_names_are_understood() {
        let codebook = Codebook::embedded().unwrap();
        assert_eq!(code(&codebook, "vietnam").unwrap(), "VNM");
        assert_eq!(code(&codebook, "jpn").unwrap(), "JPN");
        assert_eq!(code(&codebook, "GRP:the West").unwrap(), "GRP:the West");
        let wrong = code(&codebook, "Vietnma").unwrap_err().to_string();
        assert!(wrong.contains("did you mean Vietnam (VNM)?"), "{wrong}");
    }
}
