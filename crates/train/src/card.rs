//! The card of a model: data, command, figures.

use std::fmt::Write as _;

use hedgerow_parse::Model;

use crate::conllu::Tree;
use crate::material::{Part, checksum};
use crate::score::{self, Counts};
use crate::trainer::Settings;

/// What the card tells of the training.
pub(crate) struct Facts<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) model: &'a Model,
    /// Parameters besides the tables.
    pub(crate) dense: usize,
    pub(crate) bytes: &'a [u8],
    pub(crate) share: f64,
}

impl Facts<'_> {
    pub(crate) fn card(&self, data: &[&Part]) -> String {
        let s = self.settings;
        let windows: Vec<String> = s.windows.iter().map(ToString::to_string).collect();
        let sum = checksum(self.bytes);
        let (heads, relations) = self.model.temperatures();
        let mut card = format!(
            "# The card of the English model. Written by `cargo xtask train`.\n\
             name = \"{}\"\n\
             licence = \"CC BY-SA 4.0\"\n\
             attribution = \"UD English EWT (Silveira et al., CC BY-SA 4.0) and UD English GUM (Zeldes et al., \
             annotations CC BY 4.0); full notice in LICENSE\"\n\
             sha256 = \"{sum}\"\n\
             bytes = {}\n\
             command = \"cargo xtask train FOLDER --seed {} --epochs {} --width {} --windows {} --batch {} \
             --dropout {} --word-dropout {} --agreement {} --core-weight {} --rows {}\"\n\
             seed = {}\n\
             dense_parameters = {}\n\
             table_rows = [{}, {}]\n\
             head_temperature = {}\n\
             rel_temperature = {}\n\
             generated_share_of_words = {}\n",
            self.model.version(),
            self.bytes.len(),
            s.seed,
            s.epochs,
            s.width,
            windows.join(","),
            s.batch,
            s.noise.dropout,
            s.noise.word_dropout,
            s.noise.agreement,
            s.core_weight,
            s.tables.0,
            s.seed,
            self.dense,
            s.tables.0,
            s.tables.1,
            heads,
            relations,
            self.share,
        );
        for part in data {
            let words: usize = part.trees.iter().map(|tree| tree.words.len()).sum();
            let name = part.file.file_name().unwrap_or_default().to_string_lossy();
            let _ = write!(
                card,
                "\n[[data]]\nfile = \"{name}\"\nsha256 = \"{}\"\nsentences = {}\nwords = {words}\n",
                part.sum,
                part.trees.len()
            );
        }
        card
    }
}

/// The scores of the model on the parts that it has not learnt from.
pub(crate) fn figures(model: &Model, parts: &[&Part]) -> String {
    let mut out = String::new();
    for part in parts {
        let name = part.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let groups = |tree: &Tree| {
            let news = score::genre(tree).filter(|genre| *genre == "news");
            let news = news.map(|genre| format!("{name}/{genre}"));
            std::iter::once(name.clone()).chain(news).collect()
        };
        for (group, scores) in score::score(model, &part.trees, groups) {
            for (from, counts) in [("gold tokens", &scores.gold), ("raw text", &scores.raw)] {
                let _ = write!(
                    out,
                    "\n[[figures]]\ntreebank = \"{group}\"\nfrom = \"{from}\"\n{}",
                    lines(counts)
                );
            }
        }
    }
    out
}

pub(crate) fn lines(counts: &Counts) -> String {
    let mut out = String::new();
    for (name, ratio) in [
        ("words", counts.words),
        ("sentences", counts.sentences),
        ("upos", counts.upos),
        ("features", counts.feats),
        ("lemma", counts.lemma),
        ("uas", counts.uas),
        ("las", counts.las),
        ("las_with_subtypes", counts.las_full),
        ("frames", counts.frames),
    ] {
        if ratio.gold > 0 {
            let _ = writeln!(out, "{name} = {:.2}", ratio.f1());
        }
    }
    out
}
