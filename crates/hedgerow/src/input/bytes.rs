//! From bytes to text, or the reason why they are none.

use hedgerow_text::Document;

use crate::trouble::Refusal;

/// The text of `bytes`, kept as it is.
pub(crate) fn text(name: &str, bytes: Vec<u8>) -> Result<String, Refusal> {
    let refuse = |wrong: String, remedy: String| Err(Refusal::new(name, wrong, remedy));
    if bytes.len() > Document::MAX_BYTES {
        return Err(too_long(name));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return refuse(
            "is UTF-16, and only UTF-8 is read".to_owned(),
            format!("convert it: iconv -f UTF-16 -t UTF-8 {name} > utf8.txt"),
        );
    }
    if let Some(format) = magic(&bytes) {
        return refuse(
            format!("is {format}, not text"),
            format!("{}; save the article as text", super::walk::READ),
        );
    }
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return refuse(
            format!("is binary, not text (a zero byte at offset {at})"),
            super::walk::READ.to_owned(),
        );
    }
    match String::from_utf8(bytes) {
        Ok(text) if text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') => refuse(
            "is empty".to_owned(),
            "give a file with the text of an article in it".to_owned(),
        ),
        Ok(text) => Ok(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let byte = error.as_bytes().get(at).copied().unwrap_or_default();
            refuse(
                format!("is not UTF-8 (byte 0x{byte:02X} at offset {at})"),
                format!(
                    "convert it, for example: iconv -f WINDOWS-1252 -t UTF-8 {name} > utf8.txt"
                ),
            )
        }
    }
}

/// The refusal of what is longer than a document may be.
pub(crate) fn too_long(name: &str) -> Refusal {
    let most = Document::MAX_BYTES >> 20;
    Refusal::new(
        name,
        format!("is longer than {most} MiB, the most that one document may have"),
        "give one article a file, or many as JSON lines (.jsonl)",
    )
}

/// The format that the first bytes give away.
fn magic(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 9] = [
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "a packed file (zip, docx, epub)"),
        (b"\x1F\x8B", "a packed file (gzip)"),
        (b"\x28\xB5\x2F\xFD", "a packed file (zstd)"),
        (b"PAR1", "Parquet"),
        (b"WARC/", "WARC"),
        (b"SQLite format 3\0", "a database"),
        (b"{\\rtf", "RTF"),
        (b"\x89PNG", "a picture"),
    ];
    if let Some((_, format)) = known.into_iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(format);
    }
    let head = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let head =
        String::from_utf8_lossy(head).trim_start_matches('\u{FEFF}').trim_start().to_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return Some("HTML");
    }
    (head.starts_with("<?xml")).then_some("XML")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        text("a.txt", bytes.to_vec()).map_or_else(|it| it.to_string(), |it| panic!("read: {it}"))
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert!(refused(b"caf\xE9").contains("byte 0xE9 at offset 3"));
        assert!(refused(b"a\0b").contains("zero byte at offset 1"));
        assert!(refused(b" \n\t").contains("is empty"));
        assert!(refused(b"\xFF\xFEa\0").contains("UTF-16"));
        assert!(refused(b"%PDF-1.7").contains("is PDF"));
        assert!(refused(b"\n<!DOCTYPE html><p>x").contains("is HTML"));
        assert_eq!(text("a.txt", b"\xEF\xBB\xBFHanoi".to_vec()).as_deref(), Ok("\u{FEFF}Hanoi"));
    }
}
