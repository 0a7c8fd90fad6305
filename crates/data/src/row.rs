//! A row of a table, its cells, and what can be wrong with them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::Error;

/// A column of the table at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Col(pub(crate) usize);

/// Why a row, or a part of it, gives nothing to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Skip {
    /// It is right, but not about what is kept.
    PassOver(Cow<'static, str>),
    /// Something in it is wrong.
    Refuse(Cow<'static, str>),
}

impl Skip {
    pub(crate) fn pass_over(why: impl Into<Cow<'static, str>>) -> Self {
        Self::PassOver(why.into())
    }

    pub(crate) fn refuse(why: impl Into<Cow<'static, str>>) -> Self {
        Self::Refuse(why.into())
    }
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'r> {
    pub(crate) bytes: &'r [u8],
    /// Where each cell ends.
    pub(crate) ends: &'r [usize],
    pub(crate) columns: &'r Columns,
    /// Where it begins, from 1.
    pub(crate) line: u64,
}

impl<'r> Row<'r> {
    /// Number of cells.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of a cell; empty where the row ends before it.
    pub(crate) fn bytes(&self, col: Col) -> &'r [u8] {
        let Some(&end) = self.ends.get(col.0) else { return b"" };
        let start = if col.0 == 0 { 0 } else { self.ends[col.0 - 1] };
        self.bytes[start..end].trim_ascii()
    }

    /// The text of a cell.
    pub(crate) fn text(&self, col: Col) -> Result<Cow<'r, str>, Skip> {
        let bytes = self.bytes(col);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            // ISO 8859-1: every byte is the code point of that number.
            Err(_) if self.columns.latin1 => {
                Ok(Cow::Owned(bytes.iter().map(|&byte| char::from(byte)).collect()))
            }
            Err(_) => Err(self.wrong(col, "is not UTF-8")),
        }
    }

    /// The text of a cell that is there and not marked as missing.
    pub(crate) fn some(&self, col: Option<Col>) -> Result<Option<String>, Skip> {
        let Some(col) = col else { return Ok(None) };
        let text = self.text(col)?;
        Ok((!is_missing(text.as_bytes())).then(|| text.into_owned()))
    }

    /// A whole number; `2.0` is one. `None` where the cell is empty or marked as missing.
    pub(crate) fn whole(&self, col: Col) -> Result<Option<i64>, Skip> {
        let bytes = self.bytes(col);
        if let Some(n) = digits(bytes) {
            return Ok(Some(n));
        }
        if is_missing(bytes) {
            return Ok(None);
        }
        let number = std::str::from_utf8(bytes).ok().and_then(|it| it.parse::<f64>().ok());
        match number {
            Some(n) if n.fract() == 0.0 && n.abs() < 9e15 => Ok(Some(n as i64)),
            _ => Err(self.wrong(col, "is no whole number")),
        }
    }

    /// A whole number that must be there.
    pub(crate) fn need_whole(&self, col: Col) -> Result<i64, Skip> {
        self.whole(col)?.ok_or_else(|| self.wrong(col, "is empty"))
    }

    /// A number. `None` where the cell is empty or marked as missing.
    pub(crate) fn number(&self, col: Col) -> Result<Option<f64>, Skip> {
        let bytes = self.bytes(col);
        if is_missing(bytes) {
            return Ok(None);
        }
        let number = std::str::from_utf8(bytes).ok().and_then(|it| it.parse::<f64>().ok());
        match number {
            Some(n) if n.is_finite() => Ok(Some(n)),
            _ => Err(self.wrong(col, "is no number")),
        }
    }

    /// A year between 1 and 2200.
    pub(crate) fn year(&self, col: Col) -> Result<i16, Skip> {
        match self.need_whole(col)? {
            year @ 1..=2200 => Ok(year as i16),
            _ => Err(self.wrong(col, "is no year")),
        }
    }

    /// A refusal that names the column.
    pub(crate) fn wrong(&self, col: Col, what: &str) -> Skip {
        Skip::refuse(format!("column `{}` {what}", self.columns.name(col)))
    }
}

/// The number that a run of digits writes, with a minus before it or not.
fn digits(bytes: &[u8]) -> Option<i64> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut n = 0_i64;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        n = n * 10 + i64::from(byte - b'0');
    }
    Some(if negative { -n } else { n })
}

/// What data sets write where they have no value.
pub(crate) fn is_missing(bytes: &[u8]) -> bool {
    matches!(bytes, b"" | b"NA" | b"N/A" | b"NaN" | b"nan" | b"." | b".." | b"NULL" | b"null")
}

/// The heading of a table, and what stood before it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    pub(crate) path: PathBuf,
    pub(crate) names: Vec<String>,
    /// Lines before the heading.
    pub(crate) preamble: Vec<String>,
    /// Whether bytes that are not UTF-8 are ISO 8859-1.
    pub(crate) latin1: bool,
}

impl Columns {
    pub(crate) fn name(&self, col: Col) -> &str {
        self.names.get(col.0).map_or("", String::as_str)
    }

    /// The column of one of these names, in any case.
    pub(crate) fn find(&self, names: &[&str]) -> Option<Col> {
        names.iter().find_map(|name| {
            self.names.iter().position(|it| it.trim().eq_ignore_ascii_case(name)).map(Col)
        })
    }

    /// The column of one of these names, which must be there.
    pub(crate) fn need(&self, names: &[&str]) -> Result<Col, Error> {
        self.find(names).ok_or_else(|| {
            let wanted = names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" or ");
            let mut there = self.names.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
            if self.names.len() > 12 {
                there.push_str(", …");
            }
            self.format(
                format!("there is no column {wanted} among {there}"),
                "check that the file is of this kind and has its heading",
            )
        })
    }

    /// The file is not what it should be.
    pub(crate) fn format(&self, wrong: impl Into<String>, remedy: impl Into<String>) -> Error {
        Error::Format { path: self.path.clone(), wrong: wrong.into(), remedy: remedy.into() }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}
