//! Pages of three kinds of site, with the menus, comment forms and lists of links around them.

use hedgerow_text::Document;

use crate::{data, meta, one, read};

/// Words that stand only outside the articles.
const CHROME: [&str; 22] = [
    "skip to content",
    "log in",
    "facebook",
    "ferry strike",
    "da nang plans",
    "fisheries law",
    "related",
    "manila",
    "comment",
    "reply",
    "seadog",
    "reproduction",
    "imprint",
    "blogroll",
    "cat ba",
    "powered",
    "share",
    "wordpress",
    "letters to",
    "webmaster",
    "best viewed",
    "notify",
];

#[track_caller]
fn has(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    let small = text.to_lowercase();
    for words in CHROME {
        assert!(!small.contains(words), "{words:?} is in\n{text}");
    }
}

#[test]
fn a_news_site_of_today() {
    let page = one(&data("lotus.html"));
    let [title, outlet, day, url] = meta(&page);
    assert_eq!(title, "Tokyo hands over two more patrol ships to Hanoi");
    assert_eq!((outlet.as_str(), day.as_str()), ("Lotus Wire", "2016-03-14"));
    assert_eq!(url, "https://lotus-wire.example/2016/03/patrol-ships");
    assert_eq!(page.text.matches("hands over two more").count(), 1);
    assert!(page.text.starts_with("Tokyo hands over"), "{}", page.text);
    has(
        &page.text,
        &[
            "Japan handed over two used patrol ships to Vietnam on Monday",
            "signed in August 2014.\n\n",
            "four months.",
            "“We thank the people of Japan for their help,”",
            "do more for peace and stability in the South China Sea.",
        ],
    );
    assert_eq!(page.remarks, Vec::<String>::new());
    assert_eq!(page.extractor.unwrap().split(' ').next(), Some("html.v1"));
    // The zones agree: what was kept is headline, byline, dateline, body.
    let document = Document::new("lotus", page.text.clone(), page.meta.clone());
    assert_eq!(document.article().next().unwrap().span.of(&document.text), title);
}

#[test]
fn a_blog_with_a_comment_form() {
    let page = one(&data("harbour.html"));
    let [title, _, day, _] = meta(&page);
    assert_eq!(
        (title.as_str(), day.as_str()),
        ("Harbour Notes – The loan for the Lach Huyen port", "2011-11-03")
    );
    has(
        &page.text,
        &["92.6 billion yen", "300 dollars a container.", "“It is the first port", "open in 2015."],
    );
}

#[test]
fn a_page_of_tables_in_another_encoding() {
    let page = one(&data("courrier.htm"));
    has(
        &page.text,
        &["200 million €", "François Delorme", "office in Hanoi", "for the land.", "well spent.”"],
    );
    assert!(page.text.contains("for the lender.\n\nThe line"), "{}", page.text);
}

#[test]
fn a_front_page_is_no_article() {
    let all = read(&data("front.html"));
    let refusal = all.into_iter().next().unwrap().unwrap_err();
    assert!(refusal.wrong.contains("no article was found"), "{refusal}");
}

#[test]
fn the_hash_is_that_of_the_bytes_received() {
    let bytes = std::fs::read(data("courrier.htm")).unwrap();
    assert_eq!(one(&data("courrier.htm")).sha256, hedgerow_ledger::sha256_hex(&bytes));
}
