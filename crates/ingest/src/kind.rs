//! What a file is: by its name, and where that says nothing, by its first bytes.

use std::path::Path;

/// What the formats that are read are called in messages.
pub(crate) const READ: &str = "text (.txt), Markdown (.md), HTML (.html), PDF (.pdf), e-mail (.eml, .mbox), feeds (.rss, .atom, .xml), tables of \
     stories (.csv, .tsv), JSON lines (.jsonl), Parquet (.parquet) and WARC (.warc) are read, packed (.gz) too";

/// What holds documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text or Markdown; the first bytes may say otherwise.
    Text,
    /// A page.
    Html,
    /// A PDF.
    Pdf,
    /// One message.
    Mail,
    /// Many messages.
    Mbox,
    /// RSS, Atom or JSON feed.
    Feed,
    /// One JSON object a line.
    JsonLines,
    /// One story a row.
    Table,
    /// One story a row, as Parquet.
    Parquet,
    /// Pages as a crawler saw them.
    Warc,
    /// Standard input: its first bytes decide.
    Stdin,
    /// An address: what is found there decides.
    Address,
    /// A format that is not read, by its common name.
    Other(&'static str),
}

impl Kind {
    /// What the ending of a name says; `.gz` behind it is looked through.
    pub(crate) fn of(path: &Path) -> Self {
        let ending =
            |path: &Path| path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let outer = ending(path);
        let stem = path.file_stem().unwrap_or_default();
        let ending = if outer == "gz" { ending(Path::new(stem)) } else { outer };
        match ending.as_str() {
            "jsonl" | "ndjson" => Self::JsonLines,
            "html" | "htm" | "xhtml" => Self::Html,
            "pdf" => Self::Pdf,
            "eml" => Self::Mail,
            "mbox" => Self::Mbox,
            "xml" | "rss" | "atom" | "rdf" | "json" => Self::Feed,
            "csv" | "tsv" => Self::Table,
            "warc" => Self::Warc,
            "mht" | "mhtml" => Self::Other("MHTML"),
            "doc" | "docx" | "odt" | "rtf" => Self::Other("Word"),
            "parquet" | "pq" => Self::Parquet,
            "epub" => Self::Other("EPUB"),
            "arc" | "zip" | "zst" | "xz" | "bz2" | "7z" | "tar" | "tgz" => {
                Self::Other("a packed file")
            }
            "xlsx" | "xls" | "ods" => Self::Other("a workbook"),
            "sqlite" | "db" => Self::Other("a database"),
            "jpg" | "jpeg" | "png" | "gif" | "webp" | "mp3" | "mp4" => {
                Self::Other("a picture or recording")
            }
            _ => Self::Text,
        }
    }

    /// What the first bytes of what calls itself text give away.
    pub(crate) fn sniff(head: &[u8]) -> Option<Self> {
        let known: [(&[u8], Self); 8] = [
            (b"%PDF-", Self::Pdf),
            (b"WARC/", Self::Warc),
            (b"PK\x03\x04", Self::Other("a packed file (zip, docx, epub)")),
            (b"\x28\xB5\x2F\xFD", Self::Other("a packed file (zstd)")),
            (b"PAR1", Self::Parquet),
            (b"SQLite format 3\0", Self::Other("a database")),
            (b"{\\rtf", Self::Other("RTF")),
            (b"\x89PNG", Self::Other("a picture")),
        ];
        if let Some((_, kind)) = known.into_iter().find(|(magic, _)| head.starts_with(magic)) {
            return Some(kind);
        }
        let head = head.get(..head.len().min(2048)).unwrap_or_default();
        let head = String::from_utf8_lossy(head);
        let mut head = head.trim_start_matches('\u{FEFF}').trim_start().to_lowercase();
        let xml = head.starts_with("<?xml");
        // Comments and declarations may stand before the element that decides.
        while head.starts_with("<?") || head.starts_with("<!--") {
            let mark = if head.starts_with("<?") { "?>" } else { "-->" };
            let Some((_, rest)) = head.split_once(mark) else { break };
            head = rest.trim_start().to_owned();
        }
        if head.starts_with("<!doctype html") || head.starts_with("<html") {
            return Some(Self::Html);
        }
        if ["<rss", "<feed", "<rdf:rdf"].iter().any(|it| head.starts_with(it)) {
            return Some(Self::Feed);
        }
        xml.then_some(Self::Other("XML, and no feed"))
    }

    /// What a format is called that is not text.
    pub(crate) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Html => Some("HTML"),
            Self::Pdf => Some("PDF"),
            Self::Feed => Some("a feed"),
            Self::Warc => Some("WARC"),
            Self::Parquet => Some("Parquet"),
            Self::Other(name) => Some(name),
            _ => None,
        }
    }

    /// Whether one file of this kind may hold several documents.
    pub const fn is_several(self) -> bool {
        matches!(
            self,
            Self::JsonLines
                | Self::Table
                | Self::Parquet
                | Self::Warc
                | Self::Mbox
                | Self::Feed
                | Self::Address
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_first_bytes_tell() {
        assert_eq!(Kind::of(Path::new("a/Crawl.WARC.gz")), Kind::Warc);
        assert_eq!(Kind::of(Path::new("a.jsonl.gz")), Kind::JsonLines);
        assert_eq!(Kind::of(Path::new("notes")), Kind::Text);
        assert_eq!(Kind::sniff(b"\xEF\xBB\xBF \n<!DOCTYPE HTML>"), Some(Kind::Html));
        assert_eq!(Kind::sniff(b"<?xml version='1.0'?><!-- x --><rss>"), Some(Kind::Feed));
        assert_eq!(
            Kind::sniff(b"<?xml version='1.0'?><book>"),
            Some(Kind::Other("XML, and no feed"))
        );
        assert_eq!(Kind::sniff(b"Hanoi (Lotus Wire)"), None);
    }
}
