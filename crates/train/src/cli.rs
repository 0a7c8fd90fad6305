//! The chore `score`, and what both chores share: arguments and treebank files.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use hedgerow_parse::{Model, Parser};
use hedgerow_text::Span;

use crate::conllu::{self, Tree};
use crate::generate;
use crate::score::{self, Scores};

/// Arguments of the form `--name value`, and the rest.
pub(crate) struct Arguments<'a> {
    named: BTreeMap<&'a str, &'a str>,
    pub(crate) rest: Vec<&'a str>,
}

impl<'a> Arguments<'a> {
    pub(crate) fn read(args: &'a [String], known: &[&str]) -> Result<Self, Box<dyn Error>> {
        let mut read = Self { named: BTreeMap::new(), rest: Vec::new() };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let Some(name) = arg.strip_prefix("--") else {
                read.rest.push(arg);
                continue;
            };
            if !known.contains(&name) {
                return Err(
                    format!("--{name} is unknown; known are: --{}", known.join(" --")).into()
                );
            }
            let value = args.next().ok_or_else(|| format!("--{name} needs a value"))?;
            read.named.insert(name, value);
        }
        Ok(read)
    }

    pub(crate) fn text(&self, name: &str, default: &'a str) -> &'a str {
        self.named.get(name).copied().unwrap_or(default)
    }

    pub(crate) fn number<T: std::str::FromStr>(
        &self,
        name: &str,
        default: T,
    ) -> Result<T, Box<dyn Error>> {
        match self.named.get(name) {
            None => Ok(default),
            Some(text) => {
                text.parse().map_err(|_bad| format!("--{name} needs a number, not {text}").into())
            }
        }
    }
}

/// `score [--model FILE] TREEBANK…`: tagging, lemma, attachment, core-relation and frame scores.
///
/// A treebank is a CoNLL-U file or a folder of them. Without `--model` the model of this build is scored.
pub fn score_cli(args: &[String]) -> Result<(), Box<dyn Error>> {
    let args = Arguments::read(args, &["model"])?;
    let model = model(&args)?;
    let mut all: BTreeMap<String, Scores> = BTreeMap::new();
    for file in args
        .rest
        .iter()
        .map(|path| treebank_files(Path::new(path)))
        .collect::<Result<Vec<_>, _>>()?
        .concat()
    {
        let trees = read_treebank(&file)?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let groups = |tree: &Tree| {
            let genre = score::genre(tree).map(|genre| format!("{name}/{genre}"));
            std::iter::once(name.clone()).chain(genre).collect()
        };
        all.extend(score::score(&model, &trees, groups));
    }
    std::io::stdout().write_all(score::report(&all).as_bytes())?;
    Ok(())
}

/// `annotate [--model FILE] TREEBANK…`: the given words with the tags, lemmas and trees of the model, as CoNLL-U with
/// posteriors. Lines of other files than `.conllu` are sentences, which the model cuts into words itself.
pub fn annotate_cli(args: &[String]) -> Result<(), Box<dyn Error>> {
    let args = Arguments::read(args, &["model"])?;
    let model = model(&args)?;
    let mut parser = Parser::new(&model);
    let mut out = std::io::stdout().lock();
    for path in &args.rest {
        let path = Path::new(path);
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "conllu") {
            for file in treebank_files(path)? {
                for tree in read_treebank(&file)? {
                    let (text, spans) = score::spaced(&tree);
                    let found = parser.annotate(&text, &spans);
                    out.write_all(format!("# sent_id = {}\n", tree.id).as_bytes())?;
                    out.write_all(found.to_conllu(&text, &model).as_bytes())?;
                }
            }
            continue;
        }
        for line in fs::read_to_string(path)?.lines() {
            for sentence in parser.parse(line, Span::new(0, line.len() as u32)) {
                out.write_all(sentence.to_conllu(line, &model).as_bytes())?;
            }
        }
    }
    Ok(())
}

fn model(args: &Arguments<'_>) -> Result<Model, Box<dyn Error>> {
    match args.text("model", "") {
        "" => Ok(Model::english()?),
        path => Ok(Model::from_bytes(&fs::read(path)?)?),
    }
}

/// `generate [--count N] [--seed N] [--part training|held]`: prints generated trees as CoNLL-U, to be read by a person.
pub fn generate_cli(args: &[String]) -> Result<(), Box<dyn Error>> {
    let args = Arguments::read(args, &["count", "seed", "part"])?;
    let part = match args.text("part", "training") {
        "training" => generate::Part::Training,
        "held" => generate::Part::Held,
        other => return Err(format!("--part is training or held, not {other}").into()),
    };
    let trees = generate::trees(part, args.number("seed", 1)?).take(args.number("count", 100)?);
    let mut out = std::io::stdout().lock();
    for tree in trees {
        out.write_all(conllu::write(&tree).as_bytes())?;
    }
    Ok(())
}

/// A file itself, or the CoNLL-U files of a folder in order.
pub(crate) fn treebank_files(path: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|e| format!("{}: {e}", path.display()))? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "conllu") {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

pub(crate) fn read_text(path: &Path) -> Result<String, Box<dyn Error>> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()).into())
}

pub(crate) fn read_treebank(path: &Path) -> Result<Vec<Tree>, Box<dyn Error>> {
    conllu::read(&read_text(path)?).map_err(|e| format!("{}: {e}", path.display()).into())
}
