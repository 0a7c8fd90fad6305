//! Ids of documents: short where they can be, unambiguous always.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;

use crate::{Error, Ledger};

/// A document that wants an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The id it would like: the file stem, or the `id` of a JSON line.
    pub stem: String,
    /// Where it was read from, relative, or its address.
    pub path: String,
    /// SHA-256 of the bytes received.
    pub bytes_sha256: String,
}

impl Ledger {
    /// Gives every candidate, in order, the id under which it is to be coded and added.
    ///
    /// That is its stem, unless another document holds it (another path and other bytes): then its path, and where
    /// that is taken as well, its path with a number. Giving the same candidates to a ledger that has them already
    /// gives the same ids.
    pub fn assign_ids(&self, candidates: &[Candidate]) -> Result<Vec<String>, Error> {
        let mut given: BTreeMap<String, &Candidate> = BTreeMap::new();
        let mut ids = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let mut choice = candidate.stem.clone();
            let mut tries = 0_u32;
            while !self.is_free(&choice, candidate, &given)? {
                tries += 1;
                choice = match tries {
                    1 => candidate.path.clone(),
                    n => format!("{}~{n}", candidate.path),
                };
            }
            given.insert(choice.clone(), candidate);
            ids.push(choice);
        }
        Ok(ids)
    }

    fn is_free(
        &self,
        id: &str,
        wanted_by: &Candidate,
        given: &BTreeMap<String, &Candidate>,
    ) -> Result<bool, Error> {
        if id.is_empty() {
            return Ok(false);
        }
        if let Some(other) = given.get(id) {
            return Ok(other.bytes_sha256 == wanted_by.bytes_sha256);
        }
        let holder = self
            .db
            .prepare_cached(
                "SELECT path, bytes_sha256, url FROM document_version WHERE id = ?1
                  ORDER BY version DESC LIMIT 1",
            )
            .and_then(|mut query| {
                query
                    .query_row([id], |row| {
                        Ok((
                            row.get::<_, String>(0)?,
                            row.get::<_, String>(1)?,
                            row.get::<_, Option<String>>(2)?,
                        ))
                    })
                    .optional()
            })
            .map_err(|e| self.error(e))?;
        Ok(holder.is_none_or(|(path, bytes, url)| {
            path == wanted_by.path
                || bytes == wanted_by.bytes_sha256
                || url.as_deref() == Some(&wanted_by.path)
        }))
    }
}
