//! Signing in with each kind of provider, and all the ways in which it must not succeed.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use hedgerow_people::sign_in::{Answer, Attempt, Fault, SignIn, Web};
use hedgerow_people::{Identity, Settings};
use serde_json::json;

use crate::NOON;
use crate::stage::{Play, Stage};

const BASE: &str = "http://127.0.0.1:9";

fn application(stage: &Stage) -> SignIn<Web> {
    let settings = Settings::parse(&stage.settings(BASE), Path::new("."), |_| None).unwrap();
    SignIn::new(&settings, Web::new(Duration::from_millis(700)))
}

/// Goes to the provider and back.
fn there_and_back(stage: &Stage, application: &SignIn<Web>, provider: &str) -> (Attempt, Answer) {
    let (attempt, url) = application.begin(provider, "/facts/a", NOON).unwrap();
    let back = stage.visit(&url);
    let callback = format!("{BASE}/callback/{provider}?");
    let query = back.strip_prefix(&callback).unwrap_or_else(|| panic!("{back}")).to_owned();
    (attempt, Answer::of_query(&query))
}

fn signed_in(stage: &Stage, provider: &str) -> Result<Identity, Fault> {
    let application = application(stage);
    let (attempt, answer) = there_and_back(stage, &application, provider);
    application.finish(&attempt, &answer, NOON)
}

#[test]
fn each_provider_says_in_its_way_who_somebody_is() {
    let stage = Stage::new(NOON);
    for (provider, issuer, subject, name) in [
        ("x", "https://x.com", "2244994945", "Ann on X"),
        ("facebook", "https://www.facebook.com", "10158", "Ann on Facebook"),
        ("wordpress", "https://public-api.wordpress.com", "17", "Ann writes"),
    ] {
        let who = signed_in(&stage, provider).unwrap();
        assert_eq!(
            (&*who.issuer, &*who.subject, who.name.as_deref()),
            (issuer, subject, Some(name))
        );
    }
    let who = signed_in(&stage, "uni").unwrap();
    assert!(who.issuer.ends_with("/uni"), "{who:?}");
    assert_eq!((&*who.subject, who.name.as_deref()), ("ann-7", Some("Ann Lee")));
}

#[test]
fn who_has_no_name_is_not_turned_away() {
    let stage = Stage::new(NOON);
    let nameless = json!({ "name": null, "display_name": null, "email": null, "username": null });
    stage.play(Play { person: nameless, ..Play::default() });
    for provider in ["x", "facebook", "wordpress", "uni"] {
        assert_eq!(signed_in(&stage, provider).unwrap().name, None, "{provider}");
    }
    let broken = HashMap::from([("me", (500, "<html>oops</html>".to_owned()))]);
    stage.play(Play { instead: broken, ..Play::default() });
    assert_eq!(signed_in(&stage, "uni").unwrap().subject, "ann-7", "the token has said it");
}

#[test]
fn who_is_nobody_is_not_signed_in() {
    let stage = Stage::new(NOON);
    for id in [json!(null), json!(""), json!(0), json!({ "a": 1 })] {
        stage.play(Play { person: json!({ "id": id, "ID": id }), ..Play::default() });
        for provider in ["x", "facebook", "wordpress"] {
            assert!(
                matches!(signed_in(&stage, provider), Err(Fault::Provider { .. })),
                "{provider} {id}"
            );
        }
    }
    stage.play(Play { person: json!({ "sub": "somebody-else" }), ..Play::default() });
    let error = signed_in(&stage, "uni").unwrap_err();
    assert!(error.to_string().contains("two persons"), "{error}");
}

#[test]
fn odd_answers_are_said_to_be_odd_and_busy_ones_to_pass() {
    let stage = Stage::new(NOON);
    let facebook = json!({ "error": { "message": "Error validating code of Ann", "type": "OAuthException", "code": 100 } });
    for (place, status, content, passes, said) in [
        ("token", 200, "<!doctype html><title>Log in</title>".to_owned(), false, "page"),
        ("token", 400, facebook.to_string(), false, "OAuthException"),
        ("token", 200, facebook.to_string(), false, "OAuthException"),
        ("token", 200, "{}".to_owned(), false, "no token"),
        (
            "token",
            200,
            json!({ "access_token": "a", "token_type": "mac" }).to_string(),
            false,
            "no token",
        ),
        ("token", 302, String::new(), false, "302"),
        ("token", 429, "{\"title\":\"Too Many Requests\"}".to_owned(), true, "too often"),
        ("token", 503, "<html>".to_owned(), true, "503"),
        ("me", 429, String::new(), true, "too often"),
        (
            "me",
            403,
            json!({ "title": "Forbidden", "detail": "told to nobody" }).to_string(),
            false,
            "Forbidden",
        ),
        ("me", 200, "x".repeat(600 << 10), true, "too long"),
    ] {
        stage
            .play(Play { instead: HashMap::from([(place, (status, content))]), ..Play::default() });
        for provider in ["x", "facebook", "wordpress"] {
            let error = signed_in(&stage, provider).unwrap_err();
            assert_eq!(
                matches!(error, Fault::Passing { .. }),
                passes,
                "{provider} {place} {status}: {error}"
            );
            assert!(error.to_string().contains(said), "{provider} {place} {status}: {error}");
            assert!(
                !error.to_string().contains("Ann") && !error.to_string().contains("nobody)"),
                "{error}"
            );
        }
    }
}

#[test]
fn a_slow_provider_keeps_nobody_waiting_for_ever() {
    let stage = Stage::new(NOON);
    let application = application(&stage);
    let (attempt, answer) = there_and_back(&stage, &application, "facebook");
    stage.play(Play { slow: Duration::from_secs(3), ..Play::default() });
    let error = application.finish(&attempt, &answer, NOON).unwrap_err();
    assert!(
        matches!(error, Fault::Passing { .. }) && error.to_string().contains("in time"),
        "{error}"
    );
}

#[test]
fn an_answer_that_was_not_begun_here_signs_nobody_in() {
    let stage = Stage::new(NOON);
    let application = application(&stage);
    for provider in ["uni", "x"] {
        // Somebody else's code, brought to this browser: login CSRF.
        let (_, foreign) = there_and_back(&stage, &application, provider);
        let (attempt, own) = there_and_back(&stage, &application, provider);
        assert_eq!(
            application.finish(&attempt, &foreign, NOON),
            Err(Fault::NotBegun),
            "{provider}"
        );
        // The right state with somebody else's code: the challenge is another's.
        let mixed = Answer { code: foreign.code.clone(), ..own.clone() };
        assert!(
            matches!(application.finish(&attempt, &mixed, NOON), Err(Fault::Provider { .. })),
            "{provider}"
        );
        for broken in [
            Answer { state: None, ..own.clone() },
            Answer { state: Some(String::new()), ..own.clone() },
            Answer { code: None, ..own.clone() },
        ] {
            assert_eq!(
                application.finish(&attempt, &broken, NOON),
                Err(Fault::NotBegun),
                "{provider}"
            );
        }
        assert!(application.finish(&attempt, &own, NOON).is_ok(), "{provider}");
        // A code is good once.
        let again = application.finish(&attempt, &own, NOON).unwrap_err();
        assert!(again.to_string().contains("invalid_grant"), "{again}");
    }
}

#[test]
fn another_provider_cannot_answer() {
    let stage = Stage::new(NOON);
    let application = application(&stage);
    let (attempt, answer) = there_and_back(&stage, &application, "uni");
    for iss in [None, Some("https://evil.example".to_owned()), Some(String::new())] {
        let other = Answer { iss, ..answer.clone() };
        assert!(matches!(application.finish(&attempt, &other, NOON), Err(Fault::WrongIssuer(_))));
    }
    // Nor can what was begun with one be ended with another: each has its own address to come back to.
    let (x, came) = there_and_back(&stage, &application, "x");
    let crossed = Attempt { provider: "facebook".to_owned(), ..x };
    let error = application.finish(&crossed, &came, NOON).unwrap_err();
    assert!(error.to_string().contains("invalid_grant"), "{error}");
    let gone = Attempt { provider: "gone".to_owned(), ..attempt };
    assert_eq!(application.finish(&gone, &answer, NOON), Err(Fault::Unknown));
}

#[test]
fn who_says_no_is_told_so() {
    let stage = Stage::new(NOON);
    stage.play(Play { refuses: true, ..Play::default() });
    for provider in ["uni", "x", "facebook", "wordpress"] {
        assert_eq!(signed_in(&stage, provider), Err(Fault::Denied), "{provider}");
    }
}

#[test]
fn discovery_is_believed_for_an_hour_and_checked() {
    let stage = Stage::new(NOON);
    let application = application(&stage);
    for _ in 0..3 {
        there_and_back(&stage, &application, "uni");
    }
    assert_eq!(stage.times("openid-configuration"), 1);
    application.begin("uni", "/", NOON + 3_601).unwrap();
    assert_eq!(stage.times("openid-configuration"), 2);
    let told = |value: serde_json::Value| {
        HashMap::from([("openid-configuration", (200, value.to_string()))])
    };
    for value in [
        json!({ "issuer": "https://evil.example" }),
        json!({ "issuer": stage.settings(BASE).lines().find_map(|it| it.strip_prefix("issuer = \"")).unwrap().trim_end_matches('"'),
                "authorization_endpoint": "http://evil.example/a", "token_endpoint": "https://x/t", "jwks_uri": "https://x/k" }),
    ] {
        stage.play(Play { instead: told(value.clone()), ..Play::default() });
        let fresh = self::application(&stage);
        assert!(matches!(fresh.begin("uni", "/", NOON), Err(Fault::Provider { .. })), "{value}");
    }
}

#[test]
fn keys_may_change() {
    let stage = Stage::new(NOON);
    let application = application(&stage);
    let (attempt, answer) = there_and_back(&stage, &application, "uni");
    application.finish(&attempt, &answer, NOON).unwrap();
    stage.change_key("two");
    let (attempt, answer) = there_and_back(&stage, &application, "uni");
    application.finish(&attempt, &answer, NOON + 61).unwrap();
    assert_eq!(stage.times("keys"), 2);
    // Tokens that nobody signed do not make us ask all the time.
    stage.play(Play { forged: true, ..Play::default() });
    for _ in 0..5 {
        let (attempt, answer) = there_and_back(&stage, &application, "uni");
        assert!(application.finish(&attempt, &answer, NOON + 62).is_err());
    }
    assert_eq!(stage.times("keys"), 2);
}

#[test]
fn the_page_to_go_back_to_is_one_of_ours() {
    let stage = Stage::new(NOON);
    let application = application(&stage);
    for (to, back) in
        [("/facts/a?x=1", "/facts/a?x=1"), ("https://evil.example/", "/"), ("//evil.example", "/")]
    {
        assert_eq!(application.begin("x", to, NOON).unwrap().0.back, back);
    }
}
