//! Documents changed by chance, the same at every run.

/// Numbers by chance, the same at every run (xorshift64*, Marsaglia 2003, Vigna 2016).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number from 0 to `n`, which is not among them.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n.max(1)
    }
}

/// What is put between bytes, besides other bytes.
const JUNK: [&[u8]; 16] = [
    b"<div>",
    b"</div>",
    b"<!--",
    b"]]>",
    b"<![CDATA[",
    b"\0",
    b"\xFF\xFE",
    b"&#x0;",
    b"&amp;",
    b"\"",
    b"\r\n\r\n",
    b"\n--b1\n",
    b"Content-Length: 9\r\n",
    b"=\n",
    b"\xF0\x9F\x98\x80",
    b"<script type=\"application/ld+json\">{\"@graph\":[",
];

/// A few of: bytes changed, taken out, doubled, put in, the end cut off.
pub(crate) fn mutated(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut out = bytes.to_vec();
    for _ in 0..=chance.below(8) {
        let at = chance.below(out.len());
        let scale = chance.below(9);
        let n = chance.below(1 << scale);
        let end = (at + n).min(out.len());
        match chance.below(6) {
            0 if at < out.len() => out[at] = chance.below(256) as u8,
            1 => drop(out.drain(at..end)),
            2 => {
                let part = out[at..end].to_vec();
                let to = chance.below(out.len());
                drop(out.splice(to..to, part));
            }
            3 => {
                let junk = JUNK[chance.below(JUNK.len())];
                drop(out.splice(at..at, junk.repeat(1 + chance.below(3))));
            }
            4 if chance.below(8) == 0 => out.truncate(at),
            _ => out[at..end].iter_mut().for_each(|byte| *byte ^= 1 << (n % 8)),
        }
    }
    out
}
