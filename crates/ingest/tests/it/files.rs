//! Feeds, messages, tables.

use crate::{data, meta, one, read, refused};

#[test]
fn rss_gives_its_entries() {
    let all: Vec<_> = read(&data("rss.xml")).into_iter().map(Result::unwrap).collect();
    assert_eq!(all.len(), 2);
    let [title, outlet, day, url] = meta(&all[0]);
    assert_eq!(
        (title.as_str(), outlet.as_str()),
        ("Japan & Vietnam hold drill", "Lotus Wire: World")
    );
    assert_eq!(
        (day.as_str(), url.as_str()),
        ("2017-06-17", "https://lotus-wire.example/2017/06/drill")
    );
    assert_eq!(all[0].stem, "drill");
    assert!(all[0].path.ends_with("rss.xml#lw-101"));
    assert_eq!(
        all[0].text,
        "Japan & Vietnam hold drill\n\nJapan and Vietnam held a joint drill against illegal fishing off Da Nang on Friday.\n\nIt was the first of its kind.\n"
    );
    assert!(all[1].text.contains("38.5 billion yen"));
}

#[test]
fn atom_and_json_feed_do_too() {
    let atom = one(&data("atom.xml"));
    assert_eq!(
        meta(&atom),
        [
            "The Lach Huyen loan",
            "Harbour Notes",
            "2011-11-03",
            "https://harbour.example/lach-huyen/"
        ]
    );
    assert!(
        atom.text.ends_with("Japan lent Vietnam 92.6 billion yen.\n\nMost of it is for a port.\n"),
        "{}",
        atom.text
    );
    let json = one(&data("feed.json"));
    assert_eq!(meta(&json), ["A visit", "Bay Courier", "2012-05-01", "https://bay.example/7"]);
    assert_eq!(json.text, "A visit\n\nThe minister of Japan visited Hanoi.\n");
}

#[test]
fn a_message_is_subject_sender_day_and_text() {
    let mail = one(&data("letter.eml"));
    assert_eq!(
        meta(&mail)[..3],
        ["Hanoi and Delhi sign – at last", "Lotus Wire, World Desk", "2014-09-15"]
    );
    assert_eq!(
        mail.text,
        "Hanoi and Delhi sign – at last\n\nIndia gave Vietnam a credit line of 100 million dollars for arms on Monday, the first of its kind.\n\nThe President of India visited Hanoi for four days.\n"
    );
}

#[test]
fn a_mailbox_is_its_messages() {
    let all: Vec<_> = read(&data("box.mbox")).into_iter().map(Result::unwrap).collect();
    assert_eq!(all.len(), 2);
    assert_eq!(
        all[0].text,
        "One\n\nIndia gave Vietnam a credit line.\nFrom Hanoi the president went to Saigon.\n"
    );
    assert_eq!(all[1].text, "Two\n\nFrance lent Vietnam 200 million euros.\n");
    assert_eq!((all[1].stem.as_str(), meta(&all[1])[2].as_str()), ("box-2", "2014-09-16"));
}

#[test]
fn a_table_is_its_rows() {
    let all = read(&data("stories.csv"));
    assert_eq!(all.len(), 3);
    let first = all[0].as_ref().unwrap();
    assert_eq!(meta(first)[..3], ["Boats", "Lotus Wire", "2014-08-01"]);
    assert_eq!(
        (first.stem.as_str(), first.text.as_str()),
        ("1", "Japan gave Vietnam six boats.\nIt said so; twice.")
    );
    assert!(first.remarks[0].contains("windows-1252"), "{:?}", first.remarks);
    let second = all[1].as_ref().unwrap();
    assert_eq!(second.text, "François said “yes” to the loan from Paris.");
    assert_eq!(second.meta.published_until.unwrap().to_string(), "2014-08-31");
    let third = all[2].as_ref().unwrap_err();
    assert!(third.what.ends_with("stories.csv:5") && third.wrong.contains("01/08/2014"), "{third}");
}

#[test]
fn what_is_none_of_it_says_so() {
    assert_eq!(
        refused("a.csv", b"id,body\n1,x\n"),
        "a.csv: its first row names no column `text`; name the columns id, text, published, title, outlet, url"
    );
    assert!(refused("a.rss", b"<rss><channel>").contains("is no feed that can be read"));
    assert!(refused("a.xml", b"<book/>").contains("is no feed that can be read"));
    assert!(refused("a.eml", b"").contains("is empty"));
    assert!(refused("a.mbox", b"\n\n").contains("is empty"));
    assert!(refused("a.warc", b"hello\n").contains("no WARC record begins"));
    assert!(refused("a.docx", b"PK\x03\x04").contains("is Word, which is not read"));
    assert!(refused("a.txt", b"PK\x03\x04").contains("packed file (zip"));
    assert!(refused("a.pdf", b"%PDF-1.4").contains("is PDF, which is not read here"));
}
