//! The code is exchanged for tokens.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::form_urlencoded::{Serializer, byte_serialize};

use super::attempt::Attempt;
use super::discovery::Endpoints;
use super::fault::Fault;
use super::http::{Http, Method, Request};
use super::provider::{Kind, Provider};

/// What the provider gave. Forgotten when the sign-in is over.
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) id: Option<String>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(…)")
    }
}

/// Exchanges `code`.
pub(super) fn exchange(
    http: &impl Http,
    provider: &Provider,
    endpoints: &Endpoints,
    code: &str,
    redirect: &str,
    attempt: &Attempt,
) -> Result<Tokens, Fault> {
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("redirect_uri", redirect)
        .append_pair("code_verifier", &attempt.verifier);
    let mut authorization = None;
    match &provider.client_secret {
        Some(secret) if in_header(provider, endpoints) => {
            authorization = Some(basic(&provider.client_id, secret));
        }
        Some(secret) => {
            form.append_pair("client_id", &provider.client_id).append_pair("client_secret", secret);
        }
        None => {
            form.append_pair("client_id", &provider.client_id);
        }
    }
    let request = Request {
        method: Method::Post,
        url: endpoints.token.clone(),
        authorization,
        body: form.finish(),
    };
    let answer = ask(http, provider, &request)?;
    let text = |name: &str| answer[name].as_str().filter(|it| !it.is_empty()).map(str::to_owned);
    let kind = answer["token_type"].as_str().unwrap_or("bearer");
    match text("access_token") {
        Some(access) if kind.eq_ignore_ascii_case("bearer") => {
            Ok(Tokens { access, id: text("id_token") })
        }
        _ => Err(odd(provider, "there is no token in it")),
    }
}

/// Whether the secret goes into the header: the default of OpenID Connect, and what X wants.
fn in_header(provider: &Provider, endpoints: &Endpoints) -> bool {
    match provider.kind {
        Kind::X => true,
        Kind::Facebook | Kind::WordpressLegacy => false,
        _ => endpoints.secret_in_header,
    }
}

/// Name and secret, escaped as RFC 6749 section 2.3.1 wants it.
fn basic(name: &str, secret: &str) -> String {
    let escaped = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", escaped(name), escaped(secret))))
}

/// Asks a provider and reads its answer as JSON, whatever it is.
pub(super) fn ask(
    http: &impl Http,
    provider: &Provider,
    request: &Request,
) -> Result<Value, Fault> {
    let passing = |reason: String| Fault::Passing { provider: provider.name.clone(), reason };
    let answer = http.send(request).map_err(|failure| passing(failure.0))?;
    match answer.status {
        200 => {}
        429 => return Err(passing("it is asked too often".to_owned())),
        500.. => return Err(passing(format!("status {}", answer.status))),
        status => return Err(odd(provider, &format!("status {status}{}", said(&answer.body)))),
    }
    let value: Value = serde_json::from_slice(&answer.body)
        .map_err(|_| odd(provider, "it is a page and no data"))?;
    // Some say with status 200 that something is wrong.
    if !value["error"].is_null() {
        return Err(odd(provider, said(&answer.body).trim_start_matches(", ")));
    }
    Ok(value)
}

/// The code of an error, as OAuth 2.0 and as Facebook have it; of the rest of the answer nothing is shown to anybody.
fn said(body: &[u8]) -> String {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let error = &value["error"];
    let code =
        error.as_str().or_else(|| error["type"].as_str()).or_else(|| value["title"].as_str());
    let code: String = code
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "_- ".contains(*c))
        .take(40)
        .collect();
    if code.is_empty() { String::new() } else { format!(", error {code}") }
}

pub(super) fn odd(provider: &Provider, reason: &str) -> Fault {
    Fault::Provider { provider: provider.name.clone(), reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_secrets_are_escaped_before_they_are_packed() {
        assert_eq!(basic("a:b", "c d"), format!("Basic {}", STANDARD.encode("a%3Ab:c+d")));
    }

    #[test]
    fn of_an_error_only_its_code_is_told() {
        assert_eq!(
            said(br#"{"error":"invalid_grant","error_description":"secret abc"}"#),
            ", error invalid_grant"
        );
        assert_eq!(
            said(br#"{"error":{"message":"x","type":"OAuthException","code":190}}"#),
            ", error OAuthException"
        );
        assert_eq!(said(br#"{"title":"Unauthorized","status":401}"#), ", error Unauthorized");
        assert_eq!(said(b"<html>"), "");
    }
}
