//! Handing in documents, and checking drafts.

use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fs, thread};

use hedgerow_ledger::Error;
use hedgerow_text::Meta;
use hedgerow_web::{Coded, Coding, Draft, From, Handed, Ids};
use serde_json::Value;

use crate::fixture::{Folder, WIRE, claim, document, ledger, pledge};
use crate::review::Reviewer;
use crate::site::{Site, hidden, send_as, text};

/// Reads texts that say the same as the wire, and refuses others.
#[derive(Debug)]
struct Reads;

const WORDS: &str = "Japan promised Vietnam ships";

impl Coding for Reads {
    fn code(
        &self,
        handed: &Handed,
        ids: Ids<'_>,
        each: &mut dyn FnMut(Coded) -> bool,
    ) -> Result<(), Error> {
        let (name, bytes) = match &handed.from {
            From::File { at, name } => (name.clone(), fs::read(at).unwrap()),
            From::Address(address) => {
                (address.clone(), format!("{WORDS} at {address}.").into_bytes())
            }
        };
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("a fault"), "as a reader of formats may");
        if !text.contains(WORDS) {
            each(Coded::Refused {
                what: name,
                why: "no <b>article</b> in it; give another".to_owned(),
            });
            return Ok(());
        }
        let stem = name.rsplit('/').next().unwrap().to_owned();
        let mut new = document("x", &text, "t", "o", Vec::new());
        let candidate = hedgerow_ledger::Candidate {
            stem,
            path: name.clone(),
            bytes_sha256: new.bytes_sha256.clone(),
        };
        new.id = ids(&[candidate])?.pop().unwrap();
        (new.path, new.meta) = (name, handed.meta.clone());
        new.claims = vec![claim(&new.id, 1, &text, WORDS, pledge(1.7e9))];
        each(Coded::Document(Box::new(new)));
        Ok(())
    }

    fn draft(&self, text: String, meta: Meta) -> Result<Draft, String> {
        if !text.contains(WORDS) {
            return Err("no paragraph in it reads as an article; give the text".to_owned());
        }
        let claims = vec![claim("draft\n0", 1, &text, WORDS, pledge(1.7e9))];
        Ok(Draft { text, claims, meta })
    }
}

fn desk() -> Site {
    Site::with(|settings| {
        settings.reviewer = Some("A. Reader".to_owned());
        settings.coding = Some(Arc::new(Reads));
    })
}

/// A form with files, as browsers send it.
fn multipart(parts: &[(&str, Option<&str>, &str)]) -> (String, String) {
    let part = |(name, file, content): &(&str, Option<&str>, &str)| {
        let file = file.map(|it| format!("; filename=\"{it}\"")).unwrap_or_default();
        format!(
            "--limit\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{content}\r\n"
        )
    };
    let mut body: String = parts.iter().map(part).collect();
    body.push_str("--limit--\r\n");
    ("multipart/form-data; boundary=limit".to_owned(), body)
}

/// Hands in and waits until it is read.
fn handed(site: &Site, parts: &[(&str, Option<&str>, &str)]) -> Value {
    let page = site.get("/add");
    let (cookie, form) = (page.cookie().unwrap().to_owned(), hidden(&page.body, "form"));
    let (kind, body) = multipart(&[&[("form", None, form.as_str())], parts].concat());
    let answer = send_as(site.address(), "POST", "/add", &[("cookie", &cookie)], &kind, &body);
    assert_eq!(answer.status, 303, "{}", text(&answer.body));
    let to = answer.field("location").unwrap().to_owned();
    done(site, &to)
}

fn done(site: &Site, job: &str) -> Value {
    let begun = Instant::now();
    loop {
        let told = site.get(&format!("{job}.json")).json();
        if told["outcome"]["done"] == true {
            return told["outcome"].clone();
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{told}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn text_files_and_addresses_are_read_and_kept() {
    let site = desk();
    let page = site.page("/add");
    assert!(page.contains("multipart/form-data") && page.contains("href=\"/check\""));
    let parts = [
        ("text", None, "Japan promised Vietnam ships, a paper said.\r\nAnd more."),
        ("title", None, "Ships & <more>"),
        ("outlet", None, "Harbour Press"),
        ("published", None, "2015-09"),
        ("addresses", None, "https://example.org/a"),
        ("files", Some("../visit.txt"), "Japan promised Vietnam ships in a file."),
        ("files", Some("other.txt"), "Nothing of that kind."),
        ("files", Some(""), ""),
    ];
    let outcome = handed(&site, &parts);
    let ids: Vec<&str> = outcome["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["visit.txt", "ships-more.txt", "a"], "{outcome}");
    assert_eq!(outcome["refused"][0]["why"], "no <b>article</b> in it; give another");
    let kept = site.get("/documents/ships-more.txt.json").json();
    assert_eq!(kept["document"]["text"], "Japan promised Vietnam ships, a paper said.\nAnd more.");
    assert_eq!(kept["document"]["outlet"], "Harbour Press");
    let path = site.get("/documents/visit.txt.json").json()["document"]["path"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        path.starts_with("upload/") && path.ends_with("/visit.txt") && !path.contains(".."),
        "{path}"
    );
    let list = site.page("/add");
    assert!(list.contains("3 documents, 3 claims; 1 refused"), "{}", text(&list));
    let job =
        crate::site::values(&list, "href").into_iter().find(|it| it.starts_with("/add/")).unwrap();
    let page = site.page(&job);
    assert!(
        page.contains("no &lt;b&gt;article") && page.contains("Ships &amp; &lt;more&gt;"),
        "{page}"
    );
    let again = handed(&site, &[parts[1], parts[2], parts[3], parts[5]]);
    assert_eq!(again["documents"][0]["how"], "known already");
    let other =
        handed(&site, &[("files", Some("visit.txt"), "Japan promised Vietnam ships again.")]);
    assert_eq!(
        other["documents"][0]["how"], "new",
        "another text of that name is another document"
    );
}

#[test]
fn a_reader_that_fails_stops_nothing() {
    let site = desk();
    let outcome = handed(
        &site,
        &[
            ("files", Some("a.txt"), "a fault"),
            ("files", Some("b.txt"), "Japan promised Vietnam ships."),
        ],
    );
    assert_eq!(outcome["documents"][0]["id"], "b.txt");
    assert!(outcome["refused"][0]["why"].as_str().unwrap().contains("fault of this program"));
}

#[test]
fn what_was_waiting_when_the_application_ended_is_read_at_the_next_start() {
    let folder = Folder::new();
    let path = ledger(&folder);
    let inbox = folder.path().join("test.sqlite.inbox");
    let job = inbox.join("20150920143000-0123456789abcdef");
    fs::create_dir_all(&job).unwrap();
    fs::write(job.join("000-a.txt"), "Japan promised Vietnam ships.").unwrap();
    let description = r#"{"by": "A. Reader", "added": "2015-09-20T14:30:00Z", "addresses": [], "meta": {},
        "files": [{"file": "000-a.txt", "name": "upload/0/a.txt"}]}"#;
    fs::write(job.join("job.json"), description).unwrap();
    // What was not handed in whole is no job, and in nobody's way.
    fs::create_dir_all(inbox.join("20150920143000-0123456789abcdee")).unwrap();
    let site = Site::of(folder, path, |settings| {
        settings.reviewer = Some("A. Reader".to_owned());
        settings.coding = Some(Arc::new(Reads));
    });
    let outcome = done(&site, "/add/20150920143000-0123456789abcdef");
    assert_eq!(outcome["documents"][0]["id"], "a.txt");
    assert!(!job.join("000-a.txt").exists(), "it is in the ledger now");
}

#[test]
fn nobody_hands_in_without_a_session() {
    let site = desk();
    let parts = [("text", None, "Japan promised Vietnam ships.")];
    let page = site.get("/add");
    let (cookie, form) = (page.cookie().unwrap().to_owned(), hidden(&page.body, "form"));
    let post = |fields: &[(&str, &str)], parts: &[(&str, Option<&str>, &str)]| {
        let (kind, body) = multipart(parts);
        send_as(site.address(), "POST", "/add", fields, &kind, &body).status
    };
    let with = |form: &'static str| [&[("form", None, form)], &parts[..]].concat();
    assert_eq!(post(&[], &with("x")), 403);
    assert_eq!(post(&[("cookie", &cookie)], &with("x")), 403);
    assert_eq!(post(&[("cookie", &cookie)], &parts), 403, "the token comes first");
    let own = [&[("form", None, form.as_str())], &parts[..]].concat();
    assert_eq!(post(&[("cookie", &cookie), ("origin", "http://evil.example")], &own), 403);
    assert_eq!(post(&[("cookie", &cookie)], &own[..1]), 400, "nothing in it");
    for (name, content) in [("addresses", "file:///etc/passwd"), ("published", "yesterday")] {
        let own = [&own[..], &[(name, None, content)]].concat();
        assert_eq!(post(&[("cookie", &cookie)], &own), 400, "{name}");
    }
    let long = "x".repeat(3 << 20);
    let own = [&own[..1], &[("text", None, long.as_str())]].concat();
    assert_eq!(post(&[("cookie", &cookie)], &own), 413);
    let left = fs::read_dir(site.path().with_extension("sqlite.inbox"));
    assert_eq!(left.map_or(0, Iterator::count), 0, "nothing of all that is kept");
    assert_eq!(site.get("/index.json").json()["counts"]["documents"], 3);
    for path in ["/add/..%2F..", "/add/20150920143000-0123456789abcdef"] {
        assert_eq!(site.get(path).status, 404, "{path}");
    }
    let reading = Site::new();
    for path in ["/add", "/check", "/add.json"] {
        assert_eq!(reading.get(path).status, 404, "{path}");
    }
    let (kind, body) = multipart(&parts);
    assert_eq!(send_as(reading.address(), "POST", "/add", &[], &kind, &body).status, 404);
}

#[test]
fn a_draft_is_marked_against_the_ledger_and_not_kept() {
    let site = desk();
    let reviewer = Reviewer::at(&site);
    let draft = "<script>alert(1)</script> Japan promised Vietnam ships for $1.7 billion.";
    let answer = reviewer.post("/check", &[("text", draft), ("published", "2015-09-20")]);
    assert_eq!(answer.status, 200, "{}", text(&answer.body));
    let page = &answer.body;
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"), "{page}");
    assert!(page.contains("class=\"ev v-"), "{page}");
    assert!(text(page).contains("Lotus Wire"), "{}", text(page));
    assert_eq!(site.get("/index.json").json()["counts"]["documents"], 3);
    assert_eq!(reviewer.post("/check", &[("text", "Nothing.")]).status, 400);
    assert_eq!(reviewer.post("/check", &[("text", draft), ("published", "x")]).status, 400);
    assert_eq!(site.send("POST", "/check", &[], "text=x").status, 403);
    assert!(WIRE.contains(WORDS));
}
