//! tungstenite, over a connection in memory.
use crate::messages::{answer_to, head_size, lines, members, server_outcome, skip, value_of, Case};
use serde_json::{json, Value};
use std::io::{Error as IoError, ErrorKind, Read, Write};
use tungstenite::client::IntoClientRequest;
use tungstenite::handshake::server::{Request, Response};
use tungstenite::{accept_hdr, client, Error, HandshakeError};

/// A connection: reading waits once the input is used.
struct Connection<'a> {
    input: Vec<u8>,
    ended: bool,
    output: Vec<u8>,
    answers: Option<&'a Case>, // with a client: what it is answered once it has sent its head
}

impl Read for &mut Connection<'_> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, IoError> {
        if let Some(one) = self.answers.filter(|_| head_size(&self.output).is_some()) {
            self.input = answer_to(one, &self.output);
            self.ended = one.ends;
            self.answers = None;
        }
        if self.input.is_empty() && !self.ended {
            return Err(ErrorKind::WouldBlock.into());
        }
        let size = into.len().min(self.input.len());
        into[..size].copy_from_slice(&self.input[..size]);
        self.input.drain(..size);
        Ok(size)
    }
}

impl Write for &mut Connection<'_> {
    fn write(&mut self, from: &[u8]) -> Result<usize, IoError> {
        self.output.extend_from_slice(from);
        Ok(from.len())
    }
    fn flush(&mut self) -> Result<(), IoError> {
        Ok(())
    }
}

#[allow(clippy::result_large_err)]
pub fn serve(one: &Case) -> Value {
    if one.profile != "websocket" || one.special {
        return skip();
    }
    let mut connection =
        Connection { input: one.request.clone(), ended: one.ends, output: Vec::new(), answers: None };
    let mut chosen = Value::Null;
    let choose = |request: &Request, mut response: Response| {
        let offered = request.headers().get_all("Sec-WebSocket-Protocol").iter();
        let names: Vec<String> = offered.flat_map(|line| members(line.to_str().unwrap_or(""))).collect();
        if let Some(name) = names.into_iter().find(|name| one.subprotocols.contains(name)) {
            chosen = name.as_str().into();
            response.headers_mut().insert("Sec-WebSocket-Protocol", name.parse().unwrap());
        }
        Ok(response)
    };
    let closed = match accept_hdr(&mut connection, choose) {
        Ok(_) | Err(HandshakeError::Interrupted(_)) => false,
        Err(_) => true, // its program then drops the connection
    };
    let switched = json!({"protocol": "websocket", "subprotocol": chosen});
    server_outcome(&connection.output, closed, switched)
}

pub fn ask(one: &Case) -> Value {
    let asked = lines(&one.request);
    if one.profile != "websocket" || value_of(&asked, "sec-websocket-extensions").is_some() {
        return skip();
    }
    let target = asked[0].split(' ').nth(1).unwrap_or("/");
    let Ok(mut request) = format!("ws://a{target}").into_client_request() else { return skip() };
    if let Some(names) = value_of(&asked, "sec-websocket-protocol") {
        request.headers_mut().insert("Sec-WebSocket-Protocol", names.parse().unwrap());
    }
    let mut connection = Connection { input: Vec::new(), ended: false, output: Vec::new(), answers: Some(one) };
    match client(request, &mut connection) {
        Ok((_, response)) => {
            let name = response.headers().get("Sec-WebSocket-Protocol").and_then(|one| one.to_str().ok());
            json!({"outcome": "switched", "protocol": "websocket", "subprotocol": name})
        }
        Err(HandshakeError::Interrupted(_)) => json!({"outcome": "incomplete"}),
        Err(HandshakeError::Failure(Error::Http(response))) => {
            json!({"outcome": "refused", "status": response.status().as_u16()})
        }
        Err(_) => json!({"outcome": "failed"}),
    }
}
