//! Treebank sentences put back into running text, with the places of their words.

use crate::conllu::Tree;

/// A document as running text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Sentences joined as the treebank says; a blank line between paragraphs.
    pub text: String,
    /// The words in order: first byte, end byte, whether the sentence ends.
    pub words: Vec<(usize, usize, bool)>,
    /// Which tree of the treebank each sentence is.
    pub trees: Vec<usize>,
}

/// Rebuilds the documents of a treebank. A sentence whose words cannot be found in its text is left out.
pub fn documents(trees: &[Tree]) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut document = Document::default();
    for (number, tree) in trees.iter().enumerate() {
        if tree.new_document && !document.words.is_empty() {
            documents.push(std::mem::take(&mut document));
        }
        let Some(places) = locate(tree) else { continue };
        if tree.new_paragraph && !document.text.is_empty() {
            let kept = document.text.trim_end().len();
            document.text.truncate(kept);
            document.text.push_str("\n\n");
        }
        let offset = document.text.len();
        document.text.push_str(&tree.text);
        if !tree.words.last().is_some_and(|word| word.glued) {
            document.text.push(' ');
        }
        let last = places.len() - 1;
        let places = places.into_iter().enumerate();
        document.words.extend(places.map(|(i, (a, b))| (offset + a, offset + b, i == last)));
        document.trees.push(number);
    }
    if !document.words.is_empty() {
        documents.push(document);
    }
    documents
}

/// Where the words stand in the text of their tree.
///
/// Words of a multiword token whose forms are not in the surface (*of* + *the* for one token) share one place.
fn locate(tree: &Tree) -> Option<Vec<(usize, usize)>> {
    let mut places = Vec::new();
    let mut at = 0;
    let mut i = 0;
    while i < tree.words.len() {
        let rest = &tree.text[at..];
        at += rest.len() - rest.trim_start().len();
        let rest = &tree.text[at..];
        let form = &tree.words[i].form;
        if rest.starts_with(form.as_str()) {
            places.push((at, at + form.len()));
            at += form.len();
            i += 1;
            continue;
        }
        i += 1;
        while tree.words.get(i).is_some_and(|word| word.continues) {
            i += 1;
        }
        let chunk = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let next = tree.words.get(i).and_then(|word| rest[..chunk].find(&word.form));
        let length = next.filter(|&n| n > 0).unwrap_or(chunk);
        if length == 0 {
            return None;
        }
        places.push((at, at + length));
        at += length;
    }
    (!places.is_empty()).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::Word;

    fn tree(text: &str, forms: &[(&str, bool)]) -> Tree {
        let word = |&(form, continues): &(&str, bool)| Word {
            form: form.to_owned(),
            continues,
            ..Word::default()
        };
        Tree { text: text.to_owned(), words: forms.iter().map(word).collect(), ..Tree::default() }
    }

    #[test]
    fn words_are_found_in_the_text() {
        let trees = [
            tree("I can't.", &[("I", false), ("ca", false), ("n't", true), (".", false)]),
            tree("Gimme it.", &[("Give", false), ("me", true), ("it", false), (".", false)]),
        ];
        let documents = documents(&trees);
        let words: Vec<&str> =
            documents[0].words.iter().map(|&(a, b, _)| &documents[0].text[a..b]).collect();
        assert_eq!(words, ["I", "ca", "n't", ".", "Gimme", "it", "."]);
        assert!(documents[0].words[3].2 && !documents[0].words[2].2);
    }
}
