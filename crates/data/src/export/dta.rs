//! Stata data files, format 118 (Stata 14 and later), as Stata's `help dta` describes it.

use std::io::{Seek, Write};

use super::sheet::{Cell, Sheet, Unit};
use super::{ExportError, Zip};

/// Longest text of a fixed width, in bytes; a column with longer ones refers to a pool of texts.
const LONGEST_FIXED: usize = 2045;
/// Type numbers.
const STRL: u16 = 32_768;
const DOUBLE: u16 = 65_526;
/// The missing value `.` of a double.
const MISSING: u64 = 0x7fe0_0000_0000_0000;

/// How a column is stored.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Double,
    Fixed(usize),
    Pooled,
}

impl Kind {
    fn number(self) -> u16 {
        match self {
            Self::Double => DOUBLE,
            Self::Fixed(width) => width as u16,
            Self::Pooled => STRL,
        }
    }

    fn width(self) -> usize {
        match self {
            Self::Double | Self::Pooled => 8,
            Self::Fixed(width) => width,
        }
    }

    fn format(self) -> String {
        match self {
            Self::Double => "%12.0g".to_owned(),
            Self::Fixed(width) => format!("%{width}s"),
            Self::Pooled => "%9s".to_owned(),
        }
    }
}

/// Writes one table. The rows are seen twice: first for the widths.
pub(super) fn write<W: Write + Seek>(
    sheet: &Sheet<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let mut longest = vec![1; sheet.columns.len()];
    let rows = sheet.each(&mut |row| {
        for (longest, cell) in longest.iter_mut().zip(row) {
            if let Cell::Text(text) = cell {
                *longest = (*longest).max(text.len());
            }
        }
        Ok(())
    })?;
    let kinds: Vec<Kind> = sheet
        .columns
        .iter()
        .zip(&longest)
        .map(|(column, &width)| match column.unit {
            Unit::Whole | Unit::Number => Kind::Double,
            Unit::Text if width > LONGEST_FIXED => Kind::Pooled,
            Unit::Text => Kind::Fixed(width),
        })
        .collect();
    let mut pool = 0;
    let pooled = |n: usize, cell: &Cell| match cell {
        Cell::Text(text) if kinds[n] == Kind::Pooled && !text.is_empty() => Some(text.clone()),
        _ => None,
    };
    sheet.each(&mut |row| {
        pool += row
            .iter()
            .enumerate()
            .filter_map(|(n, it)| pooled(n, it))
            .map(|it| entry(1, 1, &it).len())
            .sum::<usize>();
        Ok(())
    })?;

    let name = format!("{}.dta", sheet.name());
    zip.begin(&name)?;
    let to = &mut zip.to;
    to.write_all(&head(sheet, &kinds, rows, pool))?;
    to.write_all(b"<data>")?;
    let mut observation = 0_u64;
    let mut record = Vec::new();
    sheet.each(&mut |row| {
        observation += 1;
        record.clear();
        for (n, (cell, kind)) in row.iter().zip(&kinds).enumerate() {
            match kind {
                Kind::Double => record.extend(double(cell)),
                Kind::Fixed(width) => {
                    let text = if let Cell::Text(text) = cell { text.as_str() } else { "" };
                    record.extend(padded(text, *width));
                }
                // Two bytes of the variable, six of the observation; zeros for nothing.
                Kind::Pooled if pooled(n, cell).is_some() => {
                    record.extend((n as u16 + 1).to_le_bytes());
                    record.extend(&observation.to_le_bytes()[..6]);
                }
                Kind::Pooled => record.extend([0; 8]),
            }
        }
        Ok(to.write_all(&record)?)
    })?;
    to.write_all(b"</data><strls>")?;
    observation = 0;
    sheet.each(&mut |row| {
        observation += 1;
        for (n, cell) in row.iter().enumerate() {
            if let Some(text) = pooled(n, cell) {
                to.write_all(&entry(n as u32 + 1, observation, &text))?;
            }
        }
        Ok(())
    })?;
    to.write_all(b"</strls><value_labels></value_labels></stata_dta>")?;
    zip.wrote(&name, rows);
    Ok(())
}

/// Everything before the data.
fn head(sheet: &Sheet<'_>, kinds: &[Kind], rows: u64, pool: usize) -> Vec<u8> {
    let mut head =
        b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>".to_vec();
    head.extend((kinds.len() as u16).to_le_bytes());
    head.extend(b"</K><N>");
    head.extend(rows.to_le_bytes());
    let label = format!("Hedgerow: {}", sheet.what.as_str());
    head.extend(b"</N><label>");
    head.extend((label.len() as u16).to_le_bytes());
    head.extend(label.as_bytes());
    // No time: the same content gives the same bytes.
    head.extend(b"</label><timestamp>\0</timestamp></header>");
    let sections: [(&str, Vec<u8>); 7] = [
        ("variable_types", kinds.iter().flat_map(|it| it.number().to_le_bytes()).collect()),
        ("varnames", sheet.columns.iter().flat_map(|it| padded(it.name, 129)).collect()),
        ("sortlist", vec![0; (kinds.len() + 1) * 2]),
        ("formats", kinds.iter().flat_map(|it| padded(&it.format(), 57)).collect()),
        ("value_label_names", vec![0; kinds.len() * 129]),
        (
            "variable_labels",
            sheet.columns.iter().flat_map(|it| padded(&short(it.what), 321)).collect(),
        ),
        ("characteristics", Vec::new()),
    ];
    // The map holds where each section begins: 14 numbers of 8 bytes.
    let mut at = head.len();
    let mut map = vec![0, at as u64];
    at += "<map></map>".len() + 14 * 8;
    for (tag, content) in &sections {
        map.push(at as u64);
        at += 2 * tag.len() + 5 + content.len();
    }
    map.push(at as u64);
    at += "<data></data>".len() + rows as usize * kinds.iter().map(|it| it.width()).sum::<usize>();
    map.push(at as u64);
    at += "<strls></strls>".len() + pool;
    map.push(at as u64);
    at += "<value_labels></value_labels>".len();
    map.push(at as u64);
    at += "</stata_dta>".len();
    map.push(at as u64);
    head.extend(b"<map>");
    head.extend(map.into_iter().flat_map(u64::to_le_bytes));
    head.extend(b"</map>");
    for (tag, content) in sections {
        head.extend(format!("<{tag}>").as_bytes());
        head.extend(content);
        head.extend(format!("</{tag}>").as_bytes());
    }
    head
}

/// An entry of the pool of texts.
fn entry(variable: u32, observation: u64, text: &str) -> Vec<u8> {
    let mut entry = b"GSO".to_vec();
    entry.extend(variable.to_le_bytes());
    entry.extend(observation.to_le_bytes());
    // 130: text with a zero at its end.
    entry.push(130);
    let text = text.replace('\0', "\u{fffd}");
    entry.extend((text.len() as u32 + 1).to_le_bytes());
    entry.extend(text.as_bytes());
    entry.push(0);
    entry
}

fn double(cell: &Cell) -> [u8; 8] {
    match cell {
        Cell::Whole(n) => (*n as f64).to_le_bytes(),
        Cell::Number(n) => n.to_le_bytes(),
        Cell::Empty | Cell::Text(_) => MISSING.to_le_bytes(),
    }
}

/// Text in a field of a fixed width, cut between characters where it is too long.
fn padded(text: &str, width: usize) -> Vec<u8> {
    let mut end = text.len().min(width);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut field = text.as_bytes()[..end].to_vec();
    field.resize(width, 0);
    field
}

/// A label of at most 80 characters.
fn short(text: &str) -> String {
    text.chars().take(80).collect()
}
