//! Answers kept as they were sent, packed, until the ledger changes.
//!
//! They are given as they are kept to whoever takes them so (browsers do), and unpacked to others. What is packed holds no secret:
//! it is the same for everybody.
//!
//! Only what everybody gets is kept: a request with a cookie is neither answered from here nor kept, nor is an answer that
//! sets one or is personal. Whether the ledger changed is asked at every request, so nothing stale is ever given.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_TYPE, COOKIE,
    HeaderName, SET_COOKIE, VARY,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use hedgerow_ledger::Ledger;

use crate::guard::Scripted;
use crate::people::House;

/// Bytes that each of both generations may hold, packed.
const HALF: usize = 64 << 20;
/// The largest answer that is kept.
const LARGEST: usize = 1 << 20;
/// What a key and its bookkeeping take besides.
const BESIDES: usize = 300;
/// Headers that belong to an answer; all others are put on every answer anew.
const OWN: [HeaderName; 3] = [CONTENT_TYPE, CONTENT_DISPOSITION, CACHE_CONTROL];

/// Says of an answer that it depends on who asks, or on more than the ledger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Personal;

/// The answers that are kept.
#[derive(Debug)]
pub(crate) struct Cache {
    /// Tells whether the ledger was changed by any other connection.
    watch: Mutex<Ledger>,
    /// Whose replies stand below pages.
    house: Option<Arc<House>>,
    kept: Mutex<Kept>,
}

/// Two generations: what is asked for again moves to the young, and when that is full the old is dropped.
#[derive(Debug, Default)]
struct Kept {
    version: i64,
    young: HashMap<String, Answer>,
    old: HashMap<String, Answer>,
    /// Bytes of the young.
    bytes: usize,
}

#[derive(Debug, Clone)]
struct Answer {
    headers: Vec<(HeaderName, HeaderValue)>,
    scripted: bool,
    /// The body as gzip.
    packed: Bytes,
}

impl Cache {
    pub(crate) fn new(watch: Ledger, house: Option<Arc<House>>) -> Self {
        Self { watch: Mutex::new(watch), house, kept: Mutex::default() }
    }

    /// What tells a request's answer from others; nothing where it is not to be kept.
    pub(crate) fn key(request: &Request) -> Option<String> {
        let plain = request.method() == Method::GET && !request.headers().contains_key(COOKIE);
        let key = request.uri().path_and_query()?.as_str();
        plain.then(|| key.to_owned())
    }

    /// Whether whoever asks takes an answer packed.
    pub(crate) fn takes_packed(request: &Request) -> bool {
        let taken = request.headers().get_all(ACCEPT_ENCODING).iter();
        let mut taken = taken.filter_map(|it| it.to_str().ok()).flat_map(|it| it.split(','));
        taken.any(|it| {
            let (name, weight) = it.split_once(';').unwrap_or((it, ""));
            let none = weight.trim().strip_prefix("q=").is_some_and(|it| it.parse() == Ok(0.0));
            name.trim().eq_ignore_ascii_case("gzip") && !none
        })
    }

    /// The state of the ledger, and of what people say, as their watchers see it; `None` where it cannot be asked: then nothing is
    /// kept.
    pub(crate) fn version(&self) -> Option<i64> {
        let ledger =
            self.watch.lock().unwrap_or_else(PoisonError::into_inner).data_version().ok()?;
        let said = match &self.house {
            Some(house) => house.state()?,
            None => 0,
        };
        // Both count changes from when they were opened: neither comes near 32 bits.
        Some(ledger << 32 | said)
    }

    /// The answer to that key, where it was given before and the ledger is still the same.
    pub(crate) fn find(&self, version: i64, key: &str, packed: bool) -> Option<Response> {
        let answer = self.held(|kept| {
            kept.at(version);
            if let Some(known) = kept.young.get(key) {
                return Some(known.clone());
            }
            let known = kept.old.remove(key)?;
            kept.put(key.to_owned(), known.clone());
            Some(known)
        })?;
        let body = if packed { answer.packed } else { unpacked(&answer.packed)?.into() };
        let mut response = Response::new(Body::from(body));
        response.headers_mut().extend(answer.headers);
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
        if packed {
            response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        if answer.scripted {
            response.extensions_mut().insert(Scripted);
        }
        Some(response)
    }

    /// Keeps an answer that was made from the ledger as it was at `version`, if it is for everybody.
    pub(crate) async fn keep(&self, version: i64, key: String, response: Response) -> Response {
        let personal = response.extensions().get::<Personal>().is_some()
            || response.headers().contains_key(SET_COOKIE);
        if response.status() != StatusCode::OK || personal {
            return response;
        }
        let (mut head, body) = response.into_parts();
        head.headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return Response::from_parts(head, Body::empty());
        };
        if body.len() <= LARGEST && self.version() == Some(version) {
            let own =
                OWN.into_iter().filter_map(|it| Some((it.clone(), head.headers.get(it)?.clone())));
            let scripted = head.extensions.get::<Scripted>().is_some();
            let headers = own.collect();
            if let Some(packed) = packed(&body) {
                self.held(|kept| {
                    kept.at(version);
                    kept.put(key, Answer { headers, scripted, packed });
                });
            }
        }
        Response::from_parts(head, Body::from(body))
    }

    fn held<T>(&self, with: impl FnOnce(&mut Kept) -> T) -> T {
        with(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Kept {
    /// Drops everything where the ledger has become another.
    fn at(&mut self, version: i64) {
        if self.version != version {
            *self = Self { version, ..Self::default() };
        }
    }

    fn put(&mut self, key: String, answer: Answer) {
        self.bytes += key.len() + answer.packed.len() + BESIDES;
        self.young.insert(key, answer);
        if self.bytes > HALF {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
    }
}

fn packed(body: &[u8]) -> Option<Bytes> {
    let mut packer = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    packer.write_all(body).ok()?;
    packer.finish().ok().map(Bytes::from)
}

fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(8 * packed.len());
    GzDecoder::new(packed).read_to_end(&mut body).ok()?;
    Some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: usize) -> Answer {
        Answer { headers: Vec::new(), scripted: false, packed: Bytes::from(vec![0; bytes]) }
    }

    #[test]
    fn what_is_packed_comes_out_as_it_was() {
        let page = "Japan gave Vietnam six boats. ".repeat(1_000);
        let small = packed(page.as_bytes()).unwrap();
        assert!(small.len() < page.len() / 10);
        assert_eq!(unpacked(&small).unwrap(), page.as_bytes());
        let asks = |words: &'static str| {
            Cache::takes_packed(
                &Request::builder().header(ACCEPT_ENCODING, words).body(Body::empty()).unwrap(),
            )
        };
        assert!(asks("gzip, deflate, br") && asks("br;q=1.0, GZIP;q=0.5"));
        assert!(!asks("identity") && !asks("gzip;q=0") && !asks("br"));
    }

    #[test]
    fn what_is_kept_has_a_bound() {
        let mut kept = Kept::default();
        for n in 0..1_000 {
            kept.put(n.to_string(), answer(256 << 10));
        }
        let bytes =
            |of: &HashMap<String, Answer>| of.values().map(|it| it.packed.len()).sum::<usize>();
        assert!(bytes(&kept.young) <= HALF && bytes(&kept.old) <= HALF + LARGEST);
        assert!(kept.young.contains_key("999") || kept.old.contains_key("999"), "the newest stays");
    }

    #[test]
    fn another_state_of_the_ledger_drops_all() {
        let mut kept = Kept::default();
        kept.at(1);
        kept.put("a".to_owned(), answer(1));
        kept.at(1);
        assert_eq!(kept.young.len(), 1);
        kept.at(2);
        assert!(kept.young.is_empty() && kept.bytes == 0);
    }
}
