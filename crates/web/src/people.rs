//! Who asks, and what people say: accounts, signing in, replies, briefs.
//!
//! Pages that everybody reads are the same for everybody and set no cookie; what concerns one person (forms, drafts, what waits) is on
//! pages of its own. Every form carries a token of the secret in the browser that it was made for.

mod account;
mod brief;
mod briefs;
mod house;
mod login;
mod moderate;
mod note;
mod on;
mod talk;
mod thread;
mod visitor;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use maud::Markup;

pub(crate) use house::House;
pub(crate) use on::Talked;
pub(crate) use thread::below;
pub(crate) use visitor::Visitor;

use crate::app::App;
use crate::cache::Personal;
use crate::frame::{self, Frame};
use crate::problem::Problem;

/// The most bytes that the form of a brief may have.
const BRIEF: usize = 512 * 1024;

/// The addresses of this part.
pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/login", get(login::page).post(login::local))
        .route("/login/{provider}", get(login::begin))
        .route("/callback/{provider}", get(login::end))
        .route("/logout", post(login::leave))
        .route("/account", get(account::page).post(account::change))
        .route("/replies.atom", get(talk::feed))
        .route("/replies/{on}", get(talk::page).post(talk::say))
        .route("/reply/{id}", post(talk::change))
        .route("/moderate", get(moderate::page).post(moderate::decide))
        .route("/briefs", get(briefs::list))
        .route("/briefs.json", get(briefs::list))
        .route("/briefs.csv", get(briefs::list))
        .route("/briefs.atom", get(briefs::feed))
        .route(
            "/briefs/new",
            get(brief::new).post(brief::begin).layer(DefaultBodyLimit::max(BRIEF)),
        )
        .route("/briefs/{id}", get(briefs::read))
        .route(
            "/briefs/{id}/edit",
            get(brief::edit).post(brief::save).layer(DefaultBodyLimit::max(BRIEF)),
        )
        .route("/briefs/{id}/{version}", get(briefs::version))
}

/// The time, in seconds since 1970.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// A page for one person.
fn page(app: &App, visitor: Option<&Visitor>, title: &str, body: &Markup) -> Response {
    let hands = app.coding().is_some();
    let frame = Frame { desk: app.desk().is_some(), hands, people: true, ..Frame::plain(title) };
    let response = Html(frame::whole(&frame, body)).into_response();
    personal(app, visitor, response)
}

/// Says of an answer that it is for one person, and keeps for the next form what the browser has to know.
fn personal(app: &App, visitor: Option<&Visitor>, mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(Personal);
    if let (Some(visitor), Some(house)) = (visitor, app.house()) {
        visitor.remember(house, &mut response);
    }
    response
}

/// There are no accounts here.
pub(crate) fn closed() -> Problem {
    Problem::missing("there are no accounts here")
        .hint("whoever runs this can allow them with `hedgerow serve --accounts FILE`")
}

/// What takes an account, or another one.
fn sign_in_first(what: &str) -> Problem {
    Problem::with(StatusCode::FORBIDDEN, format!("{what} takes an account"))
        .hint("sign in at /login and come back")
}
