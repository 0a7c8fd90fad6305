//! Where claims are read from: a ledger, or an archive. The commands that only read ask here.

use hedgerow_archive::Archive;
use hedgerow_codebook::Codebook;
use hedgerow_ledger::{ClaimRow, Fact, Ledger, Lens, Sheet, facts};
use hedgerow_measure::series::{Coverage, Happening};

/// A ledger or an archive, open for reading.
#[derive(Debug)]
pub(crate) enum Store {
    /// A file.
    Ledger(Ledger),
    /// A folder of Parquet files.
    Archive(Archive),
}

impl Store {
    /// Every claim that a code is party to.
    pub(crate) fn actor(&self, code: &str) -> anyhow::Result<Vec<ClaimRow>> {
        Ok(match self {
            Self::Ledger(it) => it.actor(code)?,
            Self::Archive(it) => it.actor(code)?,
        })
    }

    /// Every claim that has one code on one side and the other on the other.
    pub(crate) fn dyad(&self, a: &str, b: &str) -> anyhow::Result<Vec<ClaimRow>> {
        Ok(match self {
            Self::Ledger(it) => it.dyad(a, b)?,
            Self::Archive(it) => it.dyad(a, b)?,
        })
    }

    /// The sheet of a pair, with at most `most` facts of each section.
    pub(crate) fn sheet(&self, a: &str, b: &str, most: usize) -> anyhow::Result<Sheet> {
        Ok(match self {
            Self::Ledger(it) => it.sheet(a, b, most)?,
            Self::Archive(it) => {
                let claims = it.dyad(a, b)?;
                let facts = facts(&claims);
                Sheet::of(claims, &facts, most)
            }
        })
    }

    /// The facts of claims. A ledger knows more of outlets and copies than an archive, which has the claims alone.
    pub(crate) fn facts(&self, claims: &[ClaimRow]) -> anyhow::Result<Vec<Fact>> {
        Ok(match self {
            Self::Ledger(it) => it.facts(claims)?,
            Self::Archive(_) => facts(claims),
        })
    }

    /// The facts of a pair as series count them. An archive may have them made.
    pub(crate) fn happenings(
        &self,
        a: &str,
        b: &str,
        codebook: &Codebook,
    ) -> anyhow::Result<Vec<Happening>> {
        if let Self::Archive(archive) = self
            && archive.has_facts()?
        {
            return Ok(archive.happenings(a, b, codebook)?);
        }
        let claims = self.dyad(a, b)?;
        Ok(hedgerow_data::happenings(&claims, &self.lens(&claims)?, codebook))
    }

    /// What is known beyond claims and bears on how they are taken together; of an archive nothing.
    pub(crate) fn lens(&self, claims: &[ClaimRow]) -> anyhow::Result<Lens> {
        Ok(match self {
            Self::Ledger(it) => it.lens(claims)?,
            Self::Archive(_) => Lens::default(),
        })
    }

    /// What was published when.
    pub(crate) fn coverage(&self) -> anyhow::Result<Coverage> {
        let mut coverage = Coverage::default();
        match self {
            Self::Ledger(it) => {
                for document in it.documents()? {
                    if let Some(day) = document.meta.published {
                        coverage.add(day, document.meta.outlet.as_deref().unwrap_or(&document.id));
                    }
                }
            }
            Self::Archive(it) => {
                for it in it.coverage()? {
                    coverage.add_many(it.published, &it.outlet, it.documents);
                }
            }
        }
        Ok(coverage)
    }

    /// The archive, where it is one.
    pub(crate) const fn archive(&self) -> Option<&Archive> {
        match self {
            Self::Archive(it) => Some(it),
            Self::Ledger(_) => None,
        }
    }

    /// The ledger, where it is one: an archive has no imports.
    pub(crate) const fn ledger(&self) -> Option<&Ledger> {
        match self {
            Self::Ledger(it) => Some(it),
            Self::Archive(_) => None,
        }
    }
}
