//! Bad input: one line each, with what to do, the rest is still done, and nothing is half-written.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

use expect_test::{Expect, expect};

use crate::run::{Place, VISIT};

/// The complaint over one file, with exit status 1; and the same when it is added, without a ledger being made.
#[track_caller]
fn refuses(name: &str, content: impl AsRef<[u8]>, expected: &Expect) {
    let place = Place::with(name, content);
    let ran = place.run(&["code", name]);
    assert_eq!(ran.out, "");
    let (status, complaint) = ran.complaint();
    expected.assert_eq(&format!("{status} {complaint}"));
    let added = place.run(&["add", name]);
    assert_eq!(added.complaint(), (status, complaint));
    assert_eq!(place.files(), [name], "nothing is left behind");
}

#[test]
fn what_is_no_text_is_refused() {
    refuses(
        "empty.txt",
        "",
        &expect!["1 hedgerow: empty.txt: is empty; give a file with the text of an article in it"],
    );
    refuses(
        "blank.md",
        " \n\n\t\n",
        &expect!["1 hedgerow: blank.md: is empty; give a file with the text of an article in it"],
    );
    refuses(
        "binary.txt",
        b"Hanoi\0\x01\x02",
        &expect![
            "1 hedgerow: binary.txt: is binary, not text (a zero byte at offset 5); text (.txt), Markdown (.md), HTML (.html), PDF (.pdf), e-mail (.eml, .mbox), feeds (.rss, .atom, .xml), tables of stories (.csv, .tsv), JSON lines (.jsonl), Parquet (.parquet) and WARC (.warc) are read, packed (.gz) too"
        ],
    );
    refuses(
        "page.html",
        "<p>Hanoi</p>",
        &expect![
            "1 hedgerow: page.html: no article was found in this page; save the text of the article itself, or add a rule for the site (docs/ingest.md)"
        ],
    );
    refuses(
        "page.txt",
        "<!DOCTYPE html>\n<p>Hanoi</p>",
        &expect![
            "1 hedgerow: page.txt: no article was found in this page; save the text of the article itself, or add a rule for the site (docs/ingest.md)"
        ],
    );
    refuses(
        "paper.pdf",
        "%PDF-1.7",
        &expect![
            "1 hedgerow: paper.pdf: is a PDF that cannot be read: broken, locked or of an unknown kind; save its text, for example with pdftotext"
        ],
    );
    refuses(
        "table.parquet",
        "PAR1",
        &expect![
            "1 hedgerow: table.parquet: is no Parquet that can be read (EOF: Parquet file too small. Size is 4 but need 8); write it anew as Parquet, packed with Snappy, Zstandard or not at all"
        ],
    );
    refuses(
        "letter.docx",
        "PK\x03\x04",
        &expect![
            "1 hedgerow: letter.docx: is Word, which is not read; text (.txt), Markdown (.md), HTML (.html), PDF (.pdf), e-mail (.eml, .mbox), feeds (.rss, .atom, .xml), tables of stories (.csv, .tsv), JSON lines (.jsonl), Parquet (.parquet) and WARC (.warc) are read, packed (.gz) too; save the article as text"
        ],
    );
    refuses(
        "stories.csv",
        "id;body\n1;x\n",
        &expect![
            "1 hedgerow: stories.csv: its first row names no column `text`; name the columns id, text, published, title, outlet, url"
        ],
    );
    refuses(
        "letter.eml",
        "Subject: x\n\n",
        &expect!["1 hedgerow: letter.eml: has no text; save the text of the message"],
    );
    refuses(
        "menu.txt",
        "Home\nNews\nWorld\nLog in\n",
        &expect![
            "1 hedgerow: menu.txt: no paragraph in it reads as an article; give the text of the article itself"
        ],
    );
}

#[test]
fn other_encodings_are_read_with_a_remark() {
    let place = Place::with(
        "latin.txt",
        b"The caf\xE9s of Hanoi are open. Japan gave Vietnam six boats in 2014.",
    );
    let ran = place.run(&["code", "latin.txt", "--published", "2014-09-01"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    expect![[r#"
        hedgerow: latin.txt: is no UTF-8 and was read as windows-1252; where letters are wrong, convert it to UTF-8
    "#]].assert_eq(&ran.err);
    assert!(ran.out.contains("JPN -> VNM  flow.equipment"), "{}", ran.out);
    place.write(
        "wide.txt",
        b"\xFF\xFEJ\0a\0p\0a\0n\0 \0h\0e\0l\0p\0e\0d\0 \0V\0i\0e\0t\0n\0a\0m\0.\0",
    );
    assert!(place.run(&["code", "wide.txt"]).err.contains("read as UTF-16LE"));
}

#[test]
fn what_is_not_english_is_refused() {
    refuses(
        "paris.txt",
        "Le ministre des affaires étrangères a reçu jeudi son homologue japonais à Paris pour parler de la sécurité en mer.",
        &expect![
            "1 hedgerow: paris.txt: reads as French, not English (confidence 1.00), and was not coded; only English is coded; leave it out, or translate it"
        ],
    );
}

#[test]
fn mistakes_in_front_matter_and_json_are_placed() {
    refuses(
        "a.md",
        "---\npublished: 20 September 2015\n---\n\nJapan helped Vietnam.\n",
        &expect!["1 hedgerow: a.md: `published: 20 September 2015` is no date; write YYYY-MM-DD"],
    );
    refuses(
        "b.jsonl",
        "{\"id\": \"x\", \"txt\": \"Japan\"}\n",
        &expect![[
            r#"1 hedgerow: b.jsonl:1: is no document (missing field `text`, column 27); write one JSON object a line, with "text" in it"#
        ]],
    );
    refuses(
        "c.jsonl",
        "\n{\"text\": \"Japan helped Vietnam.\", \"published\": \"2015-13\"}\n",
        &expect!["1 hedgerow: c.jsonl:2: `published: 2015-13` is no date; write YYYY-MM-DD"],
    );
    refuses(
        "d.jsonl",
        "not json\n",
        &expect![[
            r#"1 hedgerow: d.jsonl:1: is no document (expected ident, column 2); write one JSON object a line, with "text" in it"#
        ]],
    );
    refuses(
        "e.jsonl",
        "\n",
        &expect!["1 hedgerow: e.jsonl: is empty; give a file with one JSON object a line"],
    );
}

#[test]
fn what_is_too_long_is_refused() {
    let place = Place::new();
    let file = File::create(place.path("long.txt")).unwrap();
    file.set_len(50 << 20).unwrap();
    let ran = place.run(&["code", "long.txt"]);
    expect!["hedgerow: long.txt: is longer than 32 MiB, the most that one document may have; give one article a file, or many as JSON lines (.jsonl)"].assert_eq(ran.complaint().1);

    // One line of 50 MB, one of 70, and one that can be read.
    let mut file = File::create(place.path("long.jsonl")).unwrap();
    for megabytes in [50, 70] {
        file.write_all(b"{\"text\": \"").unwrap();
        for _ in 0..megabytes {
            file.write_all(&vec![b'a'; 1 << 20]).unwrap();
        }
        file.write_all(b"\"}\n").unwrap();
    }
    file.write_all(b"{\"id\": \"x\", \"published\": \"2014-03-20\", \"text\": \"Vietnam's President Truong Tan Sang visited Japan last week.\"}\n").unwrap();
    let ran = place.run(&["code", "long.jsonl"]);
    assert_eq!(ran.status, 1);
    expect![[r#"
        hedgerow: long.jsonl:1: is longer than 32 MiB, the most that one document may have; give one article a file, or many as JSON lines (.jsonl)
        hedgerow: long.jsonl:2: is longer than 32 MiB, the most that one document may have; give one article a file, or many as JSON lines (.jsonl)
    "#]].assert_eq(&ran.err);
    assert!(ran.out.contains("VNM -> JPN  CONSULT.visit"), "{}", ran.out);

    let ran = place.pipe(&["code", "-"], &vec![b'a'; 50 << 20]);
    expect!["hedgerow: standard input: is longer than 32 MiB, the most that one document may have; give one article a file, or many as JSON lines (.jsonl)"].assert_eq(ran.complaint().1);
}

#[test]
fn what_is_not_there_is_refused_and_the_rest_is_done() {
    let place = Place::with("sang.md", VISIT);
    std::fs::create_dir(place.path("folder")).unwrap();
    let ran = place.run(&["code", "missing.txt", "folder", "sang.md"]);
    assert_eq!(ran.status, 1);
    expect![[r#"
        hedgerow: folder: no article in this folder; text (.txt), Markdown (.md), HTML (.html), PDF (.pdf), e-mail (.eml, .mbox), feeds (.rss, .atom, .xml), tables of stories (.csv, .tsv), JSON lines (.jsonl), Parquet (.parquet) and WARC (.warc) are read, packed (.gz) too; give another folder or single files
        hedgerow: missing.txt: there is no such file; check the path
    "#]].assert_eq(&ran.err);
    assert!(ran.out.contains("VNM -> JPN  CONSULT.visit"), "{}", ran.out);
    let ran = place.run(&["add", "missing.txt", "sang.md"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("1 new document, 1 refused"), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with("locked.txt", VISIT);
    std::fs::set_permissions(place.path("locked.txt"), std::fs::Permissions::from_mode(0o0))
        .unwrap();
    if File::open(place.path("locked.txt")).is_ok() {
        eprintln!("SKIPPED: this user may read everything");
        return;
    }
    let ran = place.run(&["code", "locked.txt"]);
    expect!["hedgerow: locked.txt: may not be read; check its permissions"]
        .assert_eq(ran.complaint().1);
}

#[test]
fn names_of_files_cannot_write_to_the_terminal() {
    let place = Place::new();
    let ran = place.run(&["code", "a\u{1b}[31m.txt"]);
    assert!(ran.complaint().1.contains("a\\u{1b}[31m.txt"), "{}", ran.err);
}

#[test]
fn unknown_actors_and_ids_are_usage() {
    let place = Place::with("sang.md", VISIT);
    place.run(&["add", "sang.md"]).fine();
    let wrong = |args: &[&str], expected: &Expect| {
        let ran = place.run(args);
        let (status, complaint) = ran.complaint();
        expected.assert_eq(&format!("{status} {complaint}"));
    };
    wrong(
        &["dyad", "VNN", "JPN"],
        &expect![
            "2 hedgerow: VNN: no actor of that code or name; did you mean CNN (ORG:CNN) or VEN (Venezuela) or VNM (Vietnam)?"
        ],
    );
    wrong(
        &["actor", "Vietnma"],
        &expect!["2 hedgerow: Vietnma: no actor of that code or name; did you mean Vietnam (VNM)?"],
    );
    wrong(
        &["actor", "Qqqqqqqqq"],
        &expect![
            "2 hedgerow: Qqqqqqqqq: no actor of that code or name; give a three-letter code (VNM), a name (Vietnam), or IGO:ASEAN"
        ],
    );
    wrong(
        &["dyad", "VNM", "Vietnam"],
        &expect!["2 hedgerow: VNM and Vietnam: both are VNM; give two different states"],
    );
    wrong(
        &["fact", "f-none-01"],
        &expect![
            "2 hedgerow: f-none-01: no fact or claim of that id in hedgerow.sqlite; `hedgerow actor CODE` and `hedgerow dyad A B` print the ids"
        ],
    );
    wrong(
        &["explain", "CONSLUT"],
        &expect![
            "2 hedgerow: CONSLUT: no type, rule, context or measure of that name; did you mean CONSULT?"
        ],
    );
    wrong(
        &["lint", "sang.md"],
        &expect!["2 hedgerow: sang.md: not a folder; give a codebook folder, as codebook/ is one"],
    );
    wrong(
        &["lint", "--only", "nothing.of.that.name"],
        &expect![
            "2 hedgerow: nothing.of.that.name: no rule or file of that name has examples; `hedgerow explain` lists the rules"
        ],
    );
    wrong(
        &["serve", "--listen", "nowhere"],
        &expect![
            "2 hedgerow: cannot listen on nowhere: invalid socket address; give an address and a port, for example --listen 127.0.0.1:8080: invalid socket address"
        ],
    );
}

#[test]
fn wrong_dates_and_options_are_usage() {
    let place = Place::with("sang.md", VISIT);
    let ran = place.run(&["code", "sang.md", "--published", "20 September 2015"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("no date; write YYYY-MM-DD"), "{}", ran.err);
    assert_eq!(place.run(&["code"]).status, 2);
    assert_eq!(place.run(&["cod", "sang.md"]).status, 2);
    assert_eq!(place.run(&["code", "sang.md", "--format", "xml"]).status, 2);
}

#[test]
fn a_ledger_of_another_program_is_left_alone() {
    let place = Place::with("sang.md", VISIT);
    place.write("notes.sqlite", "my notes");
    let ran = place.run(&["add", "sang.md", "--ledger", "notes.sqlite"]);
    let (status, complaint) = ran.complaint();
    expect!["2 hedgerow: notes.sqlite is not a ledger (it is no SQLite file); name another file with --ledger"].assert_eq(&format!("{status} {complaint}"));
    assert_eq!(std::fs::read(place.path("notes.sqlite")).unwrap(), b"my notes");

    // The application id of an SQLite file stands at byte 68.
    place.run(&["add", "sang.md", "--ledger", "other.sqlite"]).fine();
    let mut file = File::options().write(true).open(place.path("other.sqlite")).unwrap();
    file.seek(SeekFrom::Start(68)).unwrap();
    file.write_all(b"NOTE").unwrap();
    drop(file);
    let before = std::fs::read(place.path("other.sqlite")).unwrap();
    for args in [&["add", "sang.md"][..], &["dyad", "VNM", "JPN"], &["serve"], &["doctor"]] {
        let ran = place.run(&[args, &["--ledger", "other.sqlite"]].concat());
        let (status, complaint) = ran.complaint();
        assert_eq!(status, 2);
        assert!(complaint.contains("of another program"), "{complaint}");
    }
    assert_eq!(std::fs::read(place.path("other.sqlite")).unwrap(), before);
}

#[test]
fn a_missing_ledger_is_not_made_by_looking_at_it() {
    let place = Place::new();
    for args in [&["dyad", "VNM", "JPN"][..], &["actor", "VNM"], &["fact", "x"], &["serve"]] {
        let ran = place.run(args);
        let (status, complaint) = ran.complaint();
        assert_eq!(status, 2);
        assert!(complaint.contains("there is no ledger at hedgerow.sqlite"), "{complaint}");
    }
    assert!(place.files().is_empty());
}

#[test]
fn a_ledger_where_none_can_be_made_is_environment() {
    let place = Place::with("sang.md", VISIT);
    let ran = place.run(&["add", "sang.md", "--ledger", "no/such/folder/a.sqlite"]);
    assert_eq!(ran.complaint().0, 2);
}

#[test]
fn an_archive_is_not_written_over() {
    let place = Place::with("sang.md", VISIT);
    place.run(&["code", "sang.md", "--out", "archive"]).fine();
    let ran = place.run(&["code", "sang.md", "--out", "archive"]);
    let (status, complaint) = ran.complaint();
    expect!["2 hedgerow: archive/documents.jsonl: is there already; give --out another folder"]
        .assert_eq(&format!("{status} {complaint}"));
    assert_eq!(place.run(&["code", "sang.md", "--out", "sang.md"]).status, 2);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::Stdio;
    let place = Place::new();
    let line = "{\"text\": \"Vietnam's President Truong Tan Sang visited Japan in 2014.\", \"published\": \"2014-03-20\"}\n";
    place.write("many.jsonl", line.repeat(4000));
    let mut command = place.command(&["code", "many.jsonl", "--format", "jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
