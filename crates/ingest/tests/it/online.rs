//! Fetching and following feeds, from a server in this process.

use std::path::Path;
use std::time::Duration;

use hedgerow_ingest::fetch::{Answer, Client, Manners, Validators};
use hedgerow_ingest::watch::{Visit, Watch};
use hedgerow_ingest::{Input, Reader, Refusal, Settings, find};

use crate::server::Server;
use crate::{data, meta};

fn client(server: &Server) -> Client {
    Client::new(Manners { allowed: vec![server.host()], delay: Duration::ZERO, robots: true })
}

fn get(client: &mut Client, url: &str) -> Result<Vec<u8>, String> {
    match client.get(url, &Validators::default()) {
        Ok(Answer::Page(page)) => Ok(page.bytes),
        Ok(Answer::Unchanged) => panic!("unchanged"),
        Err(failure) => Err(failure.to_string()),
    }
}

fn fetch(server: &Server, path: &str) -> Vec<Result<Input, Refusal>> {
    let (found, ..) = find(&[server.url(path).into()]);
    Reader::new(found, None).online(client(server)).collect()
}

#[test]
fn a_page_is_fetched_and_read() {
    let server = Server::start();
    let page = std::fs::read_to_string(data("lotus.html")).unwrap();
    server.page("/1.html", "Content-Type: text/html; charset=utf-8\r\n", &page);
    server.says("/old", "302 Found\r\nLocation: 1.html\r\nContent-Length: 0\r\n\r\n");
    let found = fetch(&server, "/old").remove(0).unwrap();
    assert_eq!(meta(&found)[1], "Lotus Wire");
    assert_eq!(found.path, server.url("/old"));
    assert_eq!(found.sha256, hedgerow_ledger::sha256_hex(page.as_bytes()));
    let asked = server.asked.lock().unwrap().join("\n").to_lowercase();
    assert!(asked.contains("user-agent: hedgerow/"), "{asked}");
}

#[test]
fn what_is_at_an_address_decides_what_it_is() {
    let server = Server::start();
    let rss = std::fs::read_to_string(data("rss.xml")).unwrap();
    server.page("/feed", "Content-Type: text/html\r\n", &rss);
    server.page(
        "/text",
        "Content-Type: text/plain; charset=utf-8\r\n",
        "Japan gave Vietnam six boats.",
    );
    server.page(
        "/blob",
        "Content-Type: application/octet-stream\r\n",
        "{\"text\":\"Japan gave boats.\"}\n",
    );
    assert_eq!(fetch(&server, "/feed").into_iter().flatten().count(), 2);
    assert_eq!(fetch(&server, "/text").remove(0).unwrap().text, "Japan gave Vietnam six boats.");
    assert_eq!(fetch(&server, "/blob").remove(0).unwrap().text, "Japan gave boats.");
    let gone = fetch(&server, "/gone").remove(0).unwrap_err().to_string();
    assert!(gone.ends_with("/gone: is not there (status 404); check the address"), "{gone}");
}

#[test]
fn addresses_in_private_networks_are_refused() {
    let server = Server::start();
    server.page("/", "", "secret");
    server.says(
        "/to",
        &format!(
            "302 Found\r\nLocation: http://localhost:{}/\r\nContent-Length: 0\r\n\r\n",
            server.at.port()
        ),
    );
    server.says(
        "/meta",
        "302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n",
    );
    server.says("/file", "302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
    let mut strict =
        Client::new(Manners { delay: Duration::ZERO, robots: false, ..Manners::default() });
    for url in [
        server.url("/"),
        format!("http://localhost:{}/", server.at.port()),
        format!("http://[::ffff:127.0.0.1]:{}/", server.at.port()),
        // The same in decimal and short forms, which the address parser knows.
        format!("http://2130706433:{}/", server.at.port()),
        format!("http://127.1:{}/", server.at.port()),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[fd00:ec2::254]/".to_owned(),
        "http://0.0.0.0/".to_owned(),
    ] {
        let why = get(&mut strict, &url).unwrap_err();
        assert!(why.contains("no public address") && why.contains("--allow-host"), "{url}: {why}");
    }
    assert_eq!(server.asked.lock().unwrap().len(), 0, "nothing was sent");
    let mut allowed = client(&server);
    assert_eq!(get(&mut allowed, &server.url("/")), Ok(b"secret".to_vec()));
    for path in ["/to", "/meta"] {
        let why = get(&mut allowed, &server.url(path)).unwrap_err();
        assert!(why.contains("no public address"), "{path}: {why}");
    }
    assert!(get(&mut allowed, &server.url("/file")).unwrap_err().contains("`file:`"));
    assert!(
        get(&mut allowed, "https://user:secret@lotus.example/").unwrap_err().contains("password")
    );
    assert!(get(&mut allowed, "gopher://lotus.example/").unwrap_err().contains("not followed"));
}

#[test]
fn answers_have_ends() {
    let server = Server::start();
    server.page("/long", "", &"x".repeat(17 << 20));
    server.says("/loop", "302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n");
    server.says("/busy", "503 Busy\r\nRetry-After: 90\r\nContent-Length: 0\r\n\r\n");
    let mut client = client(&server);
    assert!(get(&mut client, &server.url("/long")).unwrap_err().contains("longer than 16 MiB"));
    assert!(get(&mut client, &server.url("/loop")).unwrap_err().contains("more than 5 times"));
    let busy = client.get(&server.url("/busy"), &Validators::default()).unwrap_err();
    assert_eq!((busy.passing, busy.after), (true, Some(Duration::from_secs(90))));
}

#[test]
fn what_sites_ask_of_robots_is_respected() {
    let server = Server::start();
    server.page("/robots.txt", "", "User-agent: *\nDisallow: /private\n");
    server.page("/private/1", "", "x");
    server.page("/open", "", "y");
    let mut polite = client(&server);
    assert!(get(&mut polite, &server.url("/private/1")).unwrap_err().contains("robots.txt"));
    assert_eq!(get(&mut polite, &server.url("/open")), Ok(b"y".to_vec()));
    assert_eq!((server.count("/robots.txt"), server.count("/private/1")), (1, 0));
    let manners = Manners { allowed: vec![server.host()], delay: Duration::ZERO, robots: false };
    assert_eq!(get(&mut Client::new(manners), &server.url("/private/1")), Ok(b"x".to_vec()));
    server.says("/robots.txt", "500 Oh\r\nContent-Length: 0\r\n\r\n");
    assert!(get(&mut client(&server), &server.url("/open")).unwrap_err().contains("robots.txt"));
}

/// A feed with two entries: one page, one that is closed but given in the feed.
fn feed(server: &Server, second: &str) {
    let at = server.at;
    let long = "Japan and Vietnam held a joint drill off Da Nang on Friday. ".repeat(6);
    let rss = format!(
        "<rss version=\"2.0\"><channel><title>Lotus Wire</title>\
         <item><title>Ships</title><guid>1</guid><link>http://{at}/1.html</link><pubDate>Mon, 14 Mar 2016 10:00:00 +0700</pubDate><description>Short.</description></item>\
         <item><title>Drill</title><guid>2</guid><link>http://{at}{second}</link><pubDate>Fri, 16 Jun 2017 10:00:00 +0700</pubDate><description>{long}</description></item>\
         </channel></rss>"
    );
    server.page("/feed", "ETag: \"v1\"\r\nContent-Type: application/rss+xml\r\n", &rss);
}

fn visit(server: &Server, memory: &Path, now: i64) -> (Visit, Vec<Result<Input, Refusal>>, i64) {
    let settings = Settings::default();
    let mut watch = Watch::open(memory, client(server), settings, 1800).unwrap();
    let mut got = Vec::new();
    let feed = server.url("/feed");
    let visit = watch
        .visit(&feed, now, |item| {
            got.push(item);
            Ok::<(), std::io::Error>(())
        })
        .unwrap();
    (visit, got, watch.due(&feed).0)
}

#[test]
fn a_feed_is_followed_and_nothing_fetched_twice() {
    let server = Server::start();
    let page = std::fs::read_to_string(data("lotus.html")).unwrap();
    server.page("/1.html", "Content-Type: text/html\r\n", &page);
    server.page("/robots.txt", "", "User-agent: *\nDisallow: /closed\n");
    feed(&server, "/closed/2.html");
    let folder = tempfile::tempdir().unwrap();
    let memory = folder.path().join("x.watch.json");

    let (first, got, due) = visit(&server, &memory, 1_000);
    assert_eq!((first.new, first.waiting, due), (2, 0, 2_800));
    let ships = got[0].as_ref().unwrap();
    assert!(ships.text.contains("coast guard's third region"), "{}", ships.text);
    assert_eq!(ships.path, server.url("/1.html"));
    let drill = got[1].as_ref().unwrap();
    assert!(
        drill.text.contains("joint drill") && drill.remarks[0].contains("robots.txt"),
        "{drill:?}"
    );
    assert_eq!(meta(drill)[1..3], ["Lotus Wire", "2017-06-16"]);

    let (second, got, _) = visit(&server, &memory, 3_000);
    assert!(second.unchanged && got.is_empty());
    // The feed changes, its entries do not.
    feed(&server, "/closed/2.html");
    let before = server.answers.lock().unwrap()["/feed"].clone();
    server.page("/feed", "", before.split("\r\n\r\n").nth(1).unwrap());
    let (third, got, _) = visit(&server, &memory, 5_000);
    assert_eq!((third, got.len()), (Visit::default(), 0));
    assert_eq!((server.count("/1.html"), server.count("/closed/2.html")), (1, 0));
}

#[test]
fn what_fails_is_tried_again_and_then_given_up() {
    let server = Server::start();
    server.page(
        "/1.html",
        "Content-Type: text/html\r\n",
        &std::fs::read_to_string(data("lotus.html")).unwrap(),
    );
    server.says("/2.html", "503 Busy\r\nContent-Length: 0\r\n\r\n");
    feed(&server, "/2.html");
    let folder = tempfile::tempdir().unwrap();
    let memory = folder.path().join("x.watch.json");
    let (first, got, _) = visit(&server, &memory, 0);
    assert_eq!((first.new, first.waiting, got.len()), (1, 1, 1));
    for n in 1..4 {
        let (again, got, _) = visit(&server, &memory, n * 10_000);
        assert_eq!((again.new, again.waiting, got.len()), (0, 1, 0));
    }
    let (last, got, _) = visit(&server, &memory, 90_000);
    assert_eq!((last.new, last.waiting), (1, 0));
    assert!(got[0].as_ref().unwrap().text.contains("joint drill"));
    let (after, ..) = visit(&server, &memory, 99_000);
    assert!(after.unchanged);
    assert_eq!(server.count("/2.html"), 5);
}

#[test]
fn a_feed_that_fails_is_left_alone_for_longer_each_time() {
    let server = Server::start();
    server.says("/feed", "500 Oh\r\nContent-Length: 0\r\n\r\n");
    let folder = tempfile::tempdir().unwrap();
    let memory = folder.path().join("x.watch.json");
    let due = |now| {
        let (visit, got, due) = visit(&server, &memory, now);
        assert_eq!((visit, got.len()), (Visit::default(), 1));
        due - now
    };
    assert_eq!([due(0), due(10_000), due(20_000)], [3_600, 7_200, 14_400]);
    std::fs::write(&memory, "{").unwrap();
    let wrong =
        Watch::open(&memory, client(&server), Settings::default(), 60).unwrap_err().to_string();
    assert!(
        wrong.contains("is no memory of `hedgerow watch`") && wrong.contains("delete it"),
        "{wrong}"
    );
}
