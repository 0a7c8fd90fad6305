//! `pair`: one answer a line, mistakes with file and line.

use crate::run::Place;

const LINES: &str = r#"{"id": 1, "text": "The army shelled the town of Karo on Monday.", "source_text": "The army", "target_text": "the town of Karo"}
{"id": "b", "text": "Ça va: Kenya's court has freed two sailors.", "source_text": "x", "target_text": "y", "source_spans": [[7, 20]], "target_spans": [[31, 42]]}

{"id": "c", "text": "", "source_text": "An actor", "target_text": "a recipient"}
"#;
const ANSWERS: &str = r#"{"id":1,"plover":"ASSAULT"}
{"id":"b","plover":"YIELD"}
{"id":"c","plover":null}
"#;

#[test]
fn each_pair_has_its_answer() {
    let place = Place::with("pairs.jsonl", LINES);
    assert_eq!(place.run(&["pair", "pairs.jsonl"]).fine(), ANSWERS);
    assert_eq!(place.pipe(&["pair", "-"], LINES.as_bytes()).fine(), ANSWERS);
    let why = place.run(&["pair", "--why", "pairs.jsonl"]).fine();
    assert!(why.contains("\"why\":[[\"ASSAULT\",") && why.contains("\"shelled\""), "{why}");
}

#[test]
fn mistakes_name_file_and_line_and_the_rest_goes_on() {
    let place = Place::with(
        "pairs.jsonl",
        "{\"id\": 1}\n\u{feff}[]\n{\"id\": 2, \"text\": \"Kenya bombed Togo.\", \"source_text\": \"Kenya\", \"target_text\": \"Togo\", \"source_spans\": [[90, 3], [4294967295, 4294967295]]}\n",
    );
    let ran = place.run(&["pair", "pairs.jsonl"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.err.contains("hedgerow: pairs.jsonl:1: is no pair (missing field `text`"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("hedgerow: pairs.jsonl:2: is no pair"), "{}", ran.err);
    assert!(ran.out.starts_with("{\"id\":2,\"plover\":\""), "{}", ran.out);
    let ran = place.run(&["pair", "none.jsonl"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("none.jsonl: cannot be read"), "{}", ran.err);
}
