//! A table: columns that are explained, and rows one at a time.

use std::io;

use super::{Content, ExportError, What};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name: letters, digits and low lines, at most 32.
    pub name: &'static str,
    /// What it holds.
    pub unit: Unit,
    /// What it means, in one line.
    pub what: &'static str,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
}

impl<T: Into<String>> From<Option<T>> for Cell {
    fn from(text: Option<T>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn shown(value: Option<impl std::fmt::Display>) -> Self {
        value.map_or(Self::Empty, |it| Self::Text(it.to_string()))
    }

    pub(super) fn number(value: Option<f64>) -> Self {
        value.filter(|it| it.is_finite()).map_or(Self::Empty, Self::Number)
    }

    pub(super) fn whole(value: Option<impl Into<i64>>) -> Self {
        value.map_or(Self::Empty, |it| Self::Whole(it.into()))
    }

    pub(super) fn count(n: impl TryInto<i64>) -> Self {
        Self::Whole(n.try_into().unwrap_or(i64::MAX))
    }

    pub(super) fn yes(value: bool) -> Self {
        Self::Whole(value.into())
    }
}

/// What a row is handed to.
pub(super) type Take<'t> = dyn FnMut(&[Cell]) -> Result<(), ExportError> + 't;

/// A table whose rows are made when they are asked for: some formats must see them twice.
pub(super) struct Sheet<'s> {
    pub(super) what: What,
    pub(super) columns: &'static [Column],
    pub(super) content: &'s Content<'s>,
    pub(super) rows: fn(&Content<'_>, &mut Take<'_>) -> Result<(), ExportError>,
}

impl Sheet<'_> {
    /// The name of its file, without an ending.
    pub(super) fn name(&self) -> String {
        self.what.as_str().replace('-', "_")
    }

    /// Hands every row to `take`.
    pub(super) fn each(&self, take: &mut Take<'_>) -> Result<u64, ExportError> {
        let mut rows = 0;
        (self.rows)(self.content, &mut |row| {
            rows += 1;
            if row.len() != self.columns.len() {
                let wrong = format!("{} cells for {} columns", row.len(), self.columns.len());
                return Err(io::Error::other(wrong).into());
            }
            take(row)
        })?;
        Ok(rows)
    }
}
