//! `hedgerow parse`: sentences, tags, lemmas and trees.

mod conllu;

use std::path::PathBuf;

use anyhow::Context;
use clap::ValueEnum;
use hedgerow_parse::{Model, Parser};
use hedgerow_text::Document;

use crate::engine;
use crate::input::{self, Reader};
use crate::print::Out;
use crate::trouble::{Trouble, complain, visible};

/// Print the sentences of articles with tags, lemmas, features and dependency trees.
///
/// Columns are those of CoNLL-U; the last one has how likely head and relation are. With --conllu the words of a
/// treebank are kept and annotated anew, to be scored against it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  hedgerow parse article.txt
  echo 'Japan gave Vietnam six patrol boats.' | hedgerow parse -
  hedgerow parse --conllu en_ewt-ud-test.conllu > system.conllu")]
pub(crate) struct Args {
    /// Files, folders, or - for standard input, as `hedgerow code` reads them.
    #[arg(required_unless_present = "conllu", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A file whose words and sentences are given: they are kept, and annotated anew.
    #[arg(long, value_name = "FILE")]
    conllu: Vec<PathBuf>,
    /// The only one so far.
    #[arg(long, value_enum, default_value = "conllu")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Conllu,
}

pub(crate) fn run(args: &Args, out: &mut Out, trouble: &mut Trouble) -> anyhow::Result<()> {
    let Format::Conllu = args.format;
    let model = Model::english().context("the model in this program cannot be read")?;
    for file in &args.conllu {
        conllu::annotate(file, &model, out, trouble)?;
    }
    let (found, refused, remarks) = input::find(&args.paths);
    for remark in &remarks {
        complain(remark);
    }
    for refusal in &refused {
        trouble.refuse(refusal);
    }
    let mut parser = Parser::new(&model);
    for item in Reader::new(found, None).with(input::settings(None)?) {
        let input = match item {
            Ok(input) => input,
            Err(refusal) => {
                trouble.refuse(&refusal);
                continue;
            }
        };
        let document = Document::new(input.stem, input.text, input.meta);
        if let Err(refusal) = engine::check(&document, &input.path) {
            trouble.refuse(&refusal);
            continue;
        }
        out.line(format!("# newdoc id = {}", visible(&document.id)))?;
        for zone in document.article() {
            for sentence in parser.parse(&document.text, zone.span) {
                out.text(&sentence.to_conllu(&document.text, &model))?;
            }
        }
    }
    Ok(())
}
