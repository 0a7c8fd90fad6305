//! Printing claim lines.

use std::fmt;

use jiff::civil::Date;

use super::{ClaimLine, LineAmount};
use crate::claim::{Kind, Modality, Precision, Qualifier, Role};

impl fmt::Display for ClaimLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.symmetric {
            // All parties stand on both sides: the first is printed left, the others right.
            let split = 1.min(self.actors.len());
            side(f, &self.actors[..split])?;
            f.write_str(" = ")?;
            side(f, &self.actors[split..])?;
        } else {
            side(f, &self.actors)?;
            if !self.recipients.is_empty() {
                f.write_str(" -> ")?;
                side(f, &self.recipients)?;
            }
        }
        f.write_str("  ")?;
        self.what(f)?;
        if let Some(amount) = &self.amount {
            write!(f, "  {amount}")?;
        }
        if let Some((start, end, precision)) = self.date {
            write!(f, "  {}", Edtf(start, end, precision))?;
        }
        if self.modality != Modality::Actual {
            write!(f, "  !{}", self.modality.as_str())?;
        }
        if let Some(by) = &self.by {
            f.write_str("  by ")?;
            code(f, by)?;
        }
        if let Some(rank) = self.rank {
            write!(f, "  #{rank}")?;
        }
        if self.cumulative {
            f.write_str("  cumulative")?;
        }
        if self.also > 0 {
            write!(f, "  also {}", self.also)?;
        }
        for (word, name) in [("  who ", &self.who), ("  of ", &self.of)] {
            if let Some(name) = name {
                f.write_str(word)?;
                quoted(f, name)?;
            }
        }
        if let Some(name) = &self.after {
            f.write_str("  after ")?;
            quoted(f, name)?;
        }
        Ok(())
    }
}

impl ClaimLine {
    fn what(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Event => f.write_str(&self.type_)?,
            Kind::Stance => f.write_str(match self.polarity {
                Some(p) if p > 0 => "stance+",
                Some(p) if p < 0 => "stance-",
                _ => "stance0",
            })?,
            kind => write!(f, "{}.{}", kind.as_str(), self.type_)?,
        }
        if let Some(mode) = &self.mode {
            write!(f, ".{mode}")?;
        }
        if let Some(label) = &self.label {
            f.write_str(" ")?;
            quoted(f, label)?;
        }
        Ok(())
    }
}

fn side(f: &mut fmt::Formatter<'_>, actors: &[(String, Role)]) -> fmt::Result {
    for (n, (name, role)) in actors.iter().enumerate() {
        if n > 0 {
            f.write_str(" + ")?;
        }
        code(f, name)?;
        if *role != Role::default_of(name) {
            write!(f, "/{}", role.as_str())?;
        }
    }
    Ok(())
}

fn code(f: &mut fmt::Formatter<'_>, code: &str) -> fmt::Result {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.');
    if code.chars().all(plain) && !code.is_empty() { f.write_str(code) } else { quoted(f, code) }
}

/// Text between double quotes; quotes, backslashes and line breaks inside are escaped.
fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}

impl fmt::Display for LineAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.qualifier {
            Qualifier::Exact | Qualifier::Vague => "",
            Qualifier::About => "~",
            Qualifier::MoreThan => ">",
            Qualifier::AtLeast => ">=",
            Qualifier::UpTo => "<=",
            Qualifier::LessThan => "<",
        })?;
        let number = self.value.map_or_else(|| "?".to_owned(), |value| self.number(value));
        if self.money {
            return write!(f, "{} {number}", self.of);
        }
        f.write_str(&number)?;
        if self.of.is_empty() {
            return Ok(());
        }
        f.write_str(" ")?;
        let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-');
        // Outer and double blanks would be lost between parts.
        let tidy = self.of.trim() == self.of && !self.of.contains("  ");
        if tidy && self.of.chars().all(plain) { f.write_str(&self.of) } else { quoted(f, &self.of) }
    }
}

impl LineAmount {
    /// Money of a million and more in powers of ten (`1.7e9`), everything else plain.
    fn number(&self, value: f64) -> String {
        if !self.money || value.abs() < 1e6 {
            return value.to_string();
        }
        let mut exponent = 6;
        while value.abs() / 10f64.powi(exponent) >= 1000.0 {
            exponent += 3;
        }
        let text = format!("{}e{exponent}", value / 10f64.powi(exponent));
        // Where the short form would lose digits, the plain one is printed.
        if text.parse() == Ok(value) { text } else { value.to_string() }
    }
}

/// An interval in EDTF at its precision.
struct Edtf(Date, Date, Precision);

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let point = |date: Date| match self.2 {
            Precision::Year => format!("{:04}", date.year()),
            Precision::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Precision::Day | Precision::None => date.to_string(),
        };
        let (start, end) = (point(self.0), point(self.1));
        if start == end { f.write_str(&start) } else { write!(f, "{start}/{end}") }
    }
}
