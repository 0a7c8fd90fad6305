//! What providers of OpenID Connect say of themselves: where their doors are, and with which keys they sign.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use url::Url;

use super::exchange::{ask, odd};
use super::fault::Fault;
use super::http::{Http, Method, Request};
use super::provider::Provider;
use crate::settings::is_safe;

/// How long it is believed (an hour, in seconds).
const BELIEVED: i64 = 3_600;

/// How often keys are asked for again because a token names one that is not known (seconds).
const AGAIN: i64 = 60;

/// Where a provider has its doors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoints {
    pub(super) authorize: String,
    pub(super) token: String,
    pub(super) me: Option<String>,
    pub(super) keys: Option<String>,
    /// Whether it says in each answer who it is (RFC 9207).
    pub(super) says_issuer: bool,
    /// Whether it takes the secret in the header.
    pub(super) secret_in_header: bool,
}

/// Public keys (a JWK set), and when they were had.
pub(super) type Keys = Arc<Vec<Value>>;

/// What was asked before.
#[derive(Debug, Default)]
pub(super) struct Known {
    endpoints: Mutex<BTreeMap<String, (i64, Endpoints)>>,
    keys: Mutex<BTreeMap<String, (i64, Keys)>>,
}

impl Known {
    /// Where the provider has its doors.
    pub(super) fn endpoints(
        &self,
        http: &impl Http,
        provider: &Provider,
        now: i64,
    ) -> Result<Endpoints, Fault> {
        if !provider.kind.is_oidc() {
            return Ok(Endpoints {
                authorize: provider.authorize.clone(),
                token: provider.token.clone(),
                me: Some(provider.me.clone()),
                keys: None,
                says_issuer: false,
                secret_in_header: false,
            });
        }
        if let Some((at, known)) = held(&self.endpoints).get(&provider.id)
            && now - at < BELIEVED
        {
            return Ok(known.clone());
        }
        // Not held while the provider is asked: a slow one keeps nobody waiting for another.
        let url =
            format!("{}/.well-known/openid-configuration", provider.issuer.trim_end_matches('/'));
        let asked = described(provider, &ask(http, provider, &get(url))?)?;
        held(&self.endpoints).insert(provider.id.clone(), (now, asked.clone()));
        Ok(asked)
    }

    /// The keys with which the provider signs. `fresh` asks again, but not all the time.
    pub(super) fn keys(
        &self,
        http: &impl Http,
        provider: &Provider,
        endpoints: &Endpoints,
        fresh: bool,
        now: i64,
    ) -> Result<Keys, Fault> {
        let patience = if fresh { AGAIN } else { BELIEVED };
        if let Some((at, known)) = held(&self.keys).get(&provider.id)
            && now - at < patience
        {
            return Ok(known.clone());
        }
        let url = endpoints.keys.clone().ok_or_else(|| odd(provider, "it names no keys"))?;
        let answer = ask(http, provider, &get(url))?;
        let keys = answer["keys"]
            .as_array()
            .cloned()
            .ok_or_else(|| odd(provider, "there are no keys in it"))?;
        let keys = Arc::new(keys);
        held(&self.keys).insert(provider.id.clone(), (now, keys.clone()));
        Ok(keys)
    }
}

fn get(url: String) -> Request {
    Request { method: Method::Get, url, authorization: None, body: String::new() }
}

fn described(provider: &Provider, answer: &Value) -> Result<Endpoints, Fault> {
    // OpenID Connect Discovery 1.0, section 4.3: exactly the issuer that was asked.
    if answer["issuer"].as_str() != Some(&*provider.issuer) {
        return Err(odd(
            provider,
            "it names another issuer than the settings; write it exactly as the provider does",
        ));
    }
    let given = |name: &str| {
        answer[name]
            .as_str()
            .filter(|it| Url::parse(it).is_ok_and(|url| is_safe(&url)))
            .map(str::to_owned)
    };
    let need = |name: &str| {
        given(name)
            .ok_or_else(|| odd(provider, &format!("{name} is missing or is no https address")))
    };
    let methods = answer["token_endpoint_auth_methods_supported"].as_array();
    let takes = |method: &str| methods.is_some_and(|all| all.iter().any(|it| it == method));
    Ok(Endpoints {
        authorize: need("authorization_endpoint")?,
        token: need("token_endpoint")?,
        me: given("userinfo_endpoint"),
        keys: Some(need("jwks_uri")?),
        says_issuer: answer["authorization_response_iss_parameter_supported"] == true,
        secret_in_header: takes("client_secret_basic") || !takes("client_secret_post"),
    })
}

/// What a lock guards. Nothing is left half done under one, so a panic elsewhere spoils nothing.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
