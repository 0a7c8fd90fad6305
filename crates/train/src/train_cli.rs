//! The chore `train`: from a folder of treebanks to the model file and its card.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;

use hedgerow_parse::build::{Writer, sections};
use hedgerow_parse::{Model, ModelError};

use crate::calibrate::fit_temperatures;
use crate::card::{Facts, figures};
use crate::cli::Arguments;
use crate::conllu::Tree;
use crate::export::{Meta, Tables, model};
use crate::labels::Labels;
use crate::material::{Generated, OWN, OWN_TEST, Part, parts};
use crate::trainer::{Settings, shape, train};
use crate::{feats, lemmas, rawtext, splitter};

/// Generated words are at most this part of all words learnt from.
const GENERATED: f64 = 0.08;
/// Passes of the splitter over the treebanks.
const SPLITTER_EPOCHS: usize = 8;

const NAMES: [&str; 19] = [
    "out",
    "card",
    "version",
    "network",
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

/// The model of `file` with other counted tables and, where `version` is not empty, another name.
fn with_network_of(file: &[u8], learnt: &Tables, version: &str) -> Result<Vec<u8>, ModelError> {
    let mut writer = Writer::default();
    for (name, bytes) in sections(file)? {
        let bytes = match name.as_str() {
            "split" | "lemma" | "feats" => continue,
            "meta" if !version.is_empty() => {
                let meta = String::from_utf8_lossy(&bytes);
                let kept = meta.lines().filter(|line| !line.starts_with("version="));
                let lines = kept.flat_map(|line| [line, "\n"]).collect::<String>();
                format!("version={version}\n{lines}").into_bytes()
            }
            _ => bytes,
        };
        writer.section(&name, bytes);
    }
    writer
        .section("split", learnt.split.clone())
        .section("lemma", learnt.lemma.clone())
        .section("feats", learnt.feats.clone());
    Ok(writer.finish())
}

/// `train FOLDER [--out model.bin] [--card MODEL.toml] [--threads N] [--seed N] [--network MODEL] …`
///
/// Reads the files of the folder whose names have `ewt` or `gum` in them and end in `-train.conllu`, `-dev.conllu` and
/// `-test.conllu`. Learns from the first alone, fits the temperatures on the second, reports on the second and third.
/// With `--network` the network of another model is kept and only the splitter and the tables of lemmas and features are made anew, which
/// takes seconds; the other settings should be those that the network was trained with.
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
    let learnt = Tables {
        split: splitter::train(&rawtext::documents(&treebank), SPLITTER_EPOCHS, settings.seed),
        lemma: lemmas::train(&treebank),
        feats: feats::train(&treebank),
    };
    let bytes = match args.text("network", "") {
        "" => {
            let weights =
                train(&settings, &labels, &treebank, || source.pass(), &developing, &mut log)?;
            let mut meta = Meta {
                version: args.text("version", "english 2").to_owned(),
                head_temperature: 1.0,
                rel_temperature: 1.0,
                tags: labels.tags.clone(),
                rels: labels.rels.clone(),
            };
            let build = |meta: &Meta| model(meta, &weights, &learnt);
            fit_temperatures(&mut meta, build, &developing)?;
            build(&meta)
        }
        file => with_network_of(&fs::read(file)?, &learnt, args.text("version", ""))?,
    };
    fs::write(out, &bytes)?;

    let mut testing = parts(Path::new(folder), "-test")?;
    testing.push(Part::new("crates/train/data/news-test.conllu".into(), OWN_TEST)?);
    let model = Model::from_bytes(&bytes)?;
    let tests: Vec<&Part> = held.iter().chain(&testing).collect();
    let data: Vec<&Part> = training.iter().chain(tests.iter().copied()).collect();
    let facts = Facts {
        settings: &settings,
        model: &model,
        dense: shape(&settings, &labels).total,
        bytes: &bytes,
        share,
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
