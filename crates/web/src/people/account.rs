//! One's own account.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form as Fields, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use hedgerow_people::{Account, LOCAL, Reply, Role};
use maud::{Markup, html};
use serde::Deserialize;

use super::login::leave_form;
use super::visitor::{Cookie, Visitor};
use super::{now, on, page as framed, sign_in_first};
use crate::answer::{Form, failed, unreadable};
use crate::app::App;
use crate::people::House;
use crate::problem::Problem;
use crate::words;

/// The fields of the forms of this page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Change {
    form: String,
    verb: String,
    name: String,
    before: String,
    password: String,
    sure: String,
}

/// What the page shows.
struct Shown {
    visitor: Visitor,
    account: Account,
    sessions: u32,
    replies: Vec<Reply>,
    waiting: u32,
}

/// Who one is here.
pub(crate) async fn page(State(app): State<App>, headers: HeaderMap) -> Response {
    let shown = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        let Some(account) = visitor.account().cloned() else { return Ok(None) };
        let sessions = people.sessions(account.id, now())?;
        let replies = people.replies_of(account.id)?;
        let waiting = if account.may(Role::Admin) { people.waiting_count()? } else { 0 };
        Ok(Some(Shown { visitor, account, sessions, replies, waiting }))
    });
    match (shown.await, app.house()) {
        (Ok(Some(shown)), Some(house)) => {
            framed(&app, Some(&shown.visitor), "Account", &shown.html(house))
        }
        (Ok(_), _) => Redirect::to("/login?back=%2Faccount").into_response(),
        (Err(problem), _) => failed(Form::Html, &problem),
    }
}

impl Shown {
    fn html(&self, house: &House) -> Markup {
        let account = &self.account;
        let form = self.visitor.form();
        html! {
            header.head {
                p.kicker { "Account " (account.id) }
                h1 dir="auto" { (account.name) }
                p.byline {
                    span { (account.role) }
                    span { "signed in with " (house.label(&account.issuer)) }
                    span { (words::several(u64::from(self.sessions), "session")) }
                }
            }
            (leave_form(&self.visitor, "/", false))
            (leave_form(&self.visitor, "/account", true))
            @if account.may(Role::Admin) {
                p { a href="/moderate" { "Moderation" } ": " (super::thread::replies(u64::from(self.waiting))) " waiting" }
            }
            @if account.may(Role::Reviewer) {
                p { a href="/review" { "Review queue" } " · " a href="/briefs" { "Briefs" } }
            }
            @if let Some(author) = &account.author {
                p.note { "Your decisions on claims are kept in the ledger under the name “" (author) "”. They are part of its record: they stay under that name, whatever becomes of this account." }
            } @else {
                p.note { "To judge claims or write briefs, ask whoever runs this application for " code { "hedgerow user grant " (account.id) " reviewer" } "." }
            }
            h2 { "Name" }
            form.decide action="/account" method="post" {
                input type="hidden" name="form" value=(form);
                label { span { "Shown beside what you write" } input name="name" value=(account.name) required maxlength="80" autocomplete="nickname"; }
                button type="submit" name="verb" value="rename" { "Change" }
            }
            @if account.issuer == LOCAL {
                h2 { "Password" }
                form.decide action="/account" method="post" {
                    input type="hidden" name="form" value=(form);
                    label { span { "The present one" } input type="password" name="before" required autocomplete="current-password"; }
                    label { span { "Another, at least 12 characters" } input type="password" name="password" required minlength="12" autocomplete="new-password"; }
                    button type="submit" name="verb" value="password" { "Change" }
                }
            }
            @if self.sessions > 1 {
                h2 { "Sessions" }
                form.decide action="/account" method="post" {
                    input type="hidden" name="form" value=(form);
                    button.plain type="submit" name="verb" value="alone" { "Log out everywhere else" }
                }
            }
            h2 { "What you said" }
            @if self.replies.is_empty() { p.empty { "Nothing yet." } } @else {
                ul.contents-list {
                    @for it in &self.replies {
                        li {
                            a href=(on::reply(&it.on, it.id)) { (on::title(&it.on)) } ", " (super::thread::time(it.added))
                            @if it.state != hedgerow_people::State::Shown { " " span.tag { (it.state.as_str()) } }
                        }
                    }
                }
            }
            h2 { "Leave for good" }
            details {
                summary { "Erase this account" }
                p.note { "Your name, what you are known by at " (house.label(&account.issuer)) ", your sessions and the words of all your replies are erased; where others answered, an empty place stays. Decisions on claims and briefs that were published stay. This cannot be undone." }
                form.decide action="/account" method="post" {
                    input type="hidden" name="form" value=(form);
                    label.wide { input type="checkbox" name="sure" value="yes" required; "I want this account to be erased" }
                    button.against type="submit" name="verb" value="erase" { "Erase" }
                }
            }
        }
    }
}

/// Changes it.
pub(crate) async fn change(
    State(app): State<App>,
    headers: HeaderMap,
    sent: Result<Fields<Change>, FormRejection>,
) -> Response {
    let Ok(Fields(it)) = sent else {
        return unreadable();
    };
    let gone = it.verb == "erase";
    let done = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        visitor.expect(&it.form)?;
        let account = visitor.account().ok_or_else(|| sign_in_first("this"))?;
        match it.verb.as_str() {
            "rename" => people.rename(account.id, &it.name)?,
            "password" => {
                house.attempt(super::house::Try::Name, &account.subject)?;
                let _alone = house.hashing();
                if people.check_password(&account.subject, &it.before)?.is_none() {
                    return Err(Problem::asked("the present password is another one"));
                }
                people.set_password(account.id, &it.password)?;
                // All sessions ended with the old password; this browser gets a new one.
                return Ok(Some(people.open_session(account.id, visitor.secret(), now())?));
            }
            "alone" => drop(people.close_sessions(account.id, visitor.secret())?),
            "erase" if it.sure == "yes" => drop(people.erase(account.id, now())?),
            "erase" => return Err(Problem::asked("say that you are sure")),
            _ => return Err(Problem::asked("the form says nothing that can be done")),
        }
        Ok(None)
    });
    match (done.await, app.house()) {
        (Ok(session), Some(house)) => {
            let mut response = Redirect::to(if gone { "/" } else { "/account" }).into_response();
            if let Some(session) = session {
                Cookie::Session.set(house, Some(&session.secret), &mut response);
            } else if gone {
                Cookie::Session.set(house, None, &mut response);
            }
            super::personal(&app, None, response)
        }
        (Err(problem), _) => failed(Form::Html, &problem),
        (_, None) => failed(Form::Html, &super::closed()),
    }
}
