//! A stage on which providers are played: OpenID Connect, X, Facebook, WordPress.com as it was, with their odd ways.
//!
//! It checks what a provider checks (client, secret, exact redirect address, challenge, codes used once), so that a test that
//! passes here says something.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// As what the application is known on the stage.
pub(crate) const CLIENT: &str = "hedge:row";
pub(crate) const SECRET: &str = "s3 cret/+";

/// How the stage behaves.
#[derive(Debug, Clone)]
pub(crate) struct Play {
    /// What is said of the person, laid over what the provider usually says; a null takes a field away.
    pub(crate) person: Value,
    /// What is laid over the claims of the identity token.
    pub(crate) claims: Value,
    /// The status and content of an answer in place of the proper one, by the last part of its address.
    pub(crate) instead: HashMap<&'static str, (u16, String)>,
    /// How long every answer takes.
    pub(crate) slow: Duration,
    /// Whether tokens are signed with a key that nobody was told of.
    pub(crate) forged: bool,
    /// What is said in place of the issuer, when the browser is sent back.
    pub(crate) iss: Option<String>,
    /// Whether the person says no.
    pub(crate) refuses: bool,
}

impl Default for Play {
    fn default() -> Self {
        Self {
            person: json!({}),
            claims: json!({}),
            instead: HashMap::new(),
            slow: Duration::ZERO,
            forged: false,
            iss: None,
            refuses: false,
        }
    }
}

struct Inner {
    base: String,
    now: i64,
    play: Mutex<Play>,
    /// What belongs to each code.
    codes: Mutex<HashMap<String, HashMap<String, String>>>,
    /// The key of the provider, and its name.
    key: Mutex<(String, EcdsaKeyPair)>,
    /// Addresses that were asked for.
    asked: Mutex<Vec<String>>,
}

/// The stage.
#[derive(Clone)]
pub(crate) struct Stage(Arc<Inner>);

impl Stage {
    /// Opens it; the clock of its tokens stands at `now`.
    pub(crate) fn new(now: i64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let stage = Self(Arc::new(Inner {
            base,
            now,
            play: Mutex::default(),
            codes: Mutex::default(),
            key: Mutex::new(("one".to_owned(), key())),
            asked: Mutex::default(),
        }));
        let own = stage.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let own = own.clone();
                thread::spawn(move || own.serve(stream));
            }
        });
        stage
    }

    /// Settings of an application at `base` that signs in with all that is played here.
    pub(crate) fn settings(&self, base: &str) -> String {
        let here = &self.0.base;
        let mut text = format!("base = \"{base}\"\nguests = true\n");
        let mut add = |id: &str, kind: &str, name: &str, more: &str| {
            let _ = write!(
                text,
                "[[provider]]\nid = \"{id}\"\nkind = \"{kind}\"\nname = \"{name}\"\nclient_id = \"{CLIENT}\"\nclient_secret = \"{SECRET}\"\n{more}\n"
            );
        };
        add("uni", "oidc", "University", &format!("issuer = \"{here}/uni\""));
        for (id, kind, name) in [
            ("x", "x", "X"),
            ("facebook", "facebook", "Facebook"),
            ("wordpress", "wordpress-legacy", "WordPress.com"),
        ] {
            add(
                id,
                kind,
                name,
                &format!(
                    "authorize = \"{here}/{id}/authorize\"\ntoken = \"{here}/{id}/token\"\nme = \"{here}/{id}/me\""
                ),
            );
        }
        text
    }

    /// Plays differently from now on.
    pub(crate) fn play(&self, play: Play) {
        *self.0.play.lock().unwrap() = play;
    }

    /// Signs with another key from now on, of which it tells whoever asks.
    pub(crate) fn change_key(&self, name: &str) {
        *self.0.key.lock().unwrap() = (name.to_owned(), key());
    }

    /// How often an address with that ending was asked for.
    pub(crate) fn times(&self, ending: &str) -> usize {
        self.0.asked.lock().unwrap().iter().filter(|it| it.ends_with(ending)).count()
    }

    /// What a browser does that is sent to `url`: the person agrees, and is sent back. Where to.
    pub(crate) fn visit(&self, url: &str) -> String {
        let path = url.strip_prefix(&*self.0.base).expect("the browser is sent to the provider");
        let host = self.0.base.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let location = answer.lines().find_map(|it| it.strip_prefix("location: "));
        location.unwrap_or_else(|| panic!("the provider refused: {answer}")).trim().to_owned()
    }

    fn serve(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream);
        let mut first = String::new();
        if reader.read_line(&mut first).is_err() {
            return;
        }
        let (mut length, mut authorization) = (0, String::new());
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) <= 2 {
                break;
            }
            let (name, value) = line.split_once(':').unwrap_or_default();
            match name.to_lowercase().as_str() {
                "content-length" => length = value.trim().parse().unwrap_or(0),
                "authorization" => value.trim().clone_into(&mut authorization),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        let target = first.split_whitespace().nth(1).unwrap_or_default().to_owned();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        self.0.asked.lock().unwrap().push(path.to_owned());
        let play = self.0.play.lock().unwrap().clone();
        thread::sleep(play.slow);
        let last = path.rsplit('/').next().unwrap_or_default();
        let (status, more, content) = match play.instead.get(last) {
            Some((status, content)) => (*status, String::new(), content.clone()),
            None => self.answer(
                path,
                &fields(query),
                &fields(&String::from_utf8_lossy(&body)),
                &authorization,
                &play,
            ),
        };
        let mut stream = reader.into_inner();
        let _ = write!(
            stream,
            "HTTP/1.1 {status} Such\r\ncontent-length: {}\r\nconnection: close\r\n{more}\r\n{content}",
            content.len()
        );
    }

    fn answer(
        &self,
        path: &str,
        query: &HashMap<String, String>,
        form: &HashMap<String, String>,
        authorization: &str,
        play: &Play,
    ) -> (u16, String, String) {
        let base = &self.0.base;
        let mut parts = path.trim_start_matches('/').splitn(2, '/');
        let (who, what) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let issuer = format!("{base}/{who}");
        let data = |status: u16, value: Value| {
            (status, "content-type: application/json\r\n".to_owned(), value.to_string())
        };
        match what {
            ".well-known/openid-configuration" => data(
                200,
                json!({
                    "issuer": issuer,
                    "authorization_endpoint": format!("{issuer}/authorize"),
                    "token_endpoint": format!("{issuer}/token"),
                    "userinfo_endpoint": format!("{issuer}/me"),
                    "jwks_uri": format!("{issuer}/keys"),
                    "authorization_response_iss_parameter_supported": true,
                }),
            ),
            "keys" => {
                let key = self.0.key.lock().unwrap();
                data(
                    200,
                    json!({ "keys": [{ "kty": "RSA", "kid": "old", "n": "AQAB", "e": "AQAB" }, public(&key.0, &key.1)] }),
                )
            }
            "authorize" => {
                let code = self.give_code(query);
                let mut to = url::Url::parse(&query["redirect_uri"]).unwrap();
                if play.refuses {
                    to.query_pairs_mut().append_pair("error", "access_denied");
                } else {
                    to.query_pairs_mut().append_pair("code", &code);
                }
                to.query_pairs_mut().append_pair("state", &query["state"]);
                if who == "uni" {
                    to.query_pairs_mut().append_pair("iss", play.iss.as_deref().unwrap_or(&issuer));
                }
                (302, format!("location: {to}\r\n"), String::new())
            }
            "token" => match self.redeem(who, form, authorization) {
                Err(why) => {
                    data(400, json!({ "error": why, "error_description": "told to nobody" }))
                }
                Ok(asked) => {
                    let mut tokens = json!({ "access_token": "access", "token_type": "bearer", "expires_in": 7200 });
                    if who == "uni" {
                        tokens["id_token"] = json!(self.token(&issuer, &asked["nonce"], play));
                    }
                    data(200, tokens)
                }
            },
            "me" if authorization != "Bearer access" => {
                data(401, json!({ "title": "Unauthorized", "status": 401 }))
            }
            "me" => {
                let said = match who {
                    "x" => {
                        json!({ "data": over(json!({ "id": "2244994945", "name": "Ann on X", "username": "ann" }), &play.person) })
                    }
                    "facebook" => {
                        over(json!({ "id": "10158", "name": "Ann on Facebook" }), &play.person)
                    }
                    "wordpress" => over(
                        json!({ "ID": 17, "display_name": "Ann writes", "username": "ann", "email": "ann@example.org" }),
                        &play.person,
                    ),
                    _ => over(
                        json!({ "sub": "ann-7", "name": "Ann Lee", "email": "ann@example.org" }),
                        &play.person,
                    ),
                };
                data(200, said)
            }
            _ => data(404, json!({ "error": "not_found" })),
        }
    }

    fn give_code(&self, query: &HashMap<String, String>) -> String {
        assert_eq!(query["client_id"], CLIENT);
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["response_type"], "code");
        let mut codes = self.0.codes.lock().unwrap();
        let code = format!("code-{}", codes.len());
        codes.insert(code.clone(), query.clone());
        code
    }

    /// What was asked for when the code was given, once everything fits.
    fn redeem(
        &self,
        who: &str,
        form: &HashMap<String, String>,
        authorization: &str,
    ) -> Result<HashMap<String, String>, &'static str> {
        let text = |name: &str| form.get(name).map_or("", String::as_str);
        let packed = STANDARD.encode("hedge%3Arow:s3+cret%2F%2B");
        let in_header =
            authorization == format!("Basic {packed}") && !form.contains_key("client_secret");
        let in_form = text("client_id") == CLIENT
            && text("client_secret") == SECRET
            && authorization.is_empty();
        let known = if ["facebook", "wordpress"].contains(&who) { in_form } else { in_header };
        if !known {
            return Err("invalid_client");
        }
        let asked = self
            .0
            .codes
            .lock()
            .unwrap()
            .get_mut(text("code"))
            .map(std::mem::take)
            .unwrap_or_default();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(text("code_verifier")));
        let fits = asked.get("redirect_uri").is_some_and(|it| it == text("redirect_uri"))
            && asked.get("code_challenge") == Some(&challenge)
            && text("grant_type") == "authorization_code";
        if fits { Ok(asked) } else { Err("invalid_grant") }
    }

    fn token(&self, issuer: &str, nonce: &str, play: &Play) -> String {
        let now = self.0.now;
        let claims = json!({
            "iss": issuer, "sub": "ann-7", "aud": CLIENT, "exp": now + 600, "iat": now, "nonce": nonce, "email": "ann@example.org",
        });
        let key = self.0.key.lock().unwrap();
        let header = json!({ "alg": "ES256", "kid": key.0, "typ": "JWT" });
        let claims = over(claims, &play.claims);
        if play.forged {
            signed(&self::key(), &header, &claims)
        } else {
            signed(&key.1, &header, &claims)
        }
    }
}

/// A key of the provider.
pub(crate) fn key() -> EcdsaKeyPair {
    let chance = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &chance).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &chance).unwrap()
}

/// The public half, as a JWK.
pub(crate) fn public(name: &str, key: &EcdsaKeyPair) -> Value {
    let point = key.public_key().as_ref();
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    json!({ "kty": "EC", "crv": "P-256", "use": "sig", "kid": name, "x": part(&point[1..33]), "y": part(&point[33..]) })
}

/// A token.
pub(crate) fn signed(key: &EcdsaKeyPair, header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = key.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Lays fields over others; a null takes one away.
pub(crate) fn over(mut value: Value, more: &Value) -> Value {
    for (name, field) in more.as_object().unwrap() {
        if field.is_null() {
            value.as_object_mut().unwrap().remove(name);
        } else {
            value[name] = field.clone();
        }
    }
    value
}

fn fields(text: &str) -> HashMap<String, String> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}
