//! Signing in with a real OpenID provider: `cargo xtask test --full` starts one and says where it is.

use std::collections::HashMap;
use std::env;
use std::path::Path;

use hedgerow_people::Settings;
use hedgerow_people::sign_in::{Answer, Fault, SignIn, Web};
use ureq::Agent;

/// The secret that `xtask/provider/provider.mjs` knows.
const SETTINGS: &str = "base = \"http://127.0.0.1:9\"\n[[provider]]\nid = \"op\"\nkind = \"oidc\"\nname = \"The provider\"\n\
                        client_id = \"hedgerow\"\nclient_secret = \"a secret of the tests\"\n";

const BACK: &str = "http://127.0.0.1:9/callback/op?";

/// Follows the browser's way through the provider, cookies and all, until it is sent back to us.
fn visit(url: &str) -> Answer {
    // A kept connection may be one that the provider has just closed.
    let config = Agent::config_builder()
        .max_idle_connections(0)
        .max_redirects(0)
        .max_redirects_will_error(false);
    let agent: Agent = config.http_status_as_error(false).build().into();
    let mut cookies: HashMap<String, String> = HashMap::new();
    let mut at = url::Url::parse(url).unwrap();
    for _ in 0..10 {
        let cookie: Vec<String> =
            cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut answer = agent.get(at.as_str()).header("cookie", cookie.join("; ")).call().unwrap();
        for line in answer.headers().get_all("set-cookie") {
            let (name, value) =
                line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            cookies.insert(name.to_owned(), value.to_owned());
        }
        let Some(to) = answer.headers().get("location").map(|it| it.to_str().unwrap().to_owned())
        else {
            panic!("{} at {at}: {}", answer.status(), answer.body_mut().read_to_string().unwrap());
        };
        if let Some(query) = to.strip_prefix(BACK) {
            return Answer::of_query(query);
        }
        at = at.join(&to).unwrap();
    }
    panic!("the provider sends in circles: {at}");
}

#[test]
#[allow(clippy::print_stderr, reason = "what is skipped is seen")]
fn a_real_provider_says_who_somebody_is() {
    let Ok(issuer) = env::var("HEDGEROW_OIDC") else {
        eprintln!("SKIPPED: a real OpenID provider: run with --full");
        return;
    };
    // A clock of its own: this provider has the real time.
    let now = jiff::Timestamp::now().as_second();
    let text = format!("{SETTINGS}issuer = \"{issuer}\"\n");
    let settings = Settings::parse(&text, Path::new("."), |_| None).unwrap();
    let application = SignIn::new(&settings, Web::default());
    let (attempt, url) = application.begin("op", "/", now).unwrap();
    let answer = visit(&url);
    assert_eq!(answer.iss.as_deref(), Some(&*issuer), "it says who it is");
    let who = application.finish(&attempt, &answer, now).unwrap();
    assert_eq!((&*who.issuer, &*who.subject), (&*issuer, "ann-7"));
    assert_eq!(who.name.as_deref(), Some("Ann of the University"));
    // A code is good once, and only with what the challenge was made of.
    let again = application.finish(&attempt, &answer, now).unwrap_err();
    assert!(again.to_string().contains("invalid_grant"), "{again}");
    let (mut attempt, url) = application.begin("op", "/", now).unwrap();
    let answer = visit(&url);
    attempt.verifier = attempt.nonce.clone();
    assert!(application.finish(&attempt, &answer, now).is_err());
    // A token for another sign-in is none for this.
    let (mut attempt, url) = application.begin("op", "/", now).unwrap();
    let answer = visit(&url);
    attempt.nonce = attempt.state.clone();
    let error = application.finish(&attempt, &answer, now).unwrap_err();
    assert!(
        matches!(&error, Fault::Provider { reason, .. } if reason.contains("another sign-in")),
        "{error}"
    );
    // Its clock and ours may be two minutes apart and no more.
    let (attempt, url) = application.begin("op", "/", now).unwrap();
    let answer = visit(&url);
    assert!(application.finish(&attempt, &answer, now - 600).is_err());
}
