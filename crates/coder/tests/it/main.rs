//! What the coder gives, against what codebook and corpus say it must give.

mod codebook;
mod corpus;
mod pair;
mod pure;
mod reference;
