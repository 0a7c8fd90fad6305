//! Moderation: what waits, what was hidden, and the log.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form as Fields, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use hedgerow_people::{Moderated, Reply, Role, Verdict, Waiting, reply_markup};
use maud::{Markup, PreEscaped, html};
use serde::Deserialize;

use super::visitor::Visitor;
use super::{now, on, page as framed, thread};
use crate::answer::{Form, failed, unreadable};
use crate::app::App;
use crate::people::House;
use crate::problem::Problem;
use crate::words;

/// How many rows each part of the page has.
const ON_PAGE: u32 = 50;

/// The fields of the form of a verdict.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    form: String,
    reply: i64,
    verb: String,
    reason: String,
}

/// What the page shows.
struct Shown {
    visitor: Visitor,
    all: u32,
    waiting: Vec<Waiting>,
    hidden: Vec<Waiting>,
    newest: Vec<Reply>,
    log: Vec<Moderated>,
}

/// The queue, for admins.
pub(crate) async fn page(State(app): State<App>, headers: HeaderMap) -> Response {
    let shown = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        visitor.may(Role::Admin, "moderating")?;
        Ok(Shown {
            visitor,
            all: people.waiting_count()?,
            waiting: people.waiting(ON_PAGE)?,
            hidden: people.hidden(ON_PAGE)?,
            newest: people.newest(ON_PAGE)?,
            log: people.moderated(ON_PAGE)?,
        })
    });
    match (shown.await, app.house()) {
        (Ok(shown), Some(house)) => {
            framed(&app, Some(&shown.visitor), "Moderation", &shown.html(house))
        }
        (Err(problem), _) => failed(Form::Html, &problem),
        (_, None) => failed(Form::Html, &super::closed()),
    }
}

impl Shown {
    fn html(&self, house: &House) -> Markup {
        html! {
            header.head {
                h1 { "Moderation" }
                p.note { (thread::replies(u64::from(self.all))) @if self.all == 1 { " waits" } @else { " wait" } ". What is hidden keeps its words here; whoever wrote it can still remove it." }
            }
            h2 { "Waiting" }
            @if self.waiting.is_empty() { p.empty { "Nothing waits." } }
            @for it in &self.waiting { (self.one(house, &it.reply, &it.earlier, &[("show", "Show", ""), ("hide", "Hide", "against")])) }
            @if !self.newest.is_empty() {
                h2 { "Shown lately" }
                @for it in &self.newest { (self.one(house, it, &[], &[("hide", "Hide", "against")])) }
            }
            @if !self.hidden.is_empty() {
                h2 { "Hidden" }
                @for it in &self.hidden { (self.one(house, &it.reply, &it.earlier, &[("show", "Show again", "plain")])) }
            }
            @if !self.log.is_empty() {
                h2 { "What was decided" }
                div.scroll role="region" aria-label="Log" tabindex="0" {
                    table {
                        thead { tr { th.number scope="col" { "Reply" } th scope="col" { "Decision" } th scope="col" { "By" } th scope="col" { "When" } th scope="col" { "Reason" } } }
                        tbody {
                            @for it in &self.log {
                                tr {
                                    td.number { (it.reply) }
                                    td { (it.verb) }
                                    td dir="auto" { (if it.by.is_empty() { "somebody who left" } else { &it.by }) }
                                    td { (thread::time(it.added)) }
                                    td dir="auto" { (words::flowing(&it.reason)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// A reply with what can be decided on it.
    fn one(
        &self,
        house: &House,
        reply: &Reply,
        earlier: &[String],
        verdicts: &[(&str, &str, &str)],
    ) -> Markup {
        html! {
            article.reply {
                header {
                    (thread::by(house, &reply.by)) " on " a href=(on::href(&reply.on)) { (on::title(&reply.on)) } " · " (thread::time(reply.added))
                }
                div.prose dir="auto" { (PreEscaped(reply_markup(reply.text.as_deref().unwrap_or_default()))) }
                @if !earlier.is_empty() {
                    details { summary { "Earlier words" } @for text in earlier { div.prose.minor dir="auto" { (PreEscaped(reply_markup(text))) } } }
                }
                form.decide action="/moderate" method="post" {
                    input type="hidden" name="form" value=(self.visitor.form());
                    input type="hidden" name="reply" value=(reply.id);
                    label { span { "Reason" } input name="reason" maxlength="500" autocomplete="off"; }
                    @for (verb, label, class) in verdicts { button class=(class) type="submit" name="verb" value=(verb) { (label) } }
                }
            }
        }
    }
}

/// Shows or hides a reply.
pub(crate) async fn decide(
    State(app): State<App>,
    headers: HeaderMap,
    sent: Result<Fields<Sent>, FormRejection>,
) -> Response {
    let Ok(Fields(it)) = sent else { return unreadable() };
    let done = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        visitor.expect(&it.form)?;
        let account = visitor.may(Role::Admin, "moderating")?;
        let verdict = match it.verb.as_str() {
            "show" => Verdict::Show,
            "hide" => Verdict::Hide,
            _ => return Err(Problem::asked("a reply is shown or hidden")),
        };
        Ok(people.moderate(it.reply, account, verdict, &it.reason, now())?)
    });
    match done.await {
        Ok(()) => Redirect::to("/moderate").into_response(),
        Err(problem) => failed(Form::Html, &problem),
    }
}
