//! Messages: subject, sender, day and the text of the body; attachments are left out.

use std::time::Duration;

use hedgerow_text::{Meta, Published};
use jiff::civil::Date;
use mail_parser::{Message, MessageParser, PartType};

use crate::open::Place;
use crate::{Input, Refusal, deadline, html};

/// Written to what was taken out of messages.
const EXTRACTOR: &str = "mail.v1 (mail-parser 0.11)";
const LIMIT: Duration = Duration::from_secs(20);
const REMEDY: &str = "save the text of the message";

/// What a message holds.
struct Read {
    meta: Meta,
    body: Body,
}

enum Body {
    Text(String),
    Html(String),
    None,
}

/// The one document of a message.
pub(crate) fn document(place: &Place, received: Vec<u8>, input: Input) -> Result<Input, Refusal> {
    let read =
        deadline::run(LIMIT, move || MessageParser::default().parse(&received).map(|it| read(&it)));
    let Ok(Some(Read { meta, body })) = read else {
        return Err(place.refuse("is no e-mail that can be read", REMEDY));
    };
    let text = match body {
        Body::Text(text) => text.replace("\r\n", "\n"),
        Body::Html(page) => {
            html::fragment(page).map_err(|(wrong, remedy)| place.refuse(wrong, remedy))?
        }
        Body::None => return Err(place.refuse("has no text", REMEDY)),
    };
    if text.trim().is_empty() {
        return Err(place.refuse("has no text", REMEDY));
    }
    let text = html::with_title(meta.title.as_deref(), text.trim());
    Ok(Input { text, meta, extractor: Some(EXTRACTOR), ..input })
}

fn read(message: &Message<'_>) -> Read {
    let sender = message.from().and_then(|it| it.first());
    let meta = Meta {
        title: message.subject().and_then(html::plain),
        outlet: sender.and_then(|it| it.name().or_else(|| it.address())).and_then(html::plain),
        ..Meta::default()
    };
    let sent = message.date().and_then(|it| {
        Date::new(
            i16::try_from(it.year).ok()?,
            i8::try_from(it.month).ok()?,
            i8::try_from(it.day).ok()?,
        )
        .ok()
    });
    let meta = match sent {
        Some(day) => meta.published(Published { first: day, last: day }),
        None => meta,
    };
    let (mut plain, mut page) = (Vec::new(), None);
    for part in message.text_bodies().chain(message.html_bodies()) {
        match &part.body {
            PartType::Text(text) if !plain.contains(&text.as_ref()) => plain.push(text.as_ref()),
            PartType::Html(text) if page.is_none() => page = Some(text.to_string()),
            _ => {}
        }
    }
    let text = plain.join("\n\n");
    let body = match page {
        _ if !text.trim().is_empty() => Body::Text(text),
        Some(page) => Body::Html(page),
        None => Body::None,
    };
    Read { meta, body }
}
