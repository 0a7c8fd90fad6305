//! The frame around every page.

use maud::{DOCTYPE, Markup, html};

/// A whole page: `title` for the browser, `json` the address of the same content as data.
pub(crate) fn whole(title: &str, json: Option<&str>, style: Option<&str>, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Hedgerow" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                @if let Some(style) = style { link rel="stylesheet" href=(style); }
                @if let Some(json) = json { link rel="alternate" type="application/json" href=(json); }
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
                    }
                }
                main id="main" tabindex="-1" { (body) }
                footer.site {
                    p { "A sourced ledger of the ties between states. Every line leads to the words that say so." }
                    @if let Some(json) = json { p { a href=(json) { "This page as JSON" } } }
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
