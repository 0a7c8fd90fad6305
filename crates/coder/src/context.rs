//! In which contexts a claim stands, by the words that state it.

use hedgerow_codebook::contexts::Word;
use hedgerow_parse::Rel;
use hedgerow_text::Span;

use crate::scene::Scene;
use crate::tree::Ix;

impl Scene<'_, '_> {
    /// The contexts shown by the words of these stretches and of the clause in which `trigger` stands, in the order of the
    /// codebook.
    pub(crate) fn contexts(&self, trigger: Option<Ix>, stretches: &[Span]) -> Vec<String> {
        let tree = self.tree;
        let mut inside: Vec<bool> = (0..tree.len())
            .map(|i| stretches.iter().any(|stretch| stretch.overlaps(tree.span(i))))
            .collect();
        if let Some(trigger) = trigger {
            self.mark_clause(tree.clause_of(trigger), &mut inside);
        }
        let forms: Vec<String> = 
            (0..tree.len()).map(|i| tree.word(i).to_lowercase().replace('’', "'")).collect();
        let word = |i: Ix| inside[i].then(|| Word { lemma: tree.lemma(i), form: &forms[i] });
        let words: Vec<Option<Word<'_>>> = (0..tree.len()).map(word).collect();
        self.codebook.contexts.shown(&words).into_iter().map(str::to_owned).collect()
    }

    /// Marks the words of a clause without the clauses, asides and further members of a list in it.
    fn mark_clause(&self, clause: Ix, inside: &mut [bool]) {
        const OTHER: [Rel; 8] = [
            Rel::Conj,
            Rel::Parataxis,
            Rel::Appos,
            Rel::Advcl,
            Rel::Acl,
            Rel::AclRelcl,
            Rel::Ccomp,
            Rel::Discourse,
        ];
        let mut open = vec![clause];
        while let Some(word) = open.pop() {
            inside[word] = true;
            open.extend(self.tree.kids(word).iter().filter(|&&k| !OTHER.contains(&self.tree.rel(k))));
        }
    }
}
