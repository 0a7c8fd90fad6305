//! What went wrong: one line each, and the rest goes on.

use std::io::{self, Write};

pub(crate) use hedgerow_ingest::Refusal;

/// Counts what was refused; says each on standard error.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    refused: usize,
}

impl Trouble {
    /// Says that an input was refused.
    pub(crate) fn refuse(&mut self, refusal: &Refusal) {
        self.refused += 1;
        complain(&refusal.to_string());
    }

    /// Counts what an earlier run refused, and said then.
    pub(crate) fn remember(&mut self, refused: usize) {
        self.refused = self.refused.max(refused);
    }

    /// Whether anything was refused.
    pub(crate) const fn any(&self) -> bool {
        self.refused > 0
    }

    /// How much was refused.
    pub(crate) const fn refused(&self) -> usize {
        self.refused
    }
}

/// One line on standard error. Where nobody listens there is nobody to tell.
pub(crate) fn complain(message: &str) {
    let line = message.replace(['\n', '\r'], " ");
    let _ = writeln!(io::stderr().lock(), "hedgerow: {}", visible(&line));
}

/// `text` with control characters written out: names of files may hold any.
pub(crate) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether the reader of our output has gone.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
    })
}
