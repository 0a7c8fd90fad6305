//! Columns of a batch, found once for all its rows, however a file keeps them: codes as dictionaries or as text, days and truths as
//! such or as SQLite has them. A column that is not there has no values.

use std::borrow::Cow;
use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{
    Array, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, LargeStringArray,
    RecordBatch, StringArray, StringViewArray,
};
use jiff::civil::Date;

use crate::cell;

/// A column of texts or codes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Texts<'b> {
    None,
    Codes(&'b Int32Array, &'b StringArray),
    Plain(&'b StringArray),
    Large(&'b LargeStringArray),
    View(&'b StringViewArray),
}

impl<'b> Texts<'b> {
    pub(crate) fn of(batch: &'b RecordBatch, name: &str) -> Self {
        let Some(column) = batch.column_by_name(name) else { return Self::None };
        if let Some(coded) = column.as_dictionary_opt::<Int32Type>()
            && let Some(words) = coded.values().as_string_opt::<i32>()
        {
            return Self::Codes(coded.keys(), words);
        }
        let plain = column.as_string_opt::<i32>().map(Self::Plain);
        let large = || column.as_string_opt::<i64>().map(Self::Large);
        let view = || column.as_string_view_opt().map(Self::View);
        plain.or_else(large).or_else(view).unwrap_or(Self::None)
    }

    pub(crate) const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    pub(crate) fn get(&self, at: usize) -> Option<&'b str> {
        match self {
            Self::None => None,
            Self::Codes(keys, words) => {
                let key = code(keys, at).filter(|key| *key < words.len())?;
                words.is_valid(key).then(|| words.value(key))
            }
            Self::Plain(it) => it.is_valid(at).then(|| it.value(at)),
            Self::Large(it) => it.is_valid(at).then(|| it.value(at)),
            Self::View(it) => it.is_valid(at).then(|| it.value(at)),
        }
    }

    pub(crate) fn own(&self, at: usize) -> Option<String> {
        self.get(at).map(str::to_owned)
    }
}

/// The number of a word; what is empty has none.
pub(crate) fn code(keys: &Int32Array, at: usize) -> Option<usize> {
    if keys.is_null(at) { None } else { usize::try_from(keys.value(at)).ok() }
}

/// A column of codes, by the numbers of its dictionary; of a file without dictionaries numbers are given here.
pub(crate) struct Keys<'b> {
    keys: Vec<i32>,
    words: Vec<Option<Cow<'b, str>>>,
}

impl<'b> Keys<'b> {
    pub(crate) fn of(batch: &'b RecordBatch, name: &str) -> Self {
        let (n, texts) = (batch.num_rows(), Texts::of(batch, name));
        if texts.is_none() {
            return Self { keys: vec![-1; n], words: Vec::new() };
        }
        if let Texts::Codes(keys, words) = texts {
            let key = |at: usize| if keys.is_valid(at) { keys.value(at) } else { -1 };
            return Self {
                keys: (0..n).map(key).collect(),
                words: words.iter().map(|it| it.map(Into::into)).collect(),
            };
        }
        let mut numbers: HashMap<&str, i32> = HashMap::new();
        let mut words = Vec::new();
        let key = |at: usize| {
            let Some(text) = texts.get(at) else { return -1 };
            *numbers.entry(text).or_insert_with(|| {
                words.push(Some(text.into()));
                i32::try_from(words.len()).unwrap_or(0) - 1
            })
        };
        Self { keys: (0..n).map(key).collect(), words }
    }

    pub(crate) fn key(&self, at: usize) -> i32 {
        self.keys[at]
    }

    pub(crate) fn word(&self, at: usize) -> Option<&str> {
        self.words.get(usize::try_from(self.keys[at]).ok()?)?.as_deref()
    }
}

/// A column of days.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Days<'b> {
    Counted(&'b Date32Array),
    Written(Texts<'b>),
}

impl<'b> Days<'b> {
    pub(crate) fn of(batch: &'b RecordBatch, name: &str) -> Self {
        let counted = batch.column_by_name(name).and_then(|it| it.as_primitive_opt::<Date32Type>());
        counted.map_or_else(|| Self::Written(Texts::of(batch, name)), Self::Counted)
    }

    /// Days since 1970.
    pub(crate) fn count(&self, at: usize) -> Option<i32> {
        match self {
            Self::Counted(it) => it.is_valid(at).then(|| it.value(at)),
            Self::Written(it) => Some(cell::days(it.get(at)?.parse().ok()?)),
        }
    }

    pub(crate) fn get(&self, at: usize) -> Option<Date> {
        match self {
            Self::Counted(_) => self.count(at).and_then(cell::day),
            Self::Written(it) => it.get(at)?.parse().ok(),
        }
    }
}

/// A column of whole numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wholes<'b> {
    None,
    Short(&'b Int32Array),
    Long(&'b Int64Array),
}

impl<'b> Wholes<'b> {
    pub(crate) fn of(batch: &'b RecordBatch, name: &str) -> Self {
        let Some(column) = batch.column_by_name(name) else { return Self::None };
        let short = column.as_primitive_opt::<Int32Type>().map(Self::Short);
        let long = || column.as_primitive_opt::<Int64Type>().map(Self::Long);
        short.or_else(long).unwrap_or(Self::None)
    }

    /// The number, where there is one that fits.
    pub(crate) fn get<T: TryFrom<i64>>(&self, at: usize) -> Option<T> {
        let number = match self {
            Self::None => return None,
            Self::Short(it) => it.is_valid(at).then(|| i64::from(it.value(at)))?,
            Self::Long(it) => it.is_valid(at).then(|| it.value(at))?,
        };
        number.try_into().ok()
    }
}

/// A column of numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Numbers<'b> {
    Floating(&'b Float64Array),
    Whole(Wholes<'b>),
}

impl<'b> Numbers<'b> {
    pub(crate) fn of(batch: &'b RecordBatch, name: &str) -> Self {
        let floating =
            batch.column_by_name(name).and_then(|it| it.as_primitive_opt::<Float64Type>());
        floating.map_or_else(|| Self::Whole(Wholes::of(batch, name)), Self::Floating)
    }

    pub(crate) fn get(&self, at: usize) -> Option<f64> {
        match self {
            Self::Floating(it) => it.is_valid(at).then(|| it.value(at)),
            Self::Whole(it) => it.get::<i64>(at).map(|it| it as f64),
        }
    }
}

/// A column of yes and no; what is empty is no.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Truths<'b> {
    Bits(&'b BooleanArray),
    Whole(Wholes<'b>),
}

impl<'b> Truths<'b> {
    pub(crate) fn of(batch: &'b RecordBatch, name: &str) -> Self {
        let bits = batch.column_by_name(name).and_then(|it| it.as_boolean_opt());
        bits.map_or_else(|| Self::Whole(Wholes::of(batch, name)), Self::Bits)
    }

    pub(crate) fn get(&self, at: usize) -> bool {
        match self {
            Self::Bits(it) => it.is_valid(at) && it.value(at),
            Self::Whole(it) => it.get::<i64>(at) == Some(1),
        }
    }
}
