//! Reading structured sources back: only completed imports count, and of several the newest.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params, params_from_iter, types::Value};
use serde::Serialize;

use super::{Absent, Tally};
use crate::{Error, Ledger};

/// A completed import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportRow {
    /// Its number.
    pub import: i64,
    /// Kind, `atop`.
    pub kind: String,
    /// Version of the data, where it was stated.
    pub version: Option<String>,
    /// Name of the file.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// What the user stated about it, as a JSON object.
    pub assumed: String,
    /// Version of the reader.
    pub reader: String,
    /// Licence of the data.
    pub licence: String,
    /// How to cite it.
    pub citation: String,
    /// Where it comes from.
    pub url: String,
    /// Rows read.
    pub read: u64,
    /// Rows kept.
    pub kept: u64,
    /// Rows that were there already.
    pub known: u64,
    /// Rows passed over.
    pub passed_over: u64,
    /// Rows refused.
    pub refused: u64,
    /// Why, as a JSON object: reason to number and first line.
    pub reasons: String,
    /// When it was completed (UTC).
    pub ended: String,
}

/// The years for which one import covers a variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Variable, `atop.defense`.
    pub variable: String,
    /// First year.
    pub from_year: i16,
    /// Last year.
    pub to_year: i16,
    /// What a missing row means inside these years.
    pub absent: Absent,
    /// Unit of the variable.
    pub unit: String,
    /// Kind of import.
    pub source: String,
    /// Number of the import.
    pub import: i64,
}

/// A value of a directed pair in a year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DyadYear {
    /// Giver, sender, or the state whose policy it is.
    pub a: String,
    /// The other.
    pub b: String,
    /// Year.
    pub year: i16,
    /// Value, in the unit of the variable.
    pub value: f64,
    /// Number of the import that gave it.
    pub import: i64,
}

/// A value of a state in a year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StateYear {
    /// The state.
    pub state: String,
    /// Year.
    pub year: i16,
    /// Value, in the unit of the variable.
    pub value: f64,
    /// Number of the import that gave it.
    pub import: i64,
}

/// Something that holds from one day to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spell {
    /// The first state.
    pub a: String,
    /// The second, where there are two.
    pub b: Option<String>,
    /// First day, month or year.
    pub start: Option<String>,
    /// Last day, month or year.
    pub until: Option<String>,
    /// Name of the leader, agreement or weapon.
    pub label: String,
    /// Value, in the unit of the variable.
    pub value: Option<f64>,
    /// What else the source says, a JSON object.
    pub detail: String,
    /// Number of the import that gave it.
    pub import: i64,
}

/// A vote in the General Assembly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Vote {
    /// The roll call.
    pub rcid: i64,
    /// Who votes.
    pub state: String,
    /// 1 yes, 2 abstention, 3 no, 8 absent, 9 not a member.
    pub vote: u8,
}

/// Events of one source from one state toward another in a month, by quad class and code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventCount {
    /// Source, `icews`.
    pub source: String,
    /// Who acts.
    pub actor: String,
    /// Upon whom.
    pub recipient: String,
    /// Month, `2015-09`.
    pub month: String,
    /// Code of the event.
    pub code: String,
    /// Quad class, where the source has one.
    pub quad: Option<u8>,
    /// Who printed it, where the source says so.
    pub publisher: Option<String>,
    /// Number of rows of the source: reports, not happenings.
    pub events: u64,
    /// Sum of their scores (Goldstein values, intensities).
    pub score: Option<f64>,
}

impl Ledger {
    /// The completed imports, oldest first.
    pub fn imports(&self) -> Result<Vec<ImportRow>, Error> {
        self.rows(
            "SELECT import, kind, version, file, sha256, assumed, reader, licence, citation, url, read, kept, known,
                    passed_over, refused, reasons, ended FROM import_done ORDER BY import",
            [],
            |row| {
                let whole = |n: usize| row.get::<_, i64>(n).map(i64::unsigned_abs);
                Ok(ImportRow {
                    import: row.get(0)?,
                    kind: row.get(1)?,
                    version: row.get(2)?,
                    file: row.get(3)?,
                    sha256: row.get(4)?,
                    assumed: row.get(5)?,
                    reader: row.get(6)?,
                    licence: row.get(7)?,
                    citation: row.get(8)?,
                    url: row.get(9)?,
                    read: whole(10)?,
                    kept: whole(11)?,
                    known: whole(12)?,
                    passed_over: whole(13)?,
                    refused: whole(14)?,
                    reasons: row.get(15)?,
                    ended: row.get(16)?,
                })
            },
        )
    }

    /// What came of a completed import, reason by reason.
    pub fn import_tally(&self, import: i64) -> Result<Option<Tally>, Error> {
        let row = self.imports()?.into_iter().find(|it| it.import == import);
        row.map(|row| {
            let reasons = serde_json::from_str(&row.reasons).map_err(|e| {
                Error::damaged(&self.path, format!("reasons of import {import}: {e}"))
            })?;
            Ok(Tally {
                read: row.read,
                kept: row.kept,
                known: row.known,
                passed_over: row.passed_over,
                refused: row.refused,
                reasons,
                ..Tally::default()
            })
        })
        .transpose()
    }

    /// The years for which completed imports cover a variable; of all variables where none is given. Outside them a value is
    /// missing, whatever [`Absent`] says.
    pub fn coverage(&self, variable: Option<&str>) -> Result<Vec<Coverage>, Error> {
        self.rows(
            "SELECT variable, from_year, to_year, absent, unit, source, import FROM coverage
              WHERE ?1 IS NULL OR variable = ?1 ORDER BY variable, import",
            [variable],
            |row| {
                let absent: String = row.get(3)?;
                Ok(Coverage {
                    variable: row.get(0)?,
                    from_year: row.get(1)?,
                    to_year: row.get(2)?,
                    absent: if absent == "zero" { Absent::Zero } else { Absent::Missing },
                    unit: row.get(4)?,
                    source: row.get(5)?,
                    import: row.get(6)?,
                })
            },
        )
    }

    /// Values of a variable, by giver `a`, receiver `b` (each, where given) and years, in that order.
    pub fn dyad_values(
        &self,
        variable: &str,
        a: Option<&str>,
        b: Option<&str>,
        years: RangeInclusive<i16>,
    ) -> Result<Vec<DyadYear>, Error> {
        let Some(variable) = self.variable_number(variable)? else { return Ok(Vec::new()) };
        let Some((a, b)) = self.pair(a, b)? else { return Ok(Vec::new()) };
        let mut given = vec![
            Value::Integer(variable),
            Value::Integer((*years.start()).into()),
            Value::Integer((*years.end()).into()),
        ];
        let narrowed = narrowed("d", "a", "b", a, b, &mut given);
        let sql = format!(
            "SELECT a.text, b.text, d.year, d.value, d.import
               FROM dyad_value d
               JOIN term a ON a.seq = d.a
               JOIN term b ON b.seq = d.b
               JOIN import_end e ON e.import = d.import
              WHERE d.variable = ?1 AND d.year BETWEEN ?2 AND ?3{narrowed}
                AND NOT EXISTS (SELECT 1 FROM dyad_value n JOIN import_end ne ON ne.import = n.import
                                 WHERE n.variable = d.variable AND n.a = d.a AND n.b = d.b AND n.year = d.year
                                   AND n.import > d.import)
              ORDER BY a.text, b.text, d.year"
        );
        self.rows(&sql, params_from_iter(given), |row| {
            Ok(DyadYear {
                a: row.get(0)?,
                b: row.get(1)?,
                year: row.get(2)?,
                value: row.get(3)?,
                import: row.get(4)?,
            })
        })
    }

    /// Values of a variable of states, of one state where it is given, by years.
    pub fn state_values(
        &self,
        variable: &str,
        state: Option<&str>,
        years: RangeInclusive<i16>,
    ) -> Result<Vec<StateYear>, Error> {
        self.rows(
            "SELECT s.text, d.year, d.value, d.import
               FROM state_value d
               JOIN term s ON s.seq = d.state
               JOIN import_end e ON e.import = d.import
              WHERE d.variable = (SELECT seq FROM variable WHERE name = ?1)
                AND (?2 IS NULL OR d.state = (SELECT seq FROM term WHERE text = ?2))
                AND d.year BETWEEN ?3 AND ?4
                AND NOT EXISTS (SELECT 1 FROM state_value n JOIN import_end ne ON ne.import = n.import
                                 WHERE n.variable = d.variable AND n.state = d.state AND n.year = d.year
                                   AND n.import > d.import)
              ORDER BY s.text, d.year",
            params![variable, state, years.start(), years.end()],
            |row| {
                Ok(StateYear {
                    state: row.get(0)?,
                    year: row.get(1)?,
                    value: row.get(2)?,
                    import: row.get(3)?,
                })
            },
        )
    }

    /// Spells of a variable that name the state on either side, or all of them. Those of the newest completed import of each kind.
    pub fn spells(&self, variable: &str, state: Option<&str>) -> Result<Vec<Spell>, Error> {
        self.rows(
            "SELECT a, b, start, until, label, value, detail, import FROM spell
              WHERE variable = ?1 AND (?2 IS NULL OR a = ?2 OR b = ?2)
                AND import = (SELECT max(n.import) FROM spell n WHERE n.variable = ?1)
              ORDER BY a, start, b, label",
            params![variable, state],
            |row| {
                Ok(Spell {
                    a: row.get(0)?,
                    b: row.get(1)?,
                    start: row.get(2)?,
                    until: row.get(3)?,
                    label: row.get(4)?,
                    value: row.get(5)?,
                    detail: row.get(6)?,
                    import: row.get(7)?,
                })
            },
        )
    }

    /// The sessions of the General Assembly with votes, and their number of roll calls.
    pub fn vote_sessions(&self) -> Result<Vec<(i16, u64)>, Error> {
        self.rows(
            "SELECT r.session, count(DISTINCT r.rcid) FROM roll_call r JOIN import_end e ON e.import = r.import
              GROUP BY r.session ORDER BY r.session",
            [],
            |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())),
        )
    }

    /// Number, session and day of every roll call of the completed imports.
    pub fn roll_calls(&self) -> Result<Vec<(i64, i16, Option<Date>)>, Error> {
        self.rows(
            "SELECT r.rcid, r.session, r.day FROM roll_call r JOIN import_end e ON e.import = r.import ORDER BY r.rcid, r.import",
            [],
            |row| {
                let day: Option<String> = row.get(2)?;
                Ok((row.get(0)?, row.get(1)?, day.and_then(|day| day.parse().ok())))
            },
        )
    }

    /// The votes of one session, by roll call and state.
    pub fn votes(&self, session: i16) -> Result<Vec<Vote>, Error> {
        self.rows(
            "SELECT w.rcid, s.text, w.vote
               FROM (SELECT DISTINCT r.rcid FROM roll_call r JOIN import_end e ON e.import = r.import WHERE r.session = ?1) r
               JOIN vote_row w ON w.rcid = r.rcid
               JOIN import_end e ON e.import = w.import
               JOIN term s ON s.seq = w.state
              WHERE NOT EXISTS (SELECT 1 FROM vote_row n JOIN import_end ne ON ne.import = n.import
                                 WHERE n.rcid = w.rcid AND n.state = w.state AND n.import > w.import)
              ORDER BY w.rcid, s.text",
            [session],
            |row| Ok(Vote { rcid: row.get(0)?, state: row.get(1)?, vote: row.get(2)? }),
        )
    }

    /// Events of other coders by month, code, quad class and publisher, of a source, actor and recipient where these are given,
    /// from `days.start()` to `days.end()` (numbers such as 20150920).
    pub fn event_counts(
        &self,
        source: Option<&str>,
        actor: Option<&str>,
        recipient: Option<&str>,
        days: RangeInclusive<u32>,
    ) -> Result<Vec<EventCount>, Error> {
        let Some((a, b)) = self.pair(actor, recipient)? else { return Ok(Vec::new()) };
        let mut given = vec![
            source.map_or(Value::Null, |it| Value::Text(it.to_owned())),
            Value::Integer((*days.start()).into()),
            Value::Integer((*days.end()).into()),
        ];
        let narrowed = narrowed("e", "actor", "recipient", a, b, &mut given);
        // Grouped by numbers first: the words are looked up once a group.
        let sql = format!(
            "SELECT s.text, a.text, r.text, printf('%04d-%02d', g.month / 100, g.month % 100), c.text, g.quad, p.text, g.n, g.score
               FROM (SELECT e.source, e.actor, e.recipient, e.day / 100 AS month, e.code, e.quad, e.publisher,
                            count(*) AS n, sum(e.score) AS score
                       FROM event_row e
                      WHERE (?1 IS NULL OR e.source = (SELECT seq FROM term WHERE text = ?1))
                        AND e.day BETWEEN ?2 AND ?3{narrowed}
                        AND e.import IN (SELECT import FROM import_end)
                      GROUP BY e.actor, e.recipient, month, e.source, e.code, e.quad, e.publisher) g
               JOIN term s ON s.seq = g.source
               JOIN term a ON a.seq = g.actor
               JOIN term r ON r.seq = g.recipient
               JOIN term c ON c.seq = g.code
               LEFT JOIN term p ON p.seq = g.publisher
              ORDER BY g.actor, g.recipient, g.month, s.text, c.text, p.text"
        );
        self.rows(&sql, params_from_iter(given), event_count)
    }

    fn variable_number(&self, name: &str) -> Result<Option<i64>, Error> {
        self.number_of("SELECT seq FROM variable WHERE name = ?1", name)
    }

    /// The numbers of two codes that may be left out; `None` where one of them stands nowhere in the ledger.
    #[expect(clippy::type_complexity, reason = "two numbers")]
    fn pair(
        &self,
        a: Option<&str>,
        b: Option<&str>,
    ) -> Result<Option<(Option<i64>, Option<i64>)>, Error> {
        let mut numbers = [None, None];
        for (code, number) in [a, b].into_iter().zip(&mut numbers) {
            if let Some(code) = code {
                *number = self.number_of("SELECT seq FROM term WHERE text = ?1", code)?;
                if number.is_none() {
                    return Ok(None);
                }
            }
        }
        Ok(Some((numbers[0], numbers[1])))
    }

    fn number_of(&self, sql: &str, text: &str) -> Result<Option<i64>, Error> {
        let found = self
            .db
            .prepare_cached(sql)
            .and_then(|mut query| query.query_row([text], |row| row.get(0)).optional());
        found.map_err(|e| self.error(e))
    }
}

/// Conditions on two columns, where these are wanted, as SQL.
fn narrowed(
    table: &str,
    first: &str,
    second: &str,
    a: Option<i64>,
    b: Option<i64>,
    given: &mut Vec<Value>,
) -> String {
    let mut sql = String::new();
    for (column, number) in [(first, a), (second, b)] {
        if let Some(number) = number {
            given.push(Value::Integer(number));
            // Writing to a string cannot fail.
            let _ = write!(sql, " AND {table}.{column} = ?{}", given.len());
        }
    }
    sql
}

fn event_count(row: &Row<'_>) -> rusqlite::Result<EventCount> {
    Ok(EventCount {
        source: row.get(0)?,
        actor: row.get(1)?,
        recipient: row.get(2)?,
        month: row.get(3)?,
        code: row.get(4)?,
        quad: row.get(5)?,
        publisher: row.get(6)?,
        events: row.get::<_, i64>(7)?.unsigned_abs(),
        score: row.get(8)?,
    })
}
