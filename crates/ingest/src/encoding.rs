//! From bytes to characters: which encoding were they written in?
//!
//! In this order: a byte order mark, UTF-8 where the bytes are well-formed UTF-8, what was declared (by the server, by the
//! page, by the message), and what a detector makes of them (chardetng, as Firefox uses it).

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, WINDOWS_1252};

/// The characters that `bytes` stand for, and the name of their encoding.
pub(crate) fn decode(bytes: &[u8], declared: Option<&str>) -> (String, &'static str) {
    let encoding = find(bytes, declared);
    let (text, encoding, _) = encoding.decode(bytes);
    (text.into_owned(), encoding.name())
}

/// The encoding of `bytes`.
pub(crate) fn find(bytes: &[u8], declared: Option<&str>) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    // All of ISO-2022-JP is ASCII and so well-formed UTF-8; an escape sequence tells them apart.
    let escapes = bytes.contains(&0x1B);
    // The head of a file may end within a character.
    let whole = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    if whole && !escapes {
        return UTF_8;
    }
    declared.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        let guess = detector.guess(None, Utf8Detection::Allow);
        // Where it makes no difference, the encoding of most English texts.
        let alike = guess.is_single_byte() && guess.decode(bytes).0 == WINDOWS_1252.decode(bytes).0;
        if alike { WINDOWS_1252 } else { guess }
    })
}

/// The encoding that an HTML or XML page declares in its first kilobytes.
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(4096)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = |text: &str| -> String {
        text.trim_start_matches([' ', '"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
            .collect()
    };
    if let Some(rest) = head.trim_start().strip_prefix("<?xml") {
        let rest = rest.split('>').next().unwrap_or_default();
        if let Some((_, value)) = rest.split_once("encoding=") {
            return Some(label(value)).filter(|it| !it.is_empty());
        }
    }
    head.match_indices("<meta").find_map(|(at, _)| {
        let tag = head[at..].split('>').next()?;
        let (_, value) = tag.split_once("charset=")?;
        // A page that could be read so far is not UTF-16, whatever it says (HTML standard, 13.2.3.2).
        let label = label(value);
        (!label.is_empty() && !label.starts_with("utf-16")).then_some(label)
    })
}

/// A stream of text in any encoding, read as UTF-8. The first bytes decide which it is.
pub(crate) struct Transcoded<R> {
    from: R,
    decoder: Decoder,
    /// The name of the encoding.
    pub(crate) name: &'static str,
    raw: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

/// How much is looked at to find the encoding, and decoded at once.
const HEAD: usize = 1 << 18;

impl<R: Read> Transcoded<R> {
    /// A reader of `from`, whose first bytes are read at once.
    pub(crate) fn new(mut from: R) -> io::Result<Self> {
        let mut raw = Vec::new();
        from.by_ref().take(HEAD as u64).read_to_end(&mut raw)?;
        let encoding = find(&raw, None);
        let decoder = encoding.new_decoder_with_bom_removal();
        let name = encoding.name();
        Ok(Self { from, decoder, name, raw, ready: Vec::new(), at: 0, ended: false })
    }

    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.at = 0;
        while self.ready.is_empty() && !self.ended {
            if self.raw.is_empty() {
                self.from.by_ref().take(HEAD as u64).read_to_end(&mut self.raw)?;
                self.ended = self.raw.is_empty();
            }
            let room = self.decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(HEAD * 4);
            self.ready.resize(room, 0);
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(&self.raw, &mut self.ready, self.ended);
            self.raw.drain(..read);
            self.ready.truncate(written);
            // The buffer has room for all; were it otherwise, what is left is decoded next time.
            debug_assert_eq!(result, CoderResult::InputEmpty);
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.at == self.ready.len() {
            self.refill()?;
        }
        let n = to.len().min(self.ready.len() - self.at);
        to[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_found() {
        assert_eq!(decode("Nguyễn".as_bytes(), Some("latin1")), ("Nguyễn".into(), "UTF-8"));
        assert_eq!(decode(b"\xFF\xFEH\0i\0", None), ("Hi".into(), "UTF-16LE"));
        assert_eq!(decode(b"a caf\xE9 in Hanoi", None).0, "a café in Hanoi");
        assert_eq!(decode(b"\xD0\xC2\xBB\xAA", Some("gb2312")), ("新华".into(), "GBK"));
        let japanese = b"\x1B$B3$>eJ]0BD#\x1B(B";
        assert_eq!(decode(japanese, None), ("海上保安庁".into(), "ISO-2022-JP"));
    }

    #[test]
    fn pages_declare_theirs() {
        let found = |text: &str| declared(text.as_bytes());
        assert_eq!(found("<html><meta charset='EUC-JP'>").as_deref(), Some("euc-jp"));
        let old = "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1258\">";
        assert_eq!(found(old).as_deref(), Some("windows-1258"));
        assert_eq!(found("<?xml version='1.0' encoding=\"Big5\"?>").as_deref(), Some("big5"));
        assert_eq!(found("<meta charset=utf-16>"), None);
        assert_eq!(found("<p>charset=big5"), None);
    }

    #[test]
    fn a_stream_reads_as_its_whole() {
        let words = "Le café de la Défense. ".repeat(30_000);
        let (bytes, ..) = WINDOWS_1252.encode(&words);
        let mut text = String::new();
        Transcoded::new(&bytes[..]).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, words);
        let mut wide = vec![0xFF, 0xFE];
        wide.extend(words.encode_utf16().flat_map(u16::to_le_bytes));
        text.clear();
        Transcoded::new(&wide[..]).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, words);
    }
}
