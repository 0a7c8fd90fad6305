//! What the network sees of a word: rows of two hashed tables.
//!
//! The trainer and the parser must agree on every row, so both call [`rows`]. Words never seen in training still
//! share their prefixes, suffixes, shape and letter sequences with known ones.

/// Rows per word in the table of whole words: two hashes, so that words that collide in one rarely collide in both.
pub const WORD_ROWS: usize = 2;
/// At most this many rows per word in the table of pieces.
pub const PIECE_ROWS: usize = 24;

/// The rows of one word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Rows of the word table.
    pub words: [u32; WORD_ROWS],
    /// Rows of the piece table; a row may occur twice.
    pub pieces: Vec<u32>,
}

/// Finds the rows of `form` in a word table and a piece table of the given sizes.
pub fn rows(form: &str, word_rows: u32, piece_rows: u32) -> Rows {
    let folded: Vec<char> = form.chars().flat_map(char::to_lowercase).map(fold_digit).collect();
    let word = |seed| (hash("", &folded, seed) % u64::from(word_rows)) as u32;
    let mut pieces = Vec::with_capacity(PIECE_ROWS);
    let mut piece = |kind: &str, chars: &[char]| {
        pieces.push((hash(kind, chars, 0) % u64::from(piece_rows)) as u32);
    };
    let length = folded.len();
    for (size, kind) in [(1, "p1_"), (2, "p2_"), (3, "p3_")] {
        piece(kind, &folded[..size.min(length)]);
    }
    for (size, kind) in [(1, "s1_"), (2, "s2_"), (3, "s3_"), (4, "s4_")] {
        piece(kind, &folded[length.saturating_sub(size)..]);
    }
    piece("sh_", &shape(form));
    piece("f_", &flags(form));
    let mut bounded = vec!['<'];
    bounded.extend(&folded);
    bounded.push('>');
    for window in bounded.windows(4).take(PIECE_ROWS - 9) {
        piece("g_", window);
    }
    Rows { words: [word(1), word(2)], pieces }
}

/// Numbers differ in every document; their length and place do not.
fn fold_digit(c: char) -> char {
    if c.is_ascii_digit() { '0' } else { c }
}

/// Capitals, small letters and digits as classes, runs cut at three, at most twelve long.
fn shape(form: &str) -> Vec<char> {
    let mut shape = Vec::with_capacity(12);
    let (mut last, mut run) = ('\0', 0);
    for c in form.chars() {
        let class = if c.is_uppercase() {
            'X'
        } else if c.is_lowercase() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else {
            c
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 3 && shape.len() < 12 {
            shape.push(class);
        }
    }
    shape
}

/// Whether the word starts with a capital, holds a digit, is all capitals.
fn flags(form: &str) -> Vec<char> {
    let capital = form.chars().next().is_some_and(char::is_uppercase);
    let mut flags = vec![if capital { 'U' } else { 'l' }];
    if form.chars().any(char::is_numeric) {
        flags.push('D');
    }
    if form.chars().any(char::is_uppercase) && !form.chars().any(char::is_lowercase) {
        flags.push('A');
    }
    flags
}

/// FNV-1a over the bytes, then one mixing step; the low bits of plain FNV are too regular for a remainder.
fn hash(kind: &str, chars: &[char], seed: u64) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    const PRIME: u64 = 0x0100_0000_01B3;
    let mut h = 0xCBF2_9CE4_8422_2325 ^ seed.wrapping_mul(MIX);
    let mut eat = |byte: u8| h = (h ^ u64::from(byte)).wrapping_mul(PRIME);
    kind.bytes().for_each(&mut eat);
    for c in chars {
        c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut eat);
    }
    h ^= h >> 31;
    h.wrapping_mul(MIX) >> 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_digits_share_the_word_rows() {
        let row = |form| rows(form, 1 << 14, 1 << 14).words;
        assert_eq!(row("Japan"), row("japan"));
        assert_eq!(row("1973"), row("2015"));
        assert_ne!(row("Japan"), row("Japans"));
    }

    #[test]
    fn any_form_has_rows_within_the_tables() {
        for form in ["", "a", "$", "ﬁ", "İstanbul", "Việt", &"x".repeat(500)] {
            let rows = rows(form, 64, 32);
            assert!(rows.words.iter().all(|&row| row < 64));
            assert!(rows.pieces.iter().all(|&row| row < 32));
            assert!(rows.pieces.len() <= PIECE_ROWS);
        }
    }

    #[test]
    fn shapes_cut_long_runs() {
        assert_eq!(shape("McDonnell-21s"), ['X', 'x', 'X', 'x', 'x', 'x', '-', 'd', 'd', 'x']);
    }
}
