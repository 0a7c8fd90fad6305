//! Is a page one that the parsers may see?
//!
//! A browser's parser looks through all open elements at every tag, so a page of half a megabyte of nothing but `<div>`
//! keeps every library busy for minutes. This gate reads the tags once, without building anything, and follows the stack of
//! open elements closely enough to know how deep they nest.

/// Open elements that may lie within each other, as in Chromium.
pub(crate) const DEPTH: usize = 512;
/// Tags and character references that a page may have.
const MARKS: usize = 400_000;
/// Attributes that one tag may have: parsers compare each with all before.
const ATTRIBUTES: usize = 1_000;

/// Elements without content.
const VOID: [&str; 16] = [
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta",
    "param", "source", "track", "wbr",
];
/// Elements whose content is text, tags and all.
const RAW: [&str; 8] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
/// Elements that an end tag does not reach over.
const WALLS: [&str; 14] = [
    "html", "body", "table", "td", "th", "caption", "template", "button", "object", "applet",
    "marquee", "svg", "math", "select",
];
/// Elements whose end tags do not close what was opened within them.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements that end when the next of their kind begins; with what they do not reach over.
const ENDED: [(&str, &[&str], &[&str]); 6] = [
    ("li", &["li"], &["ul", "ol", "menu"]),
    ("dt", &["dt", "dd"], &["dl"]),
    ("dd", &["dt", "dd"], &["dl"]),
    ("option", &["option"], &["select", "optgroup", "datalist"]),
    ("td", &["td", "th"], &["tr", "table"]),
    ("tr", &["tr"], &["tbody", "thead", "tfoot", "table"]),
];
/// Elements that end an open paragraph.
const AFTER_P: [&str; 32] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Why a page may not be parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closed {
    /// Elements nest deeper than [`DEPTH`]; the byte at which they do.
    Deep(usize),
    /// More tags and references than anybody writes.
    Marks,
    /// A tag with more attributes than anybody writes; where it stands.
    Attributes(usize),
}

impl Closed {
    /// What is wrong, in words.
    pub(crate) fn why(self) -> String {
        match self {
            Self::Deep(at) => {
                format!("its elements nest more than {DEPTH} deep (at byte {at}), as no page does")
            }
            Self::Marks => format!("it has more than {MARKS} tags and character references"),
            Self::Attributes(at) => {
                format!("a tag in it (at byte {at}) has more than {ATTRIBUTES} attributes")
            }
        }
    }
}

/// Whether `html` may be parsed.
pub(crate) fn check(html: &str) -> Result<(), Closed> {
    let bytes = html.as_bytes();
    let mut open: Vec<String> = Vec::new();
    if bytes.iter().filter(|b| b"<&".contains(b)).nth(MARKS).is_some() {
        return Err(Closed::Marks);
    }
    let mut at = 0;
    while let Some(found) = find(bytes, at, b'<') {
        let rest = &bytes[found..];
        if rest.starts_with(b"<!--") {
            at = end_of(bytes, found + 4, b"-->");
            continue;
        }
        let closing = rest.get(1) == Some(&b'/');
        let name_at = found + 1 + usize::from(closing);
        if !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
            at = found + 1;
            continue;
        }
        let name = name(bytes, name_at);
        let tag = tag(bytes, name_at + name.len());
        if tag.attributes > ATTRIBUTES {
            return Err(Closed::Attributes(found));
        }
        at = tag.end;
        if closing {
            close(&mut open, &name);
        } else if !VOID.contains(&name.as_str()) {
            if RAW.contains(&name.as_str()) {
                at = end_of_raw(bytes, at, &name);
                continue;
            }
            let foreign = open.iter().any(|it| it == "svg" || it == "math");
            if !(foreign && tag.closed) {
                begin(&mut open, name);
            }
            if open.len() > DEPTH {
                return Err(Closed::Deep(found));
            }
        }
    }
    Ok(())
}

/// An element begins; some end by that.
fn begin(open: &mut Vec<String>, name: String) {
    if AFTER_P.contains(&name.as_str()) {
        end_within(open, &["p"], &WALLS);
    }
    if let Some((_, kinds, walls)) = ENDED.iter().find(|(it, ..)| *it == name) {
        end_within(open, kinds, walls);
    }
    open.push(name);
}

/// An end tag: it closes the nearest element of its name, and what is open within that.
fn close(open: &mut Vec<String>, name: &str) {
    let wall = |it: &str| WALLS.contains(&it) && it != name;
    // The end of a table, a cell or a page closes whatever is open in it.
    let reaches = WALLS.contains(&name);
    let found = open.iter().rposition(|it| it == name || (!reaches && wall(it)));
    let Some(at) = found.filter(|&at| open[at] == name) else { return };
    if FORMATTING.contains(&name) {
        open.remove(at);
    } else {
        open.truncate(at);
    }
}

/// Closes the nearest of `kinds`, unless one of `walls` lies nearer.
fn end_within(open: &mut Vec<String>, kinds: &[&str], walls: &[&str]) {
    let found =
        open.iter().rposition(|it| kinds.contains(&it.as_str()) || walls.contains(&it.as_str()));
    if let Some(at) = found.filter(|&at| kinds.contains(&open[at].as_str())) {
        open.truncate(at);
    }
}

fn name(bytes: &[u8], at: usize) -> String {
    let name = bytes[at..].iter().take_while(|b| !b.is_ascii_whitespace() && !b"/>".contains(b));
    // Names are compared, not kept: a long one is cut to what still differs from every known one.
    String::from_utf8_lossy(&name.copied().collect::<Vec<u8>>()).to_ascii_lowercase()
}

struct Tag {
    end: usize,
    attributes: usize,
    closed: bool,
}

/// Reads a tag from behind its name to its end.
fn tag(bytes: &[u8], from: usize) -> Tag {
    let (mut at, mut attributes, mut before) = (from, 0, b' ');
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return Tag { end: at + 1, attributes, closed: before == b'/' },
            b'"' | b'\'' if before == b'=' => {
                at = find(bytes, at + 1, byte).unwrap_or(bytes.len());
                before = b' ';
                at += 1;
                continue;
            }
            _ if byte.is_ascii_whitespace() => {
                if before != b'=' {
                    before = b' ';
                }
            }
            _ => {
                attributes += usize::from(before == b' ' || before == b'/');
                before = byte;
            }
        }
        at += 1;
    }
    Tag { end: bytes.len(), attributes, closed: false }
}

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    bytes.get(from..)?.iter().position(|&b| b == byte).map(|n| from + n)
}

fn end_of(bytes: &[u8], from: usize, mark: &[u8]) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let found = rest.windows(mark.len()).position(|it| it == mark);
    found.map_or(bytes.len(), |n| from + n + mark.len())
}

/// Where the end tag of an element with raw text begins.
fn end_of_raw(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = find(bytes, at, b'<') {
        let rest = bytes.get(found + 2..found + 2 + name.len()).unwrap_or_default();
        if bytes.get(found + 1) == Some(&b'/') && rest.eq_ignore_ascii_case(name.as_bytes()) {
            return found;
        }
        at = found + 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_passes() {
        let careless =
            "<p>One<p>Two<ul><li>a<li>b <div>c<li>d</ul><br><img src='<div>'>".repeat(900);
        assert_eq!(check(&careless), Ok(()));
        let table = "<table><tr><td>1<td><b>2<tr><td>3</table>".repeat(900);
        assert_eq!(check(&table), Ok(()));
        assert_eq!(check(&"<div class=\"a b\"><i>x</i></div>".repeat(9_000)), Ok(()));
        let script = format!("<script>{}</script>", "'<div>'+".repeat(9_000));
        assert_eq!(check(&script), Ok(()));
        assert_eq!(check(&"<!-- <div> -->".repeat(2_000)), Ok(()));
        assert_eq!(check("<div"), Ok(()));
    }

    #[test]
    fn bombs_do_not() {
        for bomb in ["<div>", "<b a=1>", "<x></y>", "<span></p>", "<table><tr><td></div>", "<svg>"]
        {
            let found = check(&bomb.repeat(100_000));
            assert!(matches!(found, Err(Closed::Deep(_))), "{bomb}: {found:?}");
        }
        let wide = format!("<p {}>", "a=1 b=2 ".repeat(2_500));
        assert_eq!(check(&wide), Err(Closed::Attributes(0)));
        assert_eq!(check(&"<br>".repeat(500_000)), Err(Closed::Marks));
    }
}
