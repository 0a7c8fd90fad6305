//! States by the codes of the sources.

use std::borrow::Cow;

use hedgerow_codebook::Codebook;
use hedgerow_codebook::crosswalk::{System, When};
use jiff::civil::Date;

use crate::row::{Col, Row, Skip};

/// What the codes of a row mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Codes<'c> {
    pub(crate) codebook: &'c Codebook,
}

impl<'c> Codes<'c> {
    /// The state of a code at that time, where the code is known.
    pub(crate) fn look(self, system: System, key: &str, when: When) -> Option<&'c str> {
        self.codebook.systems.code(system, key, when)
    }

    /// The state that a cell names in that system, at that time.
    pub(crate) fn state(
        self,
        row: &Row<'_>,
        col: Col,
        system: System,
        when: When,
    ) -> Result<&'c str, Skip> {
        let key = key(row, col, system)?;
        self.look(system, &key, when).ok_or_else(|| {
            let name = row.columns.name(col);
            let short: String = key.chars().take(40).collect();
            let known = self.codebook.systems.knows(system, &key);
            Skip::refuse(match (short.is_empty(), known) {
                (true, _) => format!("column `{name}` is empty"),
                (false, true) => {
                    format!("column `{name}`: {} {short} meant no state then", system.as_str())
                }
                (false, false) => {
                    format!("column `{name}`: {} {short} is not known", system.as_str())
                }
            })
        })
    }

    /// The same for lists that name regions and groups among states: what is no state is passed over.
    pub(crate) fn state_among(
        self,
        row: &Row<'_>,
        col: Col,
        system: System,
        when: When,
    ) -> Result<&'c str, Skip> {
        let key = key(row, col, system)?;
        let none = || Skip::pass_over("no state: a group, a territory, or the world");
        self.look(system, &key, when).ok_or_else(none)
    }
}

/// A code as the table of systems writes it: numbers without `.0` and leading zeros.
fn key<'r>(row: &Row<'r>, col: Col, system: System) -> Result<Cow<'r, str>, Skip> {
    match system {
        System::Cow | System::Gw | System::M49 => {
            Ok(row.whole(col)?.map_or(Cow::Borrowed(""), |n| Cow::Owned(n.to_string())))
        }
        System::Alpha2 | System::Alpha3 | System::Name => row.text(col),
    }
}

/// The middle of a year, for what is known by year only.
pub(crate) const fn year(year: i16) -> When {
    When::Year(year)
}

/// A day.
pub(crate) const fn day(day: Date) -> When {
    When::Day(day)
}
