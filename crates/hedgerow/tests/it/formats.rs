//! What `code` and `parse` read and print.

use expect_test::expect;

use crate::run::{Place, VISIT};

const LINE: &str = "VNM -> JPN  CONSULT.visit  2014-03-10/2014-03-16\n";

#[test]
fn claim_lines_are_the_default() {
    let place = Place::with("sang.md", VISIT);
    assert_eq!(place.run(&["code", "sang.md"]).fine(), LINE);
    let with = place.run(&["code", "sang.md", "--evidence"]).fine();
    assert_eq!(
        with,
        format!("{LINE}  | Vietnam's President Truong Tan Sang visited Japan last week\n")
    );
}

#[test]
fn front_matter_json_lines_and_the_option_date_a_text_alike() {
    let place = Place::new();
    let text = "Vietnam's President Truong Tan Sang visited Japan last week.";
    place.write("plain.txt", text);
    assert_eq!(place.run(&["code", "plain.txt", "--published", "2014-03-20"]).fine(), LINE);
    let record = format!("{{\"text\": \"{text}\", \"published\": \"2014-03-20T08:00:00Z\"}}\n");
    let piped = place.pipe(&["code", "-"], record.as_bytes()).fine();
    assert!(piped.ends_with(LINE), "{piped}");
    let piped = place.pipe(&["code", "-", "--published", "2014-03-20"], text.as_bytes()).fine();
    assert_eq!(piped, LINE);
    // What the text says itself counts before the option.
    place.write("sang.md", VISIT);
    assert_eq!(place.run(&["code", "sang.md", "--published", "1999-01-01"]).fine(), LINE);
}

#[test]
fn a_text_without_a_day_is_coded_with_a_remark() {
    let place =
        Place::with("plain.txt", "Vietnam's President Truong Tan Sang visited Japan last week.");
    let ran = place.run(&["code", "plain.txt"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "VNM -> JPN  CONSULT.visit\n"));
    expect![[r#"hedgerow: plain.txt: no day of publication, so that "last week" stays undated; give it with --published or in front matter"#]].assert_eq(ran.complaint().1);
}

#[test]
fn folders_are_walked_in_order() {
    let place = Place::new();
    for name in
        ["b/2.txt", "b/1.md", "a.jsonl", "README.md", ".hidden.md", "c.claims", "notes.docx"]
    {
        let content = if name == "a.jsonl" {
            "{\"id\": \"first\", \"text\": \"Vietnam's President Truong Tan Sang visited Japan last week.\", \"published\": \"2014-03-20\"}\n".to_owned()
        } else {
            VISIT.to_owned()
        };
        place.write(name, content);
    }
    let ran = place.run(&["code", "."]);
    assert_eq!(ran.status, 0);
    let ids: Vec<&str> = ran.out.lines().filter(|it| it.starts_with('#')).collect();
    expect![[r#"
        # first (2014-03-20): 1 claim
        # 1  Sang in Tokyo (Lotus Wire, 2014-03-20): 1 claim
        # 2  Sang in Tokyo (Lotus Wire, 2014-03-20): 1 claim"#]]
    .assert_eq(&ids.join("\n"));
    expect![[r#"
        hedgerow: .: passed over 1 of a kind that is not read (Word); text (.txt), Markdown (.md), HTML (.html), PDF (.pdf), e-mail (.eml, .mbox), feeds (.rss, .atom, .xml), tables of stories (.csv, .tsv), JSON lines (.jsonl), Parquet (.parquet) and WARC (.warc) are read, packed (.gz) too
    "#]].assert_eq(&ran.err);
}

#[test]
fn two_files_of_one_name_get_two_ids() {
    let place = Place::new();
    place.write("a/x.md", VISIT);
    place.write("b/x.md", VISIT);
    let out = place.run(&["code", "a", "b", "--format", "jsonl"]).fine();
    let ids: Vec<String> = out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|claim| claim["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["x-01", "b/x.md-01"]);
}

#[test]
fn offsets_count_from_the_first_byte_received() {
    let place = Place::with("sang.md", format!("\u{FEFF}{}", VISIT.replace('\n', "\r\n")));
    let out = place.run(&["code", "sang.md", "--format", "jsonl"]).fine();
    let claim: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    let bytes = std::fs::read(place.path("sang.md")).unwrap();
    let at = |key: &str| claim["evidence"][key].as_u64().unwrap() as usize;
    let words = std::str::from_utf8(&bytes[at("bstart")..at("bend")]).unwrap();
    assert_eq!(words, claim["evidence"]["text"].as_str().unwrap());
    assert_eq!(claim["date"]["start"], "2014-03-10");
}

#[test]
fn the_same_claims_whatever_the_number_of_texts() {
    let place = Place::new();
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus");
    let once = place.run(&["code", corpus, "--format", "jsonl"]).fine();
    let again = place.run(&["code", corpus, "--format", "jsonl"]).fine();
    assert_eq!(once, again);
    let alone =
        place.run(&["code", &format!("{corpus}/0001-ships-for-hanoi.md"), "--format", "jsonl"]);
    assert!(once.starts_with(&alone.fine()));
}

#[test]
fn an_archive_holds_documents_and_claims() {
    let place = Place::with("sang.md", VISIT);
    let out = place.run(&["code", "sang.md", "--out", "archive"]).fine();
    assert_eq!(out, "1 document and 1 claim in archive\n");
    let read = |name: &str| std::fs::read_to_string(place.path("archive").join(name)).unwrap();
    let document: serde_json::Value = serde_json::from_str(&read("documents.jsonl")).unwrap();
    assert_eq!(document["id"], "sang");
    assert_eq!(document["outlet"], "Lotus Wire");
    assert_eq!(document["text"], VISIT);
    assert_eq!(read("claims.jsonl").lines().count(), 1);
    assert_eq!(std::fs::read_dir(place.path("archive")).unwrap().count(), 2, "no drafts are left");
}

#[test]
fn sentences_are_printed_as_conllu() {
    let place = Place::new();
    let out = place.pipe(&["parse", "-"], b"Japan gave Vietnam six patrol boats.").fine();
    assert!(
        out.starts_with(
            "# newdoc id = stdin\n# text = Japan gave Vietnam six patrol boats.\n1\tJapan\t"
        ),
        "{out}"
    );
    let rows = out.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    assert!(rows.clone().all(|row| row.split('\t').count() == 10));
    assert_eq!(rows.count(), 7);
}

#[test]
fn there_are_no_colours_in_pipes() {
    let place = Place::with("sang.md", VISIT);
    for args in [&["code", "sang.md", "--format", "table"][..], &["add", "sang.md"]] {
        assert!(!place.run(args).fine().contains('\u{1b}'));
    }
}

/// Two words of a tree that says nothing yet, with a comment, a multiword token and an empty node.
const GIVEN: &str = "# sent_id = a-1\n\
    1\tJapan\t_\t_\t_\t_\t_\t_\t_\t_\n\
    2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
    2\tdid\t_\t_\t_\t_\t_\t_\t_\t_\n\
    3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
    3.1\tseem\t_\t_\t_\t_\t_\t_\t_\t_\n\
    4\tprotest\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
    5\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";

#[test]
fn given_words_are_kept_and_annotated_anew() {
    let place = Place::with("given.conllu", GIVEN);
    let out = place.run(&["parse", "--conllu", "given.conllu"]).fine();
    let short: Vec<String> =
        out.lines().map(|line| line.split('\t').take(8).collect::<Vec<_>>().join(" ")).collect();
    expect![[r#"
        # sent_id = a-1
        1 Japan Japan PROPN NNP Number=Sing 4 nsubj
        2-3 didn't _ _ _ _ _ _
        2 did do AUX VBD Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin 4 aux
        3 n't not PART RB Polarity=Neg 4 advmod
        4 protest protest VERB VB VerbForm=Inf 0 root
        5 . . PUNCT . _ 4 punct
    "#]]
    .assert_eq(&(short.join("\n").trim_end().to_owned() + "\n"));
    assert!(out.contains("\tSpaceAfter=No|HeadProb="), "{out}");
}

#[test]
fn a_sentence_that_is_no_conllu_is_refused_and_the_next_one_read() {
    let text = format!("1\tonly\tthree\n2\tmore\tof it\n\n{GIVEN}");
    let place = Place::with("given.conllu", &text);
    let ran = place.run(&["parse", "--conllu", "given.conllu"]);
    assert_eq!(
        (ran.status, ran.out.lines().filter(|line| line.starts_with("5\t")).count()),
        (1, 1)
    );
    expect![[r#"hedgerow: given.conllu:1: a line of CoNLL-U has ten fields between tabs; its sentence is left out"#]]
        .assert_eq(ran.complaint().1);
}
