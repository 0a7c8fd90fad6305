//! What people decide, and what keeps a ledger safe, as users run it.

use serde_json::Value;

use crate::run::{Place, VISIT};

const PLEDGE: &str = "---\ntitle: Help at Sea\noutlet: Lotus Wire\npublished: 2015-09-20\n---\n\n\
    This year, Japan pledged $1.7 billion of maritime security aid to Vietnam. Boats will follow, officials said.\n";

fn stocked() -> Place {
    let place = Place::with("sang.md", VISIT);
    place.write("pledge.md", PLEDGE);
    place.run(&["add", "sang.md", "pledge.md", "--quiet"]).fine();
    place
}

fn decide(place: &Place, args: &[&str]) -> String {
    place.run(&[&["review"], args, &["--author", "A. Reader"]].concat()).fine()
}

fn dyad(place: &Place) -> String {
    place.run(&["dyad", "JPN", "VNM"]).fine()
}

#[test]
fn a_correction_takes_the_place_of_the_claim_until_it_is_undone() {
    let place = stocked();
    let line = "JPN -> VNM  flow.aid  USD 1.7e6  2015  !pledged";
    let out = decide(&place, &["correct", "pledge-01", "--as", line, "--reason", "see the wires"]);
    assert!(out.starts_with("1  pledge-01 corrected, now pledge-h1 (A. Reader, "), "{out}");
    assert!(out.ends_with(": see the wires\n"), "{out}");
    let sheet = dyad(&place);
    assert!(sheet.contains("USD 1.7e6") && !sheet.contains("USD 1.7e9"), "{sheet}");
    assert!(
        place.run(&["fact", "pledge-01"]).fine().contains("pledge-h1"),
        "the old id leads to the correction"
    );
    decide(&place, &["undo", "1"]);
    let sheet = dyad(&place);
    assert!(sheet.contains("USD 1.7e9") && !sheet.contains("USD 1.7e6"), "{sheet}");
    let again = place.run(&["review", "undo", "1", "--author", "A. Reader"]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("there is no decision 1 that holds"), "{}", again.err);
    let list = place.run(&["review", "list"]).fine();
    assert!(list.contains("corrected, taken back") && list.contains("undone"), "{list}");
}

#[test]
fn claims_are_rejected_added_by_their_words_and_commented() {
    let place = stocked();
    decide(&place, &["reject", "pledge-01"]);
    assert!(!dyad(&place).contains("flow.aid"));
    let add = [
        "add",
        "pledge",
        "--words",
        "Boats will follow",
        "--as",
        "JPN -> VNM  flow.equipment  ? boat  !planned",
    ];
    let out = decide(&place, &add);
    assert!(out.contains("pledge-h1 added"), "{out}");
    assert!(dyad(&place).contains("“Boats will follow”"), "{}", dyad(&place));
    let wrong = place.run(&[
        "review",
        "add",
        "pledge",
        "--words",
        "Boats followed",
        "--as",
        add[5],
        "--author",
        "x",
    ]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("do not stand in the text"), "{}", wrong.err);
    decide(&place, &["comment", "sang-01", "asked the embassy"]);
    let list = place.run(&["review", "list", "sang-01"]).fine();
    assert!(list.contains("asked the embassy") && !list.contains("rejected"), "{list}");
}

#[test]
fn a_person_says_what_is_one_happening() {
    let place = stocked();
    place.write(
        "other.md",
        VISIT.replace("Lotus Wire", "Harbour Post").replace("last week", "in 2013"),
    );
    place.run(&["add", "other.md", "--quiet"]).fine();
    let voices = |id: &str| place.run(&["fact", id]).fine().lines().nth(2).unwrap().to_owned();
    assert_eq!(voices("sang-01"), "1 independent voice");
    decide(&place, &["same", "sang-01", "other-01"]);
    assert!(
        voices("sang-01").starts_with("2 independent voices; the sources differ"),
        "{}",
        voices("sang-01")
    );
    decide(&place, &["undo", "1"]);
    assert_eq!(voices("sang-01"), "1 independent voice");
}

#[test]
fn decisions_outlive_a_new_codebook() {
    let place = stocked();
    let line = "JPN -> VNM  flow.aid  USD 1.7e6  2015  !pledged";
    decide(&place, &["correct", "pledge-01", "--as", line]);
    decide(&place, &["accept", "sang-01"]);
    // Another version of the codebook that codes neither visits nor pledges.
    place.write("mine/VERSION", "9.9.9\n");
    let mute = |lemma: &str| {
        let name = format!("mine/lexicon/{lemma}.toml");
        place.write(&name, format!("lemma = \"{lemma}\"\nsense = []\n"));
    };
    mute("visit");
    let out = place.run(&["recode", "--codebook", "mine", "--diff"]);
    assert!(out.out.contains("2 documents coded anew"), "{}{}", out.out, out.err);
    assert!(out.out.contains("decisions carried over"), "{}", out.out);
    let sheet = dyad(&place);
    assert!(sheet.contains("USD 1.7e6") && !sheet.contains("USD 1.7e9"), "{sheet}");
    assert!(
        sheet.contains("CONSULT.visit"),
        "what a person accepted stands though it is coded no more: {sheet}"
    );
    assert!(out.out.contains("lost   VNM -> JPN  CONSULT.visit"), "{}", out.out);
}

#[test]
fn an_audit_draws_the_same_sample_and_estimates() {
    let place = stocked();
    place.run(&["audit", "--sample", "10", "--out", "sample.jsonl"]).fine();
    let sample = std::fs::read_to_string(place.path("sample.jsonl")).unwrap();
    let judged: Vec<String> = sample
        .lines()
        .map(|line| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            if line["claim"].is_string() {
                line["verdict"] = "right".into();
            } else {
                line["missed"] = 1.into();
            }
            line.to_string()
        })
        .collect();
    place.write("judged.jsonl", judged.join("\n"));
    let out = place
        .run(&["audit", "--sample", "10", "--verdicts", "judged.jsonl", "--author", "A. Reader"])
        .fine();
    assert!(out.contains("1.00 (") && out.contains("Recall from 1 document read whole"), "{out}");
    assert!(out.contains("2 decisions kept"), "{out}");
    let foreign = r#"{"claim":"pledge-77","verdict":"right"}"#;
    place.write("foreign.jsonl", foreign);
    let ran = place.run(&["audit", "--sample", "10", "--verdicts", "foreign.jsonl"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("claim pledge-77 was not drawn"), "{}", ran.err);
    let nobody = place.run(&["audit", "--sample", "10"]);
    assert_eq!(nobody.status, 2, "there is nobody to ask");
}

#[test]
fn ledgers_of_two_colleagues_become_one() {
    let place = stocked();
    let theirs = "their.sqlite";
    place.write(
        "again.md",
        VISIT.replace("Lotus Wire", "Harbour Post").replace("last week", "in 2013"),
    );
    place.run(&["add", "pledge.md", "again.md", "--ledger", theirs, "--quiet"]).fine();
    place
        .run(&["review", "reject", "pledge-01", "--author", "B. Colleague", "--ledger", theirs])
        .fine();
    let out = place.run(&["merge", theirs]).fine();
    assert_eq!(out, "1 new document, 1 known already, 1 new decisions\n");
    assert!(!dyad(&place).contains("flow.aid"), "their decision holds here");
    let list = place.run(&["review", "list"]).fine();
    assert!(list.contains("B. Colleague"), "{list}");
    assert_eq!(place.run(&["merge", theirs]).fine(), "0 new documents, 2 known already\n");
    let own = place.run(&["merge", "hedgerow.sqlite"]);
    assert_eq!(own.status, 2);
}

#[test]
fn a_backup_is_proven_and_put_back() {
    let place = stocked();
    place.run(&["backup", "copy.sqlite"]).fine();
    assert_eq!(place.run(&["backup", "copy.sqlite"]).status, 2, "nothing is written over");
    let out = place.run(&["restore", "copy.sqlite", "--verify"]).fine();
    assert!(
        out.contains("2 texts and the evidence of 2 claims are as they were received"),
        "{out}"
    );
    assert_eq!(place.run(&["restore", "copy.sqlite"]).status, 2, "a ledger that is there stays");
    place.run(&["restore", "copy.sqlite", "--ledger", "back.sqlite"]).fine();
    let sheet = |ledger: &str| {
        place.run(&["dyad", "JPN", "VNM", "--format", "jsonl", "--ledger", ledger]).fine()
    };
    assert_eq!(sheet("hedgerow.sqlite"), sheet("back.sqlite"));
    // A byte of a text is turned over.
    let mut bytes = std::fs::read(place.path("copy.sqlite")).unwrap();
    let at = bytes.windows(16).position(|it| it == b"Boats will follo").unwrap();
    bytes[at] ^= 1;
    place.write("turned.sqlite", bytes);
    let ran = place.run(&["restore", "turned.sqlite", "--verify"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("its text is not the one that was received"), "{}", ran.err);
}

#[test]
fn words_are_found_in_articles_and_quotes() {
    let place = stocked();
    let out = place.run(&["search", "maritime", "AID"]).fine();
    assert!(out.starts_with("pledge  Help at Sea, Lotus Wire, 2015-09-20\n"), "{out}");
    assert!(out.contains("[maritime] security [aid]"), "{out}");
    assert!(place.run(&["search", "--claims", "pledged", "mari*"]).fine().contains("flow.aid"));
    assert!(place.run(&["search", "nothing", "of", "this"]).fine().contains("has nothing"));
}
