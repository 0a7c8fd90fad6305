//! Writing a brief.

use std::collections::BTreeMap;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form as Fields, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use hedgerow_people::{Brief, People, Role};
use maud::{Markup, html};
use serde::Deserialize;

use super::briefs::{facts, markup};
use super::note::Noted;
use super::visitor::Visitor;
use super::{now, page as framed, thread};
use crate::answer::{Form, failed, unreadable};
use crate::app::App;
use crate::problem::Problem;

/// The fields of the form of a brief.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    form: String,
    verb: String,
    title: String,
    text: String,
    seen: i64,
    reason: String,
}

/// The form of a new brief.
pub(crate) async fn new(State(app): State<App>, headers: HeaderMap) -> Response {
    let visitor = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        visitor.may(Role::Reviewer, "writing a brief")?;
        Ok(visitor)
    });
    match visitor.await {
        Ok(visitor) => {
            let body = html! {
                header.head { h1 { "A new brief" } (how()) }
                form.decide action="/briefs/new" method="post" {
                    (fields(&visitor, "", ""))
                    button type="submit" { "Save as a draft" }
                }
            };
            framed(&app, Some(&visitor), "A new brief", &body)
        }
        Err(problem) => failed(Form::Html, &problem),
    }
}

fn how() -> Markup {
    html! {
        p.note { "Write Markdown. A footnote is a fact: " code { "[^fact:ID]" } ", with the id of the fact or of any of its claims. Its note says what the ledger has of it whenever somebody reads." }
    }
}

fn fields(visitor: &Visitor, title: &str, text: &str) -> Markup {
    html! {
        input type="hidden" name="form" value=(visitor.form());
        label.wide { span { "Title" } input name="title" value=(title) required maxlength="200" autocomplete="off"; }
        label.wide { span { "Text, in Markdown" } textarea name="text" rows="24" required maxlength="60000" { (text) } }
    }
}

/// Keeps a new brief as a draft.
pub(crate) async fn begin(
    State(app): State<App>,
    headers: HeaderMap,
    sent: Result<Fields<Sent>, FormRejection>,
) -> Response {
    let Ok(Fields(it)) = sent else { return unreadable() };
    let done = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        visitor.expect(&it.form)?;
        let account = visitor.may(Role::Reviewer, "writing a brief")?;
        Ok(people.begin_brief(account, &it.title, &it.text, now())?)
    });
    match done.await {
        Ok(id) => Redirect::to(&format!("/briefs/{id}/edit")).into_response(),
        Err(problem) => failed(Form::Html, &problem),
    }
}

/// The draft of a brief, with what it looks like.
pub(crate) async fn edit(
    State(app): State<App>,
    Path(id): Path<i64>,
    headers: HeaderMap,
) -> Response {
    let own = app.clone();
    let draft = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        let account = visitor.may(Role::Reviewer, "writing a brief")?;
        let brief = people.brief(id)?.ok_or_else(|| Problem::missing("there is no such brief"))?;
        if !People::may_edit(&brief, account) {
            return Err(Problem::missing("there is no such brief"));
        }
        let facts = facts(&own, &brief.text)?;
        Ok((visitor, brief, facts))
    });
    match draft.await {
        Ok((visitor, brief, facts)) => {
            let body = draft_html(&visitor, &brief, &facts);
            framed(&app, Some(&visitor), &format!("Draft: {}", brief.title), &body)
        }
        Err(problem) => failed(Form::Html, &problem),
    }
}

fn draft_html(visitor: &Visitor, brief: &Brief, facts: &[(String, Option<Noted>)]) -> Markup {
    let lost = facts.iter().filter(|it| it.1.is_none()).count();
    html! {
        header.head {
            p.kicker { a href="/briefs" { "Briefs" } " · draft of brief " (brief.id) @if brief.versions > 0 { ", " a href={ "/briefs/" (brief.id) } { "version " (brief.versions) " is published" } } }
            h1 dir="auto" { (brief.title) }
            p.byline { span { "saved " (thread::time(brief.changed)) } }
            (how())
        }
        @if lost > 0 { p.warn { "Footnotes that lead nowhere: " (lost) "." } }
        form.decide action={ "/briefs/" (brief.id) "/edit" } method="post" {
            (fields(visitor, &brief.title, &brief.text))
            input type="hidden" name="seen" value=(brief.revision);
            button type="submit" name="verb" value="save" { "Save" }
            button.plain type="submit" name="verb" value="publish" { "Save and publish as version " (brief.versions + 1) }
        }
        @if brief.versions > 0 {
            details {
                summary { @if brief.withdrawn.is_some() { "Bring it back" } @else { "Withdraw" } }
                form.decide action={ "/briefs/" (brief.id) "/edit" } method="post" {
                    input type="hidden" name="form" value=(visitor.form());
                    @if brief.withdrawn.is_some() {
                        button.plain type="submit" name="verb" value="restore" { "Bring it back" }
                    } @else {
                        p.note.wide { "Its page stays and says that it was withdrawn, and why. Its versions are kept." }
                        label.wide { span { "Reason" } input name="reason" required maxlength="500"; }
                        button.against type="submit" name="verb" value="withdraw" { "Withdraw" }
                    }
                }
            }
        }
        h2 { "As it will be read" }
        div.prose.brief dir="auto" { (markup(&brief.text, facts, |_| None)) }
    }
}

/// Saves, publishes, withdraws or brings back.
pub(crate) async fn save(
    State(app): State<App>,
    Path(id): Path<i64>,
    headers: HeaderMap,
    sent: Result<Fields<Sent>, FormRejection>,
) -> Response {
    let Ok(Fields(it)) = sent else { return unreadable() };
    let own = app.clone();
    let done = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        visitor.expect(&it.form)?;
        let account = visitor.may(Role::Reviewer, "writing a brief")?;
        match it.verb.as_str() {
            "save" => {
                people.save_brief(id, account, it.seen, &it.title, &it.text, now())?;
                return Ok(format!("/briefs/{id}/edit"));
            }
            "publish" => {
                let seen = people.save_brief(id, account, it.seen, &it.title, &it.text, now())?;
                let facts = facts(&own, &it.text)?;
                if let Some((lost, _)) = facts.iter().find(|it| it.1.is_none()) {
                    let why =
                        format!("the footnote [^fact:{lost}] leads to no fact of this ledger");
                    return Err(Problem::asked(why)
                        .hint("the draft was saved; mend the footnote and publish again"));
                }
                let notes: BTreeMap<String, String> =
                    facts.into_iter().filter_map(|(id, noted)| Some((id, noted?.line))).collect();
                people.publish_brief(id, account, seen, &notes, now())?;
            }
            "withdraw" => people.withdraw_brief(id, account, Some(&it.reason), now())?,
            "restore" => people.withdraw_brief(id, account, None, now())?,
            _ => return Err(Problem::asked("the form says nothing that can be done")),
        }
        Ok(format!("/briefs/{id}"))
    });
    match done.await {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(problem) => failed(Form::Html, &problem),
    }
}
