//! PDFs, read by a library in a process of its own: what that process does to itself is bounded and ends with it.
//!
//! The program calls itself (`hedgerow __extract-pdf`), gives the file on standard input and takes the text from standard
//! output.

use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use hedgerow_text::Document;

use crate::open::Place;
use crate::{Input, Refusal};

/// The hidden command that reads a PDF.
pub const COMMAND: &str = "__extract-pdf";
/// Written to what was taken out of PDFs.
const EXTRACTOR: &str = "pdf.v1 (pdf-extract 0.12)";
/// Time by the clock.
const LIMIT: Duration = Duration::from_mins(1);
/// Time on the processor (seconds).
const CPU: u64 = 30;
/// Memory that the process may address (bytes).
const MEMORY: u64 = 2 << 30;
const REMEDY: &str = "save its text, for example with pdftotext";

/// The one document in a PDF, read by `program`.
pub(crate) fn document(
    place: &Place,
    received: Vec<u8>,
    program: Option<&Path>,
    input: Input,
) -> Result<Input, Refusal> {
    let Some(program) = program else {
        return Err(place.refuse("is PDF, which is not read here", REMEDY));
    };
    if !received.starts_with(b"%PDF-") && !received.iter().take(1024).any(|&b| b == b'%') {
        return Err(place.refuse("is no PDF, whatever its name says", "check the file"));
    }
    let text = run(program, received).map_err(|why| place.refuse(why, REMEDY))?;
    let text = paragraphs(&text);
    if text.split_whitespace().take(20).count() < 20 {
        let wrong = "has no text in it; it may be a scan";
        return Err(place.refuse(wrong, "have its text recognised (OCR) and save that"));
    }
    let meta = hedgerow_text::Meta { url: place.url.clone(), ..input.meta };
    Ok(Input { text, meta, extractor: Some(EXTRACTOR), ..input })
}

/// Has `program` read a PDF.
fn run(program: &Path, received: Vec<u8>) -> Result<String, String> {
    let failed = |error: &io::Error| format!("cannot be read in a process of its own ({error})");
    let mut child = Command::new(program)
        .arg(COMMAND)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|it| failed(&it))?;
    let (to, from) = (child.stdin.take(), child.stdout.take());
    // Both pipes are served at once, or the two processes would wait for each other.
    let writer = thread::spawn(move || to.map(|mut it| it.write_all(&received)));
    let reader = thread::spawn(move || {
        let mut text = Vec::new();
        let most = Document::MAX_BYTES as u64 + 1;
        from.map(|it| it.take(most).read_to_end(&mut text)).transpose().map(|_| text)
    });
    let status = wait(&mut child).map_err(|it| failed(&it))?;
    // Where the child ended early the rest of the file is of no use.
    let _ = writer.join();
    let text = reader.join().unwrap_or_else(|_| Ok(Vec::new())).map_err(|it| failed(&it))?;
    match status {
        None => Err(format!("was given up after {} seconds", LIMIT.as_secs())),
        Some(status) if !status.success() => Err(ended(status)),
        Some(_) if text.len() > Document::MAX_BYTES => {
            Err(format!("has more than {} MiB of text", Document::MAX_BYTES >> 20))
        }
        Some(_) => Ok(String::from_utf8_lossy(&text).into_owned()),
    }
}

/// Waits for a child, which is killed when its time is over.
fn wait(child: &mut Child) -> io::Result<Option<ExitStatus>> {
    let begun = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begun.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

fn ended(status: ExitStatus) -> String {
    match status.code() {
        Some(3) => "is a PDF that cannot be read: broken, locked or of an unknown kind".to_owned(),
        Some(_) => "is a PDF that the library for PDFs fails on".to_owned(),
        None => "took more time or memory than a PDF is given".to_owned(),
    }
}

/// What the process does: bounds itself, reads a PDF from standard input, and writes its text to standard output. The
/// status to exit with: 0 fine, 3 no PDF that can be read, 4 a fault of the library.
pub fn child() -> u8 {
    bound();
    let mut received = Vec::new();
    if io::stdin().take(Document::MAX_BYTES as u64 + 1).read_to_end(&mut received).is_err() {
        return 3;
    }
    let read = catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem(&received)));
    match read {
        Ok(Ok(text)) => {
            let written =
                io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush());
            if written.is_ok() { 0 } else { 4 }
        }
        Ok(Err(_)) => 3,
        Err(_) => 4,
    }
}

/// Bounds this process, where the system can.
fn bound() {
    #[cfg(unix)]
    {
        use rlimit::Resource;
        // A system that does not know a limit leaves the others and the clock.
        let _ = Resource::CPU.set(CPU, CPU + 1);
        let _ = Resource::AS.set(MEMORY, MEMORY);
        let _ = Resource::CORE.set(0, 0);
        let _ = Resource::FSIZE.set(0, 0);
    }
    #[cfg(not(unix))]
    let _ = (CPU, MEMORY);
}

/// Lines as a PDF has them, with words that were parted at the ends of lines put together, and page numbers left out.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        let number =
            !line.is_empty() && line.len() <= 4 && line.bytes().all(|b| b.is_ascii_digit());
        if number || line == "\u{C}" {
            continue;
        }
        let line: String = line.chars().filter(|c| !c.is_control() && *c != '\u{AD}').collect();
        let goes_on = lines.peek().is_some_and(|it| it.starts_with(char::is_lowercase));
        let word = line.strip_suffix('-').filter(|it| it.ends_with(char::is_lowercase));
        if let Some(part) = word.filter(|_| goes_on) {
            out.push_str(part);
        } else {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out.trim().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_parted_at_the_end_of_a_line_are_put_together() {
        let text =
            "Japan gave Viet-\nnam boats and main-\ntained them.\n\n12\n\nA well-\nKnown line.\n";
        let expected = "Japan gave Vietnam boats and maintained them.\n\n\nA well-\nKnown line.\n";
        assert_eq!(paragraphs(text), expected);
    }
}
