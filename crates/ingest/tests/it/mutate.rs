//! Mutated documents of every kind: whatever comes of them, it comes without a panic.
//!
//! 200 of each kind; 10,000 with `cargo test -p hedgerow-ingest --release -- --ignored` (`cargo xtask test --full`).

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::archives::{crawl, packed};
use crate::chance::mutated;
use crate::{data, read};

fn kinds() -> Vec<(&'static str, Vec<u8>)> {
    let mut kinds: Vec<(&str, Vec<u8>)> = [
        "lotus.html",
        "harbour.html",
        "courrier.htm",
        "rss.xml",
        "atom.xml",
        "feed.json",
        "letter.eml",
        "box.mbox",
        "stories.csv",
    ]
    .into_iter()
    .map(|name| (name, std::fs::read(data(name)).unwrap()))
    .collect();
    kinds.push(("crawl.warc", crawl().concat()));
    kinds.push(("crawl.warc.gz", packed(&crawl().concat())));
    kinds.push(("a.jsonl", b"{\"id\":\"1\",\"text\":\"Japan gave \\u0056ietnam boats.\",\"published\":\"2014\"}\n{\"text\":\"x\"}\n".to_vec()));
    kinds.push((
        "a.md",
        "---\ntitle: Boats\npublished: 2014-08-01\n---\n\nJapan gave Vietnam – 6 boats.\n".into(),
    ));
    kinds
}

fn mutate(each: u64) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in kinds() {
        let path = folder.path().join(name);
        let mut read_well = 0;
        for seed in 0..each {
            std::fs::write(&path, mutated(&bytes, seed)).unwrap();
            let all = catch_unwind(AssertUnwindSafe(|| read(&path)));
            let all = all.unwrap_or_else(|_| panic!("{name}, seed {seed}: a panic"));
            for item in all {
                match item {
                    Ok(input) => {
                        read_well += 1;
                        assert!(
                            !input.text.is_empty() && input.sha256.len() == 64,
                            "{name}, seed {seed}"
                        );
                    }
                    // A library that fails is caught, but it is to be known.
                    Err(it) => assert!(!it.wrong.contains("library"), "{name}, seed {seed}: {it}"),
                }
            }
        }
        assert!(read_well > each / 20, "{name}: only {read_well} documents were read");
    }
}

#[test]
fn mutated_documents_do_no_harm() {
    mutate(200);
}

#[test]
#[ignore = "takes minutes; cargo xtask test --full"]
fn ten_thousand_mutated_documents_of_each_kind_do_no_harm() {
    mutate(10_000);
}
