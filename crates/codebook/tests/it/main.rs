//! The codebook crate from outside: claim lines, examples, mistakes and where they are.

mod crosswalk;
mod faults;
mod line;
mod names;
