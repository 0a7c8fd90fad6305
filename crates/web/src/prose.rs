//! Pages written in Markdown: the codebook and the measures.
//!
//! Raw HTML in them is shown as text and links lead to the web or stay here: a codebook may be somebody else's.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html};

/// The text as HTML; `link` says where a link to another file leads, `None` where it is to be plain text.
pub(crate) fn markup(text: &str, link: impl Fn(&str) -> Option<String>) -> Markup {
    let mut options = Options::empty();
    options.insert(Options::ENABLE_TABLES);
    let mut dead = 0_usize;
    let events = Parser::new_ext(text, options).filter_map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Some(Event::Text(raw)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            if let Some(to) = lead(&dest_url, &link) {
                let dest_url = CowStr::from(to);
                Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
            } else {
                dead += 1;
                None
            }
        }
        Event::End(pulldown_cmark::TagEnd::Link) if dead > 0 => {
            dead -= 1;
            None
        }
        // Nothing is loaded from elsewhere: of a picture its words stay.
        Event::Start(Tag::Image { .. }) | Event::End(pulldown_cmark::TagEnd::Image) => None,
        other => Some(other),
    });
    let mut out = String::with_capacity(text.len() * 2);
    html::push_html(&mut out, events);
    // Columns are aligned by style attributes, which the content security policy does not allow.
    let out = out.replace(" style=\"text-align: right\"", " class=\"number\"");
    let out =
        out.replace(" style=\"text-align: left\"", "").replace(" style=\"text-align: center\"", "");
    // What is wide scrolls by itself, with the keyboard, too.
    let out = out.replace("<pre>", "<pre tabindex=\"0\">");
    let out = out.replace(
        "<table>",
        "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>",
    );
    PreEscaped(out.replace("</table>", "</table></div>"))
}

/// Where a link leads: to the web, to a place on the page, or to what `link` knows.
fn lead(to: &str, link: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let safe = ["https://", "http://", "#"].iter().any(|start| to.starts_with(start));
    if safe { Some(to.to_owned()) } else { link(to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_our_markup_comes_out() {
        let text = "# A\n\n<script>alert(1)</script>\n\n[x](javascript:alert(2)) ![y](http://z/t.png)\n\n\
                    [fine](https://example.org) [page](hhi.md)\n\n<img src=x onerror=y>\n";
        let page = markup(text, |to| to.strip_suffix(".md").map(|it| format!("/measures/{it}"))).0;
        assert!(page.contains("&lt;script&gt;") && page.contains("&lt;img src=x"), "{page}");
        assert!(
            !page.contains("<script") && !page.contains("<img") && !page.contains("javascript:"),
            "{page}"
        );
        assert!(
            page.contains("href=\"https://example.org\"")
                && page.contains("href=\"/measures/hhi\"")
        );
    }

    #[test]
    fn tables_need_no_style() {
        let page = markup("| a | b |\n|---|--:|\n| 1 | 2 |\n", |_| None).0;
        assert!(page.contains("<td class=\"number\">2</td>") && !page.contains("style="), "{page}");
    }
}
