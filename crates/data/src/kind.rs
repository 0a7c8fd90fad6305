//! The kinds of files that can be imported: what they are, whose they are, and how to cite them.

use hedgerow_ledger::structured::Batch;

use crate::Error;
use crate::codes::Codes;
use crate::import::{self, Given};
use crate::row::{Columns, Row, Skip};
use crate::table::Layout;

/// On what a reader has been tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tested {
    /// On rows that the source published.
    RealRows,
    /// On rows of our own in the format that the source documents.
    Fixture,
}

/// A kind of file.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its word on the command line.
    pub name: &'static str,
    /// The data set.
    pub title: &'static str,
    /// What one row of the file is.
    pub row: &'static str,
    /// What is kept of it, variable by variable.
    pub keeps: &'static str,
    /// The licence, as far as it is known.
    pub licence: &'static str,
    /// How to cite it.
    pub citation: &'static str,
    /// Where it can be had.
    pub url: &'static str,
    /// What the user may have to state, since the file may not say it: key and meaning.
    pub asks: &'static [(&'static str, &'static str)],
    /// On what this reader has been tested.
    pub tested: Tested,
    /// Version of the reader; it grows when the same file would give other rows.
    pub(crate) reader: u32,
    pub(crate) layout: Layout,
    /// Whether rows stand for themselves, so that a long file can be kept in parts and gone on with.
    pub(crate) in_parts: bool,
    pub(crate) open: Open,
}

/// Finds the columns of a file.
pub(crate) type Open = fn(&Columns, &Given, &mut Batch) -> Result<Box<dyn Reader>, Error>;

/// Turns rows of one kind into rows of the ledger.
pub(crate) trait Reader {
    /// One row.
    fn row(&mut self, row: &Row<'_>, out: &mut Out<'_>) -> Result<(), Skip>;

    /// What can be said only after the last row.
    fn finish(&mut self, _out: &mut Out<'_>) {}
}

/// Where rows go, and what their codes mean.
#[derive(Debug)]
pub(crate) struct Out<'o> {
    pub(crate) batch: &'o mut Batch,
    pub(crate) codes: Codes<'o>,
}

const KINDS: [Kind; 21] = [
    import::un_votes::KIND,
    import::un_ideal_points::KIND,
    import::atop::KIND,
    import::cow_alliances::KIND,
    import::cow_states::KIND,
    import::cow_trade::KIND,
    import::cow_diplomatic::KIND,
    import::mid::KIND,
    import::fbic::KIND,
    import::desta::KIND,
    import::sipri::KIND,
    import::wdi::KIND,
    import::dac::KIND,
    import::comtrade::KIND,
    import::gcdf::KIND,
    import::gdelt_events::KIND,
    import::gdelt_mentions::KIND,
    import::icews::KIND,
    import::polecat::KIND,
    import::archigos::KIND,
    import::reign::KIND,
];

/// All kinds.
pub const fn kinds() -> &'static [Kind] {
    &KINDS
}

/// The kind of that name.
pub fn kind(name: &str) -> Result<&'static Kind, Error> {
    let unknown = || Error::UnknownKind { kind: name.to_owned() };
    KINDS.iter().find(|it| it.name == name).ok_or_else(unknown)
}
