//! Mailboxes: messages one after the other, each after a line that begins with `From ` (RFC 4155).

use std::io::BufRead;

use hedgerow_ledger::sha256_hex;
use hedgerow_text::Document;

use crate::lines::{Line, Lines};
use crate::open::{Place, unreadable};
use crate::{Input, Refusal, bytes, mail};

/// Longest line of a message (bytes); RFC 5322 has 998.
const MAX_LINE: usize = 1 << 20;

/// Messages of a mailbox; one that cannot be read is refused, and the next one is read.
pub(crate) struct Messages {
    place: Place,
    from: Lines,
    number: usize,
    begun: bool,
    ended: bool,
}

impl Messages {
    pub(crate) fn new(place: Place, from: Box<dyn BufRead>) -> Self {
        Self { place, from: Lines::new(from, MAX_LINE), number: 0, begun: false, ended: false }
    }

    /// The bytes of the next message; empty where the mailbox began with its first separator.
    fn message(&mut self) -> Result<Vec<u8>, Refusal> {
        let (mut message, mut long, mut blank) = (Vec::new(), false, !self.begun);
        loop {
            match self.from.next().map_err(|error| unreadable(&self.place.name, &error)) {
                Err(refusal) => {
                    self.ended = true;
                    return Err(refusal);
                }
                Ok(None) => {
                    self.ended = true;
                    break;
                }
                Ok(Some(Line::Whole(line))) if blank && line.starts_with(b"From ") => {
                    let first = !self.begun;
                    self.begun = true;
                    if first {
                        continue;
                    }
                    break;
                }
                Ok(Some(Line::Whole(line))) => {
                    self.begun = true;
                    blank = line.iter().all(u8::is_ascii_whitespace);
                    // A line of text that began with "From " was marked when it was put into the mailbox.
                    let marks = line.iter().take_while(|&&b| b == b'>').count();
                    let marked = marks > 0 && line[marks..].starts_with(b"From ");
                    long |= message.len() + line.len() > Document::MAX_BYTES;
                    if !long {
                        message.extend_from_slice(&line[usize::from(marked)..]);
                    }
                }
                Ok(Some(Line::TooLong)) => long = true,
            }
        }
        self.number += 1;
        if long { Err(bytes::too_long(&self.at().name)) } else { Ok(message) }
    }

    /// The message now read.
    fn at(&self) -> Place {
        Place {
            name: format!("{}, message {}", self.place.name, self.number),
            path: format!("{}#{}", self.place.path, self.number),
            stem: format!("{}-{}", self.place.stem, self.number),
            ..Place::default()
        }
    }
}

impl Iterator for Messages {
    type Item = Result<Input, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let message = match self.message() {
                Ok(message) => message,
                Err(refusal) => return Some(Err(refusal)),
            };
            if message.iter().all(u8::is_ascii_whitespace) {
                if self.ended && self.number == 1 {
                    return Some(Err(bytes::empty(&self.place.name)));
                }
                continue;
            }
            let place = self.at();
            let (stem, path) = (place.stem.clone(), place.path.clone());
            let (sha256, bytes) = (sha256_hex(&message), Some(message.clone()));
            let input = Input { stem, path, sha256, bytes, ..Input::default() };
            return Some(mail::document(&place, message, input));
        }
        None
    }
}
