//! Networks of states: `GraphML` and GEXF. An edge is a directed pair, with its counts over all years.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Seek, Write};

use hedgerow_ledger::DYAD_YEAR_COUNTS;

use super::{Content, ExportError, Zip};

/// An edge: first and last year, and the counts.
struct Edge {
    from: i16,
    to: i16,
    counts: [u64; DYAD_YEAR_COUNTS.len()],
}

fn edges<'c>(content: &'c Content<'_>) -> BTreeMap<(&'c str, &'c str), Edge> {
    let mut edges: BTreeMap<(&str, &str), Edge> = BTreeMap::new();
    for it in &content.years {
        let new = || Edge { from: it.year, to: it.year, counts: [0; DYAD_YEAR_COUNTS.len()] };
        let edge = edges.entry((&it.actor, &it.recipient)).or_insert_with(new);
        edge.from = edge.from.min(it.year);
        edge.to = edge.to.max(it.year);
        for (sum, n) in edge.counts.iter_mut().zip(it.counts) {
            *sum += n;
        }
    }
    edges
}

fn nodes<'c>(edges: &BTreeMap<(&'c str, &'c str), Edge>) -> BTreeSet<&'c str> {
    edges.keys().flat_map(|(a, b)| [*a, *b]).collect()
}

/// Writes `network.graphml`.
pub(super) fn graphml<W: Write + Seek>(
    content: &Content<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let edges = edges(content);
    let nodes = nodes(&edges);
    let name = "network.graphml";
    zip.begin(name)?;
    let to = &mut zip.to;
    writeln!(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(to, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    writeln!(to, "  <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>")?;
    for key in ["first_year", "last_year"].iter().chain(&DYAD_YEAR_COUNTS) {
        writeln!(to, "  <key id=\"{key}\" for=\"edge\" attr.name=\"{key}\" attr.type=\"long\"/>")?;
    }
    writeln!(to, "  <graph edgedefault=\"directed\">")?;
    for code in &nodes {
        let label = escaped(content.codebook.gazetteer.name_of(code));
        writeln!(
            to,
            "    <node id=\"{}\"><data key=\"name\">{label}</data></node>",
            escaped(code)
        )?;
    }
    for ((a, b), edge) in &edges {
        write!(to, "    <edge source=\"{}\" target=\"{}\">", escaped(a), escaped(b))?;
        for (key, value) in values(edge) {
            write!(to, "<data key=\"{key}\">{value}</data>")?;
        }
        writeln!(to, "</edge>")?;
    }
    writeln!(to, "  </graph>\n</graphml>")?;
    zip.wrote(name, (nodes.len() + edges.len()) as u64);
    Ok(())
}

/// Writes `network.gexf`.
pub(super) fn gexf<W: Write + Seek>(
    content: &Content<'_>,
    zip: &mut Zip<W>,
) -> Result<(), ExportError> {
    let edges = edges(content);
    let nodes = nodes(&edges);
    let name = "network.gexf";
    zip.begin(name)?;
    let to = &mut zip.to;
    writeln!(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(to, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(to, "  <graph defaultedgetype=\"directed\">\n    <attributes class=\"edge\">")?;
    for key in ["first_year", "last_year"].iter().chain(&DYAD_YEAR_COUNTS) {
        writeln!(to, "      <attribute id=\"{key}\" title=\"{key}\" type=\"long\"/>")?;
    }
    writeln!(to, "    </attributes>\n    <nodes>")?;
    for code in &nodes {
        let label = escaped(content.codebook.gazetteer.name_of(code));
        writeln!(to, "      <node id=\"{}\" label=\"{label}\"/>", escaped(code))?;
    }
    writeln!(to, "    </nodes>\n    <edges>")?;
    for (n, ((a, b), edge)) in edges.iter().enumerate() {
        let weight = edge.counts[0];
        write!(
            to,
            "      <edge id=\"{n}\" source=\"{}\" target=\"{}\" weight=\"{weight}\"><attvalues>",
            escaped(a),
            escaped(b)
        )?;
        for (key, value) in values(edge) {
            write!(to, "<attvalue for=\"{key}\" value=\"{value}\"/>")?;
        }
        writeln!(to, "</attvalues></edge>")?;
    }
    writeln!(to, "    </edges>\n  </graph>\n</gexf>")?;
    zip.wrote(name, (nodes.len() + edges.len()) as u64);
    Ok(())
}

fn values(edge: &Edge) -> impl Iterator<Item = (&'static str, i64)> {
    let years = [("first_year", i64::from(edge.from)), ("last_year", i64::from(edge.to))];
    let counts = edge.counts.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    years.into_iter().chain(DYAD_YEAR_COUNTS.into_iter().zip(counts))
}

/// Text in XML; what XML cannot hold becomes a mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn text_cannot_break_out() {
        assert_eq!(super::escaped("a<b>&\"'\u{0}\n"), "a&lt;b&gt;&amp;&quot;&apos;\u{fffd} ");
    }
}
