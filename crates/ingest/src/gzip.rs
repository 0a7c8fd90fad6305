//! Packed files, unpacked without believing what they promise.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

/// What every packed file may unpack to (bytes).
const FREE: u64 = 64 << 20;
/// Text packs to a fifth or a tenth; a file that unpacks to more than two hundred times its size is meant to fill a disk.
const RATIO: u64 = 200;

/// Whether `head` begins a gzip file.
pub(crate) fn is_packed(head: &[u8]) -> bool {
    head.starts_with(&[0x1F, 0x8B])
}

/// What is in a gzip file of one or many members.
pub(crate) struct Unpacked<R> {
    from: MultiGzDecoder<Counted<R>>,
    given: u64,
}

struct Counted<R> {
    from: R,
    taken: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(to)?;
        self.taken += n as u64;
        Ok(n)
    }
}

impl<R: Read> Unpacked<R> {
    /// A reader of the content of `from`.
    pub(crate) fn new(from: R) -> Self {
        Self { from: MultiGzDecoder::new(Counted { from, taken: 0 }), given: 0 }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.from.read(to)?;
        self.given += n as u64;
        if self.given > FREE + RATIO * self.from.get_ref().taken {
            let why = format!("it unpacks to more than {RATIO} times its size");
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn members_are_read_in_order() {
        let mut packed = Vec::new();
        for part in ["Hanoi ", "and Tokyo"] {
            let mut to = GzEncoder::new(Vec::new(), Compression::default());
            to.write_all(part.as_bytes()).unwrap();
            packed.extend(to.finish().unwrap());
        }
        let mut text = String::new();
        Unpacked::new(&packed[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "Hanoi and Tokyo");
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let mut to = GzEncoder::new(Vec::new(), Compression::best());
        io::copy(&mut io::repeat(0).take(300 << 20), &mut to).unwrap();
        let bomb = to.finish().unwrap();
        let mut read = 0;
        let mut from = Unpacked::new(&bomb[..]);
        let mut buffer = vec![0; 1 << 16];
        let error = loop {
            match from.read(&mut buffer) {
                Ok(0) => panic!("unpacked all"),
                Ok(n) => read += n as u64,
                Err(error) => break error,
            }
        };
        assert!(error.to_string().contains("200 times"), "{error}");
        assert!(read <= FREE + RATIO * bomb.len() as u64);
    }
}
