//! Who may write: one reviewer at a desk, named when the application was started, and reviewers who signed in.
//!
//! On this machine alone the reviewer needs no sign-in; where others are answered, too, the token does. Sessions are cookies
//! that this process signed, and every form carries a token of its session, so that no other site can send it. Nothing of
//! this outlives the process.

use std::sync::Arc;

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use hedgerow_people::{Role, Session};

use crate::people::House;
use crate::problem::Problem;

/// Name of the cookie.
const COOKIE_NAME: &str = "hedgerow_desk";

/// The desk.
#[derive(Debug)]
pub(crate) struct Desk {
    /// Who judges here without an account.
    reviewer: Option<String>,
    /// What is to be shown before anything is written; `None` where only this machine is answered.
    token: Option<String>,
    key: [u8; 64],
    /// Who has an account.
    house: Option<Arc<House>>,
}

/// A reviewer at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Visit {
    /// Under which name decisions are kept.
    pub(crate) author: String,
    /// What every form of this session carries.
    pub(crate) form: String,
    session: Option<String>,
}

impl Desk {
    /// A desk for `reviewer`, and for the reviewers of `house`.
    pub(crate) fn new(
        reviewer: Option<String>,
        token: Option<String>,
        house: Option<Arc<House>>,
    ) -> Result<Self, getrandom::Error> {
        let mut key = [0; 64];
        getrandom::fill(&mut key)?;
        Ok(Self { reviewer, token, key, house })
    }

    /// Who judges here without an account.
    pub(crate) fn reviewer(&self) -> Option<&str> {
        self.reviewer.as_deref()
    }

    /// The reviewer who is signed in, if it is one who asks.
    fn signed_in(&self, headers: &HeaderMap) -> Option<Visit> {
        self.house.as_ref()?.reviewer(headers)
    }

    /// The session that a request belongs to; on this machine alone a new one where there is none.
    pub(crate) fn visit(&self, headers: &HeaderMap) -> Option<Visit> {
        if let Some(visit) = self.signed_in(headers) {
            return Some(visit);
        }
        if self.reviewer.is_none() || self.is_passed_on(headers) {
            return None;
        }
        let known = cookie(headers).filter(|session| self.is_ours(session));
        match known {
            Some(session) => Some(self.of(session.to_owned())),
            None if self.token.is_none() => self.open().ok(),
            None => None,
        }
    }

    /// As [`Desk::visit`], for a request that wants to write: its form must carry the token of a session that was there before.
    pub(crate) fn writing(&self, headers: &HeaderMap, form: &str) -> Result<Visit, Problem> {
        let refused = |why: &str| {
            Err(Problem::with(StatusCode::FORBIDDEN, why)
                .hint("open the page of the form anew and send it again"))
        };
        if let Some(visit) = self.signed_in(headers) {
            return if visit.is_form(form) {
                Ok(visit)
            } else {
                refused("this form is of another session")
            };
        }
        if self.reviewer.is_none() {
            return refused("nobody is signed in who judges claims");
        }
        if self.is_passed_on(headers) {
            return refused(
                "this came through a proxy, and this desk is for its own machine alone",
            );
        }
        let Some(session) = cookie(headers).filter(|session| self.is_ours(session)) else {
            return refused("this form is of no session at this desk");
        };
        if !self.verify("form", session, form) {
            return refused("this form is of another session");
        }
        Ok(self.of(session.to_owned()))
    }

    /// A new session for whoever shows the token.
    pub(crate) fn sign_in(&self, token: &str) -> Result<Visit, Problem> {
        let broken = |_| Problem::broken("no session could be made");
        if self.reviewer.is_none() {
            return Err(Problem::missing("nobody judges here without an account"));
        }
        match &self.token {
            Some(own) if self.same(own, token) => self.open().map_err(broken),
            None => self.open().map_err(broken),
            Some(_) => {
                Err(Problem::with(StatusCode::FORBIDDEN, "this is not the token of this desk")
                    .hint("it was printed when the application was started"))
            }
        }
    }

    /// Whether a desk for this machine alone is asked by somebody behind a proxy.
    fn is_passed_on(&self, headers: &HeaderMap) -> bool {
        const SIGNS: [&str; 4] = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];
        self.token.is_none() && SIGNS.iter().any(|it| headers.contains_key(*it))
    }

    fn open(&self) -> Result<Visit, getrandom::Error> {
        let mut id = [0; 32];
        getrandom::fill(&mut id)?;
        let id = hex(&id);
        let mark = self.mark("session", &id);
        Ok(self.of(format!("{id}.{mark}")))
    }

    fn of(&self, session: String) -> Visit {
        let author = self.reviewer.clone().unwrap_or_default();
        Visit { author, form: self.mark("form", &session), session: Some(session) }
    }

    fn is_ours(&self, session: &str) -> bool {
        session.split_once('.').is_some_and(|(id, mark)| self.verify("session", id, mark))
    }

    /// A keyed hash of `text` for one purpose.
    fn mark(&self, purpose: &str, text: &str) -> String {
        hex(&self.hash(purpose, text).finalize().into_bytes())
    }

    /// Whether `mark` is that of `text`, without telling by time how much of it is right.
    fn verify(&self, purpose: &str, text: &str, mark: &str) -> bool {
        unhex(mark).is_some_and(|mark| self.hash(purpose, text).verify_slice(&mark).is_ok())
    }

    fn same(&self, own: &str, other: &str) -> bool {
        let mark = self.hash("token", other).finalize().into_bytes();
        self.hash("token", own).verify_slice(&mark).is_ok()
    }

    fn hash(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        let mut hash = Hmac::<Sha256>::new(&self.key.into());
        hash.update(purpose.as_bytes());
        hash.update(b"\n");
        hash.update(text.as_bytes());
        hash
    }
}

impl Visit {
    /// Somebody who is signed in, if she judges claims. Her session has a cookie of its own.
    pub(crate) fn of_session(session: &Session) -> Option<Self> {
        let author =
            session.account.author.clone().filter(|_| session.account.may(Role::Reviewer))?;
        Some(Self { author, form: session.secret.form(), session: None })
    }

    /// Whether a form is of this session. Of one that is signed in its token was made from a secret that is checked already.
    fn is_form(&self, form: &str) -> bool {
        let (own, other) = (Sha256::digest(&self.form), Sha256::digest(form));
        own == other
    }

    /// The header that keeps the session: out of reach of scripts, never sent along from other sites.
    pub(crate) fn cookie(&self) -> Option<HeaderValue> {
        let session = self.session.as_ref()?;
        let text = format!("{COOKIE_NAME}={session}; Path=/; HttpOnly; SameSite=Strict");
        HeaderValue::from_str(&text).ok()
    }
}

/// The header that ends a session.
pub(crate) fn leave() -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{COOKIE_NAME}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"))
        .ok()
}

/// A token that nobody guesses.
pub(crate) fn new_token() -> Result<String, getrandom::Error> {
    let mut token = [0; 16];
    getrandom::fill(&mut token)?;
    Ok(hex(&token))
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut pairs = all.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE_NAME).map(|(_, value)| value)
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|it| [it >> 4, it & 15])
        .map(|it| char::from(DIGITS[usize::from(it)]))
        .collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|it| it.to_digit(16).and_then(|it| u8::try_from(it).ok())).collect();
    let digits = digits.filter(|it| it.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|it| it[0] << 4 | it[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ann(token: Option<&str>) -> Desk {
        Desk::new(Some("Ann".to_owned()), token.map(str::to_owned), None).unwrap()
    }

    fn session(visit: &Visit) -> &str {
        visit.session.as_deref().unwrap()
    }

    fn with(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, format!("other=1; {COOKIE_NAME}={cookie}").parse().unwrap());
        headers
    }

    #[test]
    fn a_form_belongs_to_one_session() {
        let desk = ann(None);
        let (one, two) =
            (desk.visit(&HeaderMap::new()).unwrap(), desk.visit(&HeaderMap::new()).unwrap());
        assert_ne!(one.session, two.session);
        assert_eq!(desk.writing(&with(session(&one)), &one.form).unwrap().author, "Ann");
        assert!(desk.writing(&with(session(&one)), &two.form).is_err());
        assert!(desk.writing(&with(session(&one)), "").is_err());
        assert!(desk.writing(&HeaderMap::new(), &one.form).is_err());
        let other = ann(None);
        assert!(
            other.writing(&with(session(&one)), &one.form).is_err(),
            "a session of another process"
        );
    }

    #[test]
    fn a_desk_for_one_machine_is_for_nobody_behind_a_proxy() {
        let desk = ann(None);
        let visit = desk.visit(&HeaderMap::new()).unwrap();
        let mut headers = with(session(&visit));
        headers.insert("x-forwarded-for", "192.0.2.7".parse().unwrap());
        assert_eq!(desk.visit(&headers), None);
        assert!(desk.writing(&headers, &visit.form).is_err());
    }

    #[test]
    fn with_a_token_nobody_writes_without_it() {
        let desk = ann(Some("secret"));
        assert_eq!(desk.visit(&HeaderMap::new()), None);
        for wrong in ["", "secre", "secret ", "Secret"] {
            assert!(desk.sign_in(wrong).is_err(), "{wrong:?}");
        }
        let visit = desk.sign_in("secret").unwrap();
        assert_eq!(desk.visit(&with(session(&visit))), Some(visit.clone()));
        let (id, _) = session(&visit).split_once('.').unwrap();
        let forged = format!("{id}.{}", "0".repeat(64));
        for wrong in ["", id, ".", forged.as_str()] {
            assert_eq!(desk.visit(&with(wrong)), None, "{wrong}");
        }
        assert!(visit.cookie().unwrap().to_str().unwrap().ends_with("HttpOnly; SameSite=Strict"));
    }
}
