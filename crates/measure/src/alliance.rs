//! The level of an alliance by the duties that it lays on a state (ATOP).

/// What a state owes another under treaties in force. Duties are directed: that A must defend B says nothing of B.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "ATOP codes each duty as a yes or no of its own")]
pub struct Duties {
    /// To come to its defence.
    pub defense: bool,
    /// To join its attack.
    pub offense: bool,
    /// To stay out of its wars.
    pub neutrality: bool,
    /// To consult with it in a crisis.
    pub consultation: bool,
    /// Not to attack it.
    pub nonaggression: bool,
}

/// Widest step of the scale of [`Duties::level`].
pub const RANGE: u8 = 3;

impl Duties {
    /// 3 defence or offence, 2 neutrality or consultation, 1 non-aggression, 0 none (the ranking of Chiba, Johnson and Leeds
    /// 2015 that `fpsim` uses). A state has level 3 with itself.
    pub const fn level(self) -> u8 {
        if self.defense || self.offense {
            3
        } else if self.neutrality || self.consultation {
            2
        } else if self.nonaggression {
            1
        } else {
            0
        }
    }
}
