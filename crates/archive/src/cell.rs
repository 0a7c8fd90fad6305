//! Columns and cells: from rows of ours to Arrow's arrays.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, StringBuilder,
    StringDictionaryBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use jiff::civil::{Date, date};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// One of few words: kept as a number and a dictionary. R reads a factor, pandas a category.
    Code,
    /// Free text.
    Text,
    /// A day.
    Day,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// Yes or no.
    Truth,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name, that of the ledger's view.
    pub name: &'static str,
    /// What it holds.
    pub kind: Type,
}

/// One value of one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known.
    Empty,
    /// Of a column of codes or texts.
    Text(Cow<'a, str>),
    /// Of a column of days.
    Day(Date),
    /// Of a column of whole numbers.
    Whole(i32),
    /// Of a column of numbers.
    Number(f64),
    /// Of a column of yes and no.
    Truth(bool),
}

impl<'a> Cell<'a> {
    pub(crate) fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    pub(crate) fn some(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub(crate) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    pub(crate) fn whole(number: impl TryInto<i32>) -> Self {
        number.try_into().map_or(Self::Empty, Self::Whole)
    }
}

/// Rows under way to a [`RecordBatch`].
#[allow(missing_debug_implementations, reason = "builders of dictionaries have no form to print")]
pub struct Table {
    schema: SchemaRef,
    columns: Vec<Building>,
}

enum Building {
    Code(StringDictionaryBuilder<Int32Type>),
    Text(StringBuilder),
    Day(Date32Builder),
    Whole(Int32Builder),
    Number(Float64Builder),
    Truth(BooleanBuilder),
}

impl Table {
    /// An empty table of these columns; with `plain`, codes are kept as text, for programs that know no dictionaries.
    pub fn new(columns: &[Column], plain: bool) -> Self {
        let kind = |it: &Column| {
            if plain && it.kind == Type::Code { Type::Text } else { it.kind }
        };
        Self {
            schema: schema_of(columns, plain),
            columns: columns.iter().map(|it| Building::new(kind(it))).collect(),
        }
    }

    /// Adds a row; a cell of another type than its column's is empty.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        let mut cells = cells.into_iter();
        for column in &mut self.columns {
            column.push(cells.next().unwrap_or(Cell::Empty));
        }
    }

    /// The rows.
    ///
    /// # Errors
    /// Never, as long as every row was added through [`Table::row`].
    pub fn finish(self) -> Result<RecordBatch, ArrowError> {
        let columns = self.columns.into_iter().map(Building::finish).collect();
        RecordBatch::try_new(self.schema, columns)
    }
}

pub(crate) fn schema_of(columns: &[Column], plain: bool) -> SchemaRef {
    let code = || {
        if plain {
            DataType::Utf8
        } else {
            DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
        }
    };
    let field = |it: &Column| {
        let of = match it.kind {
            Type::Code => code(),
            Type::Text => DataType::Utf8,
            Type::Day => DataType::Date32,
            Type::Whole => DataType::Int32,
            Type::Number => DataType::Float64,
            Type::Truth => DataType::Boolean,
        };
        Field::new(it.name, of, true)
    };
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

impl Building {
    fn new(kind: Type) -> Self {
        match kind {
            Type::Code => Self::Code(StringDictionaryBuilder::new()),
            Type::Text => Self::Text(StringBuilder::new()),
            Type::Day => Self::Day(Date32Builder::new()),
            Type::Whole => Self::Whole(Int32Builder::new()),
            Type::Number => Self::Number(Float64Builder::new()),
            Type::Truth => Self::Truth(BooleanBuilder::new()),
        }
    }

    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Code(to), Cell::Text(text)) => to.append_value(text),
            (Self::Code(to), _) => to.append_null(),
            (Self::Text(to), Cell::Text(text)) => to.append_value(text),
            (Self::Text(to), _) => to.append_null(),
            (Self::Day(to), Cell::Day(day)) => to.append_value(days(day)),
            (Self::Day(to), _) => to.append_null(),
            (Self::Whole(to), Cell::Whole(n)) => to.append_value(n),
            (Self::Whole(to), _) => to.append_null(),
            (Self::Number(to), Cell::Number(n)) => to.append_value(n),
            (Self::Number(to), _) => to.append_null(),
            (Self::Truth(to), Cell::Truth(it)) => to.append_value(it),
            (Self::Truth(to), _) => to.append_null(),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Code(mut it) => Arc::new(it.finish()),
            Self::Text(mut it) => Arc::new(it.finish()),
            Self::Day(mut it) => Arc::new(it.finish()),
            Self::Whole(mut it) => Arc::new(it.finish()),
            Self::Number(mut it) => Arc::new(it.finish()),
            Self::Truth(mut it) => Arc::new(it.finish()),
        }
    }
}

const EPOCH: Date = date(1970, 1, 1);

/// Days since 1970-01-01.
pub(crate) fn days(day: Date) -> i32 {
    (day - EPOCH).get_days()
}

/// The day that is so many days after 1970-01-01.
pub(crate) fn day(days: i32) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (text, n) in [("1970-01-01", 0), ("1969-12-31", -1), ("2015-09-20", 16_698)] {
            let read: Date = text.parse().unwrap();
            assert_eq!(days(read), n);
            assert_eq!(day(n), Some(read));
        }
    }
}
