//! Mistakes in a codebook: all of them at once, each with its place and remedy.

use std::fmt;
use std::ops::Range;

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Name of the check, `unknown-code`.
    pub check: &'static str,
    /// File inside the codebook.
    pub file: String,
    /// Where in the file, in bytes.
    pub place: Range<usize>,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    /// Whether a codebook with this mistake cannot be used.
    pub fn is_grave(&self) -> bool {
        !matches!(self.check, "untested-sense" | "untested-page" | "untested-context")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]; {}", self.file, self.line, self.message, self.check, self.help)
    }
}

/// The mistakes that kept a codebook from loading.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

/// A stretch of a file, in bytes, and the line it begins in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) span: Range<usize>,
    pub(crate) line: usize,
}

/// Collects the faults of one file.
#[derive(Debug)]
pub(crate) struct Report<'t> {
    file: &'t str,
    text: &'t str,
    pub(crate) faults: Vec<Fault>,
}

impl<'t> Report<'t> {
    pub(crate) fn new(file: &'t str, text: &'t str) -> Self {
        Self { file, text, faults: Vec::new() }
    }

    pub(crate) fn add(
        &mut self,
        check: &'static str,
        place: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let Place { span: place, line } = self.place(place);
        self.faults.push(Fault {
            check,
            file: self.file.to_owned(),
            line,
            place,
            message: message.into(),
            help: help.into(),
        });
    }

    /// A stretch of the file with its line.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let before = self.text.as_bytes().get(..span.start).unwrap_or_default();
        Place { line: before.split(|&b| b == b'\n').count(), span }
    }
}
