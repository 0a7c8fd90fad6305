//! Briefs as they are read: an analysis whose footnotes are facts of this ledger.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use hedgerow_people::{
    Brief, Entry, Feed, Note, People, Published, Role, SubjectKind, brief_markup, facts_of,
};
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::note::Noted;
use super::on::Talked;
use super::visitor::Visitor;
use super::{below, personal, talk, thread};
use crate::Names;
use crate::answer::{Form, Here, failed, form_of, give, split};
use crate::app::App;
use crate::asked::{Asked, Slice};
use crate::page::{Page, paged, pager};
use crate::people::House;
use crate::problem::Problem;
use crate::sheet::Sheet;

/// How many briefs the list has, in pages.
const LISTED: u32 = 5_000;

/// How many briefs a page has.
const ON_PAGE: u64 = 100;

/// How many the feed has.
const IN_FEED: u32 = 30;

/// The list of briefs; for reviewers with their drafts.
#[derive(Debug)]
struct Briefs {
    all: Vec<Published>,
    drafts: Vec<Brief>,
    writes: bool,
    asked: Asked,
    slice: Slice,
}

/// All briefs.
pub(crate) async fn list(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let (form, asked) = (form_of(&uri), Asked::of(&uri));
    let list = app.people(move |house, people| {
        let visitor = Visitor::session(house, people, &headers)?;
        let account =
            visitor.map(|it| it.account).filter(|it| form == Form::Html && it.may(Role::Reviewer));
        let drafts = account.as_ref().map(|it| people.drafts(it)).transpose()?;
        let all = people.briefs(LISTED)?;
        Ok(Briefs {
            slice: Slice::of(&asked, ON_PAGE)?.within(all.len() as u64)?,
            asked,
            all,
            drafts: drafts.unwrap_or_default(),
            writes: account.is_some(),
        })
    });
    match list.await {
        Ok(list) => personal(&app, None, give(&app, form, &Here::new("/briefs"), &list)),
        Err(problem) => failed(form, &problem),
    }
}

impl Page for Briefs {
    fn title(&self, _: &Names) -> String {
        "Briefs".to_owned()
    }

    fn html(&self, _: &Names) -> Markup {
        html! {
            header.head {
                h1 { "Briefs" }
                p.note { "Analyses whose footnotes are facts of this ledger, as it is now." }
                p.links { @if self.writes { a href="/briefs/new" { "Write a brief" } } a href="/briefs.atom" { "Feed" } }
            }
            @if self.all.is_empty() { p.empty { "None has been published." } }
            ul.contents-list {
                @for it in self.some() {
                    li { a href={ "/briefs/" (it.brief) } dir="auto" { (it.title) } " " span.minor { (author(&it.author)) ", " (thread::time(it.published)) @if it.version > 1 { ", version " (it.version) } } }
                }
            }
            (pager("/briefs", &self.asked, self.slice, self.all.len() as u64))
            @if !self.drafts.is_empty() {
                h2 { "Yours to write on" }
                ul.contents-list {
                    @for it in &self.drafts {
                        li {
                            a href={ "/briefs/" (it.id) "/edit" } dir="auto" { (if it.title.is_empty() { "(erased)" } else { &it.title }) }
                            " " span.minor { "saved " (thread::time(it.changed)) @if it.versions == 0 { ", not published" } @if it.withdrawn.is_some() { ", withdrawn" } }
                        }
                    }
                }
            }
        }
    }

    fn json(&self) -> Value {
        let content = json!({ "briefs": self.some() });
        paged(&content, "/briefs", &self.asked, self.slice, self.all.len() as u64)
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["brief", "version", "title", "author", "published"]);
        for it in &self.all {
            sheet.row([
                it.brief.to_string(),
                it.version.to_string(),
                it.title.clone(),
                it.author.clone(),
                it.published.to_string(),
            ]);
        }
        sheet
    }
}

impl Briefs {
    /// Those of the page that is asked for.
    fn some(&self) -> &[Published] {
        let first = self.slice.skip().min(self.all.len());
        &self.all[first..self.all.len().min(first + self.slice.take())]
    }
}

fn author(name: &str) -> &str {
    if name.is_empty() { "somebody who left" } else { name }
}

/// A brief as it is read.
#[derive(Debug)]
struct Reading {
    brief: Brief,
    shown: Published,
    facts: Vec<(String, Option<Noted>)>,
    talk: Option<Markup>,
}

/// The newest version of a brief.
pub(crate) async fn read(State(app): State<App>, Path(id): Path<String>) -> Response {
    let (id, form) = split(&id);
    shown(&app, id.to_owned(), None, form).await
}

/// A certain version of a brief.
pub(crate) async fn version(
    State(app): State<App>,
    Path((id, version)): Path<(String, String)>,
) -> Response {
    let (version, form) = split(&version);
    match version.parse() {
        Ok(version) => shown(&app, id, Some(version), form).await,
        Err(_) => failed(form, &missing()),
    }
}

fn missing() -> Problem {
    Problem::missing("there is no such brief").hint("all that are published are at /briefs")
}

async fn shown(app: &App, id: String, version: Option<i64>, form: Form) -> Response {
    let own = app.clone();
    let reading = app.people(move |house, people| {
        let id: i64 = id.parse().map_err(|_| missing())?;
        let brief = people.brief(id)?.ok_or_else(missing)?;
        let shown = people.published(id, version)?.ok_or_else(missing)?;
        let facts = facts(&own, &shown.text)?;
        let talk = match (version, brief.withdrawn) {
            (None, None) => Some(talked(house, people, id)?),
            _ => None,
        };
        Ok(Reading { brief, shown, facts, talk })
    });
    match reading.await {
        Ok(reading) => {
            let here = match version {
                Some(version) => Here::new(format!("/briefs/{}/{version}", reading.brief.id)),
                None => Here::new(format!("/briefs/{}", reading.brief.id)),
            };
            give(app, form, &here, &reading)
        }
        Err(problem) => failed(form, &problem),
    }
}

fn talked(house: &House, _: &People, id: i64) -> Result<Markup, Problem> {
    below(house, &Talked::one(SubjectKind::Brief, &id.to_string()))
}

/// What the ledger has of the facts that a text names.
pub(super) fn facts(app: &App, text: &str) -> Result<Vec<(String, Option<Noted>)>, Problem> {
    app.reader(|ledger| {
        let noted = facts_of(text)
            .into_iter()
            .map(|id| Ok((id.clone(), Noted::of(ledger, app.names(), &id)?)));
        noted.collect()
    })
}

/// A text with its notes; `then` is what a note said when it was published.
pub(super) fn markup<'t>(
    text: &str,
    facts: &[(String, Option<Noted>)],
    then: impl Fn(&str) -> Option<&'t str>,
) -> Markup {
    let note = |id: &str| {
        let noted = facts.iter().find(|it| it.0 == id)?.1.as_ref()?;
        Some(Note { href: Noted::href(id), html: noted.html(then(id)).into_string() })
    };
    PreEscaped(brief_markup(text, note))
}

impl Page for Reading {
    fn title(&self, _: &Names) -> String {
        self.shown.title.clone()
    }

    fn html(&self, _: &Names) -> Markup {
        let (brief, it) = (&self.brief, &self.shown);
        let older = it.version < brief.versions;
        html! {
            header.head {
                p.kicker { a href="/briefs" { "Brief" } " " (brief.id) ", version " (it.version) }
                h1 dir="auto" { (it.title) }
                p.byline { span dir="auto" { (author(&it.author)) } span { (thread::time(it.published)) } }
            }
            @if let Some(at) = brief.withdrawn {
                p.empty { "This brief was withdrawn on " (thread::time(at)) "." @if let Some(reason) = &brief.reason { " " span dir="auto" { (reason) } } }
            } @else {
                @if older { p.warn { "There is a later version: " a href={ "/briefs/" (brief.id) } { "version " (brief.versions) } "." } }
                div.prose.brief dir="auto" { (markup(&it.text, &self.facts, |id| it.notes.get(id).map(String::as_str))) }
                @if it.version > 1 {
                    p.note { "Earlier versions: " @for n in 1..it.version { a href={ "/briefs/" (brief.id) "/" (n) } { (n) } " " } }
                }
                @if let Some(talk) = &self.talk { (talk) }
            }
        }
    }

    fn json(&self) -> Value {
        let facts: Vec<Value> = self
            .facts
            .iter()
            .map(|(id, noted)| json!({ "id": id, "now": noted.as_ref().map(|it| &it.line), "then": self.shown.notes.get(id) }))
            .collect();
        let shown = self.brief.withdrawn.is_none();
        json!({
            "ok": true, "brief": self.brief.id, "version": self.shown.version, "versions": self.brief.versions,
            "title": self.shown.title, "author": self.shown.author, "published": self.shown.published,
            "withdrawn": self.brief.withdrawn, "reason": self.brief.reason,
            "text": shown.then_some(&self.shown.text), "facts": if shown { facts } else { Vec::new() },
        })
    }

    fn csv(&self) -> Sheet {
        let mut sheet = Sheet::new(&["fact", "now", "when_published"]);
        for (id, noted) in &self.facts {
            let now = noted.as_ref().map(|it| it.line.clone()).unwrap_or_default();
            sheet.row([id.clone(), now, self.shown.notes.get(id).cloned().unwrap_or_default()]);
        }
        sheet
    }
}

/// Briefs as a feed.
pub(crate) async fn feed(State(app): State<App>) -> Response {
    let own = app.clone();
    let feed = app.people(move |house, people| {
        let mut entries = Vec::new();
        for it in people.briefs(IN_FEED)? {
            let facts = facts(&own, &it.text)?;
            entries.push(Entry {
                path: format!("/briefs/{}", it.brief),
                title: it.title.clone(),
                author: author(&it.author).to_owned(),
                published: it.published,
                updated: it.published,
                html: markup(&it.text, &facts, |id| it.notes.get(id).map(String::as_str))
                    .into_string(),
            });
        }
        let base = house.settings().base.clone();
        Ok(Feed {
            title: "Briefs".to_owned(),
            base,
            path: "/briefs.atom".to_owned(),
            page: "/briefs".to_owned(),
            entries,
        })
    });
    talk::atom(feed.await)
}
