//! Web archives and packed files.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::{data, meta, one, read, refused};

pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut to = GzEncoder::new(Vec::new(), Compression::default());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

/// A record of a web archive.
pub(crate) fn record(kind: &str, url: &str, content: &str, block: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2016-03-20T00:00:00Z\r\n\
         Content-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    record.extend(block);
    record.extend(b"\r\n\r\n");
    record
}

/// A crawl: its description, an answer in pieces and packed, a picture, a redirect, a text.
pub(crate) fn crawl() -> Vec<Vec<u8>> {
    let page = packed(&std::fs::read(data("lotus.html")).unwrap());
    let (a, b) = page.split_at(page.len() / 2);
    let mut answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    for part in [a, b] {
        write!(answer, "{:x}\r\n", part.len()).unwrap();
        answer.extend(part);
        answer.extend(b"\r\n");
    }
    answer.extend(b"0\r\n\r\n");
    let http = "application/http; msgtype=response";
    vec![
        record("warcinfo", "", "application/warc-fields", b"software: none\r\n"),
        record(
            "request",
            "https://lotus-wire.example/1",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        record("response", "https://lotus-wire.example/2016/03/patrol-ships?id=1", http, &answer),
        record(
            "response",
            "https://lotus-wire.example/a.png",
            http,
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG",
        ),
        record(
            "response",
            "https://lotus-wire.example/old",
            http,
            b"HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Type: text/html\r\n\r\n<html>",
        ),
        record(
            "resource",
            "https://lotus-wire.example/b.txt",
            "text/plain",
            b"Japan gave Vietnam six boats.",
        ),
    ]
}

#[test]
fn a_web_archive_gives_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    // Each record is packed by itself, as crawlers do.
    let members: Vec<u8> = crawl().iter().flat_map(|it| packed(it)).collect();
    for (name, bytes) in [
        ("a.warc", crawl().concat()),
        ("b.warc.gz", members),
        ("c.warc.gz", packed(&crawl().concat())),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let all: Vec<_> = read(&path).into_iter().map(Result::unwrap).collect();
        assert_eq!(all.len(), 2, "{name}");
        assert_eq!(meta(&all[0]), meta(&one(&data("lotus.html"))));
        assert_eq!(all[0].text, one(&data("lotus.html")).text);
        assert_eq!(all[0].sha256, one(&data("lotus.html")).sha256);
        assert!(all[0].path.ends_with("#https://lotus-wire.example/2016/03/patrol-ships?id=1"));
        assert_eq!(all[0].stem, "patrol-ships");
        assert_eq!(
            (all[1].text.as_str(), all[1].stem.as_str()),
            ("Japan gave Vietnam six boats.", "b")
        );
    }
}

#[test]
fn what_is_broken_off_is_read_up_to_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.warc");
    let whole = crawl().concat();
    std::fs::write(&path, &whole[..whole.len() - 20]).unwrap();
    let all = read(&path);
    assert_eq!(all.len(), 2);
    assert!(all[0].is_ok());
    let refusal = all[1].as_ref().unwrap_err().to_string();
    assert!(
        refusal.contains("after record 6: cannot be read further (it ends within a record)"),
        "{refusal}"
    );
}

#[test]
fn other_files_may_be_packed_too() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["lotus.html", "letter.eml", "atom.xml"] {
        let path = folder.path().join(format!("{name}.gz"));
        std::fs::write(&path, packed(&std::fs::read(data(name)).unwrap())).unwrap();
        let (there, here) = (one(&path), one(&data(name)));
        assert_eq!(
            (&there.text, &there.stem, &there.sha256),
            (&here.text, &here.stem, &here.sha256)
        );
    }
    let path = folder.path().join("a.jsonl.gz");
    std::fs::write(&path, packed(b"{\"text\":\"Japan gave boats.\"}\n")).unwrap();
    assert_eq!(one(&path).stem, "a-1");
    assert!(refused("a.jsonl.gz", &packed(b"{\"text\":\"x\"}\n")[..12]).contains("cannot be"));
}
