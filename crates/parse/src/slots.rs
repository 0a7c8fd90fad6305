//! Tables in the model file that lead from a hash to a number.

use crate::file::{ModelError, Reader};

/// Slot without an entry.
const EMPTY: u16 = u16::MAX;

/// An open hash table: the upper half of a key marks its slot, the lower half says where to look.
#[derive(Debug)]
pub(crate) struct Slots(Vec<(u32, u16)>);

impl Slots {
    /// Reads a table whose numbers are below `count`.
    pub(crate) fn load(reader: &mut Reader<'_>, count: usize) -> Result<Self, ModelError> {
        if count >= usize::from(EMPTY) {
            return Err(reader.error("it has too many values"));
        }
        let size = reader.u32()? as usize;
        if !size.is_power_of_two() {
            return Err(reader.error("the table is no power of two"));
        }
        let bytes = reader.bytes(size.checked_mul(6).ok_or(reader.error("it is too large"))?)?;
        let slots: Vec<(u32, u16)> = bytes
            .chunks_exact(6)
            .map(|b| {
                (u32::from_le_bytes([b[0], b[1], b[2], b[3]]), u16::from_le_bytes([b[4], b[5]]))
            })
            .collect();
        let valid = |&(_, value): &(u32, u16)| value == EMPTY || usize::from(value) < count;
        if !slots.iter().all(valid) || !slots.iter().any(|&(_, value)| value == EMPTY) {
            return Err(reader.error("an entry names no value, or the table is full"));
        }
        Ok(Self(slots))
    }

    /// Appends a table with these keys and numbers.
    pub(crate) fn write(entries: &[(u64, u16)], out: &mut Vec<u8>) {
        let size = (entries.len() * 3 / 2 + 2).next_power_of_two();
        let mut slots = vec![(0u32, EMPTY); size];
        for &(key, value) in entries {
            let mut at = key as usize & (size - 1);
            while slots[at].1 != EMPTY {
                at = (at + 1) & (size - 1);
            }
            slots[at] = ((key >> 32) as u32, value);
        }
        out.extend((size as u32).to_le_bytes());
        for (mark, value) in slots {
            out.extend(mark.to_le_bytes());
            out.extend(value.to_le_bytes());
        }
    }

    /// The number of a key.
    pub(crate) fn find(&self, key: u64) -> Option<usize> {
        let mask = self.0.len() - 1;
        let mut at = key as usize & mask;
        loop {
            let (mark, value) = self.0[at];
            if value == EMPTY {
                return None;
            }
            if mark == (key >> 32) as u32 {
                return Some(usize::from(value));
            }
            at = (at + 1) & mask;
        }
    }
}

/// A hash of bytes whose halves are both well mixed.
pub(crate) fn hash(start: u64, bytes: impl Iterator<Item = u8>) -> u64 {
    const PRIME: u64 = 0x0100_0000_01B3;
    let h = bytes.fold(start, |h, byte| (h ^ u64::from(byte)).wrapping_mul(PRIME));
    let h = (h ^ (h >> 29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h ^ (h >> 32)
}
