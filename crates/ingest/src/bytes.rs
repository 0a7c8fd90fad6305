//! From bytes to text, or the reason why they are none.

use hedgerow_text::Document;

use crate::Refusal;
use crate::encoding;
use crate::kind::{Kind, READ};

/// The text of `bytes`, and a remark where it was not UTF-8.
pub(crate) fn text(name: &str, bytes: Vec<u8>) -> Result<(String, Option<String>), Refusal> {
    let refuse = |wrong: String, remedy: String| Err(Refusal::new(name, wrong, remedy));
    if bytes.len() > Document::MAX_BYTES {
        return Err(too_long(name));
    }
    let format = Kind::sniff(&bytes).and_then(Kind::name);
    if let Some(format) = format {
        return refuse(format!("is {format}, not text"), "give the text of the article".to_owned());
    }
    let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if let Some(at) = bytes.iter().position(|&b| b == 0).filter(|_| !wide) {
        return refuse(
            format!("is binary, not text (a zero byte at offset {at})"),
            READ.to_owned(),
        );
    }
    let (text, remark) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let (text, encoding) = encoding::decode(error.as_bytes(), None);
            let remark = format!(
                "is no UTF-8 and was read as {encoding}; where letters are wrong, convert it to UTF-8"
            );
            (text, Some(remark))
        }
    };
    if text.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}') {
        return Err(empty(name));
    }
    if text.len() > Document::MAX_BYTES {
        return Err(too_long(name));
    }
    Ok((text, remark))
}

/// The refusal of what holds nothing.
pub(crate) fn empty(name: &str) -> Refusal {
    Refusal::new(name, "is empty", "give a file with the text of an article in it")
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

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        text("a.txt", bytes.to_vec()).map_or_else(|it| it.to_string(), |it| panic!("read: {it:?}"))
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert!(refused(b"a\0b").contains("zero byte at offset 1"));
        assert!(refused(b" \n\t").contains("is empty"));
        assert!(refused(b"PAR1").contains("is Parquet"));
        assert!(refused(b"SQLite format 3\0").contains("is a database"));
    }

    #[test]
    fn encodings_are_found_and_said() {
        let read = |bytes: &[u8]| text("a.txt", bytes.to_vec()).unwrap();
        assert_eq!(read(b"\xEF\xBB\xBFHanoi"), ("\u{FEFF}Hanoi".to_owned(), None));
        let (text, remark) = read(b"The caf\xE9 in Hanoi");
        assert_eq!(text, "The caf\u{e9} in Hanoi");
        assert!(remark.unwrap().contains("windows-1252"));
        assert_eq!(read(b"\xFF\xFEH\0i\0").0, "Hi");
    }
}
