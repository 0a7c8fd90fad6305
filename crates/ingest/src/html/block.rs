//! A page as blocks of text: what stands between tags that break a line.

use dom_query::{NodeData, NodeRef};

/// A run of text that no block-level tag interrupts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// Its text, white space folded.
    pub(crate) text: String,
    /// How many characters of it lie in links.
    pub(crate) linked: usize,
    /// Whether it is a heading.
    pub(crate) heading: bool,
    /// Whether it lies in what a page calls a menu, a footer, a sidebar, a form or comments.
    pub(crate) aside: bool,
}

/// Elements whose content is no text of the page.
const SKIPPED: [&str; 17] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "head", "button",
    "select", "textarea", "input", "audio", "video", "canvas", "dialog",
];
/// Elements within a line.
const INLINE: [&str; 36] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
];
/// Elements that are beside the article.
const ASIDE: [&str; 4] = ["nav", "footer", "aside", "form"];
/// Words of classes and ids that stand for comment threads, share bars and lists of links.
const ASIDE_WORDS: [&str; 15] = [
    "navigation",
    "comment",
    "comments",
    "respond",
    "disqus",
    "share",
    "sharing",
    "sharedaddy",
    "related",
    "newsletter",
    "cookie",
    "promo",
    "sidebar",
    "breadcrumb",
    "breadcrumbs",
];

/// The blocks of `node`, in order.
pub(crate) fn blocks(node: &NodeRef<'_>) -> Vec<Block> {
    let mut walk = Walk { all: node.normalized_char_count(), ..Walk::default() };
    walk.visit(node, State::default());
    walk.end();
    walk.done
}

/// Blocks as text, a blank line between them.
pub(crate) fn join<'b>(blocks: impl IntoIterator<Item = &'b Block>) -> String {
    let texts: Vec<&str> = blocks.into_iter().map(|it| it.text.as_str()).collect();
    texts.join("\n\n")
}

#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "what an element stands in, each by itself")]
struct State {
    linked: bool,
    heading: bool,
    aside: bool,
    pre: bool,
}

#[derive(Default)]
struct Walk {
    /// Characters of the whole.
    all: usize,
    done: Vec<Block>,
    now: Block,
    space: bool,
}

impl Walk {
    /// Pages nest no deeper than [`super::gate::DEPTH`].
    fn visit(&mut self, node: &NodeRef<'_>, state: State) {
        for child in node.children_it(false) {
            let text = child.query_or(false, |it| matches!(it.data, NodeData::Text { .. }));
            if text {
                self.text(&child.text(), state);
                continue;
            }
            let Some(name) = child.node_name() else { continue };
            let name: &str = &name;
            if SKIPPED.contains(&name) || hidden(&child) {
                continue;
            }
            if name == "br" {
                self.line();
                continue;
            }
            // A cell of a table of figures stands in the line of its row; old pages are laid out in cells.
            let cell = matches!(name, "td" | "th") && is_line(&child);
            self.space |= cell;
            let inline = cell || INLINE.contains(&name);
            let state = State {
                linked: state.linked || name == "a",
                heading: state.heading || matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"),
                aside: state.aside || ASIDE.contains(&name) || self.is_aside(&child),
                pre: state.pre || name == "pre",
            };
            if !inline {
                self.end();
            }
            self.visit(&child, state);
            if !inline {
                self.end();
            }
        }
    }

    /// Whether an element calls itself beside the article. What holds half of the page has only the name: an article in a
    /// column `with-sidebar`, with its `comments-open`.
    fn is_aside(&self, node: &NodeRef<'_>) -> bool {
        let names = [node.attr("class"), node.attr("id"), node.attr("role")];
        let mut words =
            names.iter().flatten().flat_map(|it| it.split(|c: char| !c.is_alphanumeric()));
        words.any(|word| ASIDE_WORDS.contains(&word.to_ascii_lowercase().as_str()))
            && node.normalized_char_count() * 2 < self.all
    }

    fn text(&mut self, text: &str, state: State) {
        for c in text.chars() {
            if state.pre && c == '\n' {
                self.line();
            } else if c.is_whitespace() {
                self.space = true;
            } else if !is_invisible(c) {
                if self.space && !self.now.text.is_empty() && !self.now.text.ends_with('\n') {
                    self.now.text.push(' ');
                }
                self.space = false;
                self.now.text.push(c);
                self.now.linked += usize::from(state.linked);
                self.now.heading |= state.heading;
                self.now.aside |= state.aside;
            }
        }
    }

    /// A line ends; two ends in a row end the block.
    fn line(&mut self) {
        if self.now.text.ends_with('\n') {
            self.end();
        } else if !self.now.text.is_empty() {
            self.now.text.push('\n');
        }
        self.space = false;
    }

    fn end(&mut self) {
        self.space = false;
        let mut block = std::mem::take(&mut self.now);
        block.text.truncate(block.text.trim_end().len());
        if !block.text.is_empty() {
            self.done.push(block);
        }
    }
}

/// Whether all that is in an element stands in one line.
fn is_line(node: &NodeRef<'_>) -> bool {
    node.descendants_it().all(|it| {
        let name = it.node_name();
        name.is_none_or(|it| INLINE.contains(&&*it) || matches!(&*it, "img" | "input"))
    })
}

/// What a page does not show.
fn hidden(node: &NodeRef<'_>) -> bool {
    node.has_attr("hidden")
        || node.attr("aria-hidden").is_some_and(|it| it.eq_ignore_ascii_case("true"))
        || node.attr("style").is_some_and(|it| {
            let style: String = it.to_ascii_lowercase().split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Soft hyphens, joiners and marks of direction: they are there for layout.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{2060}' | '\u{FEFF}') || (c.is_control())
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    fn of(html: &str) -> Vec<Block> {
        blocks(&Document::from(html).root())
    }

    #[test]
    fn tags_part_blocks_and_links_are_counted() {
        let found =
            of("<h2>Ha<b>noi</b></h2><p>One <a href=x>two</a>,\n three.<br><br>Four.<br>Five.</p>\
            <nav>Home</nav><div style='display: none'>no</div><p>A\u{AD}B</p>");
        let texts: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["Hanoi", "One two, three.", "Four.\nFive.", "Home", "AB"]);
        assert_eq!(found[1].linked, 3);
        assert!(found[0].heading && found[3].aside && !found[1].aside);
    }

    #[test]
    fn cells_of_a_row_stand_in_one_line() {
        let found = of("<table><tr><th>Year<th>Sum</tr><tr><td>2014<td>6 boats</tr></table>");
        let texts: Vec<&str> = found.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["Year Sum", "2014 6 boats"]);
    }
}
