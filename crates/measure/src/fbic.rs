//! Formal Bilateral Influence Capacity from its parts: the influence of A over B in one year.
//!
//! Moyer, Meisel and others (Pardee Center, University of Denver). The weights were recovered from published rows and hold to
//! 1e-6 on them; the window of the moving average behind the parts is not published, so the parts are taken averaged as they
//! come. FBIC sees formal ties alone: no visits, no words, no informal money.

/// What runs between A and B, each normalised to 0..1 over all dyads of the data set and averaged over years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bandwidth {
    /// Level of diplomatic representation.
    pub representation: f64,
    /// Shared memberships in intergovernmental organisations.
    pub igos: f64,
    /// Depth of trade agreements.
    pub agreements: f64,
    /// Logarithm of total trade.
    pub trade: f64,
    /// Alliance index.
    pub alliance: f64,
    /// Logarithm of the stock of arms transferred.
    pub arms: f64,
}

impl Bandwidth {
    /// Weighted sum, 0 to 1.
    pub fn raw(&self) -> f64 {
        0.11 * self.representation
            + 0.19 * self.igos
            + 0.14 * self.agreements
            + 0.35 * self.trade
            + 0.13 * self.alliance
            + 0.08 * self.arms
    }
}

/// How much B depends on A, in percent, averaged over years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dependence {
    /// Aid from A, of B's product.
    pub aid_of_gdp: f64,
    /// Aid from A, of all aid to B.
    pub aid_of_aid: f64,
    /// Trade with A, of B's product.
    pub trade_of_gdp: f64,
    /// Trade with A, of all trade of B.
    pub trade_of_trade: f64,
    /// Arms from A, of B's military stock.
    pub arms_of_stock: f64,
    /// Arms from A, of B's stock of imported arms.
    pub arms_of_imports: f64,
}

impl Dependence {
    /// Weighted sum of `ln(1 + x)`.
    pub fn raw(&self) -> f64 {
        0.21 * libm::log1p(self.aid_of_gdp)
            + 0.12 * libm::log1p(self.aid_of_aid)
            + 0.28 * libm::log1p(self.trade_of_gdp)
            + 0.16 * libm::log1p(self.trade_of_trade)
            + 0.10 * libm::log1p(self.arms_of_stock)
            + 0.13 * libm::log1p(self.arms_of_imports)
    }
}

/// Highest raw values of the data set, which set its scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Of bandwidth.
    pub bandwidth: f64,
    /// Of dependence.
    pub dependence: f64,
    /// Of their product.
    pub product: f64,
}

/// The release of 1960 to 2023. Its bandwidth parts are on a scale whose sum can exceed 1.
pub const RELEASE_2023: Scale =
    Scale { bandwidth: 3.183_157, dependence: 4.122_769, product: 0.581_991_8 };

/// FBIC, 0 to 1.
pub fn fbic(bandwidth: &Bandwidth, dependence: &Dependence, scale: &Scale) -> f64 {
    bandwidth.raw() / scale.bandwidth * (dependence.raw() / scale.dependence) / scale.product
}
