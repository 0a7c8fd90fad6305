//! The bytes of documents as they were received, packed: whoever doubts an extraction can look at what it was made from.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use rusqlite::{Transaction, params};

use crate::{Error, Ledger, sha256_hex};

/// Keeps the bytes of a document version.
pub(crate) fn keep(change: &Transaction<'_>, document: i64, bytes: &[u8]) -> rusqlite::Result<()> {
    let packed = pack(bytes).map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    change
        .prepare_cached("INSERT INTO document_bytes (document, bytes, packed) VALUES (?1, ?2, ?3)")?
        .execute(params![document, length, packed])?;
    Ok(())
}

fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::default());
    packer.write_all(bytes)?;
    packer.finish()
}

/// What was packed; no more than `length` bytes, whatever the packing says.
fn unpack(packed: &[u8], length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(packed).take(length + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "they are not as long as they were",
        ));
    }
    Ok(bytes)
}

impl Ledger {
    /// The bytes of the newest version of a document as they were received; `None` where they are not kept.
    pub fn received(&self, doc: &str) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT d.document_seq, d.bytes_sha256, d.bytes_sha256 IS d.text_sha256, v.text
                     FROM document d JOIN document_version v ON v.seq = d.document_seq WHERE d.doc = ?1";
        let found: Vec<(i64, String, bool, Option<String>)> =
            self.rows(sql, [doc], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let Some((document, sha256, is_text, text)) = found.into_iter().next() else {
            return Ok(None);
        };
        if is_text {
            return Ok(text.map(String::into_bytes));
        }
        let wrong = |why: String| Error::damaged(&self.path, format!("the bytes of {doc}: {why}"));
        match self.bytes_of(document)? {
            None => Ok(None),
            Some(Err(error)) => Err(wrong(error.to_string())),
            Some(Ok(bytes)) if sha256_hex(&bytes) != sha256 => {
                Err(wrong("they are not those that were received".to_owned()))
            }
            Some(Ok(bytes)) => Ok(Some(bytes)),
        }
    }

    /// The bytes of a document version, unpacked.
    pub(crate) fn bytes_of(&self, document: i64) -> Result<Option<io::Result<Vec<u8>>>, Error> {
        let sql = "SELECT bytes, packed FROM document_bytes WHERE document = ?1";
        let found: Vec<(i64, Vec<u8>)> =
            self.rows(sql, [document], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.first().map(|(length, packed)| unpack(packed, length.unsigned_abs())))
    }
}

#[cfg(test)]
mod tests {
    use super::{pack, unpack};

    #[test]
    fn what_is_packed_comes_back_and_a_wrong_length_is_seen() {
        let bytes = b"<html>\xff".repeat(1_000);
        let packed = pack(&bytes).unwrap();
        assert!(packed.len() < bytes.len() / 10);
        assert_eq!(unpack(&packed, bytes.len() as u64).unwrap(), bytes);
        assert!(unpack(&packed, bytes.len() as u64 - 1).is_err());
        assert!(unpack(&packed[..packed.len() / 2], bytes.len() as u64).is_err());
    }
}
