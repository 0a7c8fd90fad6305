//! What claims say beside who did what to whom: purposes, domains, links, whether a tie holds, and what is said of one alone.

use hedgerow_codebook::claim::{Claim, Kind, Relation};
use hedgerow_codebook::{ClaimLine, Codebook};
use hedgerow_coder::Coder;
use hedgerow_parse::Model;
use hedgerow_text::{Document, Meta, Published};

/// The claims of a text published on 20 September 2015.
fn code(text: &str) -> Vec<Claim> {
    let codebook = Codebook::embedded().expect("the codebook has no mistakes");
    let model = Model::english().expect("the model is whole");
    let when: Published = "2015-09-20".parse().expect("a date");
    let document = Document::new("d", text, Meta::default().published(when));
    Coder::new(&codebook, &model).code(&document).claims
}

/// The one claim of a text.
fn one(text: &str) -> Claim {
    let mut claims = code(text);
    assert_eq!(claims.len(), 1, "{text}: {:?}", lines(&claims));
    claims.remove(0)
}

fn lines(claims: &[Claim]) -> Vec<String> {
    claims.iter().map(|claim| ClaimLine::from(claim).to_string()).collect()
}

#[test]
fn what_acts_are_about() {
    for (text, contexts) in [
        ("Kenya's defence minister visited Ghana.", &["military", "diplomatic"][..]),
        ("Peru bought 12 jets from Spain for $90 million.", &["military"]),
        ("Norway gave Malawi $8 million for hospitals.", &["health"]),
        ("China accused the United States of starting a trade war.", &["economic"]),
        ("Kenya and Uganda signed a cultural agreement.", &[]),
    ] {
        assert_eq!(one(text).contexts, contexts, "{text}");
    }
    // What the money is for may be told in a sentence of its own.
    let claim = one("Australia gave Fiji $5 million. The aid focuses on health and roads.");
    assert_eq!(claim.contexts, ["health"]);
    // The words of another clause are not those of the claim.
    let claims = code("Ghana's president, whose army is small, thanked Kenya for the rice.");
    assert!(claims.iter().all(|claim| claim.contexts.is_empty()), "{claims:?}");
}

#[test]
fn how_cooperative_an_event_is() {
    for (text, intensity) in [
        ("Kenya's president visited Ghana.", Some(4.0)),
        // A visit to come is an agreement to meet, one refused a rejection.
        ("Kenya's president will visit Ghana.", Some(2.5)),
        ("Kenya's president refused to visit Ghana.", Some(-2.0)),
        ("Norway gave Malawi $8 million for hospitals.", None),
    ] {
        assert_eq!(one(text).intensity, intensity, "{text}");
    }
}

#[test]
fn the_words_that_are_quoted() {
    let quote = |text: &str| one(text).quote;
    let text = "Kenya accused Ghana of “a threat to peace,” the minister said.";
    let claims = code(text);
    assert_eq!(claims[0].quote.as_deref(), Some("a threat to peace"), "{claims:?}");
    assert_eq!(quote("Kenya’s president visited Ghana. “It rained,” he said."), None);
    // Of a long speech the part that states the claim.
    let long =
        format!("“Kenya condemns the attack by Somalia. {}”", "It was a bad day. ".repeat(40));
    let part = code(&long)[0].quote.clone();
    assert_eq!(part.as_deref(), Some("Kenya condemns the attack by Somalia"));
}

#[test]
fn what_money_and_goods_are_for() {
    for (text, purpose, domain) in [
        ("Norway gave Malawi $8 million for schools in 2011.", "schools", "development"),
        ("Germany pledged $500 million to Kenya for a power plant.", "power plant", "development"),
        (
            "France lent Senegal 200 million euros to build a railway.",
            "build a railway",
            "development",
        ),
        (
            "South Korea donated two patrol ships to Ghana to strengthen maritime security.",
            "strengthen maritime security",
            "security",
        ),
        (
            "Japan pledged $2 million of maritime security aid to Palau.",
            "maritime security",
            "security",
        ),
        ("Australia gave Fiji $3 million in military aid.", "military", "security"),
        ("Denmark gave Ghana three ambulances for hospitals.", "hospitals", "development"),
    ] {
        let claim = one(text);
        assert_eq!(claim.purpose, [purpose], "{text}");
        assert_eq!(claim.domain.as_deref(), Some(domain), "{text}");
    }
    let claim = one("Peru bought 12 jets from Spain for $90 million.");
    assert!(claim.purpose.is_empty(), "{:?}", claim.purpose);
}

#[test]
fn a_list_of_purposes_is_taken_apart() {
    let claim = one("Sweden wants to support Zambia in fisheries, cybersecurity and education.");
    assert_eq!(claim.purpose, ["fisheries", "cybersecurity", "education"]);
}

#[test]
fn a_sentence_of_its_own_says_what_a_flow_is_for() {
    let claim = one(
        "In 2014, Denmark gave Ghana $20 million in aid. The aid focuses on health, education and roads.",
    );
    assert_eq!(claim.purpose, ["health", "education", "roads"]);
    let claim = one("In 2014, Denmark gave Ghana $20 million in aid. The film focuses on health.");
    assert!(claim.purpose.is_empty(), "{:?}", claim.purpose);
}

#[test]
fn claims_are_linked_where_the_text_says_so() {
    let claims = code(
        "Japan recalled its ambassador from Seoul in retaliation for the attack on Japan by South Korea.",
    );
    let [link] = &claims[0].links[..] else { panic!("{:?}", claims[0].links) };
    assert_eq!((link.rel, link.to.as_str()), (Relation::BecauseOf, claims[1].id.as_str()));
    assert!(link.evidence.text.starts_with("in retaliation for"), "{}", link.evidence.text);

    let claims = code(
        "Vietnam and Japan set up a strategic partnership in 2009, which was upgraded to an extensive strategic partnership in 2014.",
    );
    let upgraded =
        claims.iter().find(|c| c.change.as_deref() == Some("upgraded")).expect("an upgrade");
    let [link] = &upgraded.links[..] else { panic!("{:?}", lines(&claims)) };
    let lower = claims.iter().find(|c| c.id == link.to).expect("the lower level");
    assert_eq!((link.rel, lower.in_force), (Relation::UpgradedFrom, Some(false)));

    let claims = code(
        "Vietnam is exercising a hedging policy against China by strengthening its ties with Japan.",
    );
    assert_eq!(
        claims[0].links.first().map(|link| link.rel),
        Some(Relation::ByMeansOf),
        "{:?}",
        lines(&claims)
    );
}

#[test]
fn whether_a_tie_holds_how_often_and_which() {
    assert_eq!(
        one("Chad has been a member of the United Nations since 1960.").in_force,
        Some(true)
    );
    assert_eq!(
        one("Australia gave Fiji $3 million a year in aid.").recurring.as_deref(),
        Some("year")
    );
    let claim = one(
        "Indonesian President Joko Widodo met Xi Jinping in Beijing for the third time since 2014.",
    );
    let third = claim.ordinal.expect("an ordinal");
    assert_eq!((third.value, third.since.as_deref()), (3, Some("since 2014")));
}

#[test]
fn who_is_meant_where_nobody_is_named() {
    let claim = one(
        "Japan and Vietnam voiced concern over unilateral actions, Prime Minister Abe said, implicitly referring to China.",
    );
    let meant = claim.implied.expect("who is meant");
    assert_eq!((meant.code.as_str(), meant.by.as_str()), ("CHN", "author"));
}

#[test]
fn what_is_said_of_one_alone_stands_behind_the_rest() {
    let claims =
        code("Japan eased its ban on arms exports in 2014. In 2015, Japan granted Fiji two boats.");
    let kinds: Vec<Kind> = claims.iter().map(|claim| claim.kind).collect();
    assert_eq!(kinds, [Kind::Flow, Kind::Posture]);
    assert_eq!(claims[0].id, "d-01");
    assert!(claims[1].recipients.is_empty());
}
