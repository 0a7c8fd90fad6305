//! A claim as readers see it.

use hedgerow_codebook::claim::{Actor, Kind, Role};
use hedgerow_codebook::{Claim, ClaimLine};
use hedgerow_ledger::ClaimRow;
use maud::{Markup, html};

use crate::{Names, url, words};

/// The claim in the project's one notation.
pub(crate) fn line(claim: &Claim) -> String {
    ClaimLine::from(claim).to_string()
}

/// Whose claim it is and what is known of it.
pub(crate) fn card(row: &ClaimRow, names: &Names, place: Place<'_>) -> Markup {
    let claim = &row.claim;
    let (id, class) = match place {
        Place::Beside { at: n, .. } => (Some(url::card(&claim.id)), format!("card k{n} t{n}")),
        Place::Alone => (None, "card".to_owned()),
    };
    html! {
        article id=[id] class=(class) {
            header {
                (kind(claim.kind))
                @if let Some(modality) = words::modality(claim.modality) { span.tag { (modality) } }
                a.id href=(url::claim(&claim.id)) { (claim.id) }
            }
            h3 { (words::what_of(claim)) }
            p.parties { (parties(claim, names)) }
            @if let Place::Alone = place { (quote(row, names)) }
            (details(claim, names, place))
            p.line { code { (line(claim)) } }
            @if let Place::Beside { judged, .. } = place {
                p.links {
                    a href={ "#" (url::anchor(&claim.id)) } { "Show in text" }
                    a href=(url::fact(&claim.id)) { "Other reports" }
                    @if judged { a href=(url::judge(&claim.id)) { "Judge" } }
                }
            }
        }
    }
}

/// Where a card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place<'t> {
    /// Beside the text of its document.
    Beside {
        /// As the claim of this position.
        at: usize,
        /// Whether it can be judged.
        judged: bool,
        /// The text, in which words stand for others.
        text: &'t str,
    },
    /// Away from its document.
    Alone,
}

fn details(claim: &Claim, names: &Names, place: Place<'_>) -> Markup {
    html! {
        dl.details {
            @if let Some(when) = words::when(claim) {
                dt { "When" }
                dd {
                    (when)
                    @if let Some(text) = &claim.date.text { " " span.said dir="auto" { "“" (words::flowing(text)) "”" } }
                }
            }
            @for amount in claim.amount.iter().chain(&claim.more_amounts) {
                dt { "How much" }
                dd {
                    (words::amount(amount))
                    @if claim.cumulative { " in all" }
                    " " span.said dir="auto" { "“" (words::flowing(&amount.text)) "”" }
                }
            }
            @if let Some(rank) = &claim.rank {
                dt { "Rank" }
                dd { "number " (rank.value) " among " (words::flowing(&rank.among)) }
            }
            @if let Some(stage) = &claim.stage { dt { "Stage" } dd { (stage) } }
            @if let Some(change) = &claim.change { dt { "Change" } dd { (change) } }
            @if let Some(level) = &claim.level { dt { "Level" } dd dir="auto" { (words::flowing(level)) } }
            @if let Some(topic) = &claim.topic { dt { "About" } dd dir="auto" { (words::flowing(topic)) } }
            @if !claim.contexts.is_empty() { dt { "Contexts" } dd { (claim.contexts.join(", ").replace('_', " ")) } }
            @if let Some(intensity) = claim.intensity { dt { "Intensity" } dd { (intensity) " on PLOVER’s scale from -10 to 10" } }
            @if let Some(place) = &claim.place { dt { "Where" } dd dir="auto" { (words::flowing(place)) } }
            @if let Some(quote) = &claim.quote { dt { "Words" } dd dir="auto" { "“" (words::flowing(quote)) "”" } }
            @if let Some(voice) = &claim.attributed_to {
                dt { "On the word of" }
                dd { (actor(&voice.code, names)) }
            }
            @if let Place::Beside { text, .. } = place {
                @for (mention, meant) in understood(claim, text) {
                    dt { "Understood" }
                    dd.said dir="auto" { "“" (words::flowing(mention)) "” as “" (words::flowing(meant)) "”" }
                }
            }
            @if let Some(implied) = &claim.implied { dt { "Meant, not named" } dd { (actor(&implied.code, names)) } }
            dt { "Rule" }
            dd { (rule(&claim.rule, names)) @if let Some(sure) = claim.confidence { " · confidence " (sure) } }
        }
    }
}

/// Words that refer to others, and those they stand for: "the two countries", "Vietnam and Japan".
fn understood<'t>(claim: &Claim, text: &'t str) -> Vec<(&'t str, &'t str)> {
    let words = |span: hedgerow_text::Span| text.get(span.start as usize..span.end as usize);
    let pairs =
        claim.antecedents.iter().filter_map(|it| words(it.mention).zip(words(it.antecedent)));
    let mut pairs: Vec<(&str, &str)> = pairs.filter(|(mention, meant)| mention != meant).collect();
    pairs.dedup();
    pairs
}

/// The rule that gave the claim, linked to the codebook; people are no rule.
fn rule(id: &str, names: &Names) -> Markup {
    html! {
        @match id {
            "by-hand" => "written by a person",
            _ if names.has_rule(id) => a href=(url::rule(id)) { code { (id) } },
            _ => code { (id) },
        }
    }
}

/// The kind as a coloured word.
pub(crate) fn kind(kind: Kind) -> Markup {
    html! { span class={ "kind " (kind.as_str()) } { (kind.as_str()) } }
}

/// Who and whom, linked to their pages.
pub(crate) fn parties(claim: &Claim, names: &Names) -> Markup {
    if claim.symmetric {
        return list(&claim.actors, names);
    }
    html! {
        (list(&claim.actors, names))
        @if !claim.recipients.is_empty() { (arrow()) (list(&claim.recipients, names)) }
    }
}

/// The sign between who and whom.
pub(crate) fn arrow() -> Markup {
    html! { span.arrow { span.spoken { " to " } span aria-hidden="true" { "→" } } }
}

fn list(actors: &[Actor], names: &Names) -> Markup {
    html! {
        @for (n, party) in actors.iter().enumerate() {
            @if n > 0 { @if n + 1 == actors.len() { " and " } @else { ", " } }
            (actor(&party.code, names))
            @if let Some(office) = office(party) { span.role { " " (office) } }
        }
    }
}

/// Codes linked to their pages, "Vietnam, Japan and China".
pub(crate) fn codes(codes: &[String], names: &Names) -> Markup {
    html! {
        @for (n, code) in codes.iter().enumerate() {
            @if n > 0 { @if n + 1 == codes.len() { " and " } @else { ", " } }
            (actor(code, names))
        }
    }
}

/// An actor's name, linked to its page.
pub(crate) fn actor(code: &str, names: &Names) -> Markup {
    html! { a.actor href=(url::actor(code)) title=(code) { (names.of(code)) } }
}

/// Person and capacity, where the claim has more than the state itself.
fn office(party: &Actor) -> Option<String> {
    let capacity = match party.role {
        Role::Gov | Role::Igo | Role::Unk => None,
        Role::Mil => Some("armed forces"),
        Role::Leg => Some("parliament"),
        Role::Pty => Some("party"),
        Role::Jud => Some("courts"),
        Role::Cop => Some("police"),
        Role::Spy => Some("intelligence"),
        Role::Med => Some("media"),
        Role::Bus => Some("business"),
        Role::Cvl => Some("citizens"),
        Role::Ngo => Some("non-governmental"),
        Role::Reb => Some("rebels"),
        Role::Rel => Some("religious"),
        Role::Per => Some("a person"),
    };
    match (&party.person, capacity) {
        (None, None) => None,
        (Some(person), None) => Some(format!("({person})")),
        (None, Some(capacity)) => Some(format!("({capacity})")),
        (Some(person), Some(capacity)) => Some(format!("({person}, {capacity})")),
    }
}

/// The words that make the claim, and where they stand.
pub(crate) fn quote(row: &ClaimRow, names: &Names) -> Markup {
    let claim = &row.claim;
    html! {
        figure.quote {
            blockquote dir="auto" { (words::flowing(&claim.evidence.text)) }
            figcaption {
                a href=(url::evidence(&claim.doc, &claim.id)) { (source(row)) }
                @if let Some(voice) = &claim.attributed_to { ", on the word of " (actor(&voice.code, names)) }
            }
        }
    }
}

/// Headline, outlet and day of the document, as far as they are known.
fn source(row: &ClaimRow) -> Markup {
    let title = row.title.as_deref().unwrap_or(&row.claim.doc);
    html! {
        cite dir="auto" { (words::flowing(title)) }
        @if let Some(outlet) = &row.outlet { ", " (words::flowing(outlet)) }
        @if let Some(day) = row.published { ", " (words::day(day)) }
    }
}
