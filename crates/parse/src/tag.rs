//! The inventories a token is labelled with: word classes, Penn tags, dependency relations.

/// Declares a closed inventory whose members have one written form each.
macro_rules! inventory {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $text:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$item_doc])* $item,)+ }

        impl $name {
            /// Every member, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$item,)+];

            /// The written form, as treebanks have it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$item => $text,)+ }
            }

            /// The member written `text`.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$item),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

inventory! {
    /// Universal word class.
    Upos {
        /// Adjective.
        Adj = "ADJ",
        /// Preposition or particle of a phrasal verb.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary, copula or modal.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Common noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// Particle: infinitival *to*, possessive *'s*, *not*.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol, currency signs among them.
        Sym = "SYM",
        /// Full verb.
        Verb = "VERB",
        /// Anything else.
        X = "X",
    }
}

inventory! {
    /// Penn Treebank tag, with the additions of the English Web Treebank.
    Xpos {
        /// Coordinating conjunction.
        Cc = "CC",
        /// Cardinal number.
        Cd = "CD",
        /// Determiner.
        Dt = "DT",
        /// Existential *there*.
        Ex = "EX",
        /// Foreign word.
        Fw = "FW",
        /// Preposition or subordinating conjunction.
        In = "IN",
        /// Adjective.
        Jj = "JJ",
        /// Comparative adjective.
        Jjr = "JJR",
        /// Superlative adjective.
        Jjs = "JJS",
        /// List item marker.
        Ls = "LS",
        /// Modal.
        Md = "MD",
        /// Noun, singular or mass.
        Nn = "NN",
        /// Noun, plural.
        Nns = "NNS",
        /// Proper noun, singular.
        Nnp = "NNP",
        /// Proper noun, plural.
        Nnps = "NNPS",
        /// Predeterminer.
        Pdt = "PDT",
        /// Possessive ending.
        Pos = "POS",
        /// Personal pronoun.
        Prp = "PRP",
        /// Possessive pronoun.
        PrpPoss = "PRP$",
        /// Adverb.
        Rb = "RB",
        /// Comparative adverb.
        Rbr = "RBR",
        /// Superlative adverb.
        Rbs = "RBS",
        /// Particle of a phrasal verb.
        Rp = "RP",
        /// Symbol.
        Sym = "SYM",
        /// *to*.
        To = "TO",
        /// Interjection.
        Uh = "UH",
        /// Verb, base form.
        Vb = "VB",
        /// Verb, past tense.
        Vbd = "VBD",
        /// Verb, gerund or present participle.
        Vbg = "VBG",
        /// Verb, past participle.
        Vbn = "VBN",
        /// Verb, present tense, not third person singular.
        Vbp = "VBP",
        /// Verb, present tense, third person singular.
        Vbz = "VBZ",
        /// *Wh*-determiner.
        Wdt = "WDT",
        /// *Wh*-pronoun.
        Wp = "WP",
        /// Possessive *wh*-pronoun.
        WpPoss = "WP$",
        /// *Wh*-adverb.
        Wrb = "WRB",
        /// Sentence-final punctuation.
        Period = ".",
        /// Comma.
        Comma = ",",
        /// Colon, semicolon, dash.
        Colon = ":",
        /// Opening bracket.
        Lrb = "-LRB-",
        /// Closing bracket.
        Rrb = "-RRB-",
        /// Opening quotation mark.
        OpenQuote = "``",
        /// Closing quotation mark.
        CloseQuote = "''",
        /// Currency sign.
        Dollar = "$",
        /// Hyphen inside a compound.
        Hyph = "HYPH",
        /// Other punctuation.
        Nfp = "NFP",
        /// E-mail or web address.
        Add = "ADD",
        /// Affix.
        Afx = "AFX",
        /// Part of a word that goes with its neighbour.
        Gw = "GW",
        /// Unknown.
        Xx = "XX",
    }
}

inventory! {
    /// Universal Dependencies relation, with the subtypes of the English treebanks.
    Rel {
        /// Clause that modifies a noun.
        Acl = "acl",
        /// Relative clause.
        AclRelcl = "acl:relcl",
        /// Adverbial clause.
        Advcl = "advcl",
        /// Relative clause on a clause.
        AdvclRelcl = "advcl:relcl",
        /// Adverb.
        Advmod = "advmod",
        /// Adjective on a noun.
        Amod = "amod",
        /// Apposition.
        Appos = "appos",
        /// Auxiliary.
        Aux = "aux",
        /// Passive auxiliary.
        AuxPass = "aux:pass",
        /// Preposition or possessive marker.
        Case = "case",
        /// Conjunction word.
        Cc = "cc",
        /// *both*, *either* before a coordination.
        CcPreconj = "cc:preconj",
        /// Clause that is an object.
        Ccomp = "ccomp",
        /// Part of a compound.
        Compound = "compound",
        /// Particle of a phrasal verb.
        CompoundPrt = "compound:prt",
        /// Later member of a coordination.
        Conj = "conj",
        /// Copula.
        Cop = "cop",
        /// Clause that is a subject.
        Csubj = "csubj",
        /// Clausal subject of a predicate that is a clause itself.
        CsubjOuter = "csubj:outer",
        /// Clausal subject of a passive.
        CsubjPass = "csubj:pass",
        /// Relation left open.
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// Predeterminer.
        DetPredet = "det:predet",
        /// Discourse word.
        Discourse = "discourse",
        /// Dislocated element.
        Dislocated = "dislocated",
        /// Expletive.
        Expl = "expl",
        /// Later word of a fixed expression.
        Fixed = "fixed",
        /// Later word of a name.
        Flat = "flat",
        /// Later part of a word written apart.
        Goeswith = "goeswith",
        /// Indirect object.
        Iobj = "iobj",
        /// Later item of a list.
        List = "list",
        /// Subordinator.
        Mark = "mark",
        /// Nominal that modifies a noun.
        Nmod = "nmod",
        /// Title or description before a name.
        NmodDesc = "nmod:desc",
        /// Possessor.
        NmodPoss = "nmod:poss",
        /// Nominal modifier without preposition.
        NmodUnmarked = "nmod:unmarked",
        /// Subject.
        Nsubj = "nsubj",
        /// Subject of a predicate that is a clause itself.
        NsubjOuter = "nsubj:outer",
        /// Subject of a passive.
        NsubjPass = "nsubj:pass",
        /// Numeral on a noun.
        Nummod = "nummod",
        /// Object.
        Obj = "obj",
        /// Oblique nominal.
        Obl = "obl",
        /// Agent of a passive.
        OblAgent = "obl:agent",
        /// Oblique nominal without preposition, times among them.
        OblUnmarked = "obl:unmarked",
        /// Word whose governor is elided.
        Orphan = "orphan",
        /// Loosely joined clause.
        Parataxis = "parataxis",
        /// Punctuation.
        Punct = "punct",
        /// Abandoned words that were then corrected.
        Reparandum = "reparandum",
        /// The head of the sentence.
        Root = "root",
        /// Person spoken to.
        Vocative = "vocative",
        /// Complement clause whose subject lies outside.
        Xcomp = "xcomp",
    }
}

impl Rel {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    pub fn universal(self) -> &'static str {
        self.as_str().split(':').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_reads_back_as_itself() {
        assert!(Upos::ALL.iter().all(|&tag| Upos::parse(tag.as_str()) == Some(tag)));
        assert!(Xpos::ALL.iter().all(|&tag| Xpos::parse(tag.as_str()) == Some(tag)));
        assert!(Rel::ALL.iter().all(|&rel| Rel::parse(rel.as_str()) == Some(rel)));
    }

    #[test]
    fn universal_drops_the_subtype() {
        assert_eq!(Rel::OblAgent.universal(), "obl");
        assert_eq!(Rel::Obj.universal(), "obj");
    }
}
