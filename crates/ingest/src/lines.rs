//! Lines of a file of any length, none of which can fill the memory.

use std::io::{self, BufRead, Read};

/// One line, or what is in its place.
#[derive(Debug)]
pub(crate) enum Line {
    /// A line, with its end.
    Whole(Vec<u8>),
    /// A line longer than was allowed; it was passed over.
    TooLong,
}

/// Lines of a stream, counted.
pub(crate) struct Lines {
    from: Box<dyn BufRead>,
    most: u64,
    /// The number of the line last given, from 1.
    pub(crate) number: usize,
}

impl Lines {
    /// Lines of `from`, each at most `most` bytes long.
    pub(crate) fn new(from: Box<dyn BufRead>, most: usize) -> Self {
        Self { from, most: most as u64, number: 0 }
    }

    /// The next line; `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        self.number += 1;
        let read = self.from.by_ref().take(self.most).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        if read as u64 == self.most && line.last() != Some(&b'\n') {
            self.skip()?;
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Whole(line)))
    }

    fn skip(&mut self) -> io::Result<()> {
        loop {
            let here = self.from.fill_buf()?;
            if here.is_empty() {
                return Ok(());
            }
            if let Some(at) = here.iter().position(|&b| b == b'\n') {
                self.from.consume(at + 1);
                return Ok(());
            }
            let n = here.len();
            self.from.consume(n);
        }
    }
}
