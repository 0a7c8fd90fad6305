//! From lines to paragraphs: which lines were broken by a margin, and which stand for themselves.

use super::line::{self, Line};
use super::shape;
use crate::Span;

/// One or more lines that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    /// What they cover, without the marks of lists, quotations and headings.
    pub(crate) span: Span,
    /// What marks them.
    pub(crate) mark: Mark,
    /// Whether a blank line, or the text's edge, stands before.
    pub(crate) opens_block: bool,
    /// Whether a blank line, or the text's edge, stands after.
    pub(crate) closes_block: bool,
}

/// Marks of lightly formatted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// None.
    Plain,
    /// A heading of that depth.
    Heading(u8),
    /// An entry of a list.
    Item,
    /// A line of signs only.
    Rule,
    /// A picture.
    Picture,
}

/// The widest line that a margin would still have broken.
const MAX_WIDTH: u32 = 130;

/// Joins the lines of `text` that belong together.
pub(crate) fn units(text: &str, lines: &[Line]) -> Vec<Unit> {
    let marked: Vec<(Line, Mark)> = lines.iter().map(|&line| mark(text, line)).collect();
    let margin = Margin::find(text, &marked);
    let mut units: Vec<Unit> = Vec::new();
    let mut before: Option<(Line, Mark)> = None;
    for &(line, mark) in &marked {
        if line.is_blank() {
            if let Some(unit) = units.last_mut() {
                unit.closes_block = true;
            }
            before = None;
            continue;
        }
        if mark == Mark::Rule
            && let Some(unit) = units.last_mut()
            && before.is_some()
            && let Some(depth) = underline(line.span.of(text))
            && unit.mark == Mark::Plain
            && !shape::ends_stretch(unit.span.of(text))
        {
            unit.mark = Mark::Heading(depth);
            unit.closes_block = true;
            before = None;
            continue;
        }
        if let Some(last) = before
            && mark == Mark::Plain
            && matches!(last.1, Mark::Plain | Mark::Item)
            && margin.joins(text, last.0, line)
            && let Some(unit) = units.last_mut()
        {
            unit.span = unit.span.cover(line.span);
        } else {
            let opens_block = before.is_none();
            units.push(Unit { span: line.span, mark, opens_block, closes_block: false });
        }
        before = Some((line, mark));
    }
    if let Some(unit) = units.last_mut() {
        unit.closes_block = true;
    }
    units
}

/// How a text's lines were broken.
#[derive(Debug)]
struct Margin {
    /// The longest line that was broken, where lines are broken at all.
    width: Option<u32>,
    /// Whether most lines were.
    everywhere: bool,
}

impl Margin {
    /// Looks for lines that stop in mid-sentence and go on with a small letter.
    fn find(text: &str, lines: &[(Line, Mark)]) -> Self {
        let (mut pairs, mut open, mut small, mut width) = (0, 0, 0, 0);
        let broken = || {
            lines.windows(2).filter_map(|pair| {
                let [(a, mark), (b, Mark::Plain)] = pair else { return None };
                let plain = matches!(mark, Mark::Plain | Mark::Item);
                (plain && !a.is_blank() && !b.is_blank() && a.chars <= MAX_WIDTH)
                    .then_some((*a, *b))
            })
        };
        for (a, b) in broken() {
            pairs += 1;
            if shape::ends_stretch(a.span.of(text)) {
                continue;
            }
            open += 1;
            if shape::starts_small(b.span.of(text)) {
                small += 1;
                width = width.max(a.chars);
            }
        }
        // Titles under each other start with capitals; in running text four words in five do not.
        if width < 30 || small * 5 < open * 2 {
            return Self { width: None, everywhere: false };
        }
        let (mut full, mut stops) = (0, 0);
        for (a, b) in broken() {
            if is_full(text, a, b, width) {
                full += 1;
                stops += usize::from(shape::ends_stretch(a.span.of(text)));
            }
        }
        Self { width: Some(width), everywhere: full * 10 >= pairs * 6 && stops * 2 <= full }
    }

    /// Whether `b` goes on where `a` was broken.
    fn joins(&self, text: &str, a: Line, b: Line) -> bool {
        let open = !shape::ends_stretch(a.span.of(text));
        let full = self.width.is_some_and(|width| is_full(text, a, b, width));
        let small = shape::starts_small(b.span.of(text)) && a.chars > 30;
        (open && (full || small)) || (full && self.everywhere && a.chars <= MAX_WIDTH)
    }
}

/// Whether the first word of `b` would not have fitted behind `a`; writers of plain text leave a tenth free.
fn is_full(text: &str, a: Line, b: Line, width: u32) -> bool {
    let word = b.span.of(text).split_whitespace().next().map_or(0, |word| word.chars().count());
    (a.chars + 1 + word as u32) * 10 > width * 9
}

/// The depth that a line of `=` or `-` under a line gives it.
fn underline(text: &str) -> Option<u8> {
    if text.len() < 3 {
        None
    } else if text.bytes().all(|b| b == b'=') {
        Some(1)
    } else if text.bytes().all(|b| b == b'-') {
        Some(2)
    } else {
        None
    }
}

/// Takes the marks off the front of a line.
fn mark(text: &str, line: Line) -> (Line, Mark) {
    let (mut at, end) = (line.span.start as usize, line.span.end as usize);
    let mut kind = Mark::Plain;
    loop {
        let rest = text.get(at..end).unwrap_or("");
        if !rest.is_empty() && !rest.chars().any(char::is_alphanumeric) {
            return (line, Mark::Rule);
        }
        if rest.starts_with("![") {
            return (line, Mark::Picture);
        }
        let hashes = rest.bytes().take_while(|&b| b == b'#').count();
        let taken = if (1..=6).contains(&hashes) && rest[hashes..].starts_with(char::is_whitespace)
        {
            kind = Mark::Heading(hashes as u8);
            hashes
        } else if rest.starts_with("> ") {
            1
        } else if rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ ") {
            kind = Mark::Item;
            1
        } else if rest.starts_with("• ") || rest.starts_with("· ") || rest.starts_with("▪ ") {
            kind = Mark::Item;
            rest.chars().next().map_or(1, char::len_utf8)
        } else {
            break;
        };
        at = line::trim(text, at + taken, end).span.start as usize;
        if matches!(kind, Mark::Heading(_)) {
            break;
        }
    }
    let mut kept = line::trim(text, at, end);
    if let Mark::Heading(_) = kind {
        let bare = kept.span.of(text).trim_end_matches('#').len();
        kept = line::trim(text, at, at + bare);
    } else if let Some(inner) = emphasised(kept.span.of(text)) {
        kind = Mark::Heading(3);
        let start = kept.span.start as usize + (kept.span.len() - inner.len()) / 2;
        kept = line::trim(text, start, start + inner.len());
    }
    (kept, kind)
}

/// What a line that is bold as a whole says, where it is short and no sentence.
fn emphasised(text: &str) -> Option<&str> {
    let inner = ["**", "__"]
        .into_iter()
        .find_map(|mark| text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)))?;
    let heading = !inner.contains("**") && inner.len() < 100 && !shape::ends_stretch(inner);
    (heading && inner.chars().any(char::is_alphanumeric)).then_some(inner)
}
