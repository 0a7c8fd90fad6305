//! Addresses: which page answers where.

use axum::Router;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{DefaultBodyLimit, Form as Fields, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use hedgerow_ledger::Ledger;
use hedgerow_text::{Meta, Published};
use serde::Deserialize;

use crate::answer::{
    Form, Here, answer, asset, failed, form_of, give, json, nowhere, split, unreadable,
};
use crate::app::App;
use crate::asked::{Asked, Slice};
use crate::decide::{self, with_cookie};
use crate::page;
use crate::problem::Problem;
use crate::{api, cache, desk, frame, guard, intake, people, url};

/// How many rows a page of a list has.
const ON_PAGE: u64 = 200;

/// The most bytes that a draft may have, as a form sends it.
const DRAFT: usize = 1024 * 1024;

/// The most bytes that a form may have.
const FORM: usize = 64 * 1024;

/// The whole application.
pub(crate) fn router(app: App) -> Router {
    Router::new()
        .route("/", get(start))
        .route("/{file}", get(top))
        .route("/review", get(review).post(decide::judge))
        .route("/review.json", get(review))
        .route("/review.csv", get(review))
        .route("/desk", get(desk).post(decide::sit))
        .route(
            "/add",
            get(add).post(intake::hand_in).layer(DefaultBodyLimit::max(intake::MOST_BYTES)),
        )
        .route("/add.json", get(add))
        .route("/add.csv", get(add))
        .route("/add/{job}", get(job))
        .route("/check", get(check).post(checked).layer(DefaultBodyLimit::max(DRAFT)))
        .route("/api/openapi.json", get(described))
        .route("/documents/{id}", get(document))
        .route("/documents/{id}/claims", post(decide::add))
        .route("/actors/{code}", get(actor))
        .route("/actors/{code}/{view}", get(view))
        .route("/dyads/{a}/{b}", get(dyad))
        .route("/pledges/{giver}/{receiver}", get(pledges))
        .route("/facts/{id}", get(fact))
        .route("/claims/{id}", get(claim))
        .route("/measures/{name}", get(measure))
        .route("/codebook/{code}", get(type_))
        .route("/codebook/rules/{id}", get(rule))
        .merge(people::router())
        .fallback(lost)
        .method_not_allowed_fallback(only_reading)
        .layer(DefaultBodyLimit::max(FORM))
        .layer(middleware::from_fn_with_state(app.clone(), guard::guarded))
        .with_state(app)
}

type Part = Result<Path<String>, PathRejection>;
type Pair = Result<Path<(String, String)>, PathRejection>;

async fn start(State(app): State<App>, uri: Uri) -> Response {
    started(&app, Form::Html, Asked::of(&uri)).await
}

async fn started(app: &App, form: Form, asked: Asked) -> Response {
    let (counted, here) = (app.clone(), Here::asking("/index", asked.query()));
    let load =
        move |ledger: &Ledger| page::Start::load(ledger, &*counted.overview(ledger)?, &asked);
    answer(app, form, here, load).await
}

async fn described(State(app): State<App>) -> Response {
    json(StatusCode::OK, &api::description(&app))
}

/// Pages without a folder, and the few files.
async fn top(State(app): State<App>, file: Part, uri: Uri) -> Response {
    let Ok(Path(file)) = file else { return nowhere(Form::Html) };
    match file.as_str() {
        "style.css" => return asset("text/css; charset=utf-8", frame::STYLE),
        "desk.js" => return asset("text/javascript; charset=utf-8", frame::SCRIPT),
        "icon.svg" => return asset("image/svg+xml", frame::ICON),
        _ => {}
    }
    let (name, form) = split(&file);
    let asked = Asked::of(&uri);
    let here = Here::asking(format!("/{name}"), asked.query());
    let counted = app.clone();
    let slice = move |asked: &Asked| {
        if form == Form::Csv { Slice::whole(asked) } else { Slice::of(asked, ON_PAGE) }
    };
    match name {
        "index" | "" if form != Form::Html => started(&app, form, asked).await,
        "documents" => {
            let load = move |ledger: &Ledger| {
                let (overview, slice) = (counted.overview(ledger)?, slice(&asked)?);
                page::Documents::load(ledger, overview.counts.documents, asked, slice)
            };
            answer(&app, form, here, load).await
        }
        "actors" => {
            let load = move |ledger: &Ledger| {
                let slice = slice(&asked)?;
                page::Actors::new(&*counted.overview(ledger)?, asked, slice)
            };
            answer(&app, form, here, load).await
        }
        "dyads" => {
            if let (Some(a), Some(b)) = (asked.get("a"), asked.get("b")) {
                let code = |text: &str| {
                    let known = app.codebook().gazetteer.code_of(text);
                    known.map_or_else(|| text.to_owned(), str::to_owned)
                };
                return Redirect::to(&url::dyad(&code(a), &code(b))).into_response();
            }
            let load = move |ledger: &Ledger| {
                let slice = slice(&asked)?;
                page::Dyads::new(&*counted.overview(ledger)?, asked, slice)
            };
            answer(&app, form, here, load).await
        }
        "decisions" => {
            let load =
                move |ledger: &Ledger| page::Decisions::load(ledger, asked.clone(), slice(&asked)?);
            answer(&app, form, here, load).await
        }
        "search" => {
            let words = asked.get("q").unwrap_or_default().to_owned();
            let load =
                move |ledger: &Ledger| page::Search::load(counted.codebook(), ledger, &words);
            answer(&app, form, here, load).await
        }
        "measures" => give(&app, form, &here, &page::Measures),
        "codebook" => give(&app, form, &here, &page::CodebookPages::of(app.codebook())),
        _ => nowhere(form),
    }
}

/// The review queue; only where somebody reviews.
async fn review(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let form = form_of(&uri);
    let Some(desk) = app.desk() else { return nowhere(form) };
    let visit = desk.visit(&headers);
    let cookie = visit.as_ref().and_then(desk::Visit::cookie);
    let (asked, own) = (Asked::of(&uri), app.clone());
    let here = Here::asking("/review", asked.with("done", ""));
    let load = move |ledger: &Ledger| page::Review::load(&own, ledger, asked, visit);
    personal(&app, answer(&app, form, here, load).await, cookie)
}

async fn desk(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(desk) = app.desk() else { return nowhere(Form::Html) };
    let Some(reviewer) = desk.reviewer().map(str::to_owned) else {
        return Redirect::to("/account").into_response();
    };
    let visit = desk.visit(&headers);
    let cookie = visit.as_ref().and_then(desk::Visit::cookie);
    let page = page::DeskPage { reviewer, visit };
    personal(&app, give(&app, Form::Html, &Here::new("/desk"), &page), cookie)
}

/// The forms with which documents are handed in; only where somebody may.
async fn add(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let form = form_of(&uri);
    let Some(desk) = app.desk().filter(|_| app.coding().is_some()) else { return nowhere(form) };
    let visit = desk.visit(&headers);
    let cookie = visit.as_ref().and_then(desk::Visit::cookie);
    let page = page::Add { visit, jobs: app.inbox().jobs() };
    personal(&app, give(&app, form, &Here::new("/add"), &page), cookie)
}

async fn job(State(app): State<App>, id: Part) -> Response {
    let Ok(Path(id)) = id else { return nowhere(Form::Html) };
    let (id, form) = split(&id);
    match app.inbox().job(id).filter(|_| app.coding().is_some()) {
        Some((job, outcome)) => {
            let page = page::JobPage { id: id.to_owned(), job, outcome };
            personal(&app, give(&app, form, &Here::new(url::job(id)), &page), None)
        }
        None => failed(form, &Problem::missing("nothing of that number was handed in")),
    }
}

/// The form with which a draft is checked.
async fn check(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(desk) = app.desk().filter(|_| app.coding().is_some()) else {
        return nowhere(Form::Html);
    };
    let visit = desk.visit(&headers);
    let cookie = visit.as_ref().and_then(desk::Visit::cookie);
    let page = page::Check { visit, published: String::new(), checked: None };
    personal(&app, give(&app, Form::Html, &Here::new("/check"), &page), cookie)
}

/// A draft that was sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sent {
    form: String,
    text: String,
    published: String,
}

/// Checks a draft; nothing of it is kept.
async fn checked(
    State(app): State<App>,
    headers: HeaderMap,
    sent: Result<Fields<Sent>, FormRejection>,
) -> Response {
    let wrong = |problem: &Problem| failed(Form::Html, problem);
    let Ok(Fields(it)) = sent else { return unreadable() };
    let visit = match decide::writing(&app, &headers, &it.form) {
        Ok(visit) => visit,
        Err(problem) => return wrong(&problem),
    };
    let mut meta = Meta::default();
    match it.published.trim() {
        "" => {}
        day => match day.parse::<Published>() {
            Ok(when) => meta = meta.published(when),
            Err(_) => return wrong(&Problem::asked(format!("“{day}” is no day"))),
        },
    }
    let (own, text) = (app.clone(), it.text.replace("\r\n", "\n"));
    let load = move |ledger: &Ledger| {
        let coding = own.coding().ok_or_else(|| Problem::missing("nothing is checked here"))?;
        let draft = coding.draft(text, meta).map_err(Problem::asked)?;
        let checked = Some(page::Checked::load(ledger, draft)?);
        Ok(page::Check { visit: Some(visit), published: it.published, checked })
    };
    let answer = answer(&app, Form::Html, Here::new("/check"), load).await;
    personal(&app, answer, None)
}

async fn document(State(app): State<App>, headers: HeaderMap, id: Part) -> Response {
    let Ok(Path(id)) = id else { return nowhere(Form::Html) };
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
    let (id, form) = if exact { (id.as_str(), Form::Html) } else { split(&id) };
    let id = id.to_owned();
    let here = Here::new(url::document(&id));
    let visit = app.desk().and_then(|desk| desk.visit(&headers));
    let cookie = visit.as_ref().and_then(desk::Visit::cookie);
    let load = move |ledger: &Ledger| page::Article::load(ledger, &id, visit);
    personal(&app, answer(&app, form, here, load).await, cookie)
}

async fn actor(State(app): State<App>, code: Part, uri: Uri) -> Response {
    let Ok(Path(code)) = code else { return nowhere(Form::Html) };
    let (code, form) = split(&code);
    let (code, asked, own) = (code.to_owned(), Asked::of(&uri), app.clone());
    let here = Here::asking(url::actor(&code), asked.query());
    let data = form == Form::Json;
    answer(&app, form, here, move |ledger| page::Actor::load(&own, ledger, &code, &asked, data))
        .await
}

/// What can be seen of an actor by itself: its position, its network.
async fn view(State(app): State<App>, parts: Pair, uri: Uri) -> Response {
    let Ok(Path((code, view))) = parts else { return nowhere(Form::Html) };
    let (view, form) = split(&view);
    let (asked, own) = (Asked::of(&uri), app.clone());
    if view == "network" {
        let here = Here::asking(url::network(&code), asked.query());
        let load = move |ledger: &Ledger| {
            page::expect_actor(ledger, &code, own.names().knows(&code))?;
            page::Network::of(&*own.overview(ledger)?, &code, &asked)
        };
        return answer(&app, form, here, load).await;
    }
    if view != "hedge" {
        return nowhere(form);
    }
    if form == Form::Html && asked.get("rivals").is_none() {
        return Redirect::to(&format!("{}#position", url::actor(&code))).into_response();
    }
    let here = Here::asking(url::hedge(&code), asked.query());
    let load = move |ledger: &Ledger| {
        page::expect_actor(ledger, &code, own.names().knows(&code))?;
        let position = page::Actor::position(&own, ledger, &code, &asked)?;
        position.ok_or_else(|| Problem::asked("no rivals are named").hint("ask for rivals=USA,CHN"))
    };
    answer(&app, form, here, load).await
}

async fn dyad(State(app): State<App>, pair: Pair, uri: Uri) -> Response {
    let Ok(Path((a, b))) = pair else { return nowhere(Form::Html) };
    let (b, form) = split(&b);
    let (b, own, asked) = (b.to_owned(), app.clone(), Asked::of(&uri));
    let here = Here::asking(url::dyad(&a, &b), asked.query());
    let data = form != Form::Html;
    answer(&app, form, here, move |ledger| page::Dyad::load(&own, ledger, [&a, &b], asked, data))
        .await
}

async fn pledges(State(app): State<App>, pair: Pair) -> Response {
    let Ok(Path((giver, receiver))) = pair else { return nowhere(Form::Html) };
    let (receiver, form) = split(&receiver);
    let receiver = receiver.to_owned();
    let known = [app.names().knows(&giver), app.names().knows(&receiver)];
    let here = Here::new(url::pledges(&giver, &receiver));
    let load = move |ledger: &Ledger| page::Pledges::load(ledger, &giver, &receiver, known);
    answer(&app, form, here, load).await
}

async fn fact(State(app): State<App>, id: Part, uri: Uri) -> Response {
    let Ok(Path(id)) = id else { return nowhere(Form::Html) };
    let (id, form) = split(&id);
    let (id, asked, own) = (id.to_owned(), Asked::of(&uri), app.clone());
    let here = Here::asking(url::fact(&id), asked.query());
    answer(&app, form, here, move |ledger| page::FactSheet::load(&own, ledger, &id, &asked)).await
}

async fn claim(State(app): State<App>, id: Part) -> Response {
    let Ok(Path(id)) = id else { return nowhere(Form::Html) };
    let (id, form) = split(&id);
    let id = id.to_owned();
    let here = Here::new(url::claim(&id));
    let judged = app.desk().is_some();
    answer(&app, form, here, move |ledger| page::ClaimSheet::load(ledger, &id, judged)).await
}

async fn measure(State(app): State<App>, name: Part) -> Response {
    let Ok(Path(name)) = name else { return nowhere(Form::Html) };
    let (name, form) = split(&name);
    match page::MeasurePage::load(name) {
        Ok(page) => give(&app, form, &Here::new(url::measure(name)), &page),
        Err(problem) => failed(form, &problem),
    }
}

async fn type_(State(app): State<App>, code: Part) -> Response {
    let Ok(Path(code)) = code else { return nowhere(Form::Html) };
    let (code, form) = split(&code);
    match page::CodebookPage::load(app.codebook(), code) {
        Ok(page) => give(&app, form, &Here::new(url::code(code)), &page),
        Err(problem) => failed(form, &problem),
    }
}

async fn rule(State(app): State<App>, id: Part) -> Response {
    let Ok(Path(id)) = id else { return nowhere(Form::Html) };
    let (id, form) = split(&id);
    match page::Rule::load(app.codebook(), id) {
        Ok(page) => give(&app, form, &Here::new(url::rule(id)), &page),
        Err(problem) => failed(form, &problem),
    }
}

/// An answer that may be for one reviewer alone.
fn personal(app: &App, response: Response, cookie: Option<HeaderValue>) -> Response {
    let mut response = with_cookie(response, cookie);
    if app.desk().is_some() {
        response.extensions_mut().insert(cache::Personal);
    }
    response
}

async fn lost(uri: Uri) -> Response {
    nowhere(form_of(&uri))
}

async fn only_reading(uri: Uri) -> Response {
    let problem =
        Problem::with(StatusCode::METHOD_NOT_ALLOWED, "pages here can be read, not written to");
    failed(form_of(&uri), &problem)
}
