//! What is answered where there is no page: one shape for programs, one page for people.

use axum::http::StatusCode;
use maud::{Markup, html};
use serde_json::{Value, json};

/// A request that cannot be answered with what was asked for.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    /// What is the matter, in one sentence without a full stop.
    pub(crate) message: String,
    /// What can be done, one suggestion each.
    pub(crate) hints: Vec<String>,
}

impl Problem {
    pub(crate) fn missing(message: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, message: message.into(), hints: Vec::new() }
    }

    /// A question that cannot be answered as it was put.
    pub(crate) fn asked(message: impl Into<String>) -> Self {
        Self::with(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn broken(message: impl Into<String>) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self { status, message: message.into(), hints: Vec::new() }
    }

    pub(crate) fn with(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), hints: Vec::new() }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "ok": false,
            "error": self.message,
            "errors": std::iter::once(&self.message).chain(&self.hints).collect::<Vec<_>>(),
            "status": self.status.as_u16(),
        })
    }

    pub(crate) fn title(&self) -> &'static str {
        match self.status {
            StatusCode::NOT_FOUND => "Not found",
            StatusCode::INTERNAL_SERVER_ERROR => "Something went wrong",
            StatusCode::BAD_REQUEST => "That cannot be answered",
            StatusCode::FORBIDDEN => "Not allowed",
            StatusCode::TOO_MANY_REQUESTS => "Too often",
            StatusCode::CONFLICT => "Somebody was faster",
            _ => "This does not work",
        }
    }

    pub(crate) fn html(&self) -> Markup {
        html! {
            header.head {
                p.kicker { "Error " (self.status.as_u16()) }
                h1 { (self.title()) }
            }
            p.lead { (crate::words::capital(&self.message)) "." }
            @if !self.hints.is_empty() {
                ul { @for hint in &self.hints { li { (crate::words::capital(hint)) "." } } }
            }
            p { "What the ledger holds: " a href="/documents" { "documents" } ", " a href="/actors" { "actors" }
                ", " a href="/dyads" { "pairs of actors" } "." }
        }
    }
}

impl From<hedgerow_people::Error> for Problem {
    fn from(error: hedgerow_people::Error) -> Self {
        use hedgerow_people::{Error, Why};
        match error {
            Error::Refused(refusal) => {
                let status = match refusal.why {
                    Why::NotAllowed => StatusCode::FORBIDDEN,
                    Why::Invalid => StatusCode::BAD_REQUEST,
                    Why::NotFound => StatusCode::NOT_FOUND,
                    Why::Conflict => StatusCode::CONFLICT,
                    Why::TooMany => StatusCode::TOO_MANY_REQUESTS,
                };
                Self::with(status, refusal.message)
            }
            Error::Locked { .. } => {
                Self::with(StatusCode::SERVICE_UNAVAILABLE, "somebody else is writing; try again")
            }
            // Where the file is, is nobody's business who only asks.
            _ => Self::broken("the accounts cannot be read or written now"),
        }
    }
}

impl From<hedgerow_ledger::Error> for Problem {
    fn from(error: hedgerow_ledger::Error) -> Self {
        let status = match &error {
            hedgerow_ledger::Error::Invalid { .. } => StatusCode::BAD_REQUEST,
            hedgerow_ledger::Error::Locked { .. } | hedgerow_ledger::Error::ReadOnly { .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::with(status, error.to_string())
    }
}
