//! tungstenite's client and server.
use std::net::{TcpListener, TcpStream};
use tungstenite::client::IntoClientRequest;
use tungstenite::handshake::server::{Request, Response};
use tungstenite::{accept_hdr, connect, Error, Message};

pub fn client(url: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut request = format!("{url}/echo").into_client_request()?;
    request.headers_mut().insert("Sec-WebSocket-Protocol", "zzz, chat".parse()?);
    let (mut peer, response) = connect(request)?;
    let subprotocol = response.headers()["Sec-WebSocket-Protocol"].to_str()?.to_owned();
    let mut echoed = true;
    for text in ["Hello", "", &"m".repeat(10000)] {
        peer.send(Message::text(text))?;
        let back = loop {
            match peer.read()? {
                Message::Text(back) => break back,
                _ => continue,
            }
        };
        echoed &= back.as_str() == text;
    }
    peer.close(None)?;
    let closed = loop {
        match peer.read() {
            Ok(Message::Close(Some(frame))) => break u16::from(frame.code),
            Ok(Message::Close(None)) => break 1000,
            Ok(_) => continue,
            Err(_) => break 0,
        }
    };
    let refused = match connect(format!("{url}/none")) {
        Err(Error::Http(response)) => response.status().as_u16(),
        _ => 101,
    };
    println!(
        r#"{{"subprotocol": "{subprotocol}", "compressed": false, "echoed": {echoed}, "closed": {closed}, "refused": {refused}}}"#
    );
    Ok(())
}

#[allow(clippy::result_large_err)]
fn echo(stream: TcpStream) -> Result<(), Error> {
    let choose = |request: &Request, mut response: Response| {
        if request.headers().get("Sec-WebSocket-Protocol").is_some() {
            response.headers_mut().insert("Sec-WebSocket-Protocol", "chat".parse().unwrap());
        }
        Ok(response)
    };
    let mut peer = accept_hdr(stream, choose).map_err(|_| Error::ConnectionClosed)?;
    loop {
        let message = peer.read()?;
        if message.is_text() || message.is_binary() {
            peer.send(message)?;
        }
    }
}

pub fn server() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    for stream in listener.incoming() {
        let stream = stream?;
        std::thread::spawn(move || echo(stream));
    }
    Ok(())
}
