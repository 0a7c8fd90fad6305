//! Facts as they were settled: one by itself, with the few that can have to do with it.
//!
//! A pair may have thousands of claims. A page of one fact reads its own claims and, of the others of the pair, only those that a
//! [relation](crate::Relation) can join it to: by type, direction and time, the nearest first, and no more than a page can show.

use std::collections::{BTreeMap, BTreeSet};

use hedgerow_codebook::claim::Kind;
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Params, params, params_from_iter};

use crate::facts::{kin_of, of_groups};
use crate::read::{Other, date};
use crate::sheet::{Shown, number_of};
use crate::{
    ClaimRow, Current, Error, Fact, Field, Ledger, Lens, Member, Related, Section, Stand, Why,
    related,
};

/// Claims of one fact that are read for a sheet, and one more where that is taken as current.
const MEMBERS: u64 = 12;
/// How long a visit may be on which meetings are looked for, in days.
const VISIT: i32 = 31;
/// How long before a flow another may have begun that overlaps it, in days.
const YEAR: i32 = 366;
/// Within which factor two sums can be one, told the other way round ("more than a billion").
const SUM: f64 = 3.0;
/// How many facts are looked at on either side in time, of each section.
const NEAREST: i64 = 12;
/// How many claims of the same documents are looked at.
const BESIDE: i64 = 40;
/// In how many documents.
const DOCUMENTS: usize = 16;

/// One row of `dyad_fact`: the first claim, and the row of `fact_row` where there are several.
pub(crate) type Kept = (i64, Option<i64>);

/// Claims, what bears on them, and the facts that they are.
type Stored = (Vec<ClaimRow>, Lens, BTreeMap<Kept, Shown>);

/// A fact with its claims, and what it has to do with others.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeFact {
    /// The fact.
    pub fact: Fact,
    /// Its claims.
    pub claims: Vec<ClaimRow>,
    /// The facts that have to do with it; of a pair with very many, the nearest in time.
    pub related: Vec<Other>,
}

impl Ledger {
    /// The fact that this claim was settled in, and what it has to do with others; `None` where the claim does not stand.
    pub(crate) fn settled_fact(&self, claim: i64) -> Result<Option<WholeFact>, Error> {
        let home: Vec<i64> =
            self.rows("SELECT fact FROM fact_member WHERE claim = ?1", [claim], |row| row.get(0))?;
        let own = (claim, home.first().copied());
        let (claims, _, mut found) = self.stored_facts(&BTreeSet::from([own]), own.1)?;
        let Some(fact) = found.remove(&own).map(|it| it.fact) else { return Ok(None) };
        let mut wanted = self.candidates(&fact, own)?;
        if wanted.is_empty() {
            return Ok(Some(WholeFact { fact, claims, related: Vec::new() }));
        }
        wanted.insert(own);
        let (rows, lens, found) = self.stored_facts(&wanted, None)?;
        let facts: Vec<Fact> =
            found.into_iter().filter(|(kept, _)| *kept != own).map(|(_, it)| it.fact).collect();
        let whole = |it: Related| {
            facts.iter().find(|fact| fact.id == it.fact).map(|fact| (it.relation, fact.clone()))
        };
        let related = related(&fact, &facts, &rows, &lens).into_iter().filter_map(whole).collect();
        Ok(Some(WholeFact { fact, claims, related }))
    }

    /// The latest facts of one actor with these others, at most `most` of them, as they were settled; and their claims.
    pub fn latest_of(
        &self,
        code: &str,
        others: &[&str],
        most: usize,
    ) -> Result<(Vec<ClaimRow>, Vec<Fact>), Error> {
        let sql = "SELECT day, claim, fact FROM dyad_fact WHERE a = ?1 AND b = ?2 AND section = ?3
                    ORDER BY day DESC, claim DESC LIMIT ?4";
        let mut newest: BTreeSet<(i64, Kept)> = BTreeSet::new();
        for other in others.iter().filter(|it| **it != code) {
            for section in Section::ALL {
                let limit = i64::try_from(most).unwrap_or(i64::MAX);
                let values = params![code.min(other), code.max(other), section as i64, limit];
                newest.extend(self.rows(sql, values, |row| {
                    Ok((row.get::<_, i64>(0)?, (row.get(1)?, row.get(2)?)))
                })?);
                while newest.len() > most {
                    newest.pop_first();
                }
            }
        }
        let wanted = newest.into_iter().map(|(_, kept)| kept).collect();
        let (rows, _, found) = self.stored_facts(&wanted, None)?;
        Ok((rows, found.into_values().map(|it| it.fact).collect()))
    }

    /// Facts that can have to do with this one.
    fn candidates(&self, fact: &Fact, own: Kept) -> Result<BTreeSet<Kept>, Error> {
        let Some(pair) = pair(fact) else { return Ok(BTreeSet::new()) };
        let mut found: Vec<Kept> = match fact.kind {
            Kind::Event => self.meetings(fact, pair)?,
            Kind::Flow => self.flows(fact, own.0, pair)?,
            _ => Vec::new(),
        };
        // A fact of several claims comes by any of them.
        let mut seen: BTreeSet<i64> = own.1.into_iter().collect();
        found.retain(|(claim, fact)| match fact {
            Some(fact) => seen.insert(*fact),
            None => *claim != own.0,
        });
        Ok(found.into_iter().collect())
    }

    /// The meetings on this visit; the visits on which this meeting can have been.
    fn meetings(&self, fact: &Fact, (a, b): Pair<'_>) -> Result<Vec<Kept>, Error> {
        let wanted = match (fact.type_.as_str(), fact.mode.as_deref()) {
            ("CONSULT", Some("visit")) => "meet",
            ("CONSULT", Some("meet")) => "visit",
            _ => return Ok(Vec::new()),
        };
        let Some((start, end)) = fact.start.zip(fact.end) else { return Ok(Vec::new()) };
        let from = if wanted == "visit" { shifted(start, -VISIT) } else { start };
        let until = if wanted == "visit" { start } else { end };
        self.kept(
            "SELECT y.claim, y.fact FROM dyad_fact y JOIN coded_claim k ON k.seq = y.claim
              WHERE y.a = ?1 AND y.b = ?2 AND y.section = 1 AND y.day BETWEEN ?3 AND ?4 AND k.type = 'CONSULT'
                AND coalesce((SELECT f.mode FROM fact_row f WHERE f.seq = y.fact), k.mode) = ?5
              ORDER BY y.day DESC LIMIT ?6",
            params![a, b, number_of(from), number_of(until), wanted, 3 * NEAREST],
        )
    }

    /// Flows of this type or a kindred one: of the same documents; of the same direction, the nearest in time; of the other direction,
    /// about the same day.
    fn flows(&self, fact: &Fact, own: i64, (a, b): Pair<'_>) -> Result<Vec<Kept>, Error> {
        let types = kin_of(&fact.type_);
        let marks = vec!["?"; types.len()].join(",");
        let types = || types.iter().map(|it| Value::from((*it).to_owned()));
        let mut found = Vec::new();
        let beside = format!(
            "SELECT coalesce((SELECT min(o.claim) FROM fact_member o WHERE o.fact = m.fact), k.seq), m.fact
               FROM document_version d JOIN coding c ON c.document = d.seq JOIN coded_claim k ON k.coding = c.seq
               LEFT JOIN fact_member m ON m.claim = k.seq
              WHERE d.id = ? AND k.kind = 'flow' AND k.type IN ({marks}) LIMIT ?"
        );
        for doc in fact.documents.iter().take(DOCUMENTS) {
            let values = std::iter::once(Value::from(doc.clone())).chain(types());
            let values = values.chain([Value::from(BESIDE)]);
            found.extend(self.kept(&beside, params_from_iter(values))?);
        }
        // What has no date is looked for around the day on which it was told.
        let told = fact.members.iter().filter_map(|it| it.published).min();
        let Some(day) = fact.start.or(told) else { return Ok(found) };
        let last = fact.end.unwrap_or(day);
        // A side of several codes may be written in any order: then it is told apart later.
        let side = |codes: &[String]| match codes {
            [one] => Value::from(one.clone()),
            _ => Value::Null,
        };
        let (from, to) = (side(&fact.actors), side(&fact.recipients));
        let near = |way: &str, order: &str| {
            format!(
                "SELECT y.claim, y.fact FROM dyad_fact y JOIN coded_claim k ON k.seq = y.claim
                  WHERE y.a = ? AND y.b = ? AND y.section = ? AND {way}
                    AND k.actors = coalesce(?, k.actors) AND k.recipients = coalesce(?, k.recipients)
                    AND k.type IN ({marks}) ORDER BY {order} LIMIT ?"
            )
        };
        let look =
            |section: Section, bounds: &[Value], turned: bool, (way, order): (&str, &str)| {
                let (x, y) = if turned { (&to, &from) } else { (&from, &to) };
                let head =
                    [Value::from(a.to_owned()), b.to_owned().into(), (section as i64).into()];
                let values = head.into_iter().chain(bounds.iter().cloned());
                let values = values.chain([x.clone(), y.clone()]).chain(types());
                let values = values.chain([Value::from(NEAREST)]);
                self.kept(&near(way, order), params_from_iter(values))
            };
        // Until that day, and after it; those without a date that were told before, and after.
        let last = number_of(last);
        let ways = [
            (vec![0.into(), last.into()], "y.day > ? AND y.day <= ?", "y.day DESC, y.claim DESC"),
            (vec![last.into()], "y.day > ?", "y.day, y.claim"),
            (vec![0.into(), own.into()], "y.day = ? AND y.claim < ?", "y.claim DESC"),
            (vec![0.into(), own.into()], "y.day = ? AND y.claim > ?", "y.claim"),
        ];
        for section in other_stages(fact.section) {
            for (bounds, way, order) in &ways {
                found.extend(look(*section, bounds, false, (way, order))?);
            }
        }
        // The other way round: about the same day, or without one, and of such a sum.
        let (first, later) = (shifted(day, -YEAR), shifted(fact.end.unwrap_or(day), VISIT));
        let about = "(k.amount IS NULL OR k.currency IS NOT ? OR k.amount BETWEEN ? AND ?)";
        let dated = format!("y.day BETWEEN ? AND ? AND {about}");
        let undated = format!("y.day = 0 AND {about}");
        for figures in fact.figures.iter().filter(|it| it.low.is_some()).take(2) {
            let currency = figures.money.then(|| figures.of.clone());
            let (low, high) = (figures.low.unwrap_or(0.0), figures.high.unwrap_or(f64::MAX));
            let sum = [currency.into(), (low / SUM).into(), (high * SUM).into()];
            let days = [number_of(first).into(), number_of(later).into()];
            for section in [Section::Given, Section::Promised, Section::Open] {
                let order = "y.day DESC, y.claim DESC";
                let bounds: Vec<Value> = days.iter().chain(&sum).cloned().collect();
                found.extend(look(section, &bounds, true, (&dated, order))?);
                found.extend(look(section, &sum, true, (&undated, order))?);
            }
        }
        Ok(found)
    }

    fn kept(&self, sql: &str, values: impl Params) -> Result<Vec<Kept>, Error> {
        self.rows(sql, values, |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Facts as they were settled, their claims, and what bears on them. Of those with very many claims only the first are read, but all of
    /// the one that is wanted `whole`.
    pub(crate) fn stored_facts(
        &self,
        wanted: &BTreeSet<Kept>,
        whole: Option<i64>,
    ) -> Result<Stored, Error> {
        let mut groups: Vec<(Kept, Vec<i64>)> = Vec::new();
        for &(claim, fact) in wanted {
            let claims = match fact {
                None => vec![claim],
                Some(fact) if whole == Some(fact) => self.all_members(fact)?,
                Some(fact) => self.first_members(fact)?,
            };
            groups.push(((claim, fact), claims));
        }
        let seqs: Vec<i64> = groups.iter().flat_map(|(_, claims)| claims.iter().copied()).collect();
        let (rows, seqs) = self.rows_of(&seqs)?;
        // Copies matter where a fact has several claims.
        let many = |claims: &&(Kept, Vec<i64>)| claims.1.len() > 1;
        let several: BTreeSet<i64> =
            groups.iter().filter(many).flat_map(|(_, claims)| claims.iter().copied()).collect();
        let of_several =
            |row: &&ClaimRow| seqs.get(&row.claim.id).is_some_and(|it| several.contains(it));
        let copied = rows.iter().filter(of_several).map(|row| row.claim.doc.as_str()).collect();
        let lens = self.lens_of(&rows, &copied)?;
        let by_seq: BTreeMap<i64, &ClaimRow> =
            rows.iter().filter_map(|row| Some((*seqs.get(&row.claim.id)?, row))).collect();
        let mut home: BTreeMap<&str, Kept> = BTreeMap::new();
        let mut claims: Vec<Vec<&ClaimRow>> = Vec::new();
        for (kept, seqs) in &groups {
            let group: Vec<&ClaimRow> =
                seqs.iter().filter_map(|seq| by_seq.get(seq).copied()).collect();
            home.extend(group.iter().map(|row| (row.claim.id.as_str(), *kept)));
            claims.push(group);
        }
        let mut facts = BTreeMap::new();
        for fact in of_groups(&claims, &lens) {
            let kept = fact.members.first().and_then(|it| home.get(it.claim.as_str())).copied();
            let Some(kept) = kept else { continue };
            let mut shown = Shown::whole(fact);
            // What is settled was settled in the light of all claims of the pair, of which these are some.
            if let Some(fact) = kept.1.filter(|it| shown.claims >= MEMBERS || whole == Some(*it)) {
                self.complete(fact, &mut shown)?;
            }
            facts.insert(kept, shown);
        }
        Ok((rows, lens, facts))
    }

    fn all_members(&self, fact: i64) -> Result<Vec<i64>, Error> {
        let sql = "SELECT claim FROM fact_member WHERE fact = ?1 ORDER BY claim";
        self.rows(sql, [fact], |row| row.get(0))
    }

    /// The first claims of a stored fact, and the one that is taken as current.
    fn first_members(&self, fact: i64) -> Result<Vec<i64>, Error> {
        self.rows(
            "SELECT claim FROM (SELECT claim FROM fact_member WHERE fact = ?1 ORDER BY claim LIMIT ?2)
             UNION
             SELECT m.claim FROM fact_row f JOIN coded_claim k ON k.claim_id = f.current
               JOIN fact_member m ON m.claim = k.seq AND m.fact = f.seq WHERE f.seq = ?1",
            params![fact, MEMBERS.cast_signed()],
            |row| row.get(0),
        )
    }

    /// Gives a fact of which only the first claims were read what was settled over all of them.
    fn complete(&self, fact: i64, shown: &mut Shown) -> Result<(), Error> {
        let sql = "SELECT f.fact_id, f.claims, f.documents, f.origins, f.disputed, f.factor, f.date_start, f.date_end, f.current, f.why
                     FROM fact_row f WHERE f.seq = ?1";
        self.rows(sql, [fact], |row| {
            let number = |n| -> rusqlite::Result<u64> { Ok(row.get::<_, i64>(n)?.unsigned_abs()) };
            shown.fact.id = row.get(0)?;
            (shown.claims, shown.documents, shown.origins) = (number(1)?, number(2)?, number(3)?);
            (shown.fact.disputed, shown.fact.factor) = (row.get(4)?, row.get(5)?);
            (shown.fact.start, shown.fact.end) = (date(row, 6)?, date(row, 7)?);
            let why: Option<String> = row.get(9)?;
            let why = why.and_then(|it| Why::parse(&it));
            shown.fact.current = row
                .get::<_, Option<String>>(8)?
                .zip(why)
                .map(|(claim, why)| Current { claim, why });
            Ok(())
        })?;
        let sql = "SELECT k.claim_id, m.stand, m.differs FROM fact_member m JOIN coded_claim k ON k.seq = m.claim
                    WHERE m.fact = ?1 ORDER BY m.claim LIMIT ?2";
        let stands: Vec<(String, String, Option<String>)> = self.rows(
            sql,
            params![fact, i64::try_from(shown.fact.members.len()).unwrap_or(i64::MAX)],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let mut members: BTreeMap<String, &mut Member> =
            shown.fact.members.iter_mut().map(|it| (it.claim.clone(), it)).collect();
        for (claim, stand, differs) in stands {
            let Some((member, stand)) = members.get_mut(&claim).zip(Stand::parse(&stand)) else {
                continue;
            };
            member.stand = stand;
            member.on =
                differs.iter().flat_map(|it| it.split(';')).filter_map(Field::parse).collect();
        }
        Ok(())
    }
}

/// Two codes that face each other, in alphabetical order.
type Pair<'f> = (&'f str, &'f str);

fn pair(fact: &Fact) -> Option<Pair<'_>> {
    let facing = fact.actors.iter().flat_map(|a| fact.recipients.iter().map(move |b| (a, b)));
    let (a, b) = facing.into_iter().find(|(a, b)| a != b)?;
    Some((a.min(b), a.max(b)))
}

/// Where the other stages of a flow stand; what is merely wanted is a stage of nothing.
const fn other_stages(section: Section) -> &'static [Section] {
    match section {
        Section::Given | Section::Open => &[Section::Promised],
        Section::Promised => &[Section::Given, Section::Promised, Section::Open],
        _ => &[],
    }
}

fn shifted(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}
