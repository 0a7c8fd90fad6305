//! Positions in the General Assembly.

/// A vote as a level: 1 yes, 2 abstain, 3 no. Absence is no vote and has none.
pub fn level(vote: &str) -> Option<u8> {
    match vote {
        "yes" => Some(1),
        "abstain" => Some(2),
        "no" => Some(3),
        _ => None,
    }
}

/// Widest step of that scale.
pub const RANGE: u8 = 2;

/// Distance of two ideal points on the one dimension of Bailey, Strezhnev and Voeten, 0 upwards; the unit is the standard
/// deviation of states. Imported, never estimated anew.
///
/// It is a distance between two states. The *difference* of two such distances is no lean: it stands still for every state
/// that lies beyond both rivals. Bailey, M., A. Strezhnev and E. Voeten (2017): Estimating Dynamic State Preferences from
/// United Nations Voting Data. Journal of Conflict Resolution 61.
pub fn ideal_point_distance(a: f64, b: f64) -> f64 {
    (a - b).abs()
}
