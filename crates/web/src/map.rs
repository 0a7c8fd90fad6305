//! A map of tiles, one for each state, drawn on the server: the smallest is as large as the largest, and none is left out.
//!
//! Where a tile lies says roughly where the state lies, and nothing of its size, borders or recognition. Disputed places that
//! act in their own name have a tile as any other; parties without a place (bodies, groups, states that are gone) are for
//! whoever shows the map to list beside it.

use std::collections::BTreeMap;

use maud::{Markup, html};

/// What a tile shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tile {
    /// How much there is.
    pub(crate) number: u64,
    /// In words: "Japan: 12 facts".
    pub(crate) label: String,
    pub(crate) href: String,
}

/// Where each state lies. Made for this project.
const TILES: &str = "\
--- --- --- --- --- --- --- GRL --- --- ISL FRO --- NOR SWE FIN
--- CAN --- --- --- --- --- --- --- --- IRL GBR --- DNK --- EST LVA
--- USA --- --- --- --- --- --- --- --- --- BEL NLD DEU POL LTU BLR --- RUS
MEX --- --- --- BHS --- --- --- --- --- --- FRA LUX CZE SVK UKR MDA --- --- --- KAZ --- --- --- MNG --- PRK --- JPN
GTM BLZ --- CUB HTI DOM KNA ATG --- PRT ESP AND CHE LIE AUT HUN ROU --- --- --- UZB KGZ --- --- CHN --- KOR
SLV HND --- JAM --- --- DMA LCA --- --- --- MCO ITA SVN HRV SRB BGR --- GEO AZE TKM TJK --- --- --- HKG TWN
--- NIC --- --- --- --- VCT BRB --- --- --- SMR VAT BIH MNE XKX MKD TUR ARM --- IRN AFG --- NPL BTN MAC
--- CRI PAN --- --- --- GRD TTO --- --- --- --- MLT --- --- ALB GRC CYP SYR IRQ --- --- PAK IND BGD --- --- PHL
--- --- --- COL VEN GUY SUR --- --- --- MAR DZA TUN LBY EGY --- --- LBN JOR KWT BHR --- --- --- MMR LAO VNM --- PLW FSM MHL
--- --- --- ECU --- BRA --- --- CPV ESH MRT MLI NER TCD SDN ERI --- ISR PSE SAU QAT ARE MDV LKA --- THA KHM --- --- NRU KIR
--- --- --- PER BOL PRY --- --- --- GMB SEN BFA NGA CAF SSD ETH DJI --- --- YEM OMN --- --- --- --- MYS BRN --- PNG SLB TUV
--- --- --- --- CHL ARG URY --- GNB GIN CIV GHA BEN CMR UGA KEN SOM --- --- --- --- --- --- --- --- SGP IDN TLS --- VUT FJI WSM
--- --- --- --- --- --- --- --- --- SLE LBR TGO GNQ COG RWA TZA --- --- SYC --- --- --- --- --- --- --- --- --- --- --- --- TON NIU
--- --- --- --- --- --- --- --- --- --- --- STP GAB COD BDI MWI COM --- --- --- --- --- --- --- --- --- --- AUS --- --- --- --- COK
--- --- --- --- --- --- --- --- --- --- --- --- AGO ZMB ZWE MOZ --- MDG MUS --- --- --- --- --- --- --- --- --- --- --- NZL
--- --- --- --- --- --- --- --- --- --- --- --- NAM BWA SWZ
--- --- --- --- --- --- --- --- --- --- --- --- --- ZAF LSO
";

/// Side of a tile, and how far apart tiles begin.
const SIDE: usize = 30;
const STEP: usize = 32;
/// Shades between few and many, as in the portfolio.
const SHADES: f64 = 5.0;

/// Every state that has a tile, with its column and row.
fn tiles() -> impl Iterator<Item = (&'static str, usize, usize)> {
    let row = |(y, line): (usize, &'static str)| {
        let cells = line.split(' ').enumerate();
        cells.filter(|(_, code)| *code != "---").map(move |(x, code)| (code, x, y))
    };
    TILES.lines().enumerate().flat_map(row)
}

/// Whether the map has a place for it.
pub(crate) fn has(code: &str) -> bool {
    tiles().any(|(it, ..)| it == code)
}

/// The map. The darker a tile, the more there is; where there is nothing it is empty, but there.
pub(crate) fn map(label: &str, own: Option<&str>, shown: &BTreeMap<&str, Tile>) -> Markup {
    let most = shown.values().map(|it| it.number).max().unwrap_or(1).max(1) as f64;
    let width = STEP * tiles().map(|(_, x, _)| x + 1).max().unwrap_or(1);
    let height = STEP * TILES.lines().count();
    html! {
        svg.map xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) } role="group" aria-label=(label) font-family="sans-serif" font-size="10" {
            @for (code, x, y) in tiles() {
                @let (left, top) = (x * STEP, y * STEP);
                @match shown.get(code).filter(|it| it.number > 0) {
                    Some(tile) => a href=(tile.href) aria-label={ (code) ", " (tile.label) } {
                        title { (tile.label) }
                        @let share = (tile.number as f64 / most).sqrt();
                        rect class={ "tile s" ((SHADES * share).ceil()) } x=(left) y=(top) width=(SIDE) height=(SIDE) rx="3"
                            fill="#2d6a3f" fill-opacity=(format!("{:.2}", 0.12 + 0.5 * share)) {}
                        (code_at(code, left, top))
                    },
                    None => {
                        rect class=(if own == Some(code) { "tile own" } else { "none" }) x=(left) y=(top) width=(SIDE) height=(SIDE) rx="3"
                            fill=(if own == Some(code) { "#222" } else { "none" }) stroke="#bbb" {}
                        @if own == Some(code) { text.own x=(left + SIDE / 2) y=(top + SIDE / 2 + 4) text-anchor="middle" fill="#fff" { (code) } }
                        @else { (code_at(code, left, top)) }
                    },
                }
            }
        }
    }
}

fn code_at(code: &str, left: usize, top: usize) -> Markup {
    html! { text x=(left + SIDE / 2) y=(top + SIDE / 2 + 4) text-anchor="middle" fill="#222" aria-hidden="true" { (code) } }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use hedgerow_codebook::Codebook;

    use super::*;

    #[test]
    fn every_state_that_is_there_has_a_tile() {
        let codebook = Codebook::embedded().unwrap();
        let mut places = BTreeSet::new();
        for (code, x, y) in tiles() {
            assert!(codebook.gazetteer.by_code(code).is_some(), "{code} is no state we know");
            assert!(places.insert(code), "{code} twice");
            assert!(x < 40 && y < 20);
        }
        let left_out: Vec<&str> = codebook
            .gazetteer
            .states()
            .iter()
            .filter(|it| it.term.to.is_none() && !places.contains(&*it.code))
            .map(|it| &*it.code)
            .collect();
        assert!(left_out.is_empty(), "{left_out:?}");
        assert!(has("TWN") && has("PSE") && has("TUV") && !has("SUN") && !has("IGO:ASEAN"));
    }

    #[test]
    fn more_is_darker_and_nothing_is_left_out() {
        let tile =
            |number| Tile { number, label: format!("{number} <facts>"), href: "#x".to_owned() };
        let shown = BTreeMap::from([("JPN", tile(16)), ("USA", tile(1)), ("CHN", tile(0))]);
        let svg = map("Map", Some("VNM"), &shown).0;
        assert_eq!(svg.matches("<rect").count(), tiles().count());
        assert_eq!(svg.matches("<a ").count(), 2);
        assert!(svg.contains("tile s5") && svg.contains("tile s2") && svg.contains("tile own"));
        assert!(svg.contains("16 &lt;facts&gt;"));
    }
}
