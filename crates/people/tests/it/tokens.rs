//! Identity tokens that must not be believed.

use std::path::Path;
use std::time::Duration;

use hedgerow_people::Settings;
use hedgerow_people::sign_in::{Answer, Failure, Fault, Http, Request, Response, SignIn};
use serde_json::{Value, json};

use crate::NOON;
use crate::stage::{CLIENT, key, over, public, signed};

/// A provider that gives the token that it was told to.
struct Canned {
    keys: Value,
    token: Box<dyn Fn(&str) -> String + Send + Sync>,
    nonce: std::sync::Mutex<String>,
}

const ISSUER: &str = "https://accounts.google.com";

impl Http for &Canned {
    fn send(&self, request: &Request) -> Result<Response, Failure> {
        let value = match request.url.rsplit('/').next() {
            Some("openid-configuration") => json!({
                "issuer": ISSUER, "authorization_endpoint": "https://accounts.google.com/o",
                "token_endpoint": "https://accounts.google.com/token", "jwks_uri": "https://accounts.google.com/keys",
            }),
            Some("keys") => json!({ "keys": self.keys }),
            _ => {
                json!({ "access_token": "a", "token_type": "Bearer", "id_token": (self.token)(&self.nonce.lock().unwrap()) })
            }
        };
        Ok(Response { status: 200, body: value.to_string().into_bytes() })
    }
}

fn finish(
    keys: Value,
    token: impl Fn(&str) -> String + Send + Sync + 'static,
) -> Result<String, Fault> {
    let canned = Canned { keys, token: Box::new(token), nonce: std::sync::Mutex::default() };
    let text = format!(
        "base = \"https://desk.example\"\n[[provider]]\nid = \"google\"\nkind = \"google\"\nclient_id = \"{CLIENT}\"\n"
    );
    let settings = Settings::parse(&text, Path::new("."), |_| None).unwrap();
    let application = SignIn::new(&settings, &canned);
    let (attempt, _) = application.begin("google", "/", NOON).unwrap();
    attempt.nonce.clone_into(&mut canned.nonce.lock().unwrap());
    let answer = Answer {
        code: Some("c".to_owned()),
        state: Some(attempt.state.clone()),
        ..Answer::default()
    };
    application.finish(&attempt, &answer, NOON).map(|who| format!("{} {}", who.issuer, who.subject))
}

fn claims(nonce: &str) -> Value {
    json!({ "iss": ISSUER, "sub": "7", "aud": CLIENT, "exp": NOON + 60, "iat": NOON, "nonce": nonce, "name": "Ann" })
}

#[test]
fn only_a_token_for_us_of_now_for_this_sign_in_is_believed() {
    let with = |more: Value| {
        let key = key();
        let keys = json!([public("k", &key)]);
        finish(keys, move |nonce| {
            signed(&key, &json!({ "alg": "ES256", "kid": "k" }), &over(claims(nonce), &more))
        })
    };
    let fine = Ok(format!("{ISSUER} 7"));
    for more in [
        json!({}),
        json!({ "iss": "accounts.google.com" }),
        json!({ "aud": [CLIENT] }),
        json!({ "aud": [CLIENT, "other"], "azp": CLIENT }),
        json!({ "exp": NOON - 60 }),
        json!({ "nbf": NOON + 60 }),
    ] {
        assert_eq!(with(more.clone()), fine, "{more}");
    }
    for more in [
        json!({ "iss": "https://evil.example" }),
        json!({ "iss": null }),
        json!({ "aud": "other" }),
        json!({ "aud": ["other"] }),
        json!({ "aud": null }),
        json!({ "aud": [CLIENT, "other"] }),
        json!({ "azp": "other" }),
        json!({ "exp": NOON - 121 }),
        json!({ "exp": null }),
        json!({ "exp": (NOON + 60).to_string() }),
        json!({ "iat": NOON + 121 }),
        json!({ "iat": NOON - 3_600 }),
        json!({ "iat": null }),
        json!({ "nbf": NOON + 121 }),
        json!({ "nbf": "now" }),
        json!({ "nonce": "other" }),
        json!({ "nonce": null }),
        json!({ "sub": null }),
        json!({ "sub": "" }),
    ] {
        assert!(matches!(with(more.clone()), Err(Fault::Provider { .. })), "{more}");
    }
}

#[test]
fn only_the_provider_s_own_signature_is_believed() {
    let (own, other) = (key(), key());
    let keys = json!([public("k", &own)]);
    let es256 = json!({ "alg": "ES256", "kid": "k" });
    let header = es256.clone();
    let forged = finish(keys.clone(), move |nonce| signed(&other, &header, &claims(nonce)));
    assert!(matches!(forged, Err(Fault::Provider { .. })));
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256", "kid": "k" }),
        json!({ "alg": "RS256", "kid": "k" }),
        json!({ "alg": "ES384", "kid": "k" }),
        json!({ "kid": "k" }),
        json!({ "alg": "ES256", "kid": "unknown" }),
        json!({ "alg": "ES256", "kid": "k", "crit": ["b64"] }),
    ] {
        let key = key();
        let keys = json!([public("k", &key)]);
        let own = header.clone();
        let done = finish(keys, move |nonce| signed(&key, &own, &claims(nonce)));
        assert!(matches!(done, Err(Fault::Provider { .. })), "{header}");
    }
    for cut in ["", "a", "a.b", "a.b.c", "..", "e30.e30."] {
        assert!(finish(keys.clone(), move |_| cut.to_owned()).is_err(), "{cut}");
    }
    // The signature of one token under the claims of another.
    let swapped = finish(keys.clone(), move |nonce| {
        let token = signed(&own, &es256, &claims("x"));
        let other = signed(&own, &es256, &claims(nonce));
        let signature = token.rsplit_once('.').unwrap().1;
        format!("{}.{signature}", other.rsplit_once('.').unwrap().0)
    });
    assert!(swapped.is_err());
    let encrypting = key();
    let mut jwk = public("k", &encrypting);
    jwk["use"] = json!("enc");
    let done = finish(json!([jwk]), move |nonce| {
        signed(&encrypting, &json!({ "alg": "ES256" }), &claims(nonce))
    });
    assert!(done.is_err(), "a key that is not for signing");
}

#[test]
fn waiting_is_bounded() {
    // A web that is not there: nothing listens on port 9 of this machine.
    let text = "base = \"https://desk.example\"\n[[provider]]\nid = \"a\"\nkind = \"oidc\"\nname = \"A\"\nissuer = \"http://127.0.0.1:9\"\nclient_id = \"c\"\n";
    let settings = Settings::parse(text, Path::new("."), |_| None).unwrap();
    let application =
        SignIn::new(&settings, hedgerow_people::sign_in::Web::new(Duration::from_secs(1)));
    assert!(matches!(application.begin("a", "/", NOON), Err(Fault::Passing { .. })));
}
