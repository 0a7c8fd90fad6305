//! How a state's exchange is spread over its partners, and how much hangs on one of them.
//!
//! Values are amounts of one kind and unit over one period, one a partner, none negative. A partner without a figure is left
//! out, not counted as zero.

/// Share of each value in their sum; `None` where the sum is zero.
pub fn shares(values: &[f64]) -> Option<Vec<f64>> {
    let total: f64 = values.iter().sum();
    (total > 0.0).then(|| values.iter().map(|value| value / total).collect())
}

/// Herfindahl-Hirschman index, 1/n (spread evenly) to 1 (one partner): the sum of squared shares.
pub fn hhi(values: &[f64]) -> Option<f64> {
    shares(values).map(|shares| shares.iter().map(|p| p * p).sum())
}

/// Effective number of partners, 1 to n: as many equal partners would give the same HHI (Laakso and Taagepera 1979).
pub fn effective_number(values: &[f64]) -> Option<f64> {
    hhi(values).map(f64::recip)
}

/// HHI stretched from 0 (spread evenly over the n partners given) to 1; `None` with fewer than two.
pub fn normalised_hhi(values: &[f64]) -> Option<f64> {
    let even = 1.0 / values.len() as f64;
    (values.len() > 1).then_some(())?;
    hhi(values).map(|hhi| (hhi - even) / (1.0 - even))
}

/// Participation coefficient over camps, 0 (one camp) to 1 - 1/n: `1 - HHI` (Guimerà and Amaral 2005).
pub fn participation(values: &[f64]) -> Option<f64> {
    hhi(values).map(|hhi| 1.0 - hhi)
}

/// What exchange with one partner is of a state's product; both in one currency and year. Oneal and Russett (1997).
pub fn dependence(exchange: f64, gdp: f64) -> Option<f64> {
    (gdp > 0.0).then(|| exchange / gdp)
}

/// How much more one side depends on the pair's exchange than the other; positive where `i` does.
pub fn asymmetry(exchange: f64, gdp_i: f64, gdp_j: f64) -> Option<f64> {
    Some(dependence(exchange, gdp_i)? - dependence(exchange, gdp_j)?)
}

/// The lower of the two sides' dependence (Oneal and Russett's weak link).
pub fn lower_dependence(exchange: f64, gdp_i: f64, gdp_j: f64) -> Option<f64> {
    Some(dependence(exchange, gdp_i)?.min(dependence(exchange, gdp_j)?))
}

/// How much the pair means to both, 0 to 1: geometric mean of each one's share in the other's exchange (Hirschman's salience).
pub fn salience(share_in_i: f64, share_in_j: f64) -> f64 {
    libm::sqrt(share_in_i * share_in_j)
}

/// An amount that is known for several years together, spread evenly over those within `first..=last`.
///
/// The rule for SIPRI's register, which gives a deal's volume and the years of its deliveries. SIPRI's own yearly volumes rest
/// on dates of delivery that it does not print, so they differ.
pub fn within_years(amount: f64, years: &[i16], first: i16, last: i16) -> f64 {
    let inside = years.iter().filter(|year| (first..=last).contains(*year)).count();
    if years.is_empty() { 0.0 } else { amount * inside as f64 / years.len() as f64 }
}
