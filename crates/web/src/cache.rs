//! Answers kept as they were sent, until the ledger changes.
//!
//! Only what everybody gets is kept: a request with a cookie is neither answered from here nor kept, nor is an answer that
//! sets one or is personal. Whether the ledger changed is asked at every request, so nothing stale is ever given.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, HeaderName, SET_COOKIE,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use hedgerow_ledger::Ledger;

use crate::guard::Scripted;
use crate::people::House;

/// Bytes that each of both generations may hold.
const HALF: usize = 48 << 20;
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
    body: Bytes,
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
    pub(crate) fn find(&self, version: i64, key: &str) -> Option<Response> {
        let answer = self.held(|kept| {
            kept.at(version);
            if let Some(known) = kept.young.get(key) {
                return Some(known.clone());
            }
            let known = kept.old.remove(key)?;
            kept.put(key.to_owned(), known.clone());
            Some(known)
        })?;
        let mut response = Response::new(Body::from(answer.body));
        response.headers_mut().extend(answer.headers);
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
        let (head, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return Response::from_parts(head, Body::empty());
        };
        if body.len() <= LARGEST && self.version() == Some(version) {
            let own =
                OWN.into_iter().filter_map(|it| Some((it.clone(), head.headers.get(it)?.clone())));
            let scripted = head.extensions.get::<Scripted>().is_some();
            let answer = Answer { headers: own.collect(), scripted, body: body.clone() };
            self.held(|kept| {
                kept.at(version);
                kept.put(key, answer);
            });
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
        self.bytes += key.len() + answer.body.len() + BESIDES;
        self.young.insert(key, answer);
        if self.bytes > HALF {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: usize) -> Answer {
        Answer { headers: Vec::new(), scripted: false, body: Bytes::from(vec![0; bytes]) }
    }

    #[test]
    fn what_is_kept_has_a_bound() {
        let mut kept = Kept::default();
        for n in 0..1_000 {
            kept.put(n.to_string(), answer(256 << 10));
        }
        let bytes =
            |of: &HashMap<String, Answer>| of.values().map(|it| it.body.len()).sum::<usize>();
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
