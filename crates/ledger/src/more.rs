//! A claim in the file: columns for what is asked for often, `more` for the rest, its parties in rows of their own.
//!
//! Nothing is kept twice: the whole claim is put together when it is read. `more` holds every field that has no column,
//! those that later versions of the claim may add included.

use hedgerow_codebook::Claim;
use hedgerow_codebook::claim::{
    Actor, Amount, Antecedent, Evidence, Implied, Link, Ordinal, Rank, Voice, When,
};
use rusqlite::{Connection, Params, Row, Statement};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde_json::{Map, Value, json};

use crate::ClaimRow;
use crate::read::date;

/// Fields of a claim that have columns, or rows, in a ledger and in every table that is made of one.
pub const COLUMNS: [&str; 26] = [
    "id",
    "doc",
    "kind",
    "type",
    "mode",
    "actors",
    "recipients",
    "symmetric",
    "date",
    "amount",
    "cumulative",
    "modality",
    "place",
    "attributed_to",
    "polarity",
    "topic",
    "quote",
    "level",
    "evidence",
    "rule",
    "confidence",
    "codebook",
    "cameo",
    "quad",
    "stage",
    "change",
];

/// The fields of a claim that are not `kept` elsewhere; those without content are left out.
///
/// # Errors
/// Never, as long as claims can be written as JSON.
pub fn rest<'k>(
    claim: &Claim,
    kept: impl IntoIterator<Item = &'k str>,
) -> serde_json::Result<Map<String, Value>> {
    let Value::Object(mut fields) = serde_json::to_value(claim)? else {
        return Ok(Map::new());
    };
    for field in kept {
        fields.remove(field);
    }
    fields.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|it| !it.is_empty()));
    Ok(fields)
}

/// What of a claim has no column, as JSON.
pub(crate) fn of(claim: &Claim, codebook: &str) -> rusqlite::Result<String> {
    let fail = |e: serde_json::Error| rusqlite::Error::ToSqlConversionFailure(e.into());
    let mut fields = rest(claim, COLUMNS).map_err(fail)?;
    if claim.codebook != codebook {
        fields.insert("codebook".to_owned(), json!(claim.codebook));
    }
    serde_json::to_string(&fields).map_err(fail)
}

/// The columns of the view `claim` that [`claims`] reads, in its order.
const READ: &str = "k.claim_id, k.doc, k.kind, k.type, k.mode, k.symmetric, k.date_start, k.date_end, k.precision,
    k.date_text, k.amount, k.unit, k.currency, k.count_of, k.amount_qualifier, k.amount_text, k.cumulative, k.modality,
    k.stage, k.change, k.level, k.place, k.voice, k.voice_name, k.polarity, k.topic, k.quote, k.cameo, k.quad,
    k.rule, k.confidence, k.evidence_start, k.evidence_end, k.evidence_bstart, k.evidence_bend, k.evidence,
    k.codebook, k.title, k.outlet, k.published, k.url, k.claim_seq, k.more";

/// The claims that stand and fulfil `condition`, by document and number; those that do not parse as errors.
pub(crate) fn claims(
    db: &Connection,
    condition: &str,
    values: impl Params,
) -> rusqlite::Result<Vec<serde_json::Result<ClaimRow>>> {
    let rows = read(db, "claim", condition, values)?;
    Ok(rows.into_iter().map(|row| row.map(|(_, row)| row)).collect())
}

/// The claims of a view (`claim`, or `every_claim` with those that were superseded), each with its `claim_seq`.
pub(crate) fn read(
    db: &Connection,
    view: &str,
    condition: &str,
    values: impl Params,
) -> rusqlite::Result<Vec<serde_json::Result<(i64, ClaimRow)>>> {
    let sql = format!(
        "SELECT {READ} FROM {view} k WHERE {condition} ORDER BY k.doc, length(k.claim_id), k.claim_id"
    );
    let mut query = db.prepare_cached(&sql)?;
    let mut parties = db.prepare_cached(
        "SELECT side, code, name, role, person FROM coded_party WHERE claim = ?1 ORDER BY side, position",
    )?;
    let mut rows = query.query(values)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(41)?;
        let sides = sides(&mut parties, seq)?;
        let (title, outlet, url) = (row.get(37)?, row.get(38)?, row.get(40)?);
        let published = date(row, 39)?;
        let rest = serde_json::from_str(row.get_ref(42)?.as_str()?);
        let claim = match sides.and_then(|sides| Ok((sides, rest?))) {
            Ok((sides, rest)) => claim(row, sides, rest)?,
            Err(damaged) => Err(damaged),
        };
        all.push(claim.map(|claim| (seq, ClaimRow { claim, title, outlet, published, url })));
    }
    Ok(all)
}

/// Who acts, and who is acted on.
type Sides = (Vec<Actor>, Vec<Actor>);

fn sides(parties: &mut Statement<'_>, seq: i64) -> rusqlite::Result<serde_json::Result<Sides>> {
    let (mut actors, mut recipients) = (Vec::new(), Vec::new());
    let mut of = parties.query([seq])?;
    while let Some(party) = of.next()? {
        let side =
            if party.get_ref(0)?.as_str()? == "actor" { &mut actors } else { &mut recipients };
        let role = match word(party.get_ref(3)?.as_str()?) {
            Ok(role) => role,
            Err(damaged) => return Ok(Err(damaged)),
        };
        side.push(Actor { code: party.get(1)?, name: party.get(2)?, role, person: party.get(4)? });
    }
    Ok(Ok((actors, recipients)))
}

/// The fields of a claim that have no column, as `more` holds them. One that is neither here nor a column does not build below.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of a claim")]
pub struct Rest {
    /// Of an archive, where columns have the codes alone; a ledger has rows of parties.
    pub actors: Option<Vec<Actor>>,
    /// The same.
    pub recipients: Option<Vec<Actor>>,
    pub more_amounts: Vec<Amount>,
    pub rank: Option<Rank>,
    pub also: Vec<Evidence>,
    /// Where it is not that of the ledger or of the row.
    pub codebook: Option<String>,
    pub intensity: Option<f64>,
    pub contexts: Vec<String>,
    pub purpose: Vec<String>,
    pub domain: Option<String>,
    pub record: bool,
    pub in_force: Option<bool>,
    pub recurring: Option<String>,
    pub ordinal: Option<Ordinal>,
    pub links: Vec<Link>,
    pub zone: Option<String>,
    pub implied: Option<Implied>,
    pub antecedents: Vec<Antecedent>,
}

/// The claim of a row: its columns, its parties, and the rest.
fn claim(
    row: &Row<'_>,
    (actors, recipients): Sides,
    more: Rest,
) -> rusqlite::Result<serde_json::Result<Claim>> {
    let given = |n| row.get_ref(n)?.as_str_or_null().map_err(rusqlite::Error::from);
    let told = |n| -> rusqlite::Result<&str> { Ok(given(n)?.unwrap_or_default()) };
    let (kind, precision, modality) = (told(2)?, told(8)?, told(17)?);
    let (unit, qualifier) = (given(11)?, given(14)?);
    let words = || -> serde_json::Result<_> {
        let (unit, qualifier) = (unit.map(word).transpose()?, qualifier.map(word).transpose()?);
        Ok((word(kind)?, word(precision)?, word(modality)?, unit, qualifier))
    };
    let (kind, precision, modality, unit, qualifier) = match words() {
        Ok(words) => words,
        Err(damaged) => return Ok(Err(damaged)),
    };
    let amount = match unit {
        Some(unit) => Some(Amount {
            value: row.get(10)?,
            unit,
            currency: row.get(12)?,
            count_of: row.get(13)?,
            qualifier: qualifier.unwrap_or_default(),
            text: row.get::<_, Option<String>>(15)?.unwrap_or_default(),
        }),
        None => None,
    };
    let attributed_to = match row.get(22)? {
        Some(code) => Some(Voice { code, name: row.get::<_, Option<_>>(23)?.unwrap_or_default() }),
        None => None,
    };
    Ok(Ok(Claim {
        id: row.get(0)?,
        doc: row.get(1)?,
        kind,
        type_: row.get(3)?,
        mode: row.get(4)?,
        actors,
        recipients,
        symmetric: row.get(5)?,
        date: When { start: date(row, 6)?, end: date(row, 7)?, precision, text: row.get(9)? },
        amount,
        more_amounts: more.more_amounts,
        cumulative: row.get(16)?,
        modality,
        rank: more.rank,
        place: row.get(21)?,
        attributed_to,
        polarity: row.get(24)?,
        topic: row.get(25)?,
        quote: row.get(26)?,
        level: row.get(20)?,
        evidence: Evidence {
            start: row.get(31)?,
            end: row.get(32)?,
            bstart: row.get(33)?,
            bend: row.get(34)?,
            text: row.get(35)?,
        },
        also: more.also,
        rule: row.get(29)?,
        confidence: row.get(30)?,
        codebook: match more.codebook {
            Some(own) => own,
            None => row.get(36)?,
        },
        cameo: row.get(27)?,
        quad: row.get(28)?,
        stage: row.get(18)?,
        change: row.get(19)?,
        intensity: more.intensity,
        contexts: more.contexts,
        purpose: more.purpose,
        domain: more.domain,
        record: more.record,
        in_force: more.in_force,
        recurring: more.recurring,
        ordinal: more.ordinal,
        links: more.links,
        zone: more.zone,
        implied: more.implied,
        antecedents: more.antecedents,
    }))
}

/// The value of an enumeration that has this word in JSON.
///
/// # Errors
/// Where it has no such word.
pub fn word<'t, T: Deserialize<'t>>(text: &'t str) -> serde_json::Result<T> {
    T::deserialize(IntoDeserializer::<serde_json::Error>::into_deserializer(text))
}
