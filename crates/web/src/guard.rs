//! What every request must fulfil, and what every answer carries.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use crate::answer::{failed, form_of};
use crate::app::App;
use crate::cache::Cache;
use crate::problem::Problem;

/// No scripts, nothing from elsewhere, no frames.
const READING: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
                       form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The same with our own script, for pages on which something is judged.
const JUDGING: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; \
                       form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Says of an answer that its page has our script.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scripted;

/// Under which names the application may be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Hosts {
    /// Whoever reaches it may call it anything.
    Any,
    /// This machine, and these names besides.
    Named(Vec<String>),
}

impl Hosts {
    /// Where only this machine is answered, another name is another site's that was pointed here.
    pub(crate) fn at(listening: IpAddr, names: &[String]) -> Self {
        if listening.is_loopback() { Self::Named(names.to_vec()) } else { Self::Any }
    }

    fn allow(&self, headers: &HeaderMap) -> bool {
        let Self::Named(names) = self else { return true };
        let Some(host) = headers.get(HOST).and_then(|it| it.to_str().ok()) else { return true };
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
            _ => host,
        };
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let ours = bare.parse::<IpAddr>().is_ok_and(|it| it.is_loopback());
        ours || name.eq_ignore_ascii_case("localhost")
            || names.iter().any(|it| it.eq_ignore_ascii_case(name))
    }
}

/// Refuses what other sites send, and puts the headers on every answer.
pub(crate) async fn guarded(State(app): State<App>, request: Request, next: Next) -> Response {
    let form = form_of(request.uri());
    let mut response = match refused(&app, &request) {
        Some(problem) => failed(form, &problem),
        None => answered(&app, request, next).await,
    };
    let scripted = response.extensions().get::<Scripted>().is_some();
    let headers = response.headers_mut();
    let set: [(HeaderName, &'static str); 6] = [
        (CONTENT_SECURITY_POLICY, if scripted { JUDGING } else { READING }),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in set {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}

/// The answer that was given before, while the ledger is the same; else a new one.
async fn answered(app: &App, request: Request, next: Next) -> Response {
    let cache = app.cache();
    let Some((key, version)) = Cache::key(&request).zip(cache.version()) else {
        return next.run(request).await;
    };
    match cache.find(version, &key, Cache::takes_packed(&request)) {
        Some(known) => known,
        None => cache.keep(version, key, next.run(request).await).await,
    }
}

fn refused(app: &App, request: &Request) -> Option<Problem> {
    let headers = request.headers();
    if !app.hosts().allow(headers) {
        let problem = Problem::with(
            StatusCode::MISDIRECTED_REQUEST,
            "this application is not called by that name",
        );
        return Some(problem.hint("tell it its other names with `hedgerow serve --host NAME`"));
    }
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method()) {
        return None;
    }
    let foreign = Problem::with(StatusCode::FORBIDDEN, "this was sent from another site");
    (!same_site(headers)).then_some(foreign)
}

/// Whether a request that writes comes from our own pages, as far as the browser says where it comes from.
fn same_site(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|it| it.to_str().ok());
    let site = text(&HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|it| it != "same-origin" && it != "none") {
        return false;
    }
    match (text(&ORIGIN), text(&HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin
            .strip_prefix("http://")
            .or_else(|| origin.strip_prefix("https://"))
            .is_some_and(|it| it.eq_ignore_ascii_case(host)),
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(fields: &[(&'static str, &str)]) -> HeaderMap {
        let field = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), value.parse().unwrap())
        };
        fields.iter().map(field).collect()
    }

    #[test]
    fn a_name_pointed_here_is_refused() {
        let hosts = Hosts::at("127.0.0.1".parse().unwrap(), &["desk.example".to_owned()]);
        for own in ["127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080", "desk.example:443"]
        {
            assert!(hosts.allow(&with(&[("host", own)])), "{own}");
        }
        for evil in
            ["evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.1"]
        {
            assert!(!hosts.allow(&with(&[("host", evil)])), "{evil}");
        }
        assert_eq!(Hosts::at("0.0.0.0".parse().unwrap(), &[]), Hosts::Any);
    }

    #[test]
    fn what_other_sites_send_is_told() {
        assert!(same_site(&with(&[
            ("host", "localhost:1"),
            ("origin", "http://localhost:1"),
            ("sec-fetch-site", "same-origin")
        ])));
        assert!(same_site(&with(&[("host", "localhost:1")])), "a program that is no browser");
        for (origin, site) in [
            ("http://evil.example", "same-origin"),
            ("null", "same-origin"),
            ("http://localhost:2", "same-origin"),
            ("http://localhost:1", "cross-site"),
            ("http://localhost:1", "same-site"),
        ] {
            let headers =
                with(&[("host", "localhost:1"), ("origin", origin), ("sec-fetch-site", site)]);
            assert!(!same_site(&headers), "{origin} {site}");
        }
    }
}
