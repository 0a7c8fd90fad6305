//! Signing in and out.

use std::net::SocketAddr;

use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, Form as Fields, Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use hedgerow_people::Account;
use hedgerow_people::sign_in::{Answer, Fault, back};
use maud::{Markup, html};
use serde::Deserialize;

use super::house::Try;
use super::visitor::{Cookie, Visitor};
use super::{closed, now, page as framed};
use crate::answer::{Form, failed, unreadable};
use crate::app::App;
use crate::asked::Asked;
use crate::people::House;
use crate::problem::Problem;
use crate::url;

/// The fields of the form for a password.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Entry {
    form: String,
    back: String,
    login: String,
    password: String,
}

/// The fields of the form with which somebody leaves.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Leave {
    form: String,
    back: String,
    /// Not empty where somebody wants to sign in as another.
    again: String,
}

/// The ways in.
pub(crate) async fn page(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let asked = Asked::of(&uri);
    let to = back(asked.get("back").unwrap_or("/")).to_owned();
    let visitor = app.people(move |house, people| Visitor::of(house, people, &headers)).await;
    match (visitor, app.house()) {
        (Ok(visitor), Some(house)) => {
            framed(&app, Some(&visitor), "Sign in", &doors(house, &visitor, &to, None))
        }
        (Err(problem), _) => failed(Form::Html, &problem),
        (_, None) => failed(Form::Html, &closed()),
    }
}

fn doors(house: &House, visitor: &Visitor, to: &str, wrong: Option<&str>) -> Markup {
    let settings = house.settings();
    html! {
        header.head { h1 { "Sign in" } p.note { "Reading needs no account. To reply, to judge claims or to write briefs, say who you are." } }
        @if let Some(account) = visitor.account() {
            p { "You are signed in as " strong dir="auto" { (account.name) } "." }
            (leave_form(visitor, to, true))
        } @else {
            @if let Some(wrong) = wrong { p.warn role="alert" { (wrong) } }
            @if !settings.providers.is_empty() {
                ul.doors {
                    @for it in &settings.providers {
                        li { a.button href=(format!("/login/{}?back={}", it.id, url::part(to))) { "Sign in with " (it.name) } }
                    }
                }
                p.note { "We learn from them who you are there and what you are called. We neither ask for your address nor keep it." }
            }
            @if settings.local {
                form.decide action="/login" method="post" {
                    input type="hidden" name="form" value=(visitor.form());
                    input type="hidden" name="back" value=(to);
                    label { span { "Name" } input name="login" required autocomplete="username" autocapitalize="none" spellcheck="false"; }
                    label { span { "Password" } input type="password" name="password" required autocomplete="current-password"; }
                    button type="submit" { "Sign in" }
                }
            }
        }
    }
}

/// The form with which somebody leaves; `again` to come back as somebody else.
pub(super) fn leave_form(visitor: &Visitor, to: &str, again: bool) -> Markup {
    html! {
        form.decide action="/logout" method="post" {
            input type="hidden" name="form" value=(visitor.form());
            input type="hidden" name="back" value=(to);
            @if again { button.plain type="submit" name="again" value="yes" { "Log out to be somebody else" } }
            @else { button.plain type="submit" { "Log out" } }
        }
    }
}

/// Sends the browser to a provider.
pub(crate) async fn begin(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let asked = Asked::of(&uri);
    let to = back(asked.get("back").unwrap_or("/")).to_owned();
    // Another site sends nobody through: whoever comes from there sees the doors first.
    let site = headers.get("sec-fetch-site").and_then(|it| it.to_str().ok());
    if site.is_some_and(|it| it == "cross-site" || it == "same-site") {
        return Redirect::to(&format!("/login?back={}", url::part(&to))).into_response();
    }
    let done = app.people(move |house, people| {
        house.attempt(Try::SignIn, &house.place(peer.ip(), &headers))?;
        let (attempt, address) =
            house.sign_in().begin(&provider, &to, now()).map_err(|it| fault(&it))?;
        Ok((people.keep_attempt(&attempt, now())?, address))
    });
    match (done.await, app.house()) {
        (Ok((secret, address)), Some(house)) => {
            let mut response = Redirect::to(&address).into_response();
            Cookie::Attempt.set(house, Some(&secret), &mut response);
            super::personal(&app, None, response)
        }
        (Err(problem), _) => failed(Form::Html, &problem),
        (_, None) => failed(Form::Html, &closed()),
    }
}

/// Takes what the browser brings back from a provider.
pub(crate) async fn end(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let answer = Answer::of_query(uri.query().unwrap_or_default());
    let done = app.people(move |house, people| {
        house.attempt(Try::SignIn, &house.place(peer.ip(), &headers))?;
        let secret = Cookie::Attempt.find(house, &headers);
        let attempt = secret.map(|it| people.take_attempt(&it, now())).transpose()?.flatten();
        let Some(attempt) = attempt.filter(|it| it.provider == provider) else {
            return Err(fault(&Fault::NotBegun));
        };
        let who = house.sign_in().finish(&attempt, &answer, now()).map_err(|it| fault(&it))?;
        let account = people.arrive(&who, house.settings().first_role, now())?;
        let before = Cookie::Session.find(house, &headers);
        Ok((people.open_session(account.id, before.as_ref(), now())?, attempt.back))
    });
    let Some(house) = app.house() else { return failed(Form::Html, &closed()) };
    let mut response = match done.await {
        Ok((session, to)) => {
            let mut response = Redirect::to(&to).into_response();
            Cookie::Session.set(house, Some(&session.secret), &mut response);
            Cookie::Forms.set(house, None, &mut response);
            response
        }
        Err(problem) => failed(Form::Html, &problem),
    };
    Cookie::Attempt.set(house, None, &mut response);
    super::personal(&app, None, response)
}

/// Takes a name and a password.
pub(crate) async fn local(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    sent: Result<Fields<Entry>, FormRejection>,
) -> Response {
    let Ok(Fields(it)) = sent else {
        return unreadable();
    };
    let to = back(&it.back).to_owned();
    let done = app.people(move |house, people| {
        if !house.settings().local {
            return Err(Problem::missing("nobody signs in with a password here"));
        }
        let visitor = Visitor::of(house, people, &headers)?;
        visitor.expect(&it.form)?;
        house.attempt(Try::Password, &house.place(peer.ip(), &headers))?;
        house.attempt(Try::Name, &it.login.trim().to_lowercase())?;
        let account: Option<Account> = {
            let _alone = house.hashing();
            people.check_password(&it.login, &it.password)?
        };
        let Some(account) = account else { return Ok(Err(visitor)) };
        Ok(Ok(people.open_session(account.id, visitor.secret(), now())?))
    });
    match (done.await, app.house()) {
        (Ok(Ok(session)), Some(house)) => {
            let mut response = Redirect::to(&to).into_response();
            Cookie::Session.set(house, Some(&session.secret), &mut response);
            Cookie::Forms.set(house, None, &mut response);
            super::personal(&app, None, response)
        }
        (Ok(Err(visitor)), Some(house)) => {
            let wrong = "There is no account of that name with that password.";
            let body = doors(house, &visitor, &to, Some(wrong));
            let mut response = framed(&app, Some(&visitor), "Sign in", &body);
            *response.status_mut() = StatusCode::FORBIDDEN;
            response
        }
        (Err(problem), _) => failed(Form::Html, &problem),
        (_, None) => failed(Form::Html, &closed()),
    }
}

/// Ends a session, here and in the browser.
pub(crate) async fn leave(
    State(app): State<App>,
    headers: HeaderMap,
    sent: Result<Fields<Leave>, FormRejection>,
) -> Response {
    let Ok(Fields(it)) = sent else { return unreadable() };
    let done = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        visitor.expect(&it.form)?;
        if let Some(secret) = visitor.secret() {
            people.close_session(secret)?;
        }
        let to = back(&it.back);
        let doors = format!("/login?back={}", url::part(to));
        Ok(if it.again.is_empty() { to.to_owned() } else { doors })
    });
    match (done.await, app.house()) {
        (Ok(to), Some(house)) => {
            let mut response = Redirect::to(&to).into_response();
            Cookie::Session.set(house, None, &mut response);
            super::personal(&app, None, response)
        }
        (Err(problem), _) => failed(Form::Html, &problem),
        (_, None) => failed(Form::Html, &closed()),
    }
}

/// Why nobody was signed in, for whoever tried.
fn fault(fault: &Fault) -> Problem {
    let status = match fault {
        Fault::Unknown => StatusCode::NOT_FOUND,
        Fault::Denied | Fault::NotBegun | Fault::WrongIssuer(_) => StatusCode::FORBIDDEN,
        Fault::Passing { .. } => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_GATEWAY,
    };
    Problem::with(status, fault.to_string()).hint("sign in anew at /login")
}
