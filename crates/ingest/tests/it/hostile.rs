//! Input that is made to hang, to fill the memory or to bring the program down.

use std::fmt::Write;
use std::io;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::archives::{packed, record};
use crate::{read, refused};

/// However a reader ends, it ends soon: these take a fraction of a second each in a release build.
const SOON: Duration = Duration::from_mins(1);

#[test]
fn nested_pages_are_not_parsed() {
    let begun = Instant::now();
    for tag in [
        "<div>",
        "<span><b>",
        "<table><tr><td>",
        "<ul><li>",
        "<svg><g>",
        "<x></y>",
        "<font color=1>",
    ] {
        let page = format!("<html><body>{}", tag.repeat(100_000));
        let why = refused("bomb.html", page.as_bytes());
        assert!(why.contains("nest more than 512 deep"), "{tag}: {why}");
    }
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
}

#[test]
fn wide_pages_end() {
    let begun = Instant::now();
    let long = "word ".repeat(500_000);
    for page in [
        "<p>".repeat(50_000),
        format!("<p>{long}"),
        format!("<a href='{long}'>x</a>"),
        "<p>Japan gave Vietnam six boats, and the minister said that it was for the coast guard of the country.</p>".repeat(2_000),
        "<i>".repeat(400) + &"<p>x".repeat(5_000),
        "&amp;".repeat(1_000_000),
        "<".repeat(5_000_000),
        format!("<!--{long}"),
        format!("<script>{long}"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wide.html");
        std::fs::write(&path, &page).unwrap();
        assert_eq!(read(&path).len(), 1);
        assert!(begun.elapsed() < SOON * 5, "{:?}", begun.elapsed());
    }
}

#[test]
fn nested_feeds_and_messages_end() {
    let begun = Instant::now();
    let deep = "<div>".repeat(100_000);
    let rss = format!(
        "<rss version='2.0'><channel><item><title>x</title><description><![CDATA[{deep}]]></description></item></channel></rss>"
    );
    assert!(refused("a.rss", rss.as_bytes()).contains("512 deep"));
    for feed in [
        format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{deep}"),
        format!("<rss><channel>{}", "<item>".repeat(100_000)),
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}",
            "[".repeat(100_000)
        ),
        format!(
            "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a \"{}\"><!ENTITY b \"{}\">]><rss><channel><title>&b;</title></channel></rss>",
            "x".repeat(1000),
            "&a;".repeat(1000)
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.rss");
        std::fs::write(&path, feed).unwrap();
        for item in read(&path) {
            assert!(item.is_err(), "{item:?}");
        }
    }
    let mut mail = String::new();
    for n in 0..5_000 {
        write!(mail, "Content-Type: multipart/mixed; boundary=\"b{n}\"\n\n--b{n}\r\n").unwrap();
    }
    let message = "Content-Type: message/rfc822\n\n".repeat(20_000);
    let header = format!("Subject: {}\n\nx", "=?utf-8?q?x?= ".repeat(200_000));
    for mail in [mail, message, header, "Subject: x\n".repeat(300_000)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.eml");
        std::fs::write(&path, mail).unwrap();
        assert_eq!(read(&path).len(), 1);
    }
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
}

#[test]
fn bombs_are_not_unpacked() {
    let mut to = GzEncoder::new(Vec::new(), Compression::best());
    io::copy(&mut io::Read::take(io::repeat(b' '), 400 << 20), &mut to).unwrap();
    let bomb = to.finish().unwrap();
    assert!(refused("a.txt.gz", &bomb).contains("longer than 32 MiB"));
    assert!(refused("a.html.gz", &bomb).contains("longer than 32 MiB"));
    for name in ["a.jsonl.gz", "a.csv.gz", "a.mbox.gz", "a.warc.gz"] {
        let why = refused(name, &bomb);
        assert!(
            why.contains("200 times its size")
                || why.contains("does not end")
                || why.contains("no WARC record"),
            "{why}"
        );
    }
    // A bomb within a bomb is no document.
    assert!(refused("a.txt.gz", &packed(&packed(b"x"))).contains("a.txt.gz"));
    let http = "application/http";
    let mut answer =
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    answer.extend(&bomb);
    let why = refused("a.warc", &record("response", "https://x.example/", http, &answer));
    assert!(why.contains("longer than 32 MiB") || why.contains("200 times"), "{why}");
}

#[test]
fn endless_lines_and_rows_end() {
    let long = vec![b'a'; 80 << 20];
    assert!(refused("a.jsonl", &long).contains("longer than 32 MiB"));
    assert!(refused("a.mbox", &long).contains("longer than 32 MiB"));
    assert!(refused("a.warc", &long).contains("no WARC record begins"));
    let mut row = b"text\n\"".to_vec();
    row.extend(&long);
    assert!(refused("a.csv", &row).contains("a row does not end"));
    let mut head = b"WARC/1.0\r\nX: ".to_vec();
    head.extend(&long);
    assert!(refused("a.warc", &head).contains("head of a record does not end"));
    assert!(
        refused("a.warc", b"WARC/1.0\r\nContent-Length: 99999999999999\r\n\r\n")
            .contains("longer than 4 GiB")
    );
}
