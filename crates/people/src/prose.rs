//! Markdown as people write it, made into HTML that holds nothing but what is listed here.
//!
//! Raw HTML is shown as text, pictures are their words, links lead to the web or stay here and carry `nofollow`. There is no
//! sanitiser behind this, since there is nothing to sanitise: markup comes only from the events that are let through.

use std::collections::BTreeMap;
use std::fmt::Write;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use pulldown_cmark_escape::{escape_href, escape_html};

/// How deep quotations and lists may stand in each other; browsers have an end, too.
const DEEPEST: usize = 12;

/// What a footnote says of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where the fact is.
    pub href: String,
    /// What it says now, as HTML that was made here.
    pub html: String,
}

/// A reply as HTML: paragraphs, emphasis, lists, quotations, code, links.
pub fn reply(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, Filter::new(Parser::new_ext(text, Options::empty()), None));
    out
}

/// A brief as HTML, with tables and headings, its footnotes numbered and listed below the text. `note` says what is to stand for
/// the fact of an id; of what it does not know the note says so.
pub fn brief(text: &str, note: impl Fn(&str) -> Option<Note>) -> String {
    let mut facts = BTreeMap::new();
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, Filter::new(parser(text), Some(&mut facts)));
    // Columns are aligned by style attributes, which the content security policy does not allow.
    let out = out
        .replace(" style=\"text-align: right\"", " class=\"number\"")
        .replace(" style=\"text-align: left\"", "")
        .replace(" style=\"text-align: center\"", "")
        .replace(
            "<table>",
            "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>",
        );
    let mut out = out.replace("</table>", "</table></div>");
    if facts.is_empty() {
        return out;
    }
    let mut listed: Vec<(usize, String)> = facts.into_iter().map(|(id, n)| (n, id)).collect();
    listed.sort();
    out.push_str("<section class=\"notes\" aria-label=\"Notes\"><h2>Notes</h2><ol>");
    for (n, id) in listed {
        // Writing to a string does not fail.
        let _ = write!(out, "<li id=\"note-{n}\">");
        if let Some(note) = note(&id) {
            out.push_str(&note.html);
            out.push_str(" <a href=\"");
            let _ = escape_href(&mut out, &note.href);
            out.push_str("\">The fact with its evidence</a>");
        } else {
            out.push_str("<p class=\"warn\">There is no fact <code>");
            let _ = escape_html(&mut out, &id);
            out.push_str("</code> in this ledger.</p>");
        }
        let _ = write!(out, " <a href=\"#ref-{n}\" aria-label=\"Back to the text\">↩</a></li>");
    }
    out.push_str("</ol></section>");
    out
}

/// The ids of the facts that a brief names, in the order in which it names them.
pub fn facts_of(text: &str) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    for event in parser(text) {
        if let Event::FootnoteReference(name) = event
            && let Some(id) = name.strip_prefix("fact:")
            && !facts.iter().any(|it| it == id)
        {
            facts.push(id.to_owned());
        }
    }
    facts
}

/// Footnotes of the older kind: there a reference needs no definition, and facts define themselves.
fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_OLD_FOOTNOTES)
}

/// Lets through what may be shown.
struct Filter<'t, 'n> {
    events: Parser<'t>,
    /// The number of each fact that was named; `None` in replies, which have neither footnotes nor headings.
    facts: Option<&'n mut BTreeMap<String, usize>>,
    /// For each open link whether it is shown.
    links: Vec<bool>,
    /// For each open block whether it is shown.
    blocks: Vec<bool>,
}

impl<'t, 'n> Filter<'t, 'n> {
    fn new(events: Parser<'t>, facts: Option<&'n mut BTreeMap<String, usize>>) -> Self {
        Self { events, facts, links: Vec::new(), blocks: Vec::new() }
    }

    fn shown(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
            Event::FootnoteReference(name) => Some(self.footnote(&name)),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let to = leads(&dest_url).then(|| link(&dest_url));
                self.links.push(to.is_some());
                to.map(markup)
            }
            Event::End(TagEnd::Link) => {
                self.links.pop().unwrap_or(false).then(|| markup("</a>".to_owned()))
            }
            Event::Start(Tag::Image { .. } | Tag::HtmlBlock)
            | Event::End(TagEnd::Image | TagEnd::HtmlBlock) => None,
            Event::Start(Tag::Heading { level, .. }) => Some(markup(match self.level(level) {
                Some(level) => format!("<{level}>"),
                None => "<p><strong>".to_owned(),
            })),
            Event::End(TagEnd::Heading(level)) => Some(markup(match self.level(level) {
                Some(level) => format!("</{level}>\n"),
                None => "</strong></p>\n".to_owned(),
            })),
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
                let shown = self.blocks.len() < DEEPEST;
                self.blocks.push(shown);
                shown.then_some(event)
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
                self.blocks.pop().unwrap_or(false).then_some(event)
            }
            // Of a code block the language is of no use here.
            Event::Start(Tag::CodeBlock(_)) => Some(markup("<pre><code>".to_owned())),
            Event::End(TagEnd::CodeBlock) => Some(markup("</code></pre>\n".to_owned())),
            other => Some(other),
        }
    }

    /// A page has one heading of the first level, which is its title.
    fn level(&self, level: HeadingLevel) -> Option<HeadingLevel> {
        let below = match level {
            HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H2,
            HeadingLevel::H3 => HeadingLevel::H3,
            _ => HeadingLevel::H4,
        };
        self.facts.is_some().then_some(below)
    }

    fn footnote(&mut self, name: &str) -> Event<'t> {
        let (Some(facts), Some(id)) = (self.facts.as_deref_mut(), name.strip_prefix("fact:"))
        else {
            return Event::Text(CowStr::from(format!("[^{name}]")));
        };
        let next = facts.len() + 1;
        let known = facts.get(id).copied();
        let n = *facts.entry(id.to_owned()).or_insert(next);
        // The way back leads to the first place.
        let anchor = if known.is_none() { format!(" id=\"ref-{n}\"") } else { String::new() };
        markup(format!("<sup{anchor}><a href=\"#note-{n}\" aria-label=\"Note {n}\">{n}</a></sup>"))
    }
}

impl<'t> Iterator for Filter<'t, '_> {
    type Item = Event<'t>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let event = self.events.next()?;
            if let Some(event) = self.shown(event) {
                return Some(event);
            }
        }
    }
}

/// Markup that was made here.
fn markup<'t>(html: String) -> Event<'t> {
    Event::InlineHtml(CowStr::from(html))
}

/// Whether a link leads to the web, to somebody's mail, or to a page of this place.
fn leads(to: &str) -> bool {
    let web = ["https://", "http://", "mailto:"]
        .iter()
        .any(|start| to.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start)));
    let here = to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\");
    (web || here) && !to.chars().any(char::is_control)
}

fn link(to: &str) -> String {
    let mut out = String::from("<a href=\"");
    // Writing to a string does not fail.
    let _ = escape_href(&mut out, to);
    out.push_str("\" rel=\"nofollow ugc noopener\">");
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_but_our_markup_comes_out_of_a_reply() {
        let text = "Hello *there* <script>alert(1)</script> [x](javascript:alert(2)) [y](JaVaScRiPt:alert(3)) [d](data:text/html,x)\n\n\
            <img src=x onerror=alert(4)>\n\n![pic](https://evil.example/t.png) <https://fine.example/?a=1&b=\"2>\n\n\
            [out](//evil.example) [here](/facts/a) [q](https://x.example/\"onmouseover=\"alert)\n\n# Loud\n\n```\"><b>\nx</code><script>\n```\n\n<svg/onload=alert(5)>";
        let page = reply(text);
        for bad in [
            "<script",
            "<img",
            "javascript:",
            "JaVaScRiPt",
            "data:",
            "href=\"//",
            "<svg",
            "<h1",
            " onmouseover=\"",
            "<b>",
        ] {
            assert!(!page.contains(bad), "{bad}: {page}");
        }
        assert!(page.contains("<em>there</em>") && page.contains("href=\"/facts/a\""), "{page}");
        assert!(page.contains("<p><strong>Loud</strong></p>"), "{page}");
        assert!(page.contains("pic") && page.contains("rel=\"nofollow ugc noopener\""), "{page}");
    }

    #[test]
    fn footnotes_of_a_brief_are_facts() {
        let text = "# Ships\n\nSix boats[^fact:a-01] and aid[^fact:b:2], again[^fact:a-01], [^1] `[^fact:code]`\n\n| n |\n|--:|\n| 1 |\n";
        assert_eq!(facts_of(text), ["a-01", "b:2"]);
        let page = brief(text, |id| {
            let html = "<p>note</p>".to_owned();
            (id == "a-01").then(|| Note { href: format!("/facts/{id}"), html })
        });
        assert!(page.contains("<h2>Ships</h2>") && page.contains("class=\"number\""), "{page}");
        assert_eq!(page.matches("href=\"#note-1\"").count(), 2, "{page}");
        assert_eq!(page.matches("id=\"ref-1\"").count(), 1, "{page}");
        assert!(page.contains("<li id=\"note-1\"><p>note</p> <a href=\"/facts/a-01\">"), "{page}");
        assert!(page.contains("There is no fact <code>b:2</code>"), "{page}");
        assert!(page.contains("[^1]") && page.contains("[^fact:code]"), "{page}");
    }

    #[test]
    fn depth_has_an_end() {
        let page = reply(&"> ".repeat(4_000));
        assert!(page.matches("<blockquote>").count() <= DEEPEST);
        let page = reply(&format!("{}x", "- ".repeat(2_000)));
        assert_eq!(page.matches("<ul>").count(), page.matches("</ul>").count());
        assert!(page.matches("<ul>").count() <= DEEPEST);
    }

    proptest! {
        #[test]
        fn only_known_tags_come_out(text in "[<>a-z/!&\"'=:()\\[\\]`*_#|\\^ \n-]{0,200}") {
            for page in [reply(&text), brief(&text, |_| None)] {
                for tag in page.split('<').skip(1) {
                    let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                    let known = ["p", "em", "strong", "ul", "ol", "li", "blockquote", "pre", "code", "a", "br", "hr", "sup", "h2", "h3", "h4",
                        "table", "thead", "tbody", "tr", "th", "td", "div", "section"];
                    prop_assert!(known.contains(&name.as_str()), "{name} in {page}");
                    prop_assert!(!tag.split('>').next().unwrap_or_default().contains(" on"), "{page}");
                }
            }
        }
    }
}
