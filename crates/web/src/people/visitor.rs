//! Whoever asks: somebody who is signed in, or a browser that was given a secret for its forms.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use hedgerow_people::{ABSOLUTE, Account, People, Role, Secret, Session};

use super::{now, sign_in_first};
use crate::people::House;
use crate::problem::Problem;

/// What a cookie is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cookie {
    /// Somebody is signed in.
    Session,
    /// The forms of a browser in which nobody is.
    Forms,
    /// A sign-in that was begun.
    Attempt,
}

impl Cookie {
    /// Its name. With TLS no other site, and no part of this one without TLS, can set it.
    const fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-hedgerow",
            (Self::Session, false) => "hedgerow_session",
            (Self::Forms, true) => "__Host-hedgerow-forms",
            (Self::Forms, false) => "hedgerow_forms",
            (Self::Attempt, true) => "__Host-hedgerow-attempt",
            (Self::Attempt, false) => "hedgerow_attempt",
        }
    }

    /// The secret that a browser sent along.
    pub(super) fn find(self, house: &House, headers: &HeaderMap) -> Option<Secret> {
        let name = self.name(house.settings().is_secure());
        let all = headers.get_all(COOKIE).iter().filter_map(|it| it.to_str().ok());
        let mut pairs = all.flat_map(|it| it.split(';')).filter_map(|it| it.trim().split_once('='));
        pairs.find(|(it, _)| *it == name).and_then(|(_, value)| Secret::parse(value))
    }

    /// Gives the browser a secret, or takes it away. Out of reach of scripts; with a request from another site it is sent only when
    /// somebody follows a link, as on the way back from a provider.
    pub(super) fn set(self, house: &House, secret: Option<&Secret>, response: &mut Response) {
        let secure = house.settings().is_secure();
        let (value, age) = match (secret, self) {
            (None, _) => (String::new(), Some(0)),
            (Some(secret), Self::Session) => (secret.text(), Some(ABSOLUTE)),
            (Some(secret), Self::Attempt) => (secret.text(), Some(600)),
            (Some(secret), Self::Forms) => (secret.text(), None),
        };
        let age = age.map(|it| format!("; Max-Age={it}")).unwrap_or_default();
        let secured = if secure { "; Secure" } else { "" };
        let text =
            format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secured}", self.name(secure));
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
}

/// Whoever asks.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    session: Option<Session>,
    /// What forms are bound to: the session's secret, or one of this browser.
    secret: Secret,
    /// Whether the browser does not know that secret yet.
    fresh: bool,
}

impl Visitor {
    /// Whoever sent this request.
    pub(crate) fn of(house: &House, people: &People, headers: &HeaderMap) -> Result<Self, Problem> {
        if let Some(session) = Self::session(house, people, headers)? {
            let secret = session.secret.clone();
            return Ok(Self { session: Some(session), secret, fresh: false });
        }
        Ok(match Cookie::Forms.find(house, headers) {
            Some(secret) => Self { session: None, secret, fresh: false },
            None => Self { session: None, secret: Secret::new()?, fresh: true },
        })
    }

    /// Who is signed in.
    pub(super) fn session(
        house: &House,
        people: &People,
        headers: &HeaderMap,
    ) -> Result<Option<Session>, hedgerow_people::Error> {
        match Cookie::Session.find(house, headers) {
            Some(secret) => people.session(&secret, now()),
            None => Ok(None),
        }
    }

    /// The account, where somebody is signed in.
    pub(crate) fn account(&self) -> Option<&Account> {
        self.session.as_ref().map(|it| &it.account)
    }

    /// The account that may do what takes `role`.
    pub(super) fn may(&self, role: Role, what: &str) -> Result<&Account, Problem> {
        let account = self.account().ok_or_else(|| sign_in_first(what))?;
        if account.may(role) {
            return Ok(account);
        }
        let why = format!("{what} is for {role}s, and this account is a {}", account.role);
        Err(Problem::with(StatusCode::FORBIDDEN, why).hint(format!(
            "whoever runs this can change that with `hedgerow user grant {} {role}`",
            account.id
        )))
    }

    /// The secret of the session, where somebody is signed in.
    pub(super) fn secret(&self) -> Option<&Secret> {
        self.session.as_ref().map(|it| &it.secret)
    }

    /// What every form carries.
    pub(super) fn form(&self) -> String {
        self.secret.form()
    }

    /// Refuses a form that was not made for this browser.
    pub(super) fn expect(&self, form: &str) -> Result<(), Problem> {
        if !self.fresh && self.secret.is_form(form) {
            return Ok(());
        }
        Err(Problem::with(StatusCode::FORBIDDEN, "this form is of another session, or of none")
            .hint("open the page of the form anew and send it again; cookies must be allowed"))
    }

    /// Gives the browser what its next form is bound to.
    pub(super) fn remember(&self, house: &House, response: &mut Response) {
        if self.fresh {
            Cookie::Forms.set(house, Some(&self.secret), response);
        }
    }
}
