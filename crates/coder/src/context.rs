//! In which contexts a claim stands, by the words that state it.

use hedgerow_codebook::contexts::Word;
use hedgerow_parse::Rel;
use hedgerow_text::Span;

use crate::scene::Scene;
use crate::tree::Ix;

impl Scene<'_, '_> {
    /// The contexts shown by what a claim rests on: the words of its evidence but for asides, those of the clause in which
    /// `trigger` stands, and those that say what it is for and about.
    pub(crate) fn contexts(&self, trigger: Ix, evidence: Span, about: &[Span]) -> Vec<String> {
        let tree = self.tree;
        let aside = |i: Ix| {
            let up = tree.path_up(i).take_while(|&at| !tree.below(trigger, at));
            up.into_iter()
                .any(|at| matches!(tree.rel(at), Rel::AclRelcl | Rel::Appos | Rel::Parataxis))
        };
        let mut inside: Vec<bool> =
            (0..tree.len()).map(|i| evidence.overlaps(tree.span(i)) && !aside(i)).collect();
        self.mark_clause(tree.clause_of(trigger), &mut inside);
        self.shown(&inside, about)
    }

    /// The contexts shown by the words that are marked and those of some stretches, in the order of the codebook.
    fn shown(&self, inside: &[bool], stretches: &[Span]) -> Vec<String> {
        let tree = self.tree;
        let forms: Vec<String> =
            (0..tree.len()).map(|i| tree.word(i).to_lowercase().replace('’', "'")).collect();
        let told = |i: Ix| inside[i] || stretches.iter().any(|it| it.overlaps(tree.span(i)));
        let word = |i: Ix| told(i).then(|| Word { lemma: tree.lemma(i), form: &forms[i] });
        let words: Vec<Option<Word<'_>>> = (0..tree.len()).map(word).collect();
        self.codebook.contexts.shown(&words).into_iter().map(str::to_owned).collect()
    }

    /// The contexts that these stretches show.
    pub(crate) fn contexts_of(&self, stretches: &[Span]) -> Vec<String> {
        self.shown(&vec![false; self.tree.len()], stretches)
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
            open.extend(
                self.tree.kids(word).iter().filter(|&&k| !OTHER.contains(&self.tree.rel(k))),
            );
        }
    }
}
