//! A case, and what there is to read in octets that a server has sent.
use serde_json::{json, Value};

/// A case of score.py.
pub struct Case {
    pub id: String,
    pub role: String,
    pub profile: String,
    pub request: Vec<u8>,
    pub response: Vec<u8>,
    pub ends: bool,
    pub also: Vec<String>,
    pub subprotocols: Vec<String>,
    pub special: bool, // whether the setup has something that these libraries do not do
}

/// The octets of a string, each of whose characters is one.
fn octets(value: &Value) -> Vec<u8> {
    value.as_str().unwrap_or("").chars().map(|one| one as u8).collect()
}

pub fn text(octets: &[u8]) -> String {
    octets.iter().map(|one| *one as char).collect()
}

fn strings(value: &Value) -> Vec<String> {
    let all = value.as_array().cloned().unwrap_or_default();
    all.iter().map(|one| one.as_str().unwrap_or("").to_owned()).collect()
}

impl Case {
    pub fn read(line: &str) -> Case {
        let all: Value = serde_json::from_str(line).expect("a case");
        let word = |key: &str| all[key].as_str().unwrap_or("").to_owned();
        let setup = &all["setup"];
        Case {
            id: word("id"),
            role: word("role"),
            profile: word("profile"),
            request: octets(&all["request"]),
            response: octets(&all["response"]),
            ends: all["end"].as_bool().unwrap_or(false),
            also: strings(&setup["also"]),
            subprotocols: strings(&setup["subprotocols"]),
            special: ["deflate", "origins", "connect", "streams"].iter().any(|key| !setup[key].is_null()),
        }
    }

    /// True for the protocols that the cases have made up.
    pub fn is_made_up(&self) -> bool {
        ["foo/2", "foo/3", "bar", "none"].contains(&self.profile.as_str())
    }

    /// What a party speaks.
    pub fn spoken(&self) -> Vec<String> {
        [vec![self.profile.clone()], self.also.clone()].concat()
    }
}

pub fn skip() -> Value {
    json!({"outcome": "skip"})
}

/// Where a head ends.
pub fn head_size(octets: &[u8]) -> Option<usize> {
    octets.windows(4).position(|some| some == b"\r\n\r\n").map(|at| at + 4)
}

/// The lines of a head, the start line first.
pub fn lines(octets: &[u8]) -> Vec<String> {
    let size = head_size(octets).unwrap_or(4);
    text(&octets[..size.saturating_sub(4)]).split("\r\n").map(str::to_owned).collect()
}

/// The value of a field in the lines of a head.
pub fn value_of(lines: &[String], wanted: &str) -> Option<String> {
    let of_line = |line: &String| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case(wanted).then(|| value.trim().to_owned())
    };
    lines.iter().skip(1).find_map(of_line)
}

/// The members of a list.
pub fn members(list: &str) -> Vec<String> {
    list.split(',').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

/// What a server has made of the requests that it got: `switched` is added to a 101.
pub fn server_outcome(mut sent: &[u8], closed: bool, switched: Value) -> Value {
    let mut finals: Vec<(u16, Vec<String>)> = Vec::new();
    let mut continues = false;
    while let Some(size) = head_size(sent) {
        let all = lines(sent);
        let status: u16 = all[0].split(' ').nth(1).and_then(|one| one.parse().ok()).unwrap_or(0);
        let length = value_of(&all, "content-length").and_then(|one| one.parse().ok()).unwrap_or(0usize);
        continues |= status == 100;
        sent = &sent[size..];
        if status >= 200 {
            sent = &sent[length.min(sent.len())..];
        }
        if status >= 200 || status == 101 {
            finals.push((status, all[1..].to_vec()));
        }
        if status == 101 {
            break;
        }
    }
    let before = finals.len().saturating_sub(1);
    let Some((status, fields)) = finals.pop() else {
        return json!({"outcome": if closed { "close" } else { "incomplete" }});
    };
    if status == 101 {
        let mut answer = json!({"outcome": "switch", "before": before, "fields": fields, "continue": continues});
        for (key, value) in switched.as_object().into_iter().flatten() {
            answer[key] = value.clone();
        }
        return answer;
    }
    if status == 200 {
        return json!({"outcome": "ordinary", "before": before, "close": closed});
    }
    json!({"outcome": "refuse", "status": status, "before": before, "close": closed, "fields": fields})
}

/// The response of a case, with the right accept value that it has, if it has, as that for the key
/// that a client has sent.
pub fn answer_to(one: &Case, sent: &[u8]) -> Vec<u8> {
    let key = |octets: &[u8]| value_of(&lines(octets), "sec-websocket-key").unwrap_or_default();
    let accept = |key: String| tungstenite::handshake::derive_accept_key(key.as_bytes()).into_bytes();
    let (right, own) = (accept(key(&one.request)), accept(key(sent)));
    let mut all = one.response.clone();
    if let Some(at) = all.windows(right.len()).position(|some| some == right) {
        all.splice(at..at + right.len(), own);
    }
    all
}
