//! Columns of codes and of days, however a file keeps them.

use std::borrow::Cow;
use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int32Type};
use arrow_array::{Array, Date32Array, RecordBatch};

use crate::read;

/// A column of codes, by the numbers of its dictionary; of a file without dictionaries numbers are given here.
pub(crate) struct Keys<'b> {
    keys: Vec<i32>,
    words: Vec<Option<Cow<'b, str>>>,
}

impl<'b> Keys<'b> {
    pub(crate) fn of(batch: &'b RecordBatch, name: &str) -> Self {
        let n = batch.num_rows();
        let Some(column) = batch.column_by_name(name) else {
            return Self { keys: vec![-1; n], words: Vec::new() };
        };
        if let Some(coded) = column.as_dictionary_opt::<Int32Type>()
            && let Some(words) = coded.values().as_string_opt::<i32>()
        {
            let key = |at: usize| if coded.is_valid(at) { coded.keys().value(at) } else { -1 };
            return Self {
                keys: (0..n).map(key).collect(),
                words: words.iter().map(|it| it.map(Into::into)).collect(),
            };
        }
        let mut numbers: HashMap<String, i32> = HashMap::new();
        let mut words = Vec::new();
        let mut key = |at: usize| {
            let Some(text) = read::text(batch, name, at) else { return -1 };
            *numbers.entry(text.clone()).or_insert_with(|| {
                words.push(Some(text.into()));
                i32::try_from(words.len()).unwrap_or(0) - 1
            })
        };
        let keys = (0..n).map(&mut key).collect();
        Self { keys, words }
    }

    pub(crate) fn key(&self, at: usize) -> i32 {
        self.keys[at]
    }

    pub(crate) fn word(&self, at: usize) -> Option<&str> {
        self.words.get(usize::try_from(self.keys[at]).ok()?)?.as_deref()
    }
}

/// A column of days since 1970.
pub(super) struct Days<'b>(Option<&'b Date32Array>);

impl<'b> Days<'b> {
    pub(super) fn of(batch: &'b RecordBatch, name: &str) -> Self {
        Self(batch.column_by_name(name).and_then(|it| it.as_primitive_opt::<Date32Type>()))
    }

    pub(super) fn get(&self, at: usize) -> Option<i32> {
        self.0.filter(|it| it.is_valid(at)).map(|it| it.value(at))
    }
}
