//! Charts as SVG and as lines of text. No script, no font, no colour that carries meaning alone: they print and can be pasted.

use std::fmt::Write as _;

/// A bar from the middle of a scale from -1 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is.
    pub label: String,
    /// Where it ends; `None` where it is not known.
    pub value: Option<f64>,
    /// From where to where it may end.
    pub range: [f64; 2],
}

/// A line over years; gaps where a value is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// Year and value.
    pub points: Vec<(i16, Option<f64>)>,
}

/// From where to where a value may lie, over years; drawn behind the lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// What it is.
    pub label: String,
    /// Year, lower and upper end; gaps where nothing is known.
    pub points: Vec<(i16, Option<[f64; 2]>)>,
}

const WIDTH: f64 = 640.0;
const MARGIN: f64 = 150.0;
const ROW: f64 = 26.0;
const HEIGHT: f64 = 320.0;
/// Strokes that can be told apart in black and white.
const DASHES: [&str; 5] = ["none", "7 4", "2 3", "10 3 2 3", "1 5"];
/// Colours of bands: what is possible, what is likely.
const BANDS: [&str; 2] = ["#9a9a9a", "#1b4f72"];
const COLOURS: [&str; 5] = ["#1b4f72", "#a04000", "#1d8348", "#6c3483", "#515a5a"];

/// Bars on both sides of a middle line; `ends` name -1 and 1. A thin line is what is possible, the bar what is measured.
pub fn bars(title: &str, ends: [&str; 2], bars: &[Bar]) -> String {
    let height = 64.0 + ROW * bars.len() as f64 + 30.0;
    let mut svg = head(title, height);
    let half = (WIDTH - MARGIN - 60.0) / 2.0;
    let x = |value: f64| MARGIN + half + value.clamp(-1.0, 1.0) * half;
    text(&mut svg, x(-1.0), 48.0, "start", ends[0]);
    text(&mut svg, x(1.0), 48.0, "end", ends[1]);
    rule(&mut svg, [x(0.0), 54.0, x(0.0), height - 30.0], "#888", 1.0);
    for (n, bar) in bars.iter().enumerate() {
        let y = 64.0 + ROW * n as f64;
        text(&mut svg, MARGIN - 8.0, y + 13.0, "end", &bar.label);
        let [low, high] = bar.range;
        rule(&mut svg, [x(low), y + 9.0, x(high), y + 9.0], "#888", 1.5);
        if let Some(value) = bar.value {
            let (left, right) = (x(value.min(0.0)), x(value.max(0.0)));
            let _ = writeln!(
                svg,
                r#"<rect x="{left:.1}" y="{:.1}" width="{:.1}" height="14" fill="{}"/>"#,
                y + 2.0,
                (right - left).max(1.0),
                COLOURS[usize::from(value < 0.0)]
            );
        }
        let said = bar.value.map_or_else(|| "open".to_owned(), |value| format!("{value:+.3}"));
        text(&mut svg, WIDTH - 8.0, y + 13.0, "end", &said);
    }
    for tick in [-1.0, -0.5, 0.0, 0.5, 1.0] {
        text(&mut svg, x(tick), height - 10.0, "middle", &format!("{tick}"));
    }
    svg + "</svg>\n"
}

/// Lines over years between `low` and `high`, and bands behind them, the widest first.
pub fn lines(title: &str, [low, high]: [f64; 2], lines: &[Line], bands: &[Band]) -> String {
    let of_lines = lines.iter().flat_map(|it| it.points.iter().map(|(year, _)| *year));
    let of_bands = bands.iter().flat_map(|it| it.points.iter().map(|(year, _)| *year));
    let years: Vec<i16> = of_lines.chain(of_bands).collect();
    let (first, last) =
        (years.iter().min().copied().unwrap_or(0), years.iter().max().copied().unwrap_or(0));
    let mut svg = head(title, HEIGHT);
    let span = f64::from(last - first).max(1.0);
    let width = WIDTH - MARGIN - 60.0;
    let x = |year: i16| 50.0 + f64::from(year - first) / span * width;
    let y = |value: f64| 40.0 + (high - value.clamp(low, high)) / (high - low) * (HEIGHT - 80.0);
    for (n, band) in bands.iter().enumerate() {
        for stretch in band.points.split(|(_, ends)| ends.is_none()) {
            let ends: Vec<(i16, [f64; 2])> =
                stretch.iter().filter_map(|(year, ends)| Some((*year, (*ends)?))).collect();
            area(&mut svg, BANDS[n % BANDS.len()], &ends, &x, &y);
        }
    }
    for value in [low, f64::midpoint(low, high), high] {
        rule(&mut svg, [x(first), y(value), x(last), y(value)], "#ccc", 1.0);
        text(&mut svg, 44.0, y(value) + 4.0, "end", &format!("{value}"));
    }
    let step = [1, 2, 5, 10, 20, 50, 100].into_iter().find(|it| span / f64::from(*it) <= 10.0);
    for year in (first..=last).filter(|it| it % step.unwrap_or(200) == 0) {
        rule(&mut svg, [x(year), HEIGHT - 40.0, x(year), HEIGHT - 34.0], "#888", 1.0);
        text(&mut svg, x(year), HEIGHT - 14.0, "middle", &year.to_string());
    }
    for (n, line) in lines.iter().enumerate() {
        let (colour, dash) = (COLOURS[n % COLOURS.len()], DASHES[n % DASHES.len()]);
        for stretch in line.points.split(|(_, value)| value.is_none()) {
            let points: Vec<String> = stretch
                .iter()
                .filter_map(|(year, value)| Some(format!("{:.1},{:.1}", x(*year), y((*value)?))))
                .collect();
            if let [only] = &points[..] {
                let (cx, cy) = only.split_once(',').unwrap_or_default();
                let _ = writeln!(svg, r#"<circle cx="{cx}" cy="{cy}" r="2.5" fill="{colour}"/>"#);
            } else if !points.is_empty() {
                let _ = writeln!(
                    svg,
                    r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>"#,
                    points.join(" ")
                );
            }
        }
        let at = 50.0 + 20.0 * n as f64;
        let _ = writeln!(
            svg,
            r#"<line x1="{:.1}" y1="{at:.1}" x2="{:.1}" y2="{at:.1}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>"#,
            WIDTH - MARGIN + 10.0,
            WIDTH - MARGIN + 34.0
        );
        text(&mut svg, WIDTH - MARGIN + 40.0, at + 4.0, "start", &line.label);
    }
    for (n, band) in bands.iter().enumerate() {
        let at = 50.0 + 20.0 * (lines.len() + n) as f64;
        let _ = writeln!(
            svg,
            r#"<rect x="{:.1}" y="{:.1}" width="24" height="10" fill="{}" fill-opacity="0.25"/>"#,
            WIDTH - MARGIN + 10.0,
            at - 5.0,
            BANDS[n % BANDS.len()]
        );
        text(&mut svg, WIDTH - MARGIN + 40.0, at + 4.0, "start", &band.label);
    }
    svg + "</svg>\n"
}

/// A stretch of a band: an area, or a bar where it is of one year.
fn area(
    svg: &mut String,
    colour: &str,
    ends: &[(i16, [f64; 2])],
    x: &dyn Fn(i16) -> f64,
    y: &dyn Fn(f64) -> f64,
) {
    if let [(year, [low, high])] = ends {
        let _ = writeln!(
            svg,
            r#"<rect x="{:.1}" y="{:.1}" width="6" height="{:.1}" fill="{colour}" fill-opacity="0.25"/>"#,
            x(*year) - 3.0,
            y(*high),
            (y(*low) - y(*high)).max(1.0)
        );
    } else if !ends.is_empty() {
        let above = ends.iter().map(|(year, [_, high])| format!("{:.1},{:.1}", x(*year), y(*high)));
        let below =
            ends.iter().rev().map(|(year, [low, _])| format!("{:.1},{:.1}", x(*year), y(*low)));
        let points: Vec<String> = above.chain(below).collect();
        let _ = writeln!(
            svg,
            r#"<polygon points="{}" fill="{colour}" fill-opacity="0.25"/>"#,
            points.join(" ")
        );
    }
}

/// A bar from -1 to 1 in `width` characters (odd): `·····│███··`; what is only possible is dashed.
pub fn text_bar(bar: &Bar, width: usize) -> String {
    let middle = width / 2;
    let cell = |value: f64| {
        let at = (value.clamp(-1.0, 1.0) * middle as f64).round();
        (middle as f64 + at) as usize
    };
    let within = |[a, b]: [f64; 2], n: usize| (cell(a.min(b))..=cell(a.max(b))).contains(&n);
    (0..width)
        .map(|n| match bar.value {
            Some(value) if n != middle && within([0.0, value], n) => '█',
            _ if n == middle => '│',
            _ if bar.range[0] < bar.range[1] && within(bar.range, n) => '╌',
            _ => '·',
        })
        .collect()
}

/// Values between `low` and `high` as one character each, a blank where missing.
pub fn spark(values: &[Option<f64>], [low, high]: [f64; 2]) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let step = |value: f64| {
        let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
        STEPS[((share * 7.0).round() as usize).min(7)]
    };
    values.iter().map(|value| value.map_or(' ', step)).collect()
}

fn head(title: &str, height: f64) -> String {
    let title = escaped(title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>{title}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"8\" y=\"22\" font-size=\"14\" font-weight=\"bold\">{title}</text>\n"
    )
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let _ = writeln!(
        svg,
        r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{}</text>"#,
        escaped(words)
    );
}

fn rule(svg: &mut String, [x1, y1, x2, y2]: [f64; 4], colour: &str, width: f64) {
    let _ = writeln!(
        svg,
        r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" stroke="{colour}" stroke-width="{width}"/>"#
    );
}

/// Names come from files of others.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_of_text_show_what_is_measured_and_what_is_open() {
        let bar = |value, range| Bar { label: String::new(), value, range };
        assert_eq!(text_bar(&bar(Some(0.5), [0.5, 0.5]), 9), "····│██··");
        assert_eq!(text_bar(&bar(Some(-1.0), [-1.0, -1.0]), 9), "████│····");
        assert_eq!(text_bar(&bar(None, [-1.0, 0.5]), 9), "╌╌╌╌│╌╌··");
        assert_eq!(spark(&[Some(0.0), None, Some(1.0)], [0.0, 1.0]), "▁ █");
    }

    #[test]
    fn names_cannot_leave_the_text() {
        let bar =
            Bar { label: "<b onload=\"x\">&".to_owned(), value: Some(0.1), range: [0.1, 0.1] };
        let svg = bars("a\u{7}b", ["x", "y"], &[bar]);
        assert!(
            svg.contains("&lt;b onload=&quot;x&quot;&gt;&amp;") && !svg.contains("<b "),
            "{svg}"
        );
        assert!(!svg.contains('\u{7}'));
    }

    #[test]
    fn gaps_stay_gaps() {
        let line = Line {
            label: "L".to_owned(),
            points: vec![(2000, Some(0.1)), (2001, None), (2002, Some(0.2)), (2003, Some(0.3))],
        };
        let band = Band {
            label: "B".to_owned(),
            points: vec![
                (2000, Some([-0.1, 0.3])),
                (2001, None),
                (2002, Some([0.0, 2.0])),
                (2003, Some([0.1, 0.4])),
            ],
        };
        let svg = lines("L", [-1.0, 1.0], &[line], &[band]);
        assert_eq!((svg.matches("<circle").count(), svg.matches("<polyline").count()), (1, 1));
        assert_eq!((svg.matches("<polygon").count(), svg.matches("width=\"6\"").count()), (1, 1));
    }
}
