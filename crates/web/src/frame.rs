//! The frame around every page.

use maud::{DOCTYPE, Markup, html};

use crate::answer::Here;

/// What is around a page.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a link that is there or not")]
pub(crate) struct Frame<'p> {
    /// Title for the browser.
    pub(crate) title: &'p str,
    /// Where the page is, and so its data.
    pub(crate) here: Option<&'p Here>,
    /// A style sheet of its own.
    pub(crate) style: Option<String>,
    /// Whether our script is of use on it.
    pub(crate) script: bool,
    /// Whether claims are judged here.
    pub(crate) desk: bool,
    /// Whether documents can be handed in, and drafts checked.
    pub(crate) hands: bool,
    /// Whether there are accounts, and what comes with them.
    pub(crate) people: bool,
    /// The words that were searched for.
    pub(crate) asked: String,
}

impl<'p> Frame<'p> {
    /// A page without data.
    pub(crate) const fn plain(title: &'p str) -> Self {
        Self {
            title,
            here: None,
            style: None,
            script: false,
            desk: false,
            hands: false,
            people: false,
            asked: String::new(),
        }
    }
}

/// A whole page.
pub(crate) fn whole(frame: &Frame<'_>, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (frame.title) " · Hedgerow" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                @if let Some(style) = &frame.style { link rel="stylesheet" href=(style); }
                @if let Some(here) = frame.here {
                    link rel="alternate" type="application/json" href=(here.with(".json"));
                    link rel="alternate" type="text/csv" href=(here.with(".csv"));
                }
                @if frame.script { script src="/desk.js" defer {} }
            }
            body {
                a.skip href="#main" { "Skip to content" }
                header.site {
                    a.brand href="/" {
                        (mark())
                        span { "Hedgerow" }
                    }
                    nav aria-label="Main" {
                        a href="/documents" { "Documents" }
                        a href="/actors" { "Actors" }
                        a href="/dyads" { "Pairs" }
                        a href="/measures" { "Measures" }
                        a href="/codebook" { "Codebook" }
                        @if frame.desk { a href="/review" { "Review" } }
                        @if frame.hands { a href="/add" { "Add" } a href="/check" { "Check" } }
                        @if frame.people { a href="/briefs" { "Briefs" } a href="/account" { "Account" } }
                    }
                    form.find action="/search" method="get" role="search" {
                        input type="search" name="q" value=(frame.asked) aria-label="Search for names, codes, words" placeholder="Name, code, words" autocomplete="off" spellcheck="false";
                        button type="submit" { "Search" }
                    }
                }
                main id="main" tabindex="-1" { (body) }
                footer.site {
                    p { "A sourced ledger of the ties between states. Every line leads to the words that say so." }
                    @if let Some(here) = frame.here {
                        p.forms {
                            "This page as "
                            a href=(here.with(".json")) { "JSON" } " or "
                            a href=(here.with(".csv")) { "CSV" }
                            " · " a href="/api/openapi.json" { "API" }
                        }
                        p.address { "Address: " (here.with("")) }
                    }
                }
            }
        }
    };
    page.into_string()
}

/// The sign of the house: three stems of a hedge.
fn mark() -> Markup {
    html! {
        svg.sign viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" {
            path d="M5 21V9M12 21V4M19 21V9" {}
            path d="M5 14c-2.5 0-3.5-1.6-3.5-4C4 10 5 11.6 5 14zM5 12c0-2.4 1-4 3.5-4 0 2.4-1 4-3.5 4zM12 12c-2.5 0-3.5-1.6-3.5-4 2.5 0 3.5 1.6 3.5 4zM12 9c0-2.4 1-4 3.5-4 0 2.4-1 4-3.5 4zM19 14c-2.5 0-3.5-1.6-3.5-4 2.5 0 3.5 1.6 3.5 4zM19 12c0-2.4 1-4 3.5-4 0 2.4-1 4-3.5 4z" {}
        }
    }
}

/// The icon of the browser's tab.
pub(crate) const ICON: &str = include_str!("../assets/icon.svg");

/// The one style sheet.
pub(crate) const STYLE: &str = include_str!("../assets/style.css");

/// The one script: it saves keystrokes where claims are judged, and nothing hangs on it.
pub(crate) const SCRIPT: &str = include_str!("../assets/desk.js");
