//! The chore `train`: from a folder of treebanks to the model file and its card.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use hedgerow_parse::{Model, ModelError};
use sha2::{Digest, Sha256};

use crate::cli::{Arguments, read_text, treebank_files};
use crate::conllu::{self, Tree};
use crate::export::{Meta, Weights, model};
use crate::labels::Labels;
use crate::score::{self, Counts};
use crate::trainer::{Settings, train};
use crate::{generate, lemmas, rawtext, splitter};

/// Genres of GUM whose texts may be used commercially.
const FREE_GENRES: [&str; 10] = [
    "academic",
    "bio",
    "conversation",
    "court",
    "interview",
    "news",
    "speech",
    "textbook",
    "vlog",
    "voyage",
];
/// Generated words are at most this part of all words learnt from.
const GENERATED: f64 = 0.08;
/// Sentences of our own.
const OWN: &str = include_str!("../data/news-train.conllu");
/// Passes of the splitter over the treebanks.
const SPLITTER_EPOCHS: usize = 8;

const NAMES: [&str; 18] = [
    "out",
    "card",
    "version",
    "threads",
    "seed",
    "epochs",
    "width",
    "windows",
    "inner",
    "batch",
    "rate",
    "dropout",
    "word-dropout",
    "agreement",
    "core-weight",
    "smoothing",
    "generated",
    "rows",
];

/// A part of a treebank: its file, its checksum and its sentences.
struct Part {
    file: PathBuf,
    sum: String,
    trees: Vec<Tree>,
}

impl Part {
    fn new(file: PathBuf, text: &str) -> Result<Self, Box<dyn Error>> {
        let mut trees =
            conllu::read(text).map_err(|error| format!("{}: {error}", file.display()))?;
        trees.retain(|tree| {
            !tree.id.starts_with("GUM_")
                || score::genre(tree).is_some_and(|genre| FREE_GENRES.contains(&genre))
        });
        Ok(Self { file, sum: checksum(text.as_bytes()), trees })
    }
}

fn checksum(bytes: &[u8]) -> String {
    let mut sum = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(sum, "{byte:02x}");
    }
    sum
}

/// `train FOLDER [--out model.bin] [--card MODEL.toml] [--threads N] [--seed N] …`
///
/// Reads the files of the folder whose names have `ewt` or `gum` in them and end in `-train.conllu`, `-dev.conllu` and
/// `-test.conllu`. Learns from the first alone, fits the temperatures on the second, reports on the second and third.
pub fn train_cli(args: &[String]) -> Result<(), Box<dyn Error>> {
    let args = Arguments::read(args, &NAMES)?;
    let folder = args.rest.first().ok_or("train needs a folder of treebanks")?;
    let out = args.text("out", "crates/model-en/model.bin");
    let card = args.text("card", "crates/model-en/MODEL.toml");
    let settings = settings(&args)?;
    let mut log = std::io::stdout();

    let mut training = parts(Path::new(folder), "-train")?;
    let held = parts(Path::new(folder), "-dev")?;
    if training.is_empty() || held.is_empty() {
        return Err(format!(
            "{folder} needs EWT or GUM files ending in -train.conllu and -dev.conllu"
        )
        .into());
    }
    training.push(Part::new("crates/train/data/news-train.conllu".into(), OWN)?);
    let treebank: Vec<Tree> = training.iter().flat_map(|part| part.trees.clone()).collect();
    let share: f64 = args.number("generated", GENERATED)?;
    let mut source = Generated::new(&treebank, share, settings.seed);
    let developing: Vec<Tree> = held.iter().flat_map(|part| part.trees.clone()).collect();

    let labels = Labels::collect(&treebank);
    let weights = train(&settings, &labels, &treebank, || source.pass(), &developing, &mut log)?;
    let split = splitter::train(&rawtext::documents(&treebank), SPLITTER_EPOCHS, settings.seed);
    let lemma = lemmas::train(&treebank);
    let mut meta = Meta {
        version: args.text("version", "english 1").to_owned(),
        head_temperature: 1.0,
        rel_temperature: 1.0,
        tags: labels.tags.clone(),
        rels: labels.rels.clone(),
    };
    let build = |meta: &Meta| model(meta, &weights, split.clone(), lemma.clone());
    fit_temperatures(&mut meta, build, &developing)?;
    writeln!(
        log,
        "temperatures: heads {}, relations {}",
        meta.head_temperature, meta.rel_temperature
    )?;
    let bytes = build(&meta);
    fs::write(out, &bytes)?;

    let testing = parts(Path::new(folder), "-test")?;
    let model = Model::from_bytes(&bytes)?;
    let tests: Vec<&Part> = held.iter().chain(&testing).collect();
    let data: Vec<&Part> = training.iter().chain(tests.iter().copied()).collect();
    let facts = Facts {
        settings: &settings,
        meta: &meta,
        weights: &weights,
        bytes: &bytes,
        share,
        generated: source.count,
    };
    let written = facts.card(&data) + &figures(&model, &tests);
    fs::write(card, &written)?;
    writeln!(log, "{out}: {} bytes; {card}", bytes.len())?;
    Ok(())
}

fn settings(args: &Arguments<'_>) -> Result<Settings, Box<dyn Error>> {
    let usual = Settings::default();
    let mut noise = usual.noise;
    noise.dropout = args.number("dropout", noise.dropout)?;
    noise.word_dropout = args.number("word-dropout", noise.word_dropout)?;
    noise.agreement = args.number("agreement", noise.agreement)?;
    let windows = match args.text("windows", "") {
        "" => usual.windows,
        text => text.split(',').map(str::parse).collect::<Result<_, _>>()?,
    };
    let rows = args.number("rows", usual.tables.0)?;
    Ok(Settings {
        width: args.number("width", usual.width)?,
        windows,
        inner: args.number("inner", usual.inner)?,
        tables: (rows, rows),
        epochs: args.number("epochs", usual.epochs)?,
        batch: args.number("batch", usual.batch)?,
        rate: args.number("rate", usual.rate)?,
        noise,
        core_weight: args.number("core-weight", usual.core_weight)?,
        smoothing: args.number("smoothing", usual.smoothing)?,
        seed: args.number("seed", usual.seed)?,
        threads: args.number("threads", usual.threads)?,
    })
}

/// The treebanks of `folder` whose names end in `ending`.
fn parts(folder: &Path, ending: &str) -> Result<Vec<Part>, Box<dyn Error>> {
    let mut parts = Vec::new();
    for file in treebank_files(folder)? {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
        if !stem.ends_with(ending) || !(stem.contains("ewt") || stem.contains("gum")) {
            continue;
        }
        let text = read_text(&file)?;
        parts.push(Part::new(file, &text)?);
    }
    Ok(parts)
}

/// Generated trees, new ones for every pass, up to a share of all words.
struct Generated {
    trees: Box<dyn Iterator<Item = Tree>>,
    /// Words of a pass.
    wanted: usize,
    /// Trees of the last pass.
    count: usize,
}

impl Generated {
    fn new(treebank: &[Tree], share: f64, seed: u64) -> Self {
        let words: usize = treebank.iter().map(|tree| tree.words.len()).sum();
        let wanted = (words as f64 * share / (1.0 - share)) as usize;
        Self { trees: Box::new(generate::trees(generate::Part::Training, seed)), wanted, count: 0 }
    }

    fn pass(&mut self) -> Vec<Tree> {
        let mut trees = Vec::new();
        let mut count = 0;
        for tree in self.trees.by_ref() {
            count += tree.words.len();
            if count > self.wanted {
                break;
            }
            trees.push(tree);
        }
        self.count = trees.len();
        trees
    }
}

/// Chooses the temperatures under which the posteriors of the chosen heads and relations fit the truth best.
fn fit_temperatures(
    meta: &mut Meta,
    build: impl Fn(&Meta) -> Vec<u8>,
    trees: &[Tree],
) -> Result<(), ModelError> {
    let mut best = [(f64::INFINITY, 1.0); 2];
    for step in 0..21 {
        let temperature = (8 + step) as f32 / 10.0;
        let trial =
            Meta { head_temperature: temperature, rel_temperature: temperature, ..meta.clone() };
        let losses = posterior_losses(&Model::from_bytes(&build(&trial))?, trees);
        for (best, loss) in best.iter_mut().zip(losses) {
            if loss < best.0 {
                *best = (loss, temperature);
            }
        }
    }
    (meta.head_temperature, meta.rel_temperature) = (best[0].1, best[1].1);
    Ok(())
}

/// How surprising the truth is, given the posteriors of the chosen heads, and of the relations of right heads.
fn posterior_losses(model: &Model, trees: &[Tree]) -> [f64; 2] {
    let mut parser = hedgerow_parse::Parser::new(model);
    let mut losses = [0.0; 2];
    let surprise = |p: f32, right: bool| {
        let p = f64::from(p).clamp(1e-4, 1.0 - 1e-4);
        -(if right { p } else { 1.0 - p }).ln()
    };
    for tree in trees {
        let (text, spans) = score::spaced(tree);
        let found = parser.annotate(&text, &spans);
        for (word, token) in tree.words.iter().zip(&found.tokens) {
            let head = token.head.map_or(0, |head| head as usize + 1) == word.head;
            losses[0] += surprise(token.head_prob, head);
            if head {
                losses[1] += surprise(token.rel_prob, token.rel.as_str() == word.rel);
            }
        }
    }
    losses
}

/// What the card tells of the training.
struct Facts<'a> {
    settings: &'a Settings,
    meta: &'a Meta,
    weights: &'a Weights,
    bytes: &'a [u8],
    share: f64,
    generated: usize,
}

impl Facts<'_> {
    fn card(&self, data: &[&Part]) -> String {
        let s = self.settings;
        let windows: Vec<String> = s.windows.iter().map(ToString::to_string).collect();
        let sum = checksum(self.bytes);
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
             generated_sentences_per_pass = {}\n\
             generated_share_of_words = {}\n",
            self.meta.version,
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
            self.weights.shape.total,
            s.tables.0,
            s.tables.1,
            self.meta.head_temperature,
            self.meta.rel_temperature,
            self.generated,
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
fn figures(model: &Model, parts: &[&Part]) -> String {
    let mut out = String::new();
    for part in parts {
        let name = part.file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for (group, scores) in score::score(model, &part.trees, |_| vec![name.clone()]) {
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

fn lines(counts: &Counts) -> String {
    let mut out = String::new();
    for (name, ratio) in [
        ("words", counts.words),
        ("sentences", counts.sentences),
        ("upos", counts.upos),
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
