//! Whom the provider saw, in each provider's way of saying it.

use serde_json::Value;

use super::discovery::Endpoints;
use super::exchange::{Tokens, ask, odd};
use super::fault::Fault;
use super::http::{Http, Method, Request};
use super::provider::{Kind, Provider};
use crate::Identity;

/// The longest id of a person, in bytes (OpenID Connect Core 1.0, section 2).
const MAX_SUBJECT: usize = 255;

/// By the claims of an identity token; where there is no name in it, the provider is asked.
pub(super) fn of_claims(
    http: &impl Http,
    provider: &Provider,
    endpoints: &Endpoints,
    tokens: &Tokens,
    claims: &Value,
) -> Result<Identity, Fault> {
    let subject =
        subject(&claims["sub"]).ok_or_else(|| odd(provider, "it does not say who that is"))?;
    let mut name = name_in(claims);
    if name.is_none() && endpoints.me.is_some() {
        // A name is a courtesy: without one nobody is turned away. But it must be the same person's.
        if let Ok(said) = me(http, provider, endpoints, tokens) {
            if said["sub"].as_str() != Some(&*subject) {
                return Err(odd(provider, "it speaks of two persons"));
            }
            name = name_in(&said);
        }
    }
    Ok(Identity { issuer: provider.issuer.clone(), subject, name })
}

/// By asking the provider, which has no identity token.
pub(super) fn asked(
    http: &impl Http,
    provider: &Provider,
    endpoints: &Endpoints,
    tokens: &Tokens,
) -> Result<Identity, Fault> {
    let said = me(http, provider, endpoints, tokens)?;
    let (id, names): (&Value, &[&str]) = match provider.kind {
        Kind::X => (&said["data"]["id"], &["name", "username"]),
        Kind::WordpressLegacy => (&said["ID"], &["display_name", "username"]),
        _ => (&said["id"], &["name"]),
    };
    let person = if provider.kind == Kind::X { &said["data"] } else { &said };
    let subject = subject(id).ok_or_else(|| odd(provider, "it does not say who that is"))?;
    let name = names.iter().find_map(|it| person[*it].as_str().filter(|it| !it.trim().is_empty()));
    Ok(Identity { issuer: provider.issuer.clone(), subject, name: name.map(str::to_owned) })
}

fn me(
    http: &impl Http,
    provider: &Provider,
    endpoints: &Endpoints,
    tokens: &Tokens,
) -> Result<Value, Fault> {
    let url = endpoints.me.clone().unwrap_or_default();
    let authorization = Some(format!("Bearer {}", tokens.access));
    ask(http, provider, &Request { method: Method::Get, url, authorization, body: String::new() })
}

fn name_in(claims: &Value) -> Option<String> {
    let names = ["name", "nickname", "preferred_username"];
    let name = names.iter().find_map(|it| claims[*it].as_str().filter(|it| !it.trim().is_empty()));
    name.map(str::to_owned)
}

/// The id of a person: a word or a whole number; never an address of mail, which may change hands.
fn subject(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_u64() => number.to_string(),
        _ => return None,
    };
    // Zero is what some say of nobody.
    let fits = !text.is_empty()
        && text != "0"
        && text.len() <= MAX_SUBJECT
        && text.bytes().all(|it| it.is_ascii_graphic());
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_person_is_a_word_or_a_whole_number() {
        assert_eq!(subject(&json!("abc")), Some("abc".to_owned()));
        assert_eq!(subject(&json!(17)), Some("17".to_owned()));
        for bad in [
            json!(null),
            json!(""),
            json!(0),
            json!("0"),
            json!(1.5),
            json!(-1),
            json!(["a"]),
            json!("a b"),
            json!("x".repeat(256)),
        ] {
            assert_eq!(subject(&bad), None, "{bad}");
        }
    }
}
