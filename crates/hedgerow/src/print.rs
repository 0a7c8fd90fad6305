//! What is shown: standard output, its width and colours.

pub(crate) mod claims;
pub(crate) mod csv;
pub(crate) mod fact;
pub(crate) mod hedge;
pub(crate) mod published;
pub(crate) mod series;
pub(crate) mod sheet;
pub(crate) mod table;
pub(crate) mod wrap;

use std::io::{self, BufWriter, IsTerminal, Write};

/// Narrower terminals are treated as this wide.
const MIN_WIDTH: usize = 40;
/// Lines longer than this are hard to read, and files have no width at all.
const MAX_WIDTH: usize = 120;
/// Width of what goes into files and pipes.
const PLAIN_WIDTH: usize = 100;

/// Standard output.
pub(crate) struct Out {
    to: Box<dyn Write>,
    /// How it is written.
    pub(crate) style: Style,
}

/// Width and colours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    /// Columns.
    pub(crate) width: usize,
    colour: bool,
}

impl Out {
    /// Standard output; colours and the real width on a terminal only.
    pub(crate) fn stdout() -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colour = terminal && !set("NO_COLOR") && !dumb;
        let measured = terminal_size::terminal_size().filter(|_| terminal);
        let width = measured
            .map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0).clamp(MIN_WIDTH, MAX_WIDTH));
        // On a terminal every document is seen as soon as it is done.
        let to: Box<dyn Write> = if terminal {
            Box::new(io::LineWriter::new(stdout))
        } else {
            Box::new(BufWriter::with_capacity(1 << 16, stdout))
        };
        Self { to, style: Style { width, colour } }
    }

    /// One line.
    pub(crate) fn line(&mut self, text: impl AsRef<str>) -> io::Result<()> {
        writeln!(self.to, "{}", text.as_ref())
    }

    /// Text as it is.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        self.to.write_all(text.as_bytes())
    }

    /// An empty line.
    pub(crate) fn blank(&mut self) -> io::Result<()> {
        self.to.write_all(b"\n")
    }

    /// Everything written so far is on its way.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Style {
    /// What the eye should find first.
    pub(crate) fn strong(self, text: &str) -> String {
        self.paint(text, "1")
    }

    /// What it may pass over.
    pub(crate) fn faint(self, text: &str) -> String {
        self.paint(text, "2")
    }

    /// What disagrees.
    pub(crate) fn alarm(self, text: &str) -> String {
        self.paint(text, "33")
    }

    fn paint(self, text: &str, code: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}
