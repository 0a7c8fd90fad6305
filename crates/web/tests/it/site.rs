//! A running application and a browser without eyes.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::{future, thread};

use hedgerow_web::{Names, Server};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::fixture::{self, Folder};

pub(crate) struct Site {
    address: SocketAddr,
    _folder: Folder,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        assert!(self.head.contains("content-type: application/json"), "{}", self.head);
        serde_json::from_str(&self.body).unwrap()
    }
}

pub(crate) fn names() -> Names {
    [("VNM", "Vietnam"), ("JPN", "Japan"), ("CHN", "China"), ("FRA", "France")]
        .into_iter()
        .collect()
}

impl Site {
    /// Serves the ledger of the fixture until the tests end.
    pub(crate) fn new() -> Self {
        let folder = Folder::new();
        let ledger = fixture::ledger(&folder);
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(Server::bind(ledger, names(), "127.0.0.1:0")).unwrap();
        let address = server.address();
        thread::spawn(move || runtime.block_on(server.run(future::pending())));
        Self { address, _folder: folder }
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
}

pub(crate) fn ask(address: SocketAddr, method: &str, path: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut whole = String::new();
    stream.read_to_string(&mut whole).unwrap();
    let (head, body) = whole.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
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
