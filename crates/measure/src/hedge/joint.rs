//! How two states together stand to a third.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::strength::{Strengths, pick, strengths};
use super::{Question, Settings};
use crate::{Indicator, Series, TieRow};

/// Two states and a third on a day, on what was delivered and what stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Joint {
    /// The two.
    pub pair: [String; 2],
    /// The third.
    pub third: String,
    /// The day.
    pub at: Date,
    /// Each indicator of which anything is known.
    pub rows: Vec<Together>,
    /// Facts in which both stand against, or with, the third together.
    pub shared: Vec<String>,
    /// Mean net position of each towards the third over acts and words, -1 resistance to 1 cooperation.
    pub net: [Option<f64>; 2],
    /// How alike the two are towards it, 0 to 1: `1 - |difference| / 2`.
    pub alike: Option<f64>,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Together {
    /// Which.
    pub indicator: Indicator,
    /// Cooperation of each with the third.
    pub cooperation: [Option<f64>; 2],
    /// Conflict of each with the third.
    pub conflict: [Option<f64>; 2],
    /// Cooperation of the two with each other.
    pub mutual: Option<f64>,
    /// Net position of each, -1 to 1, where it is of acts or words: `(cooperation - conflict) / (both + saturation)`.
    pub net: [Option<f64>; 2],
}

/// Puts two states beside each other.
pub fn joint(
    rows: &[TieRow],
    pair: &[String; 2],
    third: &str,
    at: Date,
    settings: &Settings,
) -> Joint {
    let strengths_of = |who: &str, series: Series| -> Strengths<'_> {
        let question = Question {
            who: who.to_owned(),
            rivals: [third.to_owned(), String::new()],
            camps: Vec::new(),
            at,
            settings: settings.clone(),
        };
        let (picked, _) = pick(rows, &question, series);
        strengths(picked.iter().map(|it| (*it, it.row.value())))
    };
    let cooperation = [0, 1].map(|n: usize| strengths_of(&pair[n], Series::Delivered));
    let conflict = [0, 1].map(|n: usize| strengths_of(&pair[n], Series::Conflict));
    let with = |strengths: &Strengths<'_>, indicator, partner: &str| -> Option<f64> {
        strengths.get(&indicator)?.get(partner).copied()
    };
    let rows_of = |indicator: Indicator| {
        let cooperation_of = [0, 1].map(|n: usize| with(&cooperation[n], indicator, third));
        let conflict_of = [0, 1].map(|n: usize| with(&conflict[n], indicator, third));
        let net = [0, 1].map(|n: usize| {
            let (c, r) = (cooperation_of[n], conflict_of[n]);
            let both = c.unwrap_or(0.0) + r.unwrap_or(0.0);
            let comparable = indicator.is_of_acts() && both > 0.0;
            let net = c.unwrap_or(0.0) - r.unwrap_or(0.0);
            comparable.then(|| net / (both + settings.saturation(indicator)))
        });
        let mutual = with(&cooperation[0], indicator, &pair[1]);
        Together { indicator, cooperation: cooperation_of, conflict: conflict_of, mutual, net }
    };
    let known = |it: &Together| {
        it.mutual.is_some() || it.cooperation.iter().chain(&it.conflict).any(Option::is_some)
    };
    let table: Vec<Together> = Indicator::ALL.into_iter().map(rows_of).filter(known).collect();
    let net = [0, 1].map(|n: usize| {
        let nets: Vec<f64> = table.iter().filter_map(|it| it.net[n]).collect();
        (!nets.is_empty()).then(|| nets.iter().sum::<f64>() / nets.len() as f64)
    });
    let alike = net[0].zip(net[1]).map(|(a, b)| 1.0 - (a - b).abs() / 2.0);
    Joint {
        pair: pair.clone(),
        third: third.to_owned(),
        at,
        rows: table,
        shared: shared(rows, pair, third, at),
        net,
        alike,
    }
}

/// Facts told by the day in which both do the same to the third: one fact has a row for each of them.
fn shared(rows: &[TieRow], pair: &[String; 2], third: &str, at: Date) -> Vec<String> {
    let mut by: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let of_the_third = |row: &&TieRow| {
        row.recipient == third && row.start.or(row.told).is_none_or(|day| day <= at)
    };
    for row in rows.iter().filter(of_the_third) {
        by.entry(&row.id).or_default().insert(&row.actor);
    }
    let both = |actors: &BTreeSet<&str>| pair.iter().all(|it| actors.contains(it.as_str()));
    by.into_iter().filter(|(_, actors)| both(actors)).map(|(id, _)| id.to_owned()).collect()
}
