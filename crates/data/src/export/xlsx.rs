//! An Excel workbook, a sheet a table. Text is written as text, so nothing in it is a formula.

use std::io::{Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::sheet::{Cell, Sheet};
use super::{ExportError, Zip};

/// Rows of a sheet, its heading included.
const MOST_ROWS: u64 = 1_048_576;
/// Characters of a cell.
const LONGEST: usize = 32_767;

/// Writes all tables.
pub(super) fn write<W: Write + Seek>(
    sheets: &[Sheet<'_>],
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let wrong = |error: XlsxError| ExportError::Workbook(error.to_string());
    let mut book = Workbook::new();
    // Always the same date, so that the same content gives the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(wrong)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let strong = Format::new().set_bold();
    let mut counts = Vec::new();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.name()).map_err(wrong)?;
        page.set_freeze_panes(1, 0).map_err(wrong)?;
        for (n, column) in (0..).zip(sheet.columns) {
            page.write_string_with_format(0, n, column.name, &strong).map_err(wrong)?;
        }
        let mut line = 0;
        let rows = sheet.each(&mut |row| {
            line += 1;
            if u64::from(line) >= MOST_ROWS {
                return Err(ExportError::Workbook(format!(
                    "a sheet holds {} rows and {} has more",
                    MOST_ROWS - 1,
                    sheet.name()
                )));
            }
            for (n, cell) in (0..).zip(row) {
                match cell {
                    Cell::Empty => {}
                    Cell::Text(text) => {
                        let short: String = text.chars().take(LONGEST).collect();
                        page.write_string(line, n, short).map_err(wrong)?;
                    }
                    Cell::Whole(it) => {
                        page.write_number(line, n, *it as f64).map_err(wrong)?;
                    }
                    Cell::Number(it) => {
                        page.write_number(line, n, *it).map_err(wrong)?;
                    }
                }
            }
            Ok(())
        })?;
        counts.push((sheet.name(), rows));
    }
    let name = "hedgerow.xlsx";
    let bytes = book.save_to_buffer().map_err(wrong)?;
    zip.begin(name)?;
    zip.to.write_all(&bytes)?;
    for (sheet, rows) in counts {
        zip.wrote(&format!("{name}, sheet {sheet}"), rows);
    }
    Ok(())
}
