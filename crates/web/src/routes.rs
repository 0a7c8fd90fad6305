//! Addresses: which page answers where, as HTML or as JSON.

use std::path::PathBuf;

use axum::Router;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use hedgerow_ledger::Ledger;
use serde::Deserialize;

use crate::app::App;
use crate::page::{self, Page};
use crate::problem::Problem;
use crate::{Names, frame, url};

/// No scripts, nothing from elsewhere, no frames.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The whole application on the ledger at `ledger`, for a server or for tests.
pub fn router(ledger: impl Into<PathBuf>, names: Names) -> Result<Router, hedgerow_ledger::Error> {
    let app = App::new(ledger.into(), names)?;
    Ok(Router::new()
        .route("/", get(start))
        .route("/{file}", get(top))
        .route("/documents/{id}", get(document))
        .route("/actors/{code}", get(actor))
        .route("/dyads/{a}/{b}", get(dyad))
        .route("/facts/{id}", get(fact))
        .route("/claims/{id}", get(claim))
        .fallback(nowhere)
        .method_not_allowed_fallback(only_reading)
        .layer(middleware::from_fn(guarded))
        .with_state(app))
}

/// How a page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Json,
}

type Part = Result<Path<String>, PathRejection>;
type Pair = Result<Path<(String, String)>, PathRejection>;

async fn start(State(app): State<App>) -> Response {
    let counted = app.clone();
    answer(&app, Form::Html, "/index", move |ledger| {
        page::Start::load(ledger, &*counted.overview(ledger)?)
    })
    .await
}

/// Pages without a folder, and the few files.
async fn top(
    State(app): State<App>,
    file: Part,
    choice: Result<Query<Choice>, QueryRejection>,
) -> Response {
    let Ok(Path(file)) = file else { return nowhere_of(Form::Html) };
    match file.as_str() {
        "style.css" => return asset("text/css; charset=utf-8", frame::STYLE),
        "icon.svg" => return asset("image/svg+xml", frame::ICON),
        _ => {}
    }
    let (name, form) = split(file);
    let choice = choice.map(|Query(choice)| choice).unwrap_or_default();
    let counted = app.clone();
    match name.as_str() {
        "index" | "" if form == Form::Json => {
            let load =
                move |ledger: &Ledger| page::Start::load(ledger, &*counted.overview(ledger)?);
            answer(&app, form, "/index", load).await
        }
        "documents" => {
            // Programs get all of them, people as many as a page can hold.
            let number = if form == Form::Html { Some(choice.page.unwrap_or(1)) } else { None };
            let load = move |ledger: &Ledger| {
                let overview = counted.overview(ledger)?;
                page::Documents::load(ledger, overview.counts.documents, number)
            };
            answer(&app, form, "/documents", load).await
        }
        "actors" => {
            let load = move |ledger: &Ledger| Ok(page::Actors::new(&*counted.overview(ledger)?));
            answer(&app, form, "/actors", load).await
        }
        "dyads" => match (choice.a, choice.b) {
            (Some(a), Some(b)) if !a.is_empty() && !b.is_empty() => {
                Redirect::to(&url::dyad(a.trim(), b.trim())).into_response()
            }
            _ => {
                let load = move |ledger: &Ledger| Ok(page::Dyads::new(&*counted.overview(ledger)?));
                answer(&app, form, "/dyads", load).await
            }
        },
        _ => nowhere_of(form),
    }
}

/// What a list can be asked for: two actors, chosen in the form of the page of pairs; a page of documents.
#[derive(Debug, Default, Deserialize)]
struct Choice {
    page: Option<u64>,
    a: Option<String>,
    b: Option<String>,
}

async fn document(State(app): State<App>, id: Part) -> Response {
    let Ok(Path(id)) = id else { return nowhere_of(Form::Html) };
    // An id may itself end like a form: then it is the document that is meant.
    let whole = id.clone();
    let exact = app.read(move |ledger| Ok(ledger.document(&whole)?.is_some())).await;
    let exact = exact.unwrap_or(false);
    if let (Some(id), false) = (id.strip_suffix(".css"), exact) {
        let id = id.to_owned();
        let style = app.read(move |ledger| page::Article::style(ledger, &id)).await;
        return match style {
            Ok(style) => asset("text/css; charset=utf-8", style),
            Err(problem) => failed(Form::Html, &problem),
        };
    }
    let (id, form) = if exact { (id, Form::Html) } else { split(id) };
    let here = url::document(&id);
    answer(&app, form, &here, move |ledger| page::Article::load(ledger, &id)).await
}

async fn actor(State(app): State<App>, code: Part) -> Response {
    let Ok(Path(code)) = code else { return nowhere_of(Form::Html) };
    let (code, form) = split(code);
    let known = app.names().knows(&code);
    let here = url::actor(&code);
    answer(&app, form, &here, move |ledger| page::Actor::load(ledger, &code, known)).await
}

async fn dyad(State(app): State<App>, pair: Pair) -> Response {
    let Ok(Path((a, b))) = pair else { return nowhere_of(Form::Html) };
    let (b, form) = split(b);
    let known = [app.names().knows(&a), app.names().knows(&b)];
    let here = url::dyad(&a, &b);
    answer(&app, form, &here, move |ledger| page::Dyad::load(ledger, &a, &b, known)).await
}

async fn fact(State(app): State<App>, id: Part) -> Response {
    let Ok(Path(id)) = id else { return nowhere_of(Form::Html) };
    let (id, form) = split(id);
    let here = url::fact(&id);
    answer(&app, form, &here, move |ledger| page::FactSheet::load(ledger, &id)).await
}

async fn claim(State(app): State<App>, id: Part) -> Response {
    let Ok(Path(id)) = id else { return nowhere_of(Form::Html) };
    let (id, form) = split(id);
    let here = url::claim(&id);
    answer(&app, form, &here, move |ledger| page::ClaimSheet::load(ledger, &id)).await
}

/// Loads a page and gives it in the form wanted.
async fn answer<P: Page + Send + 'static>(
    app: &App,
    form: Form,
    here: &str,
    load: impl FnOnce(&Ledger) -> Result<P, Problem> + Send + 'static,
) -> Response {
    match (app.read(load).await, form) {
        (Ok(page), Form::Json) => json(StatusCode::OK, &page.json()),
        (Ok(page), Form::Html) => {
            let names = app.names();
            let as_json = format!("{here}.json");
            let body = page.html(names);
            let style = page.style_address();
            Html(frame::whole(&page.title(names), Some(&as_json), style.as_deref(), &body))
                .into_response()
        }
        (Err(problem), form) => failed(form, &problem),
    }
}

fn failed(form: Form, problem: &Problem) -> Response {
    match form {
        Form::Json => json(problem.status, &problem.json()),
        Form::Html => {
            let page = frame::whole(problem.title(), None, None, &problem.html());
            (problem.status, Html(page)).into_response()
        }
    }
}

async fn nowhere(uri: Uri) -> Response {
    nowhere_of(form_of(&uri))
}

fn nowhere_of(form: Form) -> Response {
    failed(form, &Problem::missing("there is no page at this address"))
}

async fn only_reading(uri: Uri) -> Response {
    let problem =
        Problem::with(StatusCode::METHOD_NOT_ALLOWED, "pages here can be read, not written to");
    failed(form_of(&uri), &problem)
}

fn form_of(uri: &Uri) -> Form {
    let json = uri.path().strip_suffix(".json").is_some();
    if json { Form::Json } else { Form::Html }
}

/// An id and the form asked for by its ending.
fn split(id: String) -> (String, Form) {
    match id.strip_suffix(".json") {
        Some(stem) => (stem.to_owned(), Form::Json),
        None => (id, Form::Html),
    }
}

fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    let kind = HeaderValue::from_static("application/json");
    (status, [(CONTENT_TYPE, kind)], format!("{value:#}\n")).into_response()
}

fn asset(kind: &'static str, content: impl Into<String>) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, content.into()).into_response()
}

async fn guarded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let set: [(HeaderName, &'static str); 4] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in set {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
