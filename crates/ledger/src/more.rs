//! A claim in the file: columns for what is asked for often, `more` for the rest, its parties in rows of their own.
//!
//! Nothing is kept twice: the whole claim is put together when it is read. `more` holds every field that has no column,
//! those that later versions of the claim may add included.

use hedgerow_codebook::Claim;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params, Row};
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
        let mut fields = columns(row)?;
        let (mut actors, mut recipients) = (Vec::new(), Vec::new());
        let seq: i64 = row.get(41)?;
        let mut of = parties.query([seq])?;
        while let Some(party) = of.next()? {
            let side =
                if party.get_ref(0)?.as_str()? == "actor" { &mut actors } else { &mut recipients };
            let text = |n| -> rusqlite::Result<Value> { Ok(value(party.get_ref(n)?)) };
            side.push(
                json!({"code": text(1)?, "name": text(2)?, "role": text(3)?, "person": text(4)?}),
            );
        }
        fields.insert("actors".to_owned(), actors.into());
        fields.insert("recipients".to_owned(), recipients.into());
        let (title, outlet, url) = (row.get(37)?, row.get(38)?, row.get(40)?);
        let published = date(row, 39)?;
        let more = row.get_ref(42)?.as_str()?;
        let claim = serde_json::from_str::<Map<String, Value>>(more).and_then(|more| {
            fields.extend(more);
            serde_json::from_value(Value::Object(fields))
        });
        all.push(claim.map(|claim| (seq, ClaimRow { claim, title, outlet, published, url })));
    }
    Ok(all)
}

/// The fields of a claim that have columns.
fn columns(row: &Row<'_>) -> rusqlite::Result<Map<String, Value>> {
    let at = |n| -> rusqlite::Result<Value> { Ok(value(row.get_ref(n)?)) };
    let truth = |n| -> rusqlite::Result<Value> { Ok(Value::Bool(row.get(n)?)) };
    let mut fields = Map::new();
    let plain = [
        ("id", 0),
        ("doc", 1),
        ("kind", 2),
        ("type", 3),
        ("mode", 4),
        ("modality", 17),
        ("stage", 18),
        ("change", 19),
        ("level", 20),
        ("place", 21),
        ("polarity", 24),
        ("topic", 25),
        ("quote", 26),
        ("cameo", 27),
        ("quad", 28),
        ("rule", 29),
        ("confidence", 30),
        ("codebook", 36),
    ];
    for (name, column) in plain {
        fields.insert(name.to_owned(), at(column)?);
    }
    fields.insert("symmetric".to_owned(), truth(5)?);
    fields.insert("cumulative".to_owned(), truth(16)?);
    let date = json!({"start": at(6)?, "end": at(7)?, "precision": at(8)?, "text": at(9)?});
    fields.insert("date".to_owned(), date);
    if !at(11)?.is_null() {
        let amount = json!({"value": at(10)?, "unit": at(11)?, "currency": at(12)?, "count_of": at(13)?,
            "qualifier": at(14)?, "text": at(15)?});
        fields.insert("amount".to_owned(), amount);
    }
    if !at(22)?.is_null() {
        fields.insert("attributed_to".to_owned(), json!({"code": at(22)?, "name": at(23)?}));
    }
    let evidence = json!({"start": at(31)?, "end": at(32)?, "bstart": at(33)?, "bend": at(34)?, "text": at(35)?});
    fields.insert("evidence".to_owned(), evidence);
    Ok(fields)
}

fn value(of: ValueRef<'_>) -> Value {
    match of {
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => x.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
    }
}
