//! The network around one actor, drawn on the server: its partners on a circle, those with much between them side by side.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use maud::{Markup, html};

use crate::scale::at;

/// A partner of the actor in the middle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alter {
    pub(crate) code: String,
    pub(crate) name: String,
    /// Claims between it and the actor in the middle.
    pub(crate) claims: u64,
    pub(crate) label: String,
    pub(crate) href: String,
}

/// Claims between two partners, by their codes in alphabetical order.
pub(crate) type Between = BTreeMap<(String, String), u64>;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 470.0;
const RADIUS: f64 = 200.0;
/// How thick the thickest line is.
const THICK: f64 = 9.0;

/// The drawing; nothing where there is no partner.
pub(crate) fn network(own: &str, alters: &[Alter], between: &Between) -> Markup {
    let order = order(alters, between);
    let most = alters.iter().map(|it| it.claims).max().unwrap_or(1);
    let most = most.max(between.values().copied().max().unwrap_or(1)) as f64;
    // Few and many must both be seen, so thickness goes by the root.
    let thick = |claims: u64| at((THICK * (claims as f64 / most).sqrt()).max(0.8));
    let (mx, my) = (WIDTH / 2.0, HEIGHT / 2.0);
    let place = |n: usize| {
        let turn = TAU * n as f64 / order.len().max(1) as f64 - TAU / 4.0;
        (mx + RADIUS * turn.cos(), my + RADIUS * turn.sin())
    };
    let places: BTreeMap<&str, (f64, f64)> =
        order.iter().enumerate().map(|(n, it)| (it.code.as_str(), place(n))).collect();
    html! {
        svg.network xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-label={ "Network around " (own) } font-family="sans-serif" font-size="13" {
            @for ((a, b), claims) in between {
                @if let (Some((x1, y1)), Some((x2, y2))) = (places.get(a.as_str()), places.get(b.as_str())) {
                    line.among x1=(at(*x1)) y1=(at(*y1)) x2=(at(*x2)) y2=(at(*y2)) stroke="#999" stroke-opacity="0.45" stroke-width=(thick(*claims)) {}
                }
            }
            @for it in &order {
                @let (x, y) = places[it.code.as_str()];
                line.own x1=(at(mx)) y1=(at(my)) x2=(at(x)) y2=(at(y)) stroke="#2d5a41" stroke-opacity="0.75" stroke-width=(thick(it.claims)) {}
            }
            @for it in &order {
                @let (x, y) = places[it.code.as_str()];
                @let right = x > mx + 1.0;
                @let upright = (x - mx).abs() < RADIUS / 5.0;
                a href=(it.href) aria-label=(it.label) {
                    title { (it.label) }
                    circle.node cx=(at(x)) cy=(at(y)) r="7" fill="#2d5a41" {}
                    @if upright {
                        text x=(at(x)) y=(at(if y < my { y - 13.0 } else { y + 24.0 })) text-anchor="middle" fill="#222" { (it.name) }
                    } @else {
                        text x=(at(if right { x + 13.0 } else { x - 13.0 })) y=(at(y + 4.5)) text-anchor=(if right { "start" } else { "end" }) fill="#222" { (it.name) }
                    }
                }
            }
            circle.ego cx=(at(mx)) cy=(at(my)) r="11" fill="#222" {}
            text.ego x=(at(mx)) y=(at(my + 30.0)) text-anchor="middle" fill="#222" font-weight="600" { (own) }
        }
    }
}

/// Partners round the circle: beside each stands the one, of those that are left, with most between them.
fn order<'a>(alters: &'a [Alter], between: &Between) -> Vec<&'a Alter> {
    let mut left: Vec<&Alter> = alters.iter().collect();
    left.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.code.cmp(&b.code)));
    let mut placed: Vec<&Alter> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let near = |it: &Alter| {
            let last = placed.last()?;
            let (a, b) = (it.code.as_str().min(&last.code), it.code.as_str().max(&last.code));
            between.get(&(a.to_owned(), b.to_owned())).copied()
        };
        // The first of those that are equally near has most to do with the one in the middle.
        let nearest = left.iter().enumerate().rev().max_by_key(|(_, it)| near(it).unwrap_or(0));
        let n = nearest.map_or(0, |(n, _)| n);
        placed.push(left.remove(n));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alter(code: &str, claims: u64) -> Alter {
        let (code, href) = (code.to_owned(), format!("#{code}"));
        Alter { name: format!("<{code}>"), label: code.clone(), code, claims, href }
    }

    #[test]
    fn those_with_much_between_them_stand_side_by_side() {
        let alters = [alter("A", 9), alter("B", 8), alter("C", 7), alter("D", 6)];
        let between = Between::from([(("A".into(), "D".into()), 5), (("B".into(), "D".into()), 2)]);
        let order: Vec<&str> = order(&alters, &between).iter().map(|it| it.code.as_str()).collect();
        assert_eq!(order, ["A", "D", "B", "C"]);
    }

    #[test]
    fn every_partner_is_drawn_and_names_are_text() {
        let between = Between::from([(("A".into(), "B".into()), 1)]);
        let svg = network("Middle & co", &[alter("A", 1), alter("B", 100)], &between).0;
        assert_eq!(svg.matches("class=\"own\"").count(), 2);
        assert_eq!(svg.matches("class=\"among\"").count(), 1);
        assert!(svg.contains("&lt;A&gt;") && svg.contains("Middle &amp; co"));
        assert!(svg.contains("stroke-width=\"9.0\"") && svg.contains("stroke-width=\"0.9\""));
    }
}
