//! Taking the claims of a bucket together, and noting for each file what its claims belong to.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use hedgerow_ledger::{ClaimRow, Stand, facts};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::scatter::{Circles, PLACE};
use crate::Error;
use crate::columns::Wholes;
use crate::row::Claims;

/// Rows that are read together.
const ROWS: usize = 1 << 16;
/// The words for a stand, in the order of their numbers.
const STANDS: [Stand; 3] = [Stand::Agrees, Stand::Differs, Stand::Denies];

/// What a bucket gave, on the disk: for each file of the archive, for each of its claims here, row, stand and fact.
pub(super) struct Taken {
    path: PathBuf,
    /// Where the part of each file begins, and where the last ends.
    offsets: Vec<u64>,
    pub(super) facts: u64,
    pub(super) shared: u64,
}

/// What a claim belongs to.
pub(super) struct Member {
    pub(super) row: u32,
    pub(super) stand: Stand,
    pub(super) fact: String,
}

/// A claim: file and row in the archive, stand, number of the fact.
type Place = (i32, i32, u8, u32);

/// Takes the claims of a bucket together, and writes what came of it to `to`.
pub(super) fn gather(bucket: &[PathBuf], files: usize, to: &Path) -> Result<Taken, Error> {
    let mut batches = Vec::new();
    for path in bucket {
        let file = File::open(path).map_err(Error::file(path))?;
        let reader = ParquetRecordBatchReaderBuilder::try_new(file)
            .and_then(|it| it.with_batch_size(ROWS).build())
            .map_err(Error::parquet(path))?;
        for batch in reader {
            batches.push(batch.map_err(Error::parquet(path))?);
        }
    }
    let claims: Vec<Claims<'_>> = batches.iter().map(Claims::of).collect();
    let at: Vec<[Wholes<'_>; 2]> =
        batches.iter().map(|batch| PLACE.map(|name| Wholes::of(batch, name))).collect();
    let (mut names, mut places) = (Vec::new(), Vec::new());
    let mut shared = 0;
    for circle in circles(&batches).into_values() {
        let claim = |&(batch, row): &(u32, u32)| claims[batch as usize].get(row as usize);
        let rows: serde_json::Result<Vec<ClaimRow>> = circle.iter().map(claim).collect();
        let rows = rows.map_err(Error::parquet(to))?;
        let mut members: HashMap<&str, (u32, u8)> = HashMap::new();
        let made = facts(&rows);
        for fact in &made {
            shared += u64::from(fact.members.len() > 1);
            let number = names.len() as u32;
            names.push(fact.id.clone());
            members.extend(
                fact.members.iter().map(|it| (it.claim.as_str(), (number, it.stand as u8))),
            );
        }
        for (claim, &(batch, row)) in rows.iter().zip(&circle) {
            let Some(&(fact, stand)) = members.get(claim.claim.id.as_str()) else { continue };
            let [file, row] = [0, 1].map(|n| at[batch as usize][n].get(row as usize).unwrap_or(-1));
            places.push((file, row, stand, fact));
        }
    }
    places.sort_unstable();
    let offsets = write(&places, &names, files, to).map_err(Error::file(to))?;
    Ok(Taken { path: to.to_owned(), offsets, facts: names.len() as u64, shared })
}

/// Claims, as numbers of batch and row.
type Rows = Vec<(u32, u32)>;

/// The claims of each circle.
fn circles(batches: &[RecordBatch]) -> BTreeMap<String, Rows> {
    let mut all: BTreeMap<String, Rows> = BTreeMap::new();
    for (n, batch) in batches.iter().enumerate() {
        let circles = Circles::of(batch);
        let mut found: BTreeMap<[i32; 4], (String, Rows)> = BTreeMap::new();
        for at in 0..batch.num_rows() {
            let circle = match found.entry(circles.key(at)) {
                Entry::Occupied(it) => it.into_mut(),
                Entry::Vacant(it) => it.insert((circles.name(at), Vec::new())),
            };
            circle.1.push((n as u32, at as u32));
        }
        for (name, rows) in found.into_values() {
            all.entry(name).or_default().extend(rows);
        }
    }
    all
}

/// Writes places, which are in order of file and row; where each file begins.
fn write(places: &[Place], names: &[String], files: usize, to: &Path) -> std::io::Result<Vec<u64>> {
    let mut out = BufWriter::new(File::create(to)?);
    let (mut offsets, mut written) = (vec![0], 0);
    let mut rest = places;
    for file in 0..files {
        let here = rest.partition_point(|it| usize::try_from(it.0).is_ok_and(|it| it <= file));
        for &(_, row, stand, fact) in &rest[..here] {
            let name = names[fact as usize].as_bytes();
            out.write_all(&row.to_le_bytes())?;
            out.write_all(&[stand])?;
            out.write_all(&(name.len() as u32).to_le_bytes())?;
            out.write_all(name)?;
            written += 9 + name.len() as u64;
        }
        rest = &rest[here..];
        offsets.push(written);
    }
    out.flush()?;
    Ok(offsets)
}

/// What the claims of one file of the archive belong to, in order of row.
pub(super) fn of_file(taken: &[Taken], file: usize) -> Result<Vec<Member>, Error> {
    let mut all = Vec::new();
    for it in taken {
        let (from, to) = (it.offsets[file], it.offsets[file + 1]);
        part(&it.path, from, to, &mut all).map_err(Error::file(&it.path))?;
    }
    all.sort_unstable_by_key(|it| it.row);
    Ok(all)
}

fn part(path: &Path, from: u64, to: u64, all: &mut Vec<Member>) -> std::io::Result<()> {
    if from == to {
        return Ok(());
    }
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut file = BufReader::new(file.take(to - from));
    let mut head = [0; 9];
    let mut left = to - from;
    while left > 0 {
        file.read_exact(&mut head)?;
        let number =
            |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let mut name = vec![0; number(5) as usize];
        file.read_exact(&mut name)?;
        left = left.saturating_sub(9 + name.len() as u64);
        let stand = STANDS.get(usize::from(head[4])).copied().unwrap_or(Stand::Agrees);
        let fact = String::from_utf8(name).map_err(std::io::Error::other)?;
        all.push(Member { row: number(0), stand, fact });
    }
    Ok(())
}
