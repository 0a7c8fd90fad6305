//! What was not taken in, and why.

use std::fmt;

/// Why one input was left out: `FILE: what is wrong; what to do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// File, place in it, folder, or address.
    pub what: String,
    /// What is wrong with it.
    pub wrong: String,
    /// The next step.
    pub remedy: String,
}

impl Refusal {
    /// A refusal of `what`.
    pub fn new(
        what: impl Into<String>,
        wrong: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { what: what.into(), wrong: wrong.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.what, self.wrong, self.remedy)
    }
}

impl std::error::Error for Refusal {}
