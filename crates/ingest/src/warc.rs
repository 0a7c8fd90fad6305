//! Web archives (WARC 1.0 and 1.1, ISO 28500): what a crawler was answered.
//!
//! Only answers are read (`response`, and `resource` that were taken without HTTP), and of these only pages, texts and PDFs:
//! pictures, scripts and redirects are passed over without a word.

use std::io::{self, BufRead, Read};

use hedgerow_text::Document;

use crate::gzip::Unpacked;
use crate::open::{self, Place, unreadable};
use crate::{Input, Kind, Refusal, Settings, bytes};

/// All lines of one head (bytes).
const MAX_HEAD: u64 = 1 << 16;
/// A record that is longer ends the reading: nobody's page is (bytes).
const MAX_RECORD: u64 = 4 << 30;

/// Pages of a web archive; one that cannot be read is refused, and the next one is read.
pub(crate) struct Records {
    place: Place,
    from: Box<dyn BufRead>,
    settings: Settings,
    number: usize,
    ended: bool,
}

/// What a record says of itself.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    target: Option<String>,
    length: u64,
    content: String,
}

impl Records {
    pub(crate) fn new(place: Place, from: Box<dyn BufRead>, settings: Settings) -> Self {
        Self { place, from, settings, number: 0, ended: false }
    }

    /// The next record's head; `None` at the end.
    fn head(&mut self) -> io::Result<Option<Head>> {
        let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        let mut line = String::new();
        loop {
            line.clear();
            if text_line(&mut *self.from, MAX_HEAD, &mut line)? == 0 {
                return Ok(None);
            }
            if !line.trim().is_empty() {
                break;
            }
        }
        if !line.starts_with("WARC/1.") {
            return Err(invalid("no WARC record begins where one should"));
        }
        let mut head = Head::default();
        let mut left = MAX_HEAD;
        let mut length = None;
        loop {
            line.clear();
            let n = text_line(&mut *self.from, left, &mut line)?;
            left -= n;
            if n == 0 || left == 0 {
                return Err(invalid("the head of a record does not end"));
            }
            if line.trim().is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                // Early crawlers put angle brackets around the address.
                "warc-target-uri" => {
                    head.target = Some(value.trim_matches(['<', '>']).to_owned());
                }
                "content-length" => length = value.parse().ok(),
                "content-type" => head.content = value.to_ascii_lowercase(),
                _ => {}
            }
        }
        head.length = length.ok_or_else(|| invalid("a record does not say how long it is"))?;
        if head.length > MAX_RECORD {
            return Err(invalid("a record calls itself longer than 4 GiB"));
        }
        Ok(Some(head))
    }

    /// What is in the next record that may hold a document.
    fn record(&mut self) -> io::Result<Option<(Head, Vec<u8>)>> {
        while let Some(head) = self.head()? {
            self.number += 1;
            let read = matches!(head.kind.as_str(), "response" | "resource")
                && head.target.is_some()
                && head.length <= Document::MAX_BYTES as u64 + MAX_HEAD;
            let mut block = self.from.by_ref().take(head.length);
            if read {
                let mut content = Vec::new();
                block.read_to_end(&mut content)?;
                if (content.len() as u64) < head.length {
                    return Err(io::Error::new(
                        io::ErrorKind::UnexpectedEof,
                        "it ends within a record",
                    ));
                }
                return Ok(Some((head, content)));
            }
            io::copy(&mut block, &mut io::sink())?;
        }
        Ok(None)
    }

    fn input(&self, head: &Head, content: &[u8]) -> Option<Result<Input, Refusal>> {
        let address = head.target.clone().unwrap_or_default();
        let place = Place {
            name: format!("{}, record {} ({address})", self.place.name, self.number),
            path: format!("{}#{address}", self.place.path),
            stem: stem(&address),
            url: address.starts_with("http").then_some(address),
            charset: None,
        };
        let answer = if head.content.starts_with("application/http") {
            answer(content)?
        } else {
            Answer { content: head.content.clone(), body: Ok(content.to_vec()) }
        };
        let kind = kind(&answer.content)?;
        let place = Place { charset: charset(&answer.content), ..place };
        let body = match answer.body {
            Ok(body) => body,
            Err(why) => return Some(Err(place.refuse(why, "crawl the page anew"))),
        };
        if body.len() > Document::MAX_BYTES {
            return Some(Err(bytes::too_long(&place.name)));
        }
        Some(open::one(place, kind, body, &self.settings))
    }
}

impl Iterator for Records {
    type Item = Result<Input, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.record() {
                Ok(Some((head, content))) => {
                    if let Some(item) = self.input(&head, &content) {
                        return Some(item);
                    }
                }
                Ok(None) => {
                    self.ended = true;
                    if self.number == 0 {
                        return Some(Err(bytes::empty(&self.place.name)));
                    }
                }
                Err(error) => {
                    self.ended = true;
                    let name = format!("{}, after record {}", self.place.name, self.number);
                    return Some(Err(match error.kind() {
                        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Refusal::new(
                            name,
                            format!("cannot be read further ({error})"),
                            "what came before was read; check whether the file is whole",
                        ),
                        _ => unreadable(&name, &error),
                    }));
                }
            }
        }
        None
    }
}

/// Reads one line as text; how many bytes it had.
fn text_line(from: &mut dyn BufRead, most: u64, line: &mut String) -> io::Result<u64> {
    let mut raw = Vec::new();
    from.take(most).read_until(b'\n', &mut raw)?;
    line.push_str(&String::from_utf8_lossy(&raw));
    Ok(raw.len() as u64)
}

struct Answer {
    content: String,
    body: Result<Vec<u8>, String>,
}

/// The answer of a server, as it came over the wire; `None` where it is no page.
fn answer(content: &[u8]) -> Option<Answer> {
    let end = content.windows(4).position(|it| it == b"\r\n\r\n").map(|at| (at, at + 4));
    let end =
        end.or_else(|| content.windows(2).position(|it| it == b"\n\n").map(|at| (at, at + 2)));
    let (head, body) = end?;
    let head = String::from_utf8_lossy(&content[..head]);
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?;
    if status != "200" && status != "203" {
        return None;
    }
    let (mut kind, mut coding, mut chunked) = (String::new(), String::new(), false);
    for (name, value) in lines.filter_map(|it| it.split_once(':')) {
        let value = value.trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => kind = value,
            "content-encoding" => coding = value,
            "transfer-encoding" => chunked |= value.contains("chunked"),
            _ => {}
        }
    }
    let body = &content[body..];
    let body = if chunked { dechunked(body) } else { body.to_vec() };
    let body = match coding.as_str() {
        "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
            let mut plain = Vec::new();
            let read = Unpacked::new(&body[..])
                .take(Document::MAX_BYTES as u64 + 1)
                .read_to_end(&mut plain);
            read.map(|_| plain).map_err(|error| format!("cannot be unpacked ({error})"))
        }
        // Some crawlers keep the head as it came and the body unpacked.
        "" | "identity" | "gzip" | "x-gzip" => Ok(body),
        other => Err(format!("is packed as `{other}`, which is not read")),
    };
    Some(Answer { content: kind, body })
}

/// A body sent in pieces; where it is not, or not all of it is there, what can be had.
fn dechunked(body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(64).position(|&b| b == b'\n');
        let size = end.map(|end| String::from_utf8_lossy(&rest[..end]));
        let size = size.as_deref().and_then(|it| it.split(';').next());
        let size = size.and_then(|it| usize::from_str_radix(it.trim(), 16).ok());
        let (Some(end), Some(size)) = (end, size) else {
            // Never was in pieces, or was put together by the crawler.
            return if whole.is_empty() { body.to_vec() } else { whole };
        };
        rest = &rest[end + 1..];
        if size == 0 {
            break;
        }
        whole.extend_from_slice(&rest[..size.min(rest.len())]);
        let Some(next) = size.checked_add(2).and_then(|it| rest.get(it..)) else { break };
        rest = next;
    }
    whole
}

/// What a media type is to us.
pub(crate) fn kind(content: &str) -> Option<Kind> {
    match content.split(';').next().unwrap_or_default().trim() {
        "text/html" | "application/xhtml+xml" => Some(Kind::Html),
        "text/plain" | "text/markdown" => Some(Kind::Text),
        "application/pdf" => Some(Kind::Pdf),
        "message/rfc822" => Some(Kind::Mail),
        _ => None,
    }
}

/// The `charset` of a media type.
pub(crate) fn charset(content: &str) -> Option<String> {
    let (_, value) = content.split_once("charset=")?;
    let value = value.trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
    let value = &value[..end.unwrap_or(value.len())];
    (!value.is_empty()).then(|| value.to_owned())
}

/// A short name for what an address leads to: its last part.
pub(crate) fn stem(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, it)| it);
    let last = path.split('/').rev().find(|it| !it.is_empty()).unwrap_or(path);
    let last = last
        .rsplit_once('.')
        .filter(|(_, it)| it.len() <= 5 && path.contains('/'))
        .map_or(last, |(it, _)| it);
    let kept = |c: &char| c.is_alphanumeric() || "-_.~%".contains(*c);
    last.chars().filter(kept).take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_put_together() {
        assert_eq!(dechunked(b"4\r\nHano\r\n1;x=y\r\ni\r\n0\r\n\r\n"), b"Hanoi");
        assert_eq!(dechunked(b"<html>"), b"<html>");
        assert_eq!(dechunked(b"ff\r\nHanoi"), b"Hanoi");
        assert_eq!(dechunked(b"ffffffffffffffff\r\nHanoi"), b"Hanoi");
    }

    #[test]
    fn addresses_have_short_names() {
        assert_eq!(stem("https://lotus.example/2014/08/six-boats.html?x=1"), "six-boats");
        assert_eq!(stem("https://lotus.example/2014/six-boats/"), "six-boats");
        assert_eq!(stem("https://lotus.example/"), "lotus.example");
        assert_eq!(stem("https://lotus.example"), "lotus.example");
        assert_eq!(charset("text/html; charset=\"EUC-JP\"; x").as_deref(), Some("EUC-JP"));
    }
}
