//! Treebanks: reading and writing CoNLL-U.

use std::fmt::{self, Write as _};

/// A word of a treebank sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// The word as the tree has it.
    pub form: String,
    /// Dictionary form, `_` where the treebank gives none.
    pub lemma: String,
    /// Universal word class.
    pub upos: String,
    /// Penn tag.
    pub xpos: String,
    /// Features as written, `_` for none.
    pub feats: String,
    /// Number of the head, counted from 1; 0 for the root.
    pub head: usize,
    /// Relation to the head.
    pub rel: String,
    /// Whether the surface goes on without a space.
    pub glued: bool,
    /// Whether the word shares its surface token with the word before.
    pub continues: bool,
}

/// A treebank sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// The words in order.
    pub words: Vec<Word>,
    /// The surface, from the comment `text`.
    pub text: String,
    /// Name of the sentence.
    pub id: String,
    /// Whether a document starts here.
    pub new_document: bool,
    /// Whether a paragraph starts here.
    pub new_paragraph: bool,
}

/// Where and why a treebank could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    line: usize,
    why: &'static str,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for ReadError {}

/// Reads a treebank. Empty nodes are passed over; a multiword token lends its spacing to its last word.
pub fn read(text: &str) -> Result<Vec<Tree>, ReadError> {
    let mut trees = Vec::new();
    let mut tree = Tree::default();
    let mut multiword: Option<(usize, usize, bool)> = None;
    for (number, line) in text.lines().chain([""]).enumerate() {
        let error = |why| ReadError { line: number + 1, why };
        if line.is_empty() {
            if !tree.words.is_empty() {
                check(&tree).map_err(error)?;
                trees.push(std::mem::take(&mut tree));
            }
            tree = Tree::default();
            multiword = None;
        } else if let Some(comment) = line.strip_prefix('#') {
            read_comment(comment.trim(), &mut tree);
        } else {
            let fields: Vec<&str> = line.split('\t').collect();
            let &[id, form, lemma, upos, xpos, feats, head, rel, _, misc] = &fields[..] else {
                return Err(error("a word line needs ten fields"));
            };
            let glued = misc.split('|').any(|item| item == "SpaceAfter=No");
            if let Some((from, to)) = id.split_once('-') {
                let [from, to] = [from, to].map(str::parse);
                let (Ok(from), Ok(to)) = (from, to) else {
                    return Err(error("a range of words needs two numbers"));
                };
                multiword = Some((from, to, glued));
                continue;
            }
            if id.contains('.') {
                continue;
            }
            let id: usize = id.parse().map_err(|_bad| error("a word needs a number"))?;
            let inside = multiword.filter(|&(from, to, _)| (from..=to).contains(&id));
            tree.words.push(Word {
                form: form.to_owned(),
                lemma: lemma.to_owned(),
                upos: upos.to_owned(),
                xpos: xpos.to_owned(),
                feats: feats.to_owned(),
                head: head.parse().map_err(|_bad| error("a head needs a number"))?,
                rel: rel.to_owned(),
                glued: inside.map_or(glued, |(_, to, glued)| id < to || glued),
                continues: inside.is_some_and(|(from, _, _)| id > from),
            });
        }
    }
    Ok(trees)
}

/// A tree as CoNLL-U, with an empty line after it. Multiword tokens are not written.
pub fn write(tree: &Tree) -> String {
    let mut out = String::new();
    if tree.new_document {
        let _ = writeln!(out, "# newdoc");
    }
    let _ = writeln!(out, "# sent_id = {}\n# text = {}", tree.id, tree.text);
    for (i, word) in tree.words.iter().enumerate() {
        let misc = if word.glued { "SpaceAfter=No" } else { "_" };
        let Word { form, lemma, upos, xpos, feats, head, rel, .. } = word;
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{rel}\t_\t{misc}",
            i + 1
        );
    }
    out.push('\n');
    out
}

fn read_comment(comment: &str, tree: &mut Tree) {
    if let Some(text) = comment.strip_prefix("text = ") {
        text.clone_into(&mut tree.text);
    } else if let Some(id) = comment.strip_prefix("sent_id = ") {
        id.clone_into(&mut tree.id);
    } else if comment.starts_with("newdoc") {
        (tree.new_document, tree.new_paragraph) = (true, true);
    } else if comment.starts_with("newpar") {
        tree.new_paragraph = true;
    }
}

fn check(tree: &Tree) -> Result<(), &'static str> {
    let count = tree.words.len();
    if tree.words.iter().any(|word| word.head > count) {
        return Err("a head lies outside the sentence that ends here");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# newdoc id = a\n# sent_id = a-1\n# text = They don't.\n\
        1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n\
        2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
        2\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_\n\
        3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_\n\
        3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_\n\
        4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

    #[test]
    fn words_keep_their_spacing() {
        let trees = read(SAMPLE).unwrap();
        assert_eq!(trees.len(), 1);
        assert!(trees[0].new_document && trees[0].new_paragraph);
        let found: Vec<_> =
            trees[0].words.iter().map(|w| (w.form.as_str(), w.glued, w.continues)).collect();
        assert_eq!(
            found,
            [("They", false, false), ("do", true, false), ("n't", true, true), (".", false, false)]
        );
    }

    #[test]
    fn errors_name_the_line() {
        let error = read("1\tonly\tthree\n").unwrap_err();
        assert_eq!(error.to_string(), "line 1: a word line needs ten fields");
        assert!(read(&SAMPLE.replace("\t2\tpunct", "\t9\tpunct")).is_err());
    }
}
