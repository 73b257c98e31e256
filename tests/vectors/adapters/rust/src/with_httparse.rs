//! httparse, with checks written by hand, as a careful program has them.
use crate::messages::{members, skip, text, Case};
use httparse::{Header, Request, Response, Status, EMPTY_HEADER};
use serde_json::{json, Value};

fn values(fields: &[Header], wanted: &str) -> Vec<String> {
    let of_name = |one: &&Header| one.name.eq_ignore_ascii_case(wanted);
    fields.iter().filter(of_name).map(|one| text(one.value).trim().to_owned()).collect()
}

fn list(fields: &[Header], wanted: &str) -> Vec<String> {
    values(fields, wanted).iter().flat_map(|line| members(&line.to_ascii_lowercase())).collect()
}

/// How many octets of content there are: nothing if that can't be told, as with chunks, which this
/// program does not read.
fn content_size(fields: &[Header]) -> Option<usize> {
    if !values(fields, "transfer-encoding").is_empty() {
        return None;
    }
    match values(fields, "content-length").as_slice() {
        [] => Some(0),
        [one] if one.bytes().all(|octet| octet.is_ascii_digit()) => one.parse().ok(),
        _ => None,
    }
}

fn is_key(values: &[String]) -> bool {
    let plain = |one: u8| one.is_ascii_alphanumeric() || one == b'+' || one == b'/';
    matches!(values, [one] if one.len() == 24 && one.ends_with("==") && one.bytes().take(22).all(plain))
}

/// The status that a request is answered with, and the protocol with 101.
fn answer_to(request: &Request, spoken: &[String]) -> (u16, String) {
    let fields: &[Header] = request.headers;
    let method = request.method.unwrap_or("");
    let new = request.version == Some(1);
    let hosts = values(fields, "host").len();
    if hosts > 1 || (new && hosts == 0) {
        return (400, String::new());
    }
    if method == "CONNECT" {
        return (501, String::new());
    }
    let offered = list(fields, "upgrade");
    let chosen = offered.into_iter().find(|one| spoken.iter().any(|known| known.eq_ignore_ascii_case(one)));
    let listed = list(fields, "connection").iter().any(|one| one == "upgrade");
    let Some(chosen) = chosen.filter(|_| new && listed) else { return (200, String::new()) };
    if chosen != "websocket" {
        let allowed = ["GET", "POST", "OPTIONS"].contains(&method);
        return (if allowed { 101 } else { 405 }, chosen);
    }
    let status = if method != "GET" {
        405
    } else if values(fields, "sec-websocket-version") != ["13"] {
        426
    } else if is_key(&values(fields, "sec-websocket-key")) {
        101
    } else {
        400
    };
    (status, chosen)
}

pub fn serve(one: &Case) -> Value {
    if !(one.is_made_up() || one.profile == "websocket") || one.special || !one.subprotocols.is_empty() {
        return skip();
    }
    let spoken = one.spoken();
    let waits = if one.ends { "close" } else { "incomplete" };
    let mut rest = one.request.as_slice();
    let mut last = Value::Null;
    for before in 0.. {
        let mut fields = [EMPTY_HEADER; 100];
        let mut request = Request::new(&mut fields);
        let size = match request.parse(rest) {
            Ok(Status::Complete(size)) => size,
            Ok(Status::Partial) if rest.is_empty() && !last.is_null() => return last,
            Ok(Status::Partial) => return json!({"outcome": waits, "before": before}),
            Err(_) => return json!({"outcome": "refuse", "status": 400, "close": true, "before": before}),
        };
        let Some(length) = content_size(request.headers) else {
            return json!({"outcome": "refuse", "status": 400, "close": true, "before": before});
        };
        if rest.len() - size < length {
            return json!({"outcome": waits, "before": before});
        }
        let content = text(&rest[size..size + length]);
        rest = &rest[size + length..];
        let (status, protocol) = answer_to(&request, &spoken);
        if status == 101 {
            return json!({"outcome": "switch", "protocol": protocol, "leftover": rest.len(),
                          "content": content, "before": before});
        }
        if status != 200 {
            return json!({"outcome": "refuse", "status": status, "close": true, "before": before});
        }
        let options = list(request.headers, "connection");
        let has = |wanted: &str| options.iter().any(|one| one == wanted);
        let close = has("close") || (request.version == Some(0) && !has("keep-alive"));
        last = json!({"outcome": "ordinary", "close": close, "before": before});
        if close {
            return last;
        }
    }
    last
}

pub fn ask(one: &Case) -> Value {
    if !one.is_made_up() {
        return skip();
    }
    let mut rest = one.response.as_slice();
    let mut interim: Vec<u16> = Vec::new();
    loop {
        let mut fields = [EMPTY_HEADER; 100];
        let mut response = Response::new(&mut fields);
        let size = match response.parse(rest) {
            Ok(Status::Complete(size)) => size,
            Ok(Status::Partial) if one.ends => return json!({"outcome": "failed"}),
            Ok(Status::Partial) => {
                let waits = rest.is_empty() && !interim.is_empty();
                let outcome = if waits { "interim" } else { "incomplete" };
                return json!({"outcome": outcome, "interim": interim});
            }
            Err(_) => return json!({"outcome": "failed"}),
        };
        rest = &rest[size..];
        let status = response.code.unwrap_or(0);
        if status == 101 {
            let named = list(response.headers, "upgrade") == [one.profile.to_ascii_lowercase()];
            let listed = list(response.headers, "connection").iter().any(|option| option == "upgrade");
            if !named || !listed {
                return json!({"outcome": "failed"});
            }
            return json!({"outcome": "switched", "protocol": one.profile, "leftover": rest.len(), "interim": interim});
        }
        if status >= 200 {
            return json!({"outcome": "refused", "status": status, "interim": interim});
        }
        interim.push(status);
    }
}
