//! Answers: a page as HTML, as JSON, as a table, or what is the matter instead.

use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use hedgerow_ledger::Ledger;
use maud::{Markup, html};

use crate::app::App;
use crate::frame::{self, Frame};
use crate::guard::Scripted;
use crate::page::Page;
use crate::people;
use crate::problem::Problem;
use crate::sheet::Sheet;

/// How a page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// For people.
    Html,
    /// For programs.
    Json,
    /// For spreadsheets and statistics.
    Csv,
    /// Its chart alone.
    Svg,
}

/// Endings of addresses.
const ENDINGS: [(&str, Form); 3] =
    [(".json", Form::Json), (".csv", Form::Csv), (".svg", Form::Svg)];

/// Which page an answer is, and with what question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Here {
    /// Its address without an ending.
    pub(crate) path: String,
    /// `?rivals=USA,CHN`, or nothing.
    pub(crate) query: String,
}

impl Here {
    pub(crate) fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), query: String::new() }
    }

    pub(crate) fn asking(path: impl Into<String>, query: String) -> Self {
        Self { path: path.into(), query }
    }

    /// The same as data.
    pub(crate) fn with(&self, ending: &str) -> String {
        format!("{}{ending}{}", self.path, self.query)
    }
}

/// Loads a page and gives it in the form wanted, with what people said on it below.
pub(crate) async fn answer<P: Page + Send + 'static>(
    app: &App,
    form: Form,
    here: Here,
    load: impl FnOnce(&Ledger) -> Result<P, Problem> + Send + 'static,
) -> Response {
    let own = app.clone();
    let load = move |ledger: &Ledger| {
        let page = load(ledger)?;
        let talk = match (own.house(), page.talked()) {
            (Some(house), Some(on)) if form == Form::Html => people::below(house, &on)?,
            _ => Markup::default(),
        };
        Ok((page, talk))
    };
    match app.read(load).await {
        Ok((page, talk)) => with_talk(app, form, &here, &page, &talk),
        Err(problem) => failed(form, &problem),
    }
}

/// Gives a page in the form wanted.
pub(crate) fn give(app: &App, form: Form, here: &Here, page: &impl Page) -> Response {
    with_talk(app, form, here, page, &Markup::default())
}

fn with_talk(app: &App, form: Form, here: &Here, page: &impl Page, talk: &Markup) -> Response {
    match form {
        Form::Json => json(StatusCode::OK, &page.json()),
        Form::Csv => table(here, &page.csv()),
        Form::Svg => match page.svg(app.names()) {
            Some(chart) => asset("image/svg+xml", chart),
            None => nowhere(form),
        },
        Form::Html => {
            let names = app.names();
            let body = html! { (page.html(names)) (talk) };
            let script = page.script();
            let frame = Frame {
                title: &page.title(names),
                here: page.is_data().then_some(here),
                style: page.style_address(),
                script,
                desk: app.desk().is_some(),
                hands: app.coding().is_some(),
                people: app.house().is_some(),
                asked: page.words(),
            };
            let mut response = Html(frame::whole(&frame, &body)).into_response();
            if script {
                response.extensions_mut().insert(Scripted);
            }
            response
        }
    }
}

/// A form that cannot be read, for people.
pub(crate) fn unreadable() -> Response {
    failed(Form::Html, &Problem::asked("the form cannot be read, or is too long"))
}

/// What is the matter, in the form wanted: as JSON for every program.
pub(crate) fn failed(form: Form, problem: &Problem) -> Response {
    if form == Form::Html {
        let frame = Frame::plain(problem.title());
        return (problem.status, Html(frame::whole(&frame, &problem.html()))).into_response();
    }
    json(problem.status, &problem.json())
}

/// There is nothing at this address.
pub(crate) fn nowhere(form: Form) -> Response {
    failed(form, &Problem::missing("there is no page at this address"))
}

/// The form that an address asks for.
pub(crate) fn form_of(uri: &Uri) -> Form {
    let path = uri.path();
    ENDINGS.iter().find(|(ending, _)| path.ends_with(ending)).map_or(Form::Html, |it| it.1)
}

/// An id and the form asked for by its ending.
pub(crate) fn split(id: &str) -> (&str, Form) {
    let found = ENDINGS.iter().find_map(|(ending, form)| Some((id.strip_suffix(ending)?, *form)));
    found.unwrap_or((id, Form::Html))
}

pub(crate) fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    let kind = HeaderValue::from_static("application/json");
    (status, [(CONTENT_TYPE, kind)], format!("{value:#}\n")).into_response()
}

/// A table, which browsers keep as a file.
fn table(here: &Here, sheet: &Sheet) -> Response {
    let letters = here.path.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let name: String = letters.collect::<String>().trim_matches('-').chars().take(80).collect();
    let name = if name.is_empty() { "hedgerow".to_owned() } else { name };
    let disposition = format!("attachment; filename=\"{name}.csv\"");
    let kind = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
    let mut response = ([(CONTENT_TYPE, kind)], sheet.text()).into_response();
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    response
}

pub(crate) fn asset(kind: &'static str, content: impl Into<String>) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, content.into()).into_response()
}
