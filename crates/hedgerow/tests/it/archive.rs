//! Archives: the same bytes whatever the threads and however often the run is killed, and the same answers as a ledger.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use hedgerow_archive::{Cell, Column, Table, Type};
use parquet::arrow::ArrowWriter;

use crate::run::Place;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus");

/// Every file below a folder with its content.
fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

/// Articles of three years, some without a day; one line is broken and one article is French.
fn articles(n: usize) -> String {
    let line = |i: usize| {
        match i {
        7 => "{\"id\": \"broken\"".to_owned(),
        9 => serde_json::json!({"id": "paris", "text": "Le président de la République a reçu hier \
            à Paris le ministre des affaires étrangères du Vietnam, qui a salué les relations entre les deux pays."})
        .to_string(),
        _ => {
            let day = (!i.is_multiple_of(5)).then(|| format!("201{}-03-{:02}", i % 3 + 3, i % 27 + 1));
            let text = format!(
                "Vietnam's President Truong Tan Sang visited Japan last week. Japan gave Vietnam {} patrol boats. \
                 The market was open until nine.",
                i % 9 + 2
            );
            serde_json::json!({"id": format!("a{i}"), "text": text, "published": day, "outlet": "Lotus Wire"})
                .to_string()
        }
    }
    };
    (0..n).map(line).collect::<Vec<_>>().join("\n") + "\n"
}

fn code<'a>(out: &'a str, threads: &'a str) -> Vec<&'a str> {
    let mut args = vec!["code", "articles.jsonl", "--format", "parquet", "--out", out];
    args.extend(["--batch", "25", "--threads", threads]);
    args
}

#[test]
fn the_bytes_do_not_depend_on_threads() {
    let place = Place::with("articles.jsonl", articles(120));
    let ran = place.run(&code("one", "1"));
    assert_eq!(ran.status, 1, "{}", ran.err);
    let said =
        "118 documents and 236 claims in one, 2 refused (column `refused` of its documents)\n";
    assert_eq!(ran.out, said);
    assert_eq!(place.run(&code("three", "3")).out, said.replace("in one", "in three"));
    let one = content(&place.path("one"));
    assert_eq!(one, content(&place.path("three")));
    let years: Vec<&str> = one.keys().filter_map(|it| it.strip_prefix("claims/")).collect();
    assert_eq!(years.len(), 20, "five batches of three years and of none: {years:?}");
    assert_eq!(years[0], "year=2013/part-000000.parquet");
    assert!(years.contains(&"year=__HIVE_DEFAULT_PARTITION__/part-000004.parquet"), "{years:?}");
}

#[test]
fn a_run_that_was_killed_goes_on() {
    let place = Place::with("articles.jsonl", articles(400));
    place.run(&code("whole", "2"));
    let journal = place.path("cut/journal.jsonl");
    let mut kills = 0;
    let begun = Instant::now();
    loop {
        let mut child = place.command(&code("cut", "2")).stderr(Stdio::null()).spawn().unwrap();
        let lines = || fs::read_to_string(&journal).map_or(0, |it| it.lines().count());
        let before = lines();
        // Killed at another moment each time: within a batch, within a file, between the two.
        while child.try_wait().unwrap().is_none() && lines() < before + 2 {
            thread::sleep(Duration::from_millis(1));
            assert!(begun.elapsed() < Duration::from_mins(5), "it never ends");
        }
        thread::sleep(Duration::from_millis(kills * 7 % 40));
        if child.try_wait().unwrap().is_some() {
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        if kills == 2 {
            // A line that was cut off in writing.
            let mut text = fs::read(&journal).unwrap();
            text.extend(b"{\"batch\":99,\"read");
            fs::write(&journal, text).unwrap();
        }
    }
    assert!(kills >= 3, "killed {kills} times only");
    let part = |it: &String| it.rsplit_once('.').is_some_and(|(_, end)| end == "part");
    assert_eq!(content(&place.path("whole")).keys().filter(|it| part(it)).count(), 0);
    let mut cut = content(&place.path("cut"));
    cut.retain(|name, _| !part(name));
    assert_eq!(content(&place.path("whole")), cut);
    // Once more: there is nothing to do, and what was refused still counts.
    let ran = place.run(&code("cut", "2"));
    assert_eq!((ran.status, ran.out.lines().next()), (1, Some("cut: complete already")));
}

#[test]
fn a_folder_of_another_run_is_left_alone() {
    let place = Place::with("articles.jsonl", articles(30));
    place.run(&code("out", "2"));
    let ran =
        place.run(&["code", "articles.jsonl", "--format", "parquet", "--out", "out", "--all"]);
    let expected = "hedgerow: out: this folder was begun with --batch 25; go on with what it was begun with, \
                    or give --out another folder";
    assert_eq!(ran.complaint(), (2, expected));
    // The first batch is there, and its documents are not what they were.
    let journal = place.path("out/journal.jsonl");
    let lines: Vec<String> =
        fs::read_to_string(&journal).unwrap().lines().take(2).map(str::to_owned).collect();
    fs::write(&journal, lines.join("\n") + "\n").unwrap();
    place.write("articles.jsonl", articles(30).replace("visited Japan", "visited China"));
    let ran = place.run(&code("out", "2"));
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("begun with other documents (batch 0 of them has changed since)"),
        "{}",
        ran.err
    );
    let ran = place.run(&["code", "articles.jsonl", "--format", "parquet"]);
    assert_eq!(ran.complaint().0, 2);
}

#[test]
fn an_archive_answers_as_a_ledger_does() {
    let place = Place::new();
    place.run(&["code", CORPUS, "--format", "parquet", "--out", "archive", "--all"]).fine();
    place.run(&["add", CORPUS, "--quiet"]).fine();
    let asked: [&[&str]; 6] = [
        &["dyad", "VNM", "JPN", "--format", "jsonl"],
        &["dyad", "VNM", "CHN", "--by", "year", "--format", "csv"],
        &["dyad", "USA", "PHL", "--by", "month", "--format", "jsonl"],
        &["actor", "VNM", "--format", "csv"],
        &[
            "hedge",
            "VNM",
            "--rivals",
            "USA,CHN",
            "--camp",
            "JPN=USA",
            "--at",
            "2015-12-31",
            "--format",
            "jsonl",
        ],
        &["hedge", "VNM", "--rivals", "USA,CHN", "--series", "--format", "csv"],
    ];
    for question in asked {
        let ledger = place.run(question).fine();
        let archive = place.run(&[question, &["--ledger", "archive"]].concat()).fine();
        assert!(ledger.len() > 200, "{question:?}: {ledger}");
        assert_eq!(ledger, archive, "{question:?}");
    }
    let ran = place.run(&["dyad", "VNM", "JPN", "--ledger", CORPUS]);
    let (status, said) = ran.complaint();
    assert_eq!(status, 2);
    assert!(said.contains("is no archive: there is no Parquet file with claims in it"), "{said}");
}

#[test]
fn an_archive_gets_its_facts() {
    let place = Place::new();
    place.run(&["code", CORPUS, "--format", "parquet", "--out", "archive", "--all"]).fine();
    let before = content(&place.path("archive"));
    let asked: [&[&str]; 4] = [
        &[
            "hedge", "VNM", "--rivals", "USA,CHN", "--camp", "JPN=USA", "--series", "--format",
            "csv",
        ],
        &["hedge", "PHL", "--rivals", "USA,CHN", "--series", "--format", "csv"],
        &["dyad", "VNM", "JPN", "--format", "jsonl"],
        &["dyad", "USA", "CHN", "--by", "year", "--format", "csv"],
    ];
    let ask = || -> Vec<String> {
        asked
            .iter()
            .map(|it| place.run(&[it, &["--ledger", "archive"][..]].concat()).fine())
            .collect()
    };
    let answers = ask();
    let said = place.run(&["facts", "archive"]).fine();
    let numbers: Vec<u64> = said.split(' ').filter_map(|it| it.parse().ok()).collect();
    let [claims, facts, shared] = numbers[..] else { panic!("{said}") };
    assert!(claims > facts && facts > shared && shared > 2, "{said}");
    let after = content(&place.path("archive"));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    // Series come from columns now, and say the same of each year; a row stands for several facts, so ids differ.
    let numbers_of = |text: &str| -> Vec<String> {
        text.lines().map(|it| it.split(',').take(11).collect::<Vec<_>>().join(",")).collect()
    };
    for (question, (old, new)) in asked.iter().zip(answers.iter().zip(ask())) {
        assert_eq!(numbers_of(old), numbers_of(&new), "{question:?}");
    }
    // Once more gives the same bytes.
    assert_eq!(place.run(&["facts", "archive"]).fine(), said);
    assert_eq!(content(&place.path("archive")), after);
    // One that is not complete is left alone.
    let journal = place.path("archive/journal.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, text.replace("{\"complete\":true}\n", "")).unwrap();
    let ran = place.run(&["facts", "archive"]);
    let (status, said) = ran.complaint();
    assert_eq!(status, 2);
    assert!(said.contains("not all of it is coded yet"), "{said}");
}

#[test]
fn parquet_is_read() {
    let column = |name, kind| Column { name, kind };
    let columns = [
        column("title", Type::Text),
        column("text", Type::Text),
        column("published", Type::Day),
        column("rank", Type::Whole),
        column("id", Type::Text),
        column("outlet", Type::Code),
    ];
    let mut table = Table::new(&columns, false);
    let text = |it: &'static str| Cell::Text(it.into());
    let day = || Cell::Day("2014-03-20".parse().unwrap());
    let visit = "Vietnam's President Truong Tan Sang visited Japan last week.";
    table.row([text("Sang"), text(visit), day(), Cell::Whole(1), text("a"), text("Lotus Wire")]);
    table.row([Cell::Empty, Cell::Empty, day(), Cell::Whole(2), text("b"), Cell::Empty]);
    table.row([Cell::Empty, text(visit), Cell::Empty, Cell::Whole(3), Cell::Empty, Cell::Empty]);
    let batch = table.finish().unwrap();
    let mut to = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    to.write(&batch).unwrap();
    let place = Place::with("stories.parquet", to.into_inner().unwrap());
    let ran = place.run(&["code", "stories.parquet", "--format", "jsonl"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.err.contains("stories.parquet, row 2"), "{}", ran.err);
    let claims: Vec<serde_json::Value> =
        ran.out.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let said: Vec<_> = claims.iter().map(|it| (&it["doc"], &it["date"]["start"])).collect();
    assert_eq!(said.len(), 2);
    assert_eq!((said[0].0.as_str(), said[0].1.as_str()), (Some("a"), Some("2014-03-10")));
    assert_eq!((said[1].0.as_str(), said[1].1.as_str()), (Some("stories-3"), None));

    // The table of documents of an archive has no texts: it is refused with what it lacks.
    place.write("articles.jsonl", articles(40));
    place.run(&code("archive", "2"));
    let ran = place.run(&["code", "archive/documents/year=2014/part-000000.parquet"]);
    let (status, said) = ran.complaint();
    assert_eq!(status, 1);
    let lacks = "has no column `text`; name the columns id, text, published, title, outlet, url";
    assert!(said.ends_with(lacks), "{said}");
}
