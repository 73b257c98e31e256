//! fastwebsockets' client and server, over hyper.
use bytes::Bytes;
use fastwebsockets::{handshake, upgrade, FragmentCollector, Frame, OpCode, Payload, WebSocketError};
use http_body_util::Empty;
use hyper::header::{HeaderValue, CONNECTION, HOST, UPGRADE};
use hyper::{body::Incoming, service::service_fn, Request, Response};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use tokio::net::{TcpListener, TcpStream};

struct Executor;
impl<F: std::future::Future + 'static> hyper::rt::Executor<F> for Executor
where
    F: std::future::Future + Send,
    F::Output: Send + 'static,
{
    fn execute(&self, future: F) {
        tokio::spawn(future);
    }
}

async fn open(
    url: &str,
    path: &str,
) -> Result<(fastwebsockets::WebSocket<TokioIo<hyper::upgrade::Upgraded>>, Response<Incoming>), WebSocketError> {
    let host = url.trim_start_matches("ws://");
    let stream = TcpStream::connect(host).await?;
    let request = Request::get(format!("http://{host}{path}"))
        .header(HOST, host)
        .header(UPGRADE, "websocket")
        .header(CONNECTION, "upgrade")
        .header("Sec-WebSocket-Key", handshake::generate_key())
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Protocol", "zzz, chat")
        .body(Empty::<Bytes>::new())
        .unwrap();
    handshake::client(&Executor, request, stream).await
}

pub async fn client(url: &str) -> crate::Result {
    let (peer, response) = open(url, "/echo").await?;
    let mut peer = FragmentCollector::new(peer);
    let subprotocol = response.headers()["Sec-WebSocket-Protocol"].to_str()?.to_owned();
    let mut echoed = true;
    for text in ["Hello", "", &"m".repeat(10000)] {
        peer.write_frame(Frame::text(Payload::Borrowed(text.as_bytes()))).await?;
        let back = peer.read_frame().await?;
        echoed &= back.opcode == OpCode::Text && back.payload == text.as_bytes();
    }
    peer.write_frame(Frame::close(1000, b"")).await?;
    let closing = peer.read_frame().await?;
    let closed = u16::from_be_bytes([closing.payload[0], closing.payload[1]]);
    let refused = match open(url, "/none").await {
        Err(WebSocketError::InvalidStatusCode(status)) => status,
        Err(_) => 0,
        Ok(_) => 101,
    };
    println!(
        r#"{{"subprotocol": "{subprotocol}", "echoed": {echoed}, "closed": {closed}, "refused": {refused}}}"#
    );
    Ok(())
}

async fn talk(upgraded: upgrade::UpgradeFut) -> Result<(), WebSocketError> {
    let mut peer = FragmentCollector::new(upgraded.await?);
    loop {
        let frame = peer.read_frame().await?;
        match frame.opcode {
            OpCode::Close => return Ok(()),
            OpCode::Text | OpCode::Binary => peer.write_frame(frame).await?,
            _ => (),
        }
    }
}

async fn answer(mut request: Request<Incoming>) -> Result<Response<Empty<Bytes>>, Infallible> {
    let Ok((mut response, upgraded)) = upgrade::upgrade(&mut request) else {
        return Ok(Response::builder().status(400).body(Empty::new()).unwrap());
    };
    if request.headers().contains_key("Sec-WebSocket-Protocol") {
        response.headers_mut().insert("Sec-WebSocket-Protocol", HeaderValue::from_static("chat"));
    }
    tokio::spawn(talk(upgraded));
    Ok(response)
}

pub async fn server() -> crate::Result {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    loop {
        let (stream, _) = listener.accept().await?;
        let serving = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service_fn(answer))
            .with_upgrades();
        tokio::spawn(serving);
    }
}
