//! A small web server in this process.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;

/// What is answered to a path: everything behind the status line's `HTTP/1.1 `.
pub(crate) type Answers = Arc<Mutex<BTreeMap<String, String>>>;

pub(crate) struct Server {
    pub(crate) at: SocketAddr,
    pub(crate) answers: Answers,
    /// What was asked: request line and headers, joined.
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let answers = Answers::default();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (known, log) = (Arc::clone(&answers), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (known, log) = (Arc::clone(&known), Arc::clone(&log));
                thread::spawn(move || {
                    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
                    let head: Vec<String> = lines
                        .by_ref()
                        .map_while(Result::ok)
                        .take_while(|it| !it.is_empty())
                        .collect();
                    let path =
                        head.first().and_then(|it| it.split(' ').nth(1)).unwrap_or("/").to_owned();
                    let cached = head
                        .iter()
                        .any(|it| it.to_lowercase().starts_with("if-none-match: \"v1\""));
                    log.lock().unwrap().push(head.join("\n"));
                    let found = known.lock().unwrap().get(&path).cloned();
                    let answer = match found {
                        Some(it) if cached && it.contains("ETag: \"v1\"") => {
                            "304 Not Modified\r\n\r\n".to_owned()
                        }
                        Some(it) => it,
                        None => "404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
                    };
                    let mut stream = stream;
                    let _ = stream.write_all(
                        format!(
                            "HTTP/1.1 {}",
                            answer.replacen("\r\n", "\r\nConnection: close\r\n", 1)
                        )
                        .as_bytes(),
                    );
                    let _ = stream.flush();
                    let _ = stream.shutdown(std::net::Shutdown::Write);
                    let _ = stream.take(1 << 16).read_to_end(&mut Vec::new());
                });
            }
        });
        Self { at, answers, asked }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.at)
    }

    pub(crate) fn host(&self) -> String {
        self.at.to_string()
    }

    pub(crate) fn page(&self, path: &str, headers: &str, body: &str) {
        let n = body.len();
        let answer = format!("200 OK\r\nContent-Length: {n}\r\n{headers}\r\n{body}");
        self.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    #[allow(dead_code, reason = "only some of the tests that share this server need it")]
    pub(crate) fn says(&self, path: &str, answer: &str) {
        self.answers.lock().unwrap().insert(path.to_owned(), answer.to_owned());
    }

    /// How often a path was asked for.
    pub(crate) fn count(&self, path: &str) -> usize {
        let wanted = format!("GET {path} ");
        self.asked.lock().unwrap().iter().filter(|it| it.starts_with(&wanted)).count()
    }
}
