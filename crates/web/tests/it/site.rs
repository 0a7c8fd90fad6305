//! A running application and a browser without eyes.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::OnceLock;
use std::{future, thread};

use hedgerow_codebook::Codebook;
use hedgerow_ledger::Ledger;
use hedgerow_web::{Server, Settings};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::fixture::{self, Folder};

pub(crate) struct Site {
    address: SocketAddr,
    folder: Folder,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    /// The head as it was sent.
    pub(crate) raw: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        assert!(self.head.contains("content-type: application/json"), "{}", self.head);
        serde_json::from_str(&self.body).unwrap()
    }
}

/// The codebook, read once for all tests.
pub(crate) fn codebook() -> Codebook {
    static CODEBOOK: OnceLock<Codebook> = OnceLock::new();
    CODEBOOK.get_or_init(|| Codebook::embedded().unwrap()).clone()
}

impl Site {
    /// Serves the ledger of the fixture until the tests end.
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// The same, started otherwise.
    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = Folder::new();
        let ledger = fixture::ledger(&folder);
        Self::of(folder, ledger, change)
    }

    /// Serves a ledger in a folder.
    pub(crate) fn of(
        folder: Folder,
        ledger: std::path::PathBuf,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let mut settings = Settings::reading(ledger, codebook());
        change(&mut settings);
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(Server::bind(settings, "127.0.0.1:0")).unwrap();
        let address = server.address();
        thread::spawn(move || runtime.block_on(server.run(future::pending())));
        Self { address, folder }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        ask(self.address, "GET", path)
    }

    /// The page at `path`, which must be there.
    pub(crate) fn page(&self, path: &str) -> String {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    pub(crate) fn ask(&self, method: &str, path: &str) -> Answer {
        ask(self.address, method, path)
    }

    /// A request with more in its head.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        fields: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        send(self.address, method, path, fields, body)
    }

    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the ledger lies that is served.
    pub(crate) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("test.sqlite")
    }

    /// The ledger that is served.
    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::open_existing(self.path()).unwrap()
    }
}

pub(crate) fn ask(address: SocketAddr, method: &str, path: &str) -> Answer {
    send(address, method, path, &[], "")
}

/// A request with these fields in its head; a `host` among them takes the place of the right one.
pub(crate) fn send(
    address: SocketAddr,
    method: &str,
    path: &str,
    fields: &[(&str, &str)],
    body: &str,
) -> Answer {
    send_as(address, method, path, fields, "application/x-www-form-urlencoded", body)
}

/// The same, with a body of that kind.
pub(crate) fn send_as(
    address: SocketAddr,
    method: &str,
    path: &str,
    fields: &[(&str, &str)],
    kind: &str,
    body: &str,
) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !fields.iter().any(|(name, _)| *name == "host") {
        write!(head, "host: {address}\r\n").unwrap();
    }
    for (name, value) in fields {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    if method == "POST" {
        write!(head, "content-type: {kind}\r\ncontent-length: {}\r\n", body.len()).unwrap();
    }
    write!(stream, "{head}\r\n{body}").unwrap();
    let mut whole = String::new();
    stream.read_to_string(&mut whole).unwrap();
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_lowercase(), raw: head.to_owned(), body: body.to_owned() }
}

impl Answer {
    /// A field of the head.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let start = format!("\n{name}: ");
        let (_, rest) = self.head.split_once(&start)?;
        rest.lines().next()
    }

    /// The cookie that it sets, as a browser sends it back.
    pub(crate) fn cookie(&self) -> Option<&str> {
        self.field("set-cookie")?.split(';').next()
    }
}

/// The value of the first hidden field of that name.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let (_, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no field {name}: {page}"));
    plain(rest.split_once('"').unwrap().0)
}

/// Fields as a form sends them.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|it| {
                if it.is_ascii_alphanumeric() {
                    char::from(it).to_string()
                } else {
                    format!("%{it:02X}")
                }
            })
            .collect()
    };
    fields
        .iter()
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Every value of `attribute` in the page, unescaped.
pub(crate) fn values(page: &str, attribute: &str) -> Vec<String> {
    let start = format!(" {attribute}=\"");
    let mut rest = page;
    let mut values = Vec::new();
    while let Some((_, after)) = rest.split_once(&start) {
        let (value, after) = after.split_once('"').unwrap();
        values.push(plain(value));
        rest = after;
    }
    values
}

/// Text without its escapes.
pub(crate) fn plain(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Text without its tags and escapes.
pub(crate) fn text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    plain(&text)
}
