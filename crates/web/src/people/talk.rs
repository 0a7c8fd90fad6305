//! Replying: the page with the thread and the form, and what is sent from it.

use std::net::SocketAddr;

use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, Form as Fields, Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use hedgerow_people::{
    Draft, Entry, Feed, Guest, MAX_TEXT, People, Reply, Role, State as Seen, Writer, reply_markup,
};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};

use super::house::Try;
use super::on::{self, Talked};
use super::visitor::Visitor;
use super::{now, personal, thread};
use crate::answer::{Form, Here, asset, failed, give, split, unreadable};
use crate::app::App;
use crate::asked::{Asked, Slice};
use crate::page::{Page, paged};
use crate::people::House;
use crate::problem::Problem;
use crate::sheet::Sheet;
use crate::{Names, url};

/// How many entries a feed has.
const IN_FEED: u32 = 50;

/// How many replies a page of data has.
const IN_DATA: u64 = 200;

/// The fields of the form of a reply.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Said {
    form: String,
    text: String,
    to: String,
    name: String,
    email: String,
    verb: String,
}

/// A thread with what one may do in it.
#[derive(Debug)]
struct Talk {
    app: App,
    on: Talked,
    replies: Vec<Reply>,
    visitor: Visitor,
    /// Which reply is answered.
    to: Option<i64>,
    /// What became of the last one that was sent.
    done: Option<String>,
    asked: Asked,
    /// Which of them a program asks for.
    slice: Slice,
}

/// A thread, for whoever wants to say something; with `.json`, `.csv` or `.atom` for programs.
pub(crate) async fn page(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let asked = Asked::of(&uri);
    if let Some(name) = name.strip_suffix(".atom") {
        return thread_feed(&app, name.to_owned()).await;
    }
    let (name, form) = split(&name);
    let (name, own) = (name.to_owned(), app.clone());
    let talk = app.people(move |house, people| {
        let on = app_read(&own, people, &name)?;
        let visitor = Visitor::of(house, people, &headers)?;
        let viewer = visitor.account().map(|it| it.id).filter(|_| form == Form::Html);
        let replies = people.replies(&on.names, viewer)?;
        let slice = Slice::of(&asked, IN_DATA)?.within(replies.len() as u64)?;
        let to = asked.number("to")?.and_then(|it| i64::try_from(it).ok());
        Ok(Talk {
            app: own.clone(),
            on,
            replies,
            visitor,
            to,
            done: asked.get("done").map(str::to_owned),
            asked,
            slice,
        })
    });
    match talk.await {
        Ok(talk) => {
            let here = Here::new(on::talk(talk.on.first()));
            let response = give(&app, form, &here, &talk);
            personal(&app, Some(&talk.visitor), response)
        }
        Err(problem) => failed(form, &problem),
    }
}

/// What the ledger knows of what is replied to.
fn app_read(app: &App, people: &People, name: &str) -> Result<Talked, Problem> {
    app.reader(|ledger| on::find(app, ledger, people, name))
}

impl Page for Talk {
    fn title(&self, _: &Names) -> String {
        format!("Replies: {}", on::title(self.on.first()))
    }

    fn html(&self, _: &Names) -> Markup {
        let on = self.on.first();
        let Some(house) = self.app.house() else { return html! {} };
        html! {
            header.head {
                p.kicker { a href=(on::href(on)) { (on::title(on)) } }
                h1 { "Replies" }
            }
            @match self.done.as_deref() {
                Some("waiting") => { p.decided role="status" { "Thank you. Your reply is shown as soon as a moderator has read it." } },
                Some("shown") => { p.decided role="status" { "Your reply is there." } },
                _ => {},
            }
            @if self.replies.is_empty() { p.empty { "Nobody has said anything yet." } }
            (thread::thread(house, &self.replies, &|it| self.choices(it)))
            (self.write(house))
        }
    }

    fn json(&self) -> Value {
        let on = self.on.first();
        let some: Vec<&Reply> =
            self.replies.iter().skip(self.slice.skip()).take(self.slice.take()).collect();
        let content = json!({ "on": on, "replies": some });
        paged(&content, &on::talk(on), &self.asked, self.slice, self.replies.len() as u64)
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["id", "on", "parent", "by", "text", "added", "edited"]);
        for it in &self.replies {
            let number = |it: Option<i64>| it.map(|it| it.to_string()).unwrap_or_default();
            sheet.row([
                it.id.to_string(),
                it.on.to_string(),
                number(it.parent),
                it.by.name().to_owned(),
                it.text.clone().unwrap_or_default(),
                it.added.to_string(),
                number(it.edited),
            ]);
        }
        sheet
    }
}

impl Talk {
    /// What one may do with a reply.
    fn choices(&self, it: &Reply) -> Markup {
        let own = match (&it.by, self.visitor.account()) {
            (hedgerow_people::By::Account { id, .. }, Some(account)) => *id == account.id,
            _ => false,
        };
        html! {
            @if it.state == Seen::Shown { a href={ (on::talk(self.on.first())) "?to=" (it.id) "#write" } { "Answer" } }
            @if own {
                details.own {
                    summary { "Change or remove" }
                    form.decide action={ "/reply/" (it.id) } method="post" {
                        input type="hidden" name="form" value=(self.visitor.form());
                        label.wide { span { "Your words, in Markdown" } textarea name="text" rows="6" maxlength=(MAX_TEXT) required { (it.text.as_deref().unwrap_or_default()) } }
                        button type="submit" name="verb" value="edit" { "Keep the change" }
                        button.against type="submit" name="verb" value="remove" { "Remove" }
                    }
                }
            }
        }
    }

    /// The form of a reply, or the way to it.
    fn write(&self, house: &House) -> Markup {
        let on = self.on.first();
        let account = self.visitor.account();
        let answered =
            self.to.and_then(|to| self.replies.iter().find(|it| it.id == to && it.text.is_some()));
        let login = format!("/login?back={}", url::part(&on::talk(on)));
        html! {
            section.write aria-labelledby="write" {
                h2 id="write" { @match answered { Some(it) => { "Answer " (it.by.name()) }, None => "Leave a reply" } }
                @match account {
                    Some(account) if !account.may(Role::Commenter) => {
                        p.empty { "Your account reads here; it does not reply." }
                    },
                    None if !house.settings().policy.guests => {
                        p { a.button href=(login) { "Sign in to reply" } }
                    },
                    _ => {
                        form.decide action=(on::talk(on)) method="post" {
                            input type="hidden" name="form" value=(self.visitor.form());
                            @if let Some(it) = answered { input type="hidden" name="to" value=(it.id); }
                            @if let Some(account) = account {
                                p.note.wide { "You write as " strong dir="auto" { (account.name) } ". " a href="/account" { "Not you?" } }
                            } @else {
                                p.note.wide { a href=(login) { "Sign in" } ", or write as a guest: your reply is shown once a moderator has read it. Your address is never shown." }
                                label { span { "Name" } input name="name" required maxlength="80" autocomplete="name"; }
                                label { span { "E-mail (never shown)" } input type="email" name="email" required maxlength="254" autocomplete="email"; }
                            }
                            label.wide { span { "Your words, in Markdown: *emphasis*, > quotation, [link](https://…)" } textarea name="text" rows="8" maxlength=(MAX_TEXT) required {} }
                            button type="submit" { "Send" }
                        }
                    },
                }
            }
        }
    }
}

/// Keeps a reply.
pub(crate) async fn say(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(name): Path<String>,
    headers: HeaderMap,
    sent: Result<Fields<Said>, FormRejection>,
) -> Response {
    let Ok(Fields(it)) = sent else { return unreadable() };
    let own = app.clone();
    let done = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        visitor.expect(&it.form)?;
        let on = app_read(&own, people, &name)?;
        let parent = match it.to.trim() {
            "" => None,
            to => Some(
                to.parse().map_err(|_| Problem::asked("what is answered is told by no number"))?,
            ),
        };
        let draft = Draft { on: on.first(), parent, text: &it.text };
        let policy = house.settings().policy;
        let (id, state) = if let Some(account) = visitor.account() {
            people.reply(Writer::Account(account), draft, policy, now())?
        } else {
            let guest = Guest::new(&it.name, &it.email)?;
            house.attempt(Try::Guest, &house.place(peer.ip(), &headers))?;
            people.reply(Writer::Guest(&guest), draft, policy, now())?
        };
        let place = if state == Seen::Shown || visitor.account().is_some() {
            format!("#reply-{id}")
        } else {
            String::new()
        };
        Ok(format!("{}?done={}{place}", on::talk(on.first()), state.as_str()))
    });
    sent_on(done.await)
}

/// Changes or removes one's own reply.
pub(crate) async fn change(
    State(app): State<App>,
    Path(id): Path<i64>,
    headers: HeaderMap,
    sent: Result<Fields<Said>, FormRejection>,
) -> Response {
    let Ok(Fields(it)) = sent else { return unreadable() };
    let done = app.people(move |house, people| {
        let visitor = Visitor::of(house, people, &headers)?;
        visitor.expect(&it.form)?;
        let account = visitor.account().ok_or_else(|| super::sign_in_first("changing a reply"))?;
        let on = people.subject_of(id)?;
        match it.verb.as_str() {
            "edit" => drop(people.edit(id, account, &it.text, house.settings().policy, now())?),
            "remove" => people.remove(id, account, now())?,
            _ => return Err(Problem::asked("the form says nothing that can be done")),
        }
        Ok(on::reply(&on, id))
    });
    sent_on(done.await)
}

fn sent_on(done: Result<String, Problem>) -> Response {
    match done {
        Ok(to) => Redirect::to(&to).into_response(),
        Err(problem) => failed(Form::Html, &problem),
    }
}

/// The newest replies on anything.
pub(crate) async fn feed(State(app): State<App>) -> Response {
    let feed = app.people(|house, people| {
        Ok(of_replies(
            house,
            "Replies",
            "/replies.atom".to_owned(),
            "/".to_owned(),
            &people.newest(IN_FEED)?,
        ))
    });
    atom(feed.await)
}

async fn thread_feed(app: &App, name: String) -> Response {
    let own = app.clone();
    let feed = app.people(move |house, people| {
        let on = app_read(&own, people, &name)?;
        let mut replies = people.replies(&on.names, None)?;
        replies.retain(|it| it.text.is_some());
        replies.sort_by_key(|it| std::cmp::Reverse(it.id));
        replies.truncate(IN_FEED as usize);
        let (on, talk) = (on.first(), on::talk(on.first()));
        Ok(of_replies(
            house,
            &format!("Replies: {}", on::title(on)),
            format!("{talk}.atom"),
            talk,
            &replies,
        ))
    });
    atom(feed.await)
}

fn of_replies(house: &House, title: &str, path: String, page: String, replies: &[Reply]) -> Feed {
    let entry = |it: &Reply| Entry {
        path: on::reply(&it.on, it.id),
        title: format!("{} on {}", it.by.name(), on::title(&it.on)),
        author: it.by.name().to_owned(),
        published: it.added,
        updated: it.edited.unwrap_or(it.added),
        html: reply_markup(it.text.as_deref().unwrap_or_default()),
    };
    let base = house.settings().base.clone();
    Feed { title: title.to_owned(), base, path, page, entries: replies.iter().map(entry).collect() }
}

/// A feed as it is sent.
pub(super) fn atom(feed: Result<Feed, Problem>) -> Response {
    match feed {
        Ok(feed) => asset("application/atom+xml; charset=utf-8", feed.xml()),
        Err(problem) => failed(Form::Html, &problem),
    }
}
