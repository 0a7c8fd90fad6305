//! A small ledger. All articles and outlets are invented.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

use hedgerow_codebook::Claim;
use hedgerow_ledger::{Ledger, NewDocument, sha256_hex};
use hedgerow_text::Meta;
use serde_json::{Value, json};

pub(crate) const VISIT: &str = "Hanoi’s party chief visits Tokyo\n\n\
    Vietnam’s party chief visited Japan from 15 to 18 September and met the prime minister.\n\n\
    Japan pledged $1.7 billion for Vietnam’s coast guard. In 2014 it delivered six patrol boats.\n\n\
    Vietnam and Japan have been “extensive strategic partners” since 2014. Tokyo criticised China.\n";

pub(crate) const WIRE: &str = "Japan promises ships\n\n\
    Japan promised Vietnam ships and equipment worth 200 million yen, about $1.7 million, on Tuesday.\n";

pub(crate) const HOSTILE: &str = "<script>alert(1)</script> & \"quotes\" \0 \u{202e}\n\
    </div><img src=x onerror=alert(2)> China warned <b>Japan</b>.\n";

pub(crate) const HOSTILE_ID: &str = "x/\"><script>alert(3)</script>?#%.txt";

/// A folder that goes away with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("hedgerow-web-{}-{number}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// A claim whose evidence is `words` in `text`; `more` adds to it or overrides it.
pub(crate) fn claim(doc: &str, n: usize, text: &str, words: &str, more: Value) -> Claim {
    let bstart = text.find(words).unwrap();
    let start = text[..bstart].chars().count();
    let mut whole = json!({
        "id": format!("{doc}-{n:02}"), "doc": doc, "rule": "test.1", "confidence": 0.8,
        "evidence": {
            "start": start, "end": start + words.chars().count(),
            "bstart": bstart, "bend": bstart + words.len(), "text": words,
        },
    });
    let Value::Object(more) = more else { panic!("an object") };
    whole.as_object_mut().unwrap().extend(more);
    serde_json::from_value(whole).unwrap()
}

pub(crate) fn party(code: &str) -> Value {
    json!({ "code": code, "name": code, "role": "GOV", "person": null })
}

pub(crate) fn day(start: &str, end: &str) -> Value {
    json!({ "start": start, "end": end, "precision": "day", "text": null })
}

fn year(year: i16) -> Value {
    json!({ "start": format!("{year}-01-01"), "end": format!("{year}-12-31"), "precision": "year", "text": null })
}

fn money(value: f64, currency: &str, text: &str) -> Value {
    json!({ "value": value, "unit": "money", "currency": currency, "count_of": null, "qualifier": "exact", "text": text })
}

pub(crate) fn document(
    id: &str,
    text: &str,
    title: &str,
    outlet: &str,
    claims: Vec<Claim>,
) -> NewDocument {
    NewDocument {
        id: id.to_owned(),
        path: format!("news/{id}"),
        bytes_sha256: sha256_hex(text.as_bytes()),
        text: text.to_owned(),
        meta: Meta {
            title: Some(title.to_owned()),
            outlet: Some(outlet.to_owned()),
            published: Some("2015-09-20".parse().unwrap()),
            url: Some("javascript:alert(4)".to_owned()),
            published_until: None,
        },
        claims,
        diagnostics: Vec::new(),
        codebook: "0.1.0".to_owned(),
        model: "en-1".to_owned(),
        ..NewDocument::default()
    }
}

/// What a claim of a pledge of so many dollars has besides its evidence.
pub(crate) fn pledge(dollars: f64) -> Value {
    json!({
        "kind": "flow", "type": "aid", "actors": [party("JPN")], "recipients": [party("VNM")],
        "date": year(2015), "modality": "pledged", "amount": money(dollars, "USD", "$"), "purpose": ["coast guard"],
    })
}

/// Makes a ledger in `folder`.
pub(crate) fn ledger(folder: &Folder) -> PathBuf {
    let path = folder.path().join("test.sqlite");
    let mut ledger = Ledger::open(&path).unwrap();
    let (vnm, jpn) = (json!([party("VNM")]), json!([party("JPN")]));
    let both = json!([party("VNM"), party("JPN")]);
    let pledge = |text: Value, more: Value| {
        json!({
            "kind": "flow", "type": "aid", "actors": [party("JPN")], "recipients": [party("VNM")],
            "date": year(2015), "modality": "pledged", "amount": text, "more_amounts": more, "purpose": ["coast guard"],
        })
    };
    let visit = vec![
        claim(
            "visit",
            1,
            VISIT,
            "Vietnam’s party chief visited Japan from 15 to 18 September",
            json!({
                "kind": "event", "type": "CONSULT", "mode": "visit", "quad": 1, "actors": vnm, "recipients": jpn,
                "date": day("2015-09-15", "2015-09-18"),
            }),
        ),
        claim(
            "visit",
            2,
            VISIT,
            "visited Japan from 15 to 18 September and met the prime minister",
            json!({
                "kind": "event", "type": "CONSULT", "mode": "meet", "actors": both, "recipients": both,
                "symmetric": true, "date": day("2015-09-15", "2015-09-15"),
            }),
        ),
        claim(
            "visit",
            3,
            VISIT,
            "Japan pledged $1.7 billion for Vietnam’s coast guard",
            pledge(money(1.7e9, "USD", "$1.7 billion"), json!([])),
        ),
        claim(
            "visit",
            4,
            VISIT,
            "In 2014 it delivered six patrol boats",
            json!({
                "kind": "flow", "type": "equipment", "actors": jpn, "recipients": vnm, "date": year(2014),
                "amount": { "value": 6.0, "unit": "count", "currency": null, "count_of": "patrol boat", "qualifier": "exact", "text": "six" },
            }),
        ),
        claim(
            "visit",
            5,
            VISIT,
            "Vietnam and Japan have been “extensive strategic partners” since 2014",
            json!({
                "kind": "tie", "type": "partnership", "level": "extensive strategic partners", "symmetric": true,
                "actors": both, "recipients": both, "date": year(2014),
            }),
        ),
        claim(
            "visit",
            6,
            VISIT,
            "Tokyo criticised China",
            json!({
                "kind": "event", "type": "ACCUSE", "mode": "disapprove", "actors": jpn, "recipients": [party("CHN")],
                "attributed_to": { "code": "JPN", "name": "Tokyo" },
            }),
        ),
    ];
    let wire = vec![claim(
        "wire",
        1,
        WIRE,
        "Japan promised Vietnam ships and equipment worth 200 million yen, about $1.7 million",
        pledge(money(2e8, "JPY", "200 million yen"), json!([money(1.7e6, "USD", "$1.7 million")])),
    )];
    let evil = "GRP:<img src=x onerror=alert(5)>";
    let hostile = vec![claim(
        HOSTILE_ID,
        1,
        HOSTILE,
        "<img src=x onerror=alert(2)> China warned",
        json!({
            "kind": "event", "type": "THREATEN", "actors": [party(evil)], "recipients": jpn,
            "topic": "<script>alert(6)</script>", "date": day("2015-09-01", "2015-09-01"),
        }),
    )];
    for new in [
        document("visit", VISIT, "Hanoi’s party chief visits Tokyo", "Lotus Wire", visit),
        document("wire", WIRE, "Japan promises ships", "Harbour Press", wire),
        document(HOSTILE_ID, HOSTILE, "<script>alert(7)</script>", "<i>Evil</i>", hostile),
    ] {
        ledger.add(&new).unwrap();
    }
    ledger.settle(true).unwrap();
    path
}
