//! Text that wants to be markup stays text.

use crate::fixture::HOSTILE;
use crate::site::{Site, text, values};

#[test]
fn nothing_from_a_document_becomes_markup() {
    let site = Site::new();
    let pages: Vec<String> = ["/", "/documents", "/actors", "/dyads"]
        .into_iter()
        .flat_map(|list| values(&site.page(list), "href"))
        .filter(|href| href.contains("script") || href.contains("img"))
        .collect();
    assert!(pages.len() >= 4, "{pages:?}");
    for path in pages.iter().map(String::as_str).chain(["/", "/actors/JPN", "/claims/none<script>"])
    {
        let answer = site.get(&path.replace('<', "%3C").replace('>', "%3E"));
        let page = answer.body;
        for evil in
            ["<script", "<img", "<b>Japan", "<i>Evil", "javascript:", " style=", " onerror=\""]
        {
            assert!(!page.contains(evil), "{path} has {evil}");
        }
        for header in
            ["content-security-policy: default-src 'none'", "x-content-type-options: nosniff"]
        {
            assert!(answer.head.contains(header), "{path} lacks {header}");
        }
        assert!(!answer.head.contains("unsafe-inline"));
    }
}

#[test]
fn a_hostile_article_is_shown_as_received() {
    let site = Site::new();
    let href = values(&site.page("/documents"), "href")
        .into_iter()
        .find(|h| h.contains("script"))
        .unwrap();
    let page = site.page(&href);
    let (_, rest) = page.split_once("<div class=\"text\" dir=\"auto\">").unwrap();
    let (article, _) = rest.split_once("</div>").unwrap();
    assert_eq!(text(article), HOSTILE.replace('\0', "␀"));
    let json = site.get(&format!("{href}.json")).json();
    assert_eq!(json["document"]["text"], HOSTILE);
}
