//! Trees put together from phrases.

use crate::conllu::{Tree, Word};

/// A stretch of words with one head. Heads of words are places within the phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    words: Vec<Node>,
    head: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Node {
    form: String,
    lemma: String,
    upos: &'static str,
    xpos: &'static str,
    /// Place of the governor and the relation to it; none for the head of the phrase.
    link: Option<(usize, &'static str)>,
}

impl Phrase {
    /// One word. `tag` is `UPOS XPOS`.
    pub(super) fn word(form: &str, lemma: &str, tag: &'static str) -> Self {
        let (upos, xpos) = tag.split_once(' ').unwrap_or((tag, tag));
        let node = Node { form: form.to_owned(), lemma: lemma.to_owned(), upos, xpos, link: None };
        Self { words: vec![node], head: 0 }
    }

    /// One word that is its own lemma.
    pub(super) fn same(form: &str, tag: &'static str) -> Self {
        Self::word(form, form, tag)
    }

    /// A punctuation mark.
    pub(super) fn mark(form: &str) -> Self {
        let (lemma, tag) = match form {
            "," => (",", "PUNCT ,"),
            "." => (".", "PUNCT ."),
            "(" => ("(", "PUNCT -LRB-"),
            ")" => (")", "PUNCT -RRB-"),
            "“" | "\"" => ("\"", "PUNCT ``"),
            "”" => ("\"", "PUNCT ''"),
            "–" | "—" => ("-", "PUNCT :"),
            other => (other, "PUNCT :"),
        };
        Self::word(form, lemma, tag)
    }

    /// A closing quotation mark, which may look like an opening one.
    pub(super) fn closing(form: &str) -> Self {
        Self::word(form, "\"", "PUNCT ''")
    }

    /// Whether the head is of this word class.
    pub(super) fn is(&self, upos: &str) -> bool {
        self.words[self.head].upos == upos
    }

    /// Puts `other` before this phrase, governed by its head.
    pub(super) fn before(self, other: Self, rel: &'static str) -> Self {
        let shift = other.words.len();
        let head = self.head + shift;
        let mut words = other.hung_on(head, rel, 0);
        words.extend(self.words.into_iter().map(|node| node.moved(shift)));
        Self { words, head }
    }

    /// Puts `other` after this phrase, governed by its head.
    pub(super) fn after(self, other: Self, rel: &'static str) -> Self {
        let shift = self.words.len();
        let mut words = self.words;
        words.extend(other.hung_on(self.head, rel, shift));
        Self { words, head: self.head }
    }

    /// Puts `mark` on both sides.
    pub(super) fn between(self, left: &str, right: &str) -> Self {
        self.before(Self::mark(left), "punct").after(Self::mark(right), "punct")
    }

    /// With a preposition.
    pub(super) fn with_case(self, preposition: &str) -> Self {
        self.before(Self::same(preposition, "ADP IN"), "case")
    }

    fn hung_on(self, governor: usize, rel: &'static str, shift: usize) -> Vec<Node> {
        let head = self.head;
        let mut words: Vec<Node> = self.words.into_iter().map(|node| node.moved(shift)).collect();
        words[head].link = Some((governor, rel));
        words
    }

    /// All in capitals.
    pub(super) fn shouted(mut self) -> Self {
        for node in &mut self.words {
            node.form = node.form.to_uppercase();
        }
        self
    }

    /// As the title of an article: capitals but for the small words.
    pub(super) fn titled(mut self) -> Self {
        for node in &mut self.words {
            if !matches!(node.upos, "ADP" | "DET" | "CCONJ" | "PART" | "PUNCT") {
                node.form = capitalised(&node.form);
            }
        }
        self
    }

    /// Without commas that another mark follows: an apposition at the end of a clause keeps none.
    fn tidied(mut self) -> Self {
        let mut at = 0;
        while at + 1 < self.words.len() {
            let follows = matches!(self.words[at + 1].form.as_str(), "," | ".");
            if self.words[at].form == "," && follows && self.words[at + 1].upos == "PUNCT" {
                self.remove(at);
            } else {
                at += 1;
            }
        }
        self
    }

    fn remove(&mut self, at: usize) {
        self.words.remove(at);
        for node in &mut self.words {
            if let Some((head, _)) = &mut node.link {
                *head -= usize::from(*head > at);
            }
        }
        self.head -= usize::from(self.head > at);
    }

    /// The finished sentence; its first letter becomes a capital.
    pub(super) fn tree(self, id: String) -> Tree {
        self.tidied().finished(id)
    }

    fn finished(mut self, id: String) -> Tree {
        if let Some(first) = self.words.iter_mut().find(|node| node.upos != "PUNCT") {
            first.form = capitalised(&first.form);
        }
        let word = |node: Node| Word {
            form: node.form,
            lemma: node.lemma,
            upos: node.upos.to_owned(),
            xpos: node.xpos.to_owned(),
            feats: "_".to_owned(),
            head: node.link.map_or(0, |(head, _)| head + 1),
            rel: node.link.map_or("root", |(_, rel)| rel).to_owned(),
            glued: false,
            continues: false,
        };
        let words: Vec<Word> = self.words.into_iter().map(word).collect();
        let text = words.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ");
        Tree { words, text, id, new_document: true, new_paragraph: true }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Node {
    fn moved(mut self, shift: usize) -> Self {
        self.link = self.link.map(|(head, rel)| (head + shift, rel));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_survive_moving() {
        let boats = Phrase::word("boats", "boat", "NOUN NNS")
            .before(Phrase::same("patrol", "NOUN NN"), "compound")
            .before(Phrase::same("six", "NUM CD"), "nummod");
        let tree = Phrase::word("gave", "give", "VERB VBD")
            .before(Phrase::same("Japan", "PROPN NNP"), "nsubj")
            .after(boats, "obj")
            .after(Phrase::mark("."), "punct")
            .tree("x".to_owned());
        let heads: Vec<_> = tree.words.iter().map(|w| (w.head, w.rel.as_str())).collect();
        assert_eq!(
            heads,
            [(2, "nsubj"), (0, "root"), (5, "nummod"), (5, "compound"), (2, "obj"), (2, "punct")]
        );
    }
}
