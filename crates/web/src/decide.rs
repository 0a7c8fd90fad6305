//! What is sent to be kept: decisions on claims, and claims that were missed.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form as Fields, Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use hedgerow_codebook::{ClaimLine, by_hand};
use hedgerow_ledger::{Decision, Ledger, Verb};
use serde::Deserialize;

use crate::answer::{Form, failed, unreadable};
use crate::app::App;
use crate::asked::query;
use crate::desk::{self, Visit};
use crate::problem::Problem;
use crate::{url, words};

/// The longest reason, in characters.
const REASON: usize = 2_000;

/// The fields of the forms of the review page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Judgement {
    form: String,
    verb: String,
    claim: String,
    reason: String,
    line: String,
    undo: Option<i64>,
    /// How many decisions on the claim its reviewer had before the eyes.
    seen: Option<usize>,
    queue: String,
    doc: String,
    who: String,
    rivals: String,
    camp: String,
    covered: String,
    at: String,
    skip: String,
}

/// The fields of the form with which a missed claim is added.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Missed {
    form: String,
    line: String,
    reason: String,
    start: String,
    end: String,
}

/// The fields of the forms of the desk.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Seat {
    form: String,
    token: String,
    leave: String,
}

type Sent<T> = Result<Fields<T>, FormRejection>;

/// Keeps a decision and goes on to the next claim.
pub(crate) async fn judge(
    State(app): State<App>,
    headers: HeaderMap,
    sent: Sent<Judgement>,
) -> Response {
    let Ok(Fields(it)) = sent else { return unreadable() };
    let visit = match writing(&app, &headers, &it.form) {
        Ok(visit) => visit,
        Err(problem) => return failed(Form::Html, &problem),
    };
    let next = it.next();
    let alone = it.queue.is_empty() && it.doc.is_empty() && !it.claim.is_empty();
    let claim = it.claim.clone();
    let undone = it.verb == "undo";
    match app.write(move |ledger| keep(ledger, &it, &visit)).await {
        Ok(_) if alone => Redirect::to(&url::claim(&claim)).into_response(),
        Ok(seq) => {
            let done = if undone { String::new() } else { seq.to_string() };
            let fields = next.iter().map(|(name, value)| (*name, value.as_str()));
            let done = (!done.is_empty()).then_some(("done", done.as_str()));
            Redirect::to(&format!("/review{}", query(fields.chain(done)))).into_response()
        }
        Err(problem) => failed(Form::Html, &problem),
    }
}

impl Judgement {
    /// Where in which queue the reviewer goes on.
    fn next(&self) -> Vec<(&'static str, String)> {
        let fields = [
            ("queue", &self.queue),
            ("doc", &self.doc),
            ("who", &self.who),
            ("rivals", &self.rivals),
            ("camp", &self.camp),
            ("covered", &self.covered),
            ("at", &self.at),
            ("skip", &self.skip),
        ];
        let told = fields.into_iter().filter(|(_, value)| !value.is_empty());
        told.map(|(name, value)| (name, value.clone())).collect()
    }
}

fn keep(ledger: &mut Ledger, it: &Judgement, visit: &Visit) -> Result<i64, Problem> {
    if it.verb == "undo" {
        let seq = it
            .undo
            .ok_or_else(|| Problem::asked("no decision is named that is to be taken back"))?;
        return decide(ledger, Verb::Undo(seq), visit, &it.reason);
    }
    let row = match it.queue.as_str() {
        // A second reader judges what the coder had, whatever somebody else made of it.
        "second" => ledger.coded_claim(&it.claim)?,
        _ => ledger.claim(&it.claim)?,
    };
    let Some(row) = row else {
        let problem = Problem::with(
            StatusCode::CONFLICT,
            format!("no claim of the id “{}” stands any more", it.claim),
        );
        return Err(problem.hint("the page of decisions says what became of it"));
    };
    let decisions = ledger.decisions_on(&row.claim.id)?;
    if let Some(newest) =
        decisions.last().filter(|_| it.seen.is_some_and(|seen| seen != decisions.len()))
    {
        let problem = Problem::with(
            StatusCode::CONFLICT,
            format!(
                "meanwhile this claim was {} by {}; nothing was decided",
                newest.verb, newest.author
            ),
        );
        return Err(problem.hint("go back, load the page anew, and judge it as it is now"));
    }
    let id = row.claim.id.clone();
    let verb = match it.verb.as_str() {
        "accept" => Verb::Accept(id),
        "reject" => Verb::Reject(id),
        "comment" => Verb::Comment(id),
        "correct" => Verb::Correct(id, Box::new(by_hand::corrected(&row.claim, &read(&it.line)?))),
        other => return Err(Problem::asked(format!("“{other}” is no decision"))),
    };
    decide(ledger, verb, visit, &it.reason)
}

fn decide(ledger: &mut Ledger, verb: Verb, visit: &Visit, reason: &str) -> Result<i64, Problem> {
    let reason = reason.trim();
    if reason.chars().count() > REASON {
        return Err(Problem::asked(format!("the reason has more than {REASON} characters")));
    }
    let decision = Decision {
        verb,
        author: visit.author.clone(),
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        added: None,
    };
    let seq = ledger.decide(&decision)?;
    ledger.settle(false)?;
    Ok(seq)
}

fn read(line: &str) -> Result<ClaimLine, Problem> {
    line.trim().parse().map_err(|error| {
        Problem::asked(format!("this is no claim line: {error}"))
            .hint("write it as JPN -> VNM  flow.aid  USD 1.7e9  2015  !pledged, with two blanks between parts")
    })
}

/// Keeps a claim that was missed, with the stretch of text that makes it.
pub(crate) async fn add(
    State(app): State<App>,
    Path(doc): Path<String>,
    headers: HeaderMap,
    sent: Sent<Missed>,
) -> Response {
    let Ok(Fields(it)) = sent else { return unreadable() };
    let visit = match writing(&app, &headers, &it.form) {
        Ok(visit) => visit,
        Err(problem) => return failed(Form::Html, &problem),
    };
    let id = doc.clone();
    match app.write(move |ledger| keep_missed(ledger, &id, &it, &visit)).await {
        Ok(claim) => {
            Redirect::to(&format!("{}#{}", url::document(&doc), url::card(&claim))).into_response()
        }
        Err(problem) => failed(Form::Html, &problem),
    }
}

fn keep_missed(
    ledger: &mut Ledger,
    doc: &str,
    it: &Missed,
    visit: &Visit,
) -> Result<String, Problem> {
    let Some(kept) = ledger.document(doc)? else {
        return Err(Problem::missing(format!("there is no document “{doc}” in this ledger")));
    };
    let offset = |text: &str| {
        text.trim().parse::<usize>().map_err(|_| {
            Problem::asked("where the words begin and end is not told in numbers")
                .hint("select the words in the article, or give the numbers of their first and last character")
        })
    };
    let received = |at: usize| words::received(&kept.text, at);
    let (start, end) = (received(offset(&it.start)?), received(offset(&it.end)?));
    let wrong = |error: by_hand::EditError| Problem::asked(error.to_string());
    let evidence = by_hand::stretch(&kept.text, start, end).map_err(wrong)?;
    let claim = by_hand::added(&kept.row.id, &evidence, &read(&it.line)?).map_err(wrong)?;
    let seq = decide(ledger, Verb::Add(Box::new(claim)), visit, &it.reason)?;
    let newest = ledger.decisions_from(0, 1)?;
    let own = newest.into_iter().find(|it| it.seq == seq).and_then(|it| it.other);
    own.ok_or_else(|| Problem::broken("the claim was kept, but cannot be found"))
}

/// Signs in and out.
pub(crate) async fn sit(State(app): State<App>, headers: HeaderMap, sent: Sent<Seat>) -> Response {
    let (Some(desk), Ok(Fields(it))) = (app.desk(), sent) else { return unreadable() };
    let (to, cookie) = if it.leave.is_empty() {
        match desk.sign_in(&it.token) {
            Ok(visit) => ("/review", visit.cookie()),
            Err(problem) => return failed(Form::Html, &problem),
        }
    } else {
        match desk.writing(&headers, &it.form) {
            Ok(_) => ("/", desk::leave()),
            Err(problem) => return failed(Form::Html, &problem),
        }
    };
    with_cookie(Redirect::to(to).into_response(), cookie)
}

/// An answer that keeps, or ends, a session.
pub(crate) fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// The session in which something is written.
pub(crate) fn writing(app: &App, headers: &HeaderMap, form: &str) -> Result<Visit, Problem> {
    match app.desk() {
        Some(desk) => desk.writing(headers, form),
        None => Err(Problem::with(StatusCode::FORBIDDEN, "nothing is judged here")
            .hint("start the application with `hedgerow serve --reviewer NAME`")),
    }
}
