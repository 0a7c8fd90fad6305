//! `hedge.v1`: a state's position between two rivals, or the camps around them.
//!
//! For every domain a lean from -1 (all with the second rival) to 1 (all with the first); over the domains the lean L, and what
//! keeps it from the ends: `1 - |L| = W + O`. **W** is balance within domains, of which a part rests on ties to both sides, a part
//! on indicators that point apart, and the rest on nothing (`1 - depth`). **O** is offset across domains: leaning one way here and
//! the other way there. Which of them is "the hedge" is a matter of school, so all are given, never one number.
//!
//! After Kuik (2008, 2021: mixed and counteracting acts), Lim and Cooper (2015: security signals alone), Koga (2018: sign patterns);
//! `docs/measures/hedge.md` has the definition.

mod answer;
mod bootstrap;
mod influence;
mod joint;
mod lean;
mod question;
mod scenario;
mod sensitivity;
mod strength;
pub mod table;

pub use answer::{Answer, Beside, Conflict, Run, answer, years};
pub use bootstrap::{Confusion, Interval, Outcome, Quantiles};
pub use influence::{Influence, Swing};
pub use joint::{Joint, Together, joint};
pub use lean::{DomainLean, IndicatorLean, Position, Side, State, Summary};
pub use question::{Camp, Covered, Levels, Question, Rival, Settings};
pub use scenario::{Change, Scenario, ScenarioError};
pub use sensitivity::{Curve, Point};

/// The frozen name of the formula.
pub const FORMULA: &str = "hedge.v1";
