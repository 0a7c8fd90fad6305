//! The page of every measure: formula, unit, range, what it cannot see. `docs/measures/` is their one source.

/// A page.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The frozen name of the measure.
    pub name: &'static str,
    /// Other names that lead here.
    pub also: &'static [&'static str],
    /// Its text (Markdown).
    pub text: &'static str,
}

macro_rules! pages {
    ($($name:literal $also:expr;)*) => {
        &[$(Page {
            name: $name,
            also: &$also,
            text: include_str!(concat!("../../../docs/measures/", $name, ".md")),
        }),*]
    };
}

/// Every page, the hedge first.
pub const PAGES: &[Page] = pages! {
    "hedge.v1" ["hedge", "lean", "offset", "depth"];
    "agreement" [];
    "s" [];
    "pi" [];
    "kappa" [];
    "ideal-point-distance" ["ideal-point"];
    "hhi" ["effective-number", "normalised-hhi", "participation"];
    "dependence" ["asymmetry", "lower-dependence", "salience"];
    "fbic" [];
    "goldstein" ["plover-score"];
    "dyad-series" ["dyad-year", "dyad-month"];
};

/// The page of a measure, by any of its names, in any case.
pub fn find(name: &str) -> Option<&'static Page> {
    let is = |it: &str| it.eq_ignore_ascii_case(name);
    PAGES.iter().find(|page| is(page.name) || page.also.iter().any(|it| is(it)))
}

impl Page {
    /// Its heading, without the mark.
    pub fn title(&self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim_start_matches('#').trim()
    }
}
