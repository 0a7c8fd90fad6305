//! Pages, PDFs, addresses and feeds, as `code`, `add` and `watch` read them.

use std::fmt::Write as _;
use std::path::Path;

use crate::chance::{Chance, mutated};
use crate::run::Place;
use crate::server::Server;

fn data(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../ingest/tests/data").join(name))
        .unwrap()
}

/// A PDF of one page with those lines.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut text = "BT /F1 12 Tf 72 720 Td 14 TL".to_owned();
    for line in lines {
        let line = line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        write!(text, " ({line}) Tj T*").unwrap();
    }
    text += " ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        write!(file, "{} 0 obj\n{object}\nendobj\n", n + 1).unwrap();
    }
    let xref = file.len();
    write!(file, "xref\n0 6\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(file, "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n").unwrap();
    file.into_bytes()
}

const LINES: [&str; 4] = [
    "Vietnam's President Truong Tan Sang visited Japan last week. Japan handed over six patrol",
    "boats to Vietnam in 2014, and both governments agreed on a loan for the port of Lach Hu-",
    "yen, the largest of its kind in the country so far, as the ministry of finance in Hanoi said",
    "on Thursday.",
];

#[test]
fn a_page_is_coded_with_the_day_it_gives_itself() {
    let place = Place::with("lotus.html", data("lotus.html"));
    let claims = place.run(&["code", "lotus.html"]).fine();
    assert!(claims.contains("JPN -> VNM  flow.equipment"), "{claims}");
    // The same on standard input, and where the name says text.
    assert_eq!(place.pipe(&["code", "-"], &data("lotus.html")).fine(), claims);
    place.write("lotus.txt", data("lotus.html"));
    assert_eq!(place.run(&["code", "lotus.txt"]).fine(), claims);
}

#[test]
fn adding_again_changes_nothing() {
    let place = Place::new();
    for name in ["lotus.html", "harbour.html", "rss.xml", "box.mbox", "letter.eml", "atom.xml"] {
        place.write(name, data(name));
    }
    let all = [
        "add",
        "--quiet",
        "lotus.html",
        "harbour.html",
        "rss.xml",
        "box.mbox",
        "letter.eml",
        "atom.xml",
    ];
    let first = place.run(&all);
    assert_eq!(first.status, 0, "{}", first.err);
    assert!(first.out.starts_with("8 new documents;"), "{}", first.out);
    let again = place.run(&all);
    assert!(again.out.starts_with("0 new documents, 8 known already;"), "{}", again.out);
    // A changed page is a new version.
    let page = String::from_utf8(data("lotus.html")).unwrap();
    place.write("lotus.html", page.replace("four months", "five months"));
    let changed = place.run(&["add", "--quiet", "lotus.html"]);
    assert!(changed.out.starts_with("0 new documents, 1 in a new version;"), "{}", changed.out);
}

#[test]
fn what_took_the_text_out_is_written_down() {
    let place = Place::with("lotus.html", data("lotus.html"));
    place.run(&["code", "lotus.html", "--out", "out"]).fine();
    let documents = std::fs::read_to_string(place.path("out/documents.jsonl")).unwrap();
    assert!(documents.contains("\"extractor\":\"html.v1 (dom_smoothie"), "{documents}");
    assert!(
        documents.contains("\"outlet\":\"Lotus Wire\",\"published\":\"2016-03-14\""),
        "{documents}"
    );
}

#[test]
fn rules_for_sites_may_be_added() {
    let place = Place::with("lotus.html", data("lotus.html"));
    place.write("mine/sites.toml", "[[site]]\nhost = \"lotus-wire.example\"\nbody = \".story p:first-child\"\noutlet = \"Mine\"\n");
    place.run(&["code", "lotus.html", "--codebook", "mine", "--out", "out"]).fine();
    let documents = std::fs::read_to_string(place.path("out/documents.jsonl")).unwrap();
    assert!(
        documents.contains("\"outlet\":\"Mine\"") && !documents.contains("South China Sea"),
        "{documents}"
    );
    place.write("mine/sites.toml", "[[site]]\nhost = \"a\"\nbody = \"p[\"\n");
    let ran = place.run(&["code", "lotus.html", "--codebook", "mine"]);
    let (status, complaint) = ran.complaint();
    assert_eq!(
        (status, complaint),
        (
            2,
            "hedgerow: mine/sites.toml: host a: `p[` is no CSS selector; correct it, codebook/sites.toml shows how"
        )
    );
}

#[test]
fn a_pdf_is_read_in_a_process_of_its_own() {
    let place = Place::with("a.pdf", pdf(&LINES));
    let claims = place.run(&["code", "a.pdf", "--published", "2014-03-20"]).fine();
    assert!(claims.contains("VNM -> JPN  CONSULT.visit"), "{claims}");
    place.run(&["code", "a.pdf", "--published", "2014-03-20", "--out", "out"]).fine();
    let documents = std::fs::read_to_string(place.path("out/documents.jsonl")).unwrap();
    assert!(documents.contains("Lach Huyen, the largest"), "{documents}");
    for (name, bytes, why) in [
        ("scan.pdf", pdf(&["1"]), "has no text in it; it may be a scan"),
        ("half.pdf", pdf(&LINES)[..300].to_vec(), "cannot be read: broken, locked"),
        ("none.pdf", b"Hanoi".to_vec(), "is no PDF, whatever its name says"),
    ] {
        place.write(name, bytes);
        let ran = place.run(&["code", name]);
        assert!(ran.complaint().1.contains(why), "{}", ran.err);
    }
}

/// Some bytes are others, and none comes or goes: what stands where holds, so that the reader comes further than to the table of places.
fn scarred(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut out = bytes.to_vec();
    for _ in 0..=chance.below(8) {
        let at = chance.below(out.len());
        // A digit for a digit often, since lengths and numbers of objects lead astray.
        out[at] = if out[at].is_ascii_digit() || chance.below(4) == 0 {
            b'0' + chance.below(10) as u8
        } else {
            chance.below(256) as u8
        };
    }
    out
}

fn mutate(each: u64) {
    let place = Place::new();
    let whole = pdf(&LINES);
    for seed in 0..each {
        let harmed = if seed % 2 == 0 { mutated(&whole, seed) } else { scarred(&whole, seed) };
        place.write(&format!("{seed}.pdf"), harmed);
    }
    let ran = place.run(&["add", "--quiet", "--published", "2014-03-20", "."]);
    assert!(ran.status <= 1, "{}", ran.err);
    // A fault of the library is caught by the process it runs in; that of the program would be here.
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    let read = each as usize - ran.err.lines().count();
    assert!(read > 0 && ran.out.contains("new document"), "{} of {each}: {}", read, ran.out);
}

#[test]
fn mutated_pdfs_do_no_harm() {
    mutate(60);
}

#[test]
#[ignore = "takes minutes; cargo xtask test --full"]
fn ten_thousand_mutated_pdfs_do_no_harm() {
    mutate(10_000);
}

#[test]
fn an_address_is_fetched_where_it_is_asked_for() {
    let server = Server::start();
    server.page(
        "/ships.html",
        "Content-Type: text/html\r\n",
        &String::from_utf8(data("lotus.html")).unwrap(),
    );
    let (place, url) = (Place::new(), server.url("/ships.html"));
    let refused = place.run(&["add", &url]);
    let (status, complaint) = refused.complaint();
    assert!(
        status == 1 && complaint.contains("is no public address; addresses in private networks"),
        "{complaint}"
    );
    assert!(place.files().is_empty());
    let read = place.run(&["code", &url]);
    assert!(read.complaint().1.contains("this command reads files only"), "{}", read.err);
    assert_eq!(server.count("/ships.html"), 0);

    let all = ["add", "--quiet", "--allow-host", &server.host(), &url];
    assert!(place.run(&all).out.starts_with("1 new document;"));
    assert!(place.run(&all).out.starts_with("0 new documents, 1 known already;"));
}

#[test]
fn feeds_are_followed() {
    let server = Server::start();
    let at = server.at;
    server.page(
        "/1.html",
        "Content-Type: text/html\r\n",
        &String::from_utf8(data("lotus.html")).unwrap(),
    );
    server.page("/feed", "ETag: \"v1\"\r\n", &format!("<rss version=\"2.0\"><channel><title>Lotus</title><item><title>Ships</title><guid>1</guid><link>http://{at}/1.html</link></item></channel></rss>"));
    let place = Place::with("feeds.txt", format!("# ours\n{} # world\n", server.url("/feed")));
    let all =
        ["watch", "feeds.txt", "--once", "--quiet", "--delay", "0", "--allow-host", &server.host()];
    let first = place.run(&all).fine();
    assert!(first.contains("/feed: 1 new\n") && first.contains("1 new document;"), "{first}");
    let again = place.run(&all).fine();
    assert!(
        again.contains("/feed: nothing has changed\n") && again.contains("0 new documents"),
        "{again}"
    );
    assert_eq!(server.count("/1.html"), 1);
    assert_eq!(place.files(), ["feeds.txt", "hedgerow.sqlite", "hedgerow.sqlite.watch.json"]);
    // Without its memory the ledger still knows what it has.
    std::fs::remove_file(place.path("hedgerow.sqlite.watch.json")).unwrap();
    let anew = place.run(&all).fine();
    assert!(anew.contains("0 new documents, 1 known already"), "{anew}");

    place.write("wrong.txt", "lotus.example/feed\n");
    let ran = place.run(&["watch", "wrong.txt", "--once"]);
    let (status, complaint) = ran.complaint();
    assert_eq!(
        (status, complaint),
        (
            2,
            "hedgerow: wrong.txt:1: `lotus.example/feed` is no address; write one https://... a line"
        )
    );
}
