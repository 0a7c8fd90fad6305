//! The chore `train` from treebank files to a model that reads, on generated trees, since no treebank comes with us.

use std::fs;
use std::path::Path;

use hedgerow_parse::{Model, Parser};
use hedgerow_text::Span;
use hedgerow_train::generate::{self, Part};
use hedgerow_train::{conllu, train_cli};

/// Writes a small treebank with parts to learn from, to fit temperatures on, and to test with.
fn treebank(folder: &Path) {
    let mut trees = generate::trees(Part::Training, 3);
    for (part, count) in [("train", 150), ("dev", 20), ("test", 20)] {
        let text: String = trees.by_ref().take(count).map(|tree| conllu::write(&tree)).collect();
        fs::write(folder.join(format!("small-ewt-{part}.conllu")), text)
            .expect("a file is written");
    }
}

fn train(folder: &Path, threads: &str) -> (Vec<u8>, String) {
    let (out, card) =
        (folder.join(format!("{threads}.bin")), folder.join(format!("{threads}.toml")));
    let mut args = vec![folder.display().to_string()];
    for (name, value) in [
        ("out", out.display().to_string().as_str()),
        ("card", card.display().to_string().as_str()),
        ("threads", threads),
        ("epochs", "4"),
        ("width", "32"),
        ("inner", "32"),
        ("windows", "3"),
        ("rows", "512"),
        ("batch", "200"),
    ] {
        args.extend([format!("--{name}"), value.to_owned()]);
    }
    train_cli(&args).expect("a small treebank is learnt");
    let read = fs::read(out).expect("the model was written");
    (read, fs::read_to_string(card).expect("the card was written"))
}

#[test]
fn any_number_of_threads_gives_the_same_file_and_it_reads() {
    let folder = std::env::temp_dir().join(format!("hedgerow-train-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    treebank(&folder);
    let (one, card) = train(&folder, "1");
    let (three, _) = train(&folder, "3");
    fs::remove_dir_all(&folder).unwrap();
    assert!(one == three, "the bytes depend on the number of threads");
    assert!(card.contains("licence = \"CC BY-SA 4.0\"") && card.contains("small-ewt-train.conllu"));

    let model = Model::from_bytes(&one).unwrap();
    let text = "Japan gave Laos aid. Laos thanked Japan.";
    let sentences = Parser::new(&model).parse(text, Span::new(0, text.len() as u32));
    let words: usize = sentences.iter().map(|sentence| sentence.tokens.len()).sum();
    assert!(words >= 8, "{words} words");
}
