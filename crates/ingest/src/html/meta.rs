//! What a page says of itself: JSON-LD, `og:` properties, `meta`, and what stands in its own headline.

use dom_query::Document;
use hedgerow_text::Meta;
use serde_json::Value;

use super::plain;
use crate::date;

/// What is known of a page's publication, and the text of its article where the page repeats it for machines.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Headline, outlet, day, address.
    pub(crate) meta: Meta,
    /// `articleBody` of JSON-LD.
    pub(crate) body: Option<String>,
}

/// Types of schema.org that are articles.
const ARTICLES: [&str; 11] = [
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "SocialMediaPosting",
    "WebPage",
];
/// Names of `meta` elements that hold the day of publication, the surest first.
const DAYS: [&str; 20] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "publication_date",
    "article.published",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "date",
];
/// Names of `meta` elements that hold the outlet's name.
const OUTLETS: [&str; 5] =
    ["og:site_name", "application-name", "dc.publisher", "citation_journal_title", "publisher"];
const TITLES: [&str; 5] = ["og:title", "dc.title", "citation_title", "twitter:title", "title"];

/// Reads what `page` says of itself.
pub(crate) fn read(page: &Document) -> Known {
    let mut named = Vec::new();
    for node in page.select("meta").nodes() {
        let name =
            node.attr("property").or_else(|| node.attr("name")).or_else(|| node.attr("itemprop"));
        if let (Some(name), Some(content)) = (name, node.attr("content")) {
            named.push((name.to_ascii_lowercase(), content.to_string()));
        }
    }
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| {
            let found = named.iter().find(|(it, _)| it == name);
            found.and_then(|(_, value)| plain(value))
        })
    };
    let days = |names: &[&str]| {
        names.iter().find_map(|name| {
            let mut found = named.iter().filter(|(it, _)| it == name);
            found.find_map(|(_, value)| date::read(value))
        })
    };
    let linked = linked(page);
    let first = |css: &str| plain(&page.select_single(css).text());
    let attr = |css: &str, name: &str| plain(&page.select_single(css).attr_or(name, ""));

    let outlet = linked.outlet.clone().or_else(|| meta(&OUTLETS));
    let heading = only(page, "h1").or_else(|| first("article h1")).or_else(|| first("main h1"));
    let title = linked
        .title
        .clone()
        .or_else(|| meta(&TITLES).map(|it| without_outlet(&it, outlet.as_deref())))
        .or(heading)
        .or_else(|| first("title").map(|it| without_outlet(&it, outlet.as_deref())));
    let published =
        linked.published.as_deref().and_then(date::read).or_else(|| days(&DAYS)).or_else(|| {
            [
                "time[itemprop=datePublished]",
                "time[pubdate]",
                "article time",
                "header time",
                "time.entry-date",
            ]
            .iter()
            .find_map(|css| date::read(&attr(css, "datetime")?))
        });
    let url = attr("link[rel=canonical]", "href")
        .or_else(|| meta(&["og:url"]))
        .or(linked.url)
        .filter(|it| it.starts_with("http://") || it.starts_with("https://"));
    let known = Meta { title, outlet, url, ..Meta::default() };
    Known {
        meta: match published {
            Some(when) => known.published(when),
            None => known,
        },
        body: linked.body,
    }
}

/// The text of an element, where there is one of its kind.
fn only(page: &Document, css: &str) -> Option<String> {
    let found = page.select(css);
    (found.length() == 1).then(|| plain(&found.text())).flatten()
}

/// A page's title without the name of the outlet behind it: "Boats for Hanoi | Lotus Wire".
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let cut = [" | ", " - ", " – ", " — ", " :: ", " · "].into_iter().find_map(|mark| {
        let (before, after) = title.rsplit_once(mark)?;
        let named = outlet.is_some_and(|it| it.eq_ignore_ascii_case(after.trim()));
        (named || (mark == " | " && outlet.is_none())).then_some(before.trim())
    });
    cut.filter(|it| !it.is_empty()).unwrap_or(title).to_owned()
}

#[derive(Debug, Default)]
struct Linked {
    title: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    url: Option<String>,
    body: Option<String>,
}

/// What JSON-LD says of the first article in it.
fn linked(page: &Document) -> Linked {
    let mut best = Linked::default();
    let scripts = page.select("script[type=\"application/ld+json\"]");
    for script in scripts.nodes().iter().take(20) {
        let text = script.text();
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
        // serde_json refuses what nests deeper than 128.
        let Ok(value) = serde_json::from_str::<Value>(text) else { continue };
        let mut articles = Vec::new();
        find(&value, &mut articles);
        for article in articles {
            let found = one(article);
            best = Linked {
                title: best.title.or(found.title),
                outlet: best.outlet.or(found.outlet),
                published: best.published.or(found.published),
                url: best.url.or(found.url),
                body: best.body.or(found.body),
            };
        }
    }
    best
}

/// The articles in a JSON-LD value: itself, in a list, in `@graph`.
fn find<'v>(value: &'v Value, articles: &mut Vec<&'v Value>) {
    match value {
        Value::Array(all) => all.iter().for_each(|it| find(it, articles)),
        Value::Object(fields) => {
            let is = |kind: &Value| kind.as_str().is_some_and(|it| ARTICLES.contains(&it));
            let kinds = fields.get("@type");
            if kinds.is_some_and(|it| is(it) || it.as_array().is_some_and(|all| all.iter().any(is)))
            {
                articles.push(value);
            }
            if let Some(graph) = fields.get("@graph") {
                find(graph, articles);
            }
        }
        _ => {}
    }
}

fn one(article: &Value) -> Linked {
    let text = |name: &str| article.get(name).and_then(Value::as_str).and_then(unescaped);
    let web_page = article.get("@type").and_then(Value::as_str) == Some("WebPage");
    let publisher = article.get("publisher").and_then(|it| match it {
        Value::Array(all) => all.first().and_then(|it| it.get("name")),
        it => it.get("name"),
    });
    let url = article.get("mainEntityOfPage").map(|it| it.get("@id").unwrap_or(it));
    Linked {
        // The name of a web page is its title, the outlet's name and all.
        title: text("headline"),
        outlet: publisher.and_then(Value::as_str).and_then(unescaped),
        published: text("datePublished"),
        url: text("url").or_else(|| url.and_then(Value::as_str).map(str::to_owned)),
        body: if web_page { None } else { text("articleBody") },
    }
}

/// JSON-LD is made by templates that escape for HTML what needs no escaping.
fn unescaped(text: &str) -> Option<String> {
    if !text.contains('&') && !text.contains('<') {
        return plain(text);
    }
    plain(&Document::fragment(text).text())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Known {
        read(&Document::from(html))
    }

    #[test]
    fn linked_data_comes_first() {
        let known = of(
            r#"<title>Boats | Lotus Wire</title><meta property="og:title" content="Other">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],
            "headline":"Six boats &amp; a loan","datePublished":"2014-08-01T23:00:00+07:00",
            "publisher":{"@type":"Organization","name":"Lotus Wire"},"mainEntityOfPage":{"@id":"https://lotus.example/1"}}]}</script>"#,
        );
        assert_eq!(known.meta.title.as_deref(), Some("Six boats & a loan"));
        assert_eq!(known.meta.outlet.as_deref(), Some("Lotus Wire"));
        assert_eq!(known.meta.published.unwrap().to_string(), "2014-08-01");
        assert_eq!(known.meta.url.as_deref(), Some("https://lotus.example/1"));
    }

    #[test]
    fn then_what_the_head_says_then_the_page() {
        let known = of(
            r#"<meta property=og:site_name content="Lotus Wire"><meta property=og:title content="Boats - Lotus Wire">
            <meta name=pubdate content="Fri, 01 Aug 2014 08:00:00 +0700"><link rel=canonical href="https://lotus.example/1">"#,
        );
        assert_eq!(known.meta.title.as_deref(), Some("Boats"));
        assert_eq!(known.meta.published.unwrap().to_string(), "2014-08-01");
        assert_eq!(known.meta.url.as_deref(), Some("https://lotus.example/1"));
        let known = of(
            "<title>Boats | Lotus</title><h1>Six boats</h1><article><time datetime=2014-08-01>x</time></article>",
        );
        assert_eq!(known.meta.title.as_deref(), Some("Six boats"));
        assert_eq!(known.meta.published.unwrap().to_string(), "2014-08-01");
    }
}
