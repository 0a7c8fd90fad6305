//! The model file: a checked container of named sections. `README.md` gives its grammar.

use std::ops::Range;

/// First bytes of every model file.
const MAGIC: &[u8; 8] = b"HGROWNLP";
/// Layout of the sections that this crate reads.
pub(crate) const VERSION: u32 = 1;
const HEADER: usize = 32;
const ENTRY: usize = 24;
/// Sections start at multiples of this, so that kernels may read them in place.
const ALIGN: usize = 64;

/// Why a model was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The bytes do not start as a model does.
    #[error("not a Hedgerow model: the first bytes are wrong")]
    NotAModel,
    /// A layout that this program does not know.
    #[error("the model has layout {found}, this program reads layout {VERSION}")]
    Version {
        /// Layout of the file.
        found: u32,
    },
    /// The file is shorter or longer than it says.
    #[error("the model is {found} bytes long and says {said}")]
    Length {
        /// Bytes that were given.
        found: u64,
        /// Bytes that the header promises.
        said: u64,
    },
    /// The content is not what was written.
    #[error("the model is damaged: its checksum does not fit")]
    Checksum,
    /// The checksum fits, yet a section makes no sense.
    #[error("section {section} of the model is unusable: {why}")]
    Section {
        /// Name of the section.
        section: &'static str,
        /// What is wrong.
        why: &'static str,
    },
}

/// Puts sections together into a file.
#[derive(Debug, Default)]
pub struct Writer {
    sections: Vec<(String, Vec<u8>)>,
}

impl Writer {
    /// Adds a section; names are at most eight bytes.
    pub fn section(&mut self, name: &str, bytes: Vec<u8>) -> &mut Self {
        debug_assert!(name.len() <= 8, "section names are at most eight bytes");
        self.sections.push((name.to_owned(), bytes));
        self
    }

    /// The finished file.
    pub fn finish(&self) -> Vec<u8> {
        let mut table = Vec::new();
        let mut at = (HEADER + ENTRY * self.sections.len()).next_multiple_of(ALIGN);
        for (name, bytes) in &self.sections {
            let mut padded = [0; 8];
            for (to, from) in padded.iter_mut().zip(name.bytes()) {
                *to = from;
            }
            table.extend(padded);
            table.extend((at as u64).to_le_bytes());
            table.extend((bytes.len() as u64).to_le_bytes());
            at = (at + bytes.len()).next_multiple_of(ALIGN);
        }
        let mut out = Vec::with_capacity(at);
        out.extend(MAGIC);
        out.extend(VERSION.to_le_bytes());
        out.extend((self.sections.len() as u32).to_le_bytes());
        out.extend((at as u64).to_le_bytes());
        out.extend([0; 8]);
        out.extend(table);
        for (_, bytes) in &self.sections {
            out.resize(out.len().next_multiple_of(ALIGN), 0);
            out.extend(bytes);
        }
        out.resize(at, 0);
        let sum = checksum(&out);
        out[24..32].copy_from_slice(&sum.to_le_bytes());
        out
    }
}

/// The sections of a file by name, in order, to write them anew.
pub fn sections(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, ModelError> {
    let sections = Sections::open(bytes)?;
    let section = |(name, range): &([u8; 8], Range<usize>)| {
        let name = String::from_utf8_lossy(name).trim_end_matches('\0').to_owned();
        (name, bytes[range.clone()].to_vec())
    };
    Ok(sections.table.iter().map(section).collect())
}

/// A file whose container has been checked.
pub(crate) struct Sections<'a> {
    bytes: &'a [u8],
    table: Vec<([u8; 8], Range<usize>)>,
}

impl<'a> Sections<'a> {
    /// Checks magic, layout, length and checksum, and reads the table.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ModelError> {
        if bytes.get(..8) != Some(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let damaged = ModelError::Length { found: bytes.len() as u64, said: 0 };
        if bytes.len() < HEADER {
            return Err(damaged);
        }
        let found = u32_at(bytes, 8).unwrap_or_default();
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        let said = u64_at(bytes, 16).unwrap_or_default();
        if said != bytes.len() as u64 {
            return Err(ModelError::Length { found: bytes.len() as u64, said });
        }
        if u64_at(bytes, 24) != Some(checksum(bytes)) {
            return Err(ModelError::Checksum);
        }
        let count = u32_at(bytes, 12).unwrap_or_default() as usize;
        let mut table = Vec::new();
        for at in (0..count).map(|i| HEADER + i * ENTRY) {
            let entry = bytes.get(at..at + ENTRY).ok_or(ModelError::Checksum)?;
            let mut name = [0; 8];
            name.copy_from_slice(&entry[..8]);
            let start = u64_at(entry, 8).unwrap_or(u64::MAX);
            let end = start.saturating_add(u64_at(entry, 16).unwrap_or(u64::MAX));
            if end > said {
                return Err(ModelError::Checksum);
            }
            table.push((name, start as usize..end as usize));
        }
        Ok(Self { bytes, table })
    }

    /// Where section `name` stands in the file.
    pub(crate) fn range(&self, name: &'static str) -> Result<Range<usize>, ModelError> {
        let wanted = |stored: &[u8; 8]| {
            stored.iter().copied().take_while(|&byte| byte != 0).eq(name.bytes())
        };
        self.table
            .iter()
            .find(|(stored, _)| wanted(stored))
            .map(|(_, range)| range.clone())
            .ok_or(ModelError::Section { section: name, why: "it is missing" })
    }

    /// Reads section `name` from its start.
    pub(crate) fn reader(&self, name: &'static str) -> Result<Reader<'a>, ModelError> {
        let range = self.range(name)?;
        Ok(Reader { section: name, base: range.start, at: 0, bytes: &self.bytes[range] })
    }

    /// Section `name` as text.
    pub(crate) fn text(&self, name: &'static str) -> Result<&'a str, ModelError> {
        let bytes = &self.bytes[self.range(name)?];
        std::str::from_utf8(bytes)
            .map_err(|_not_utf8| ModelError::Section { section: name, why: "it is not UTF-8" })
    }
}

/// Reads little-endian values one after the other.
pub(crate) struct Reader<'a> {
    section: &'static str,
    base: usize,
    at: usize,
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// An error about this section.
    pub(crate) fn error(&self, why: &'static str) -> ModelError {
        ModelError::Section { section: self.section, why }
    }

    /// The next `count` bytes.
    pub(crate) fn bytes(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let end = self.at.checked_add(count).filter(|&end| end <= self.bytes.len());
        let end = end.ok_or(self.error("it ends too early"))?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    /// Where the next `count` bytes stand in the file; they are passed over.
    pub(crate) fn skip(&mut self, count: usize) -> Result<Range<usize>, ModelError> {
        let start = self.base + self.at;
        self.bytes(count)?;
        Ok(start..start + count)
    }

    /// The next unsigned number.
    pub(crate) fn u32(&mut self) -> Result<u32, ModelError> {
        let taken = self.bytes(4)?;
        Ok(u32::from_le_bytes([taken[0], taken[1], taken[2], taken[3]]))
    }

    /// The next `count` floats, all of them finite.
    pub(crate) fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(count.checked_mul(4).ok_or(self.error("it is too large"))?)?;
        let floats: Vec<f32> =
            bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        if floats.iter().all(|x| x.is_finite() && x.abs() < 1e6) {
            Ok(floats)
        } else {
            Err(self.error("a weight is out of range"))
        }
    }

    /// The next text: its length, then its bytes.
    pub(crate) fn text(&mut self) -> Result<&'a str, ModelError> {
        let length = self.u32()? as usize;
        std::str::from_utf8(self.bytes(length)?)
            .map_err(|_not_utf8| self.error("a text is not UTF-8"))
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at + 8)?.try_into().ok().map(u64::from_le_bytes)
}

/// Covers every byte but the checksum itself.
///
/// Every step is a bijection of its lane, so one changed word always changes the sum; four lanes keep the multiplier busy.
fn checksum(file: &[u8]) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let step = |lane: u64, word: u64| (lane ^ word).wrapping_mul(ODD).rotate_left(29);
    let word = |bytes: &[u8]| {
        let mut padded = [0; 8];
        padded[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(padded)
    };
    let mut lanes = [1, 2, 3, 4];
    for chunk in [&file[..24], &file[HEADER..]].iter().flat_map(|part| part.chunks(32)) {
        for (lane, bytes) in lanes.iter_mut().zip(chunk.chunks(8)) {
            *lane = step(*lane, word(bytes));
        }
    }
    lanes.iter().fold(file.len() as u64, |sum, &lane| step(sum, lane))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Vec<u8> {
        let mut writer = Writer::default();
        writer.section("one", vec![1, 2, 3]).section("two", b"text".to_vec());
        writer.finish()
    }

    #[test]
    fn sections_come_back() {
        let file = small();
        let sections = Sections::open(&file).unwrap();
        assert_eq!(sections.text("two"), Ok("text"));
        assert_eq!(sections.reader("one").unwrap().bytes(3), Ok(&[1, 2, 3][..]));
        assert!(sections.reader("one").unwrap().bytes(4).is_err());
        assert!(sections.range("three").is_err());
    }

    #[test]
    fn every_truncation_and_every_flipped_bit_is_refused() {
        let file = small();
        for length in 0..file.len() {
            assert!(Sections::open(&file[..length]).is_err(), "{length} bytes were accepted");
        }
        for bit in 0..file.len() * 8 {
            let mut damaged = file.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(Sections::open(&damaged).is_err(), "bit {bit} was accepted");
        }
    }
}
