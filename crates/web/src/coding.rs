//! What reads and codes what people hand in. It is given to the application by whoever starts it: readers of file formats and
//! the coder are heavy, and none of this crate's business.

use std::fmt::Debug;
use std::path::PathBuf;

use hedgerow_codebook::Claim;
use hedgerow_ledger::{Candidate, Error, NewDocument};
use hedgerow_text::Meta;

/// Something handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// The file, or the address.
    pub from: From,
    /// What whoever handed it in knows of its publication; what the document says of itself goes before.
    pub meta: Meta,
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// A file that was uploaded, or a text that was pasted; `name` is kept as its path in the ledger.
    File {
        /// Where it lies.
        at: PathBuf,
        /// What it is called.
        name: String,
    },
    /// An address of the public web.
    Address(String),
}

/// What came of one document.
#[derive(Debug)]
pub enum Coded {
    /// It was coded.
    Document(Box<NewDocument>),
    /// It cannot be taken in.
    Refused {
        /// The file, a place in it, or the address.
        what: String,
        /// What is wrong, and what to do.
        why: String,
    },
}

/// A draft as it was read.
#[derive(Debug)]
pub struct Draft {
    /// Its text.
    pub text: String,
    /// Its claims, with evidence in that text.
    pub claims: Vec<Claim>,
    /// What is known of it.
    pub meta: Meta,
}

/// Gives documents their ids, as [`hedgerow_ledger::Ledger::assign_ids`] does.
pub type Ids<'i> = &'i dyn Fn(&[Candidate]) -> Result<Vec<String>, Error>;

/// Reads and codes.
pub trait Coding: Debug + Send + Sync {
    /// Reads what was handed in and codes its documents one after the other; `each` is told of every one, and says whether to
    /// go on. An error is one of the ledger that was asked for ids.
    fn code(
        &self,
        handed: &Handed,
        ids: Ids<'_>,
        each: &mut dyn FnMut(Coded) -> bool,
    ) -> Result<(), Error>;

    /// Codes a draft; nothing of it is kept. The error says what is wrong with it, and what to do.
    fn draft(&self, text: String, meta: Meta) -> Result<Draft, String>;
}
