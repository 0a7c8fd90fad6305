//! Hedgerow for Python. What is here is called by `python/hedgerow`, which is what people import.

mod coder;
mod hedge;
mod ledger;
mod table;

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;

/// The compiled part of `hedgerow`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::coder::Coder;
    #[pymodule_export]
    use super::ledger::Ledger;
    #[pymodule_export]
    use super::table::Table;
}

/// What was given is wrong.
fn wrong(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// A file could not be read.
fn unread(error: impl std::fmt::Display) -> PyErr {
    PyOSError::new_err(error.to_string())
}
