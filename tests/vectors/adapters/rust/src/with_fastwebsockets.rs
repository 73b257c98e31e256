//! fastwebsockets, over hyper and a connection in memory.
use crate::messages::{answer_to, lines, server_outcome, skip, value_of, Case};
use crate::with_hyper::{run, talk};
use bytes::Bytes;
use fastwebsockets::{handshake, upgrade, WebSocketError};
use http_body_util::{BodyExt, Empty};
use hyper::header::{CONNECTION, HOST, UPGRADE};
use hyper::{body::Incoming, service::service_fn, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{json, Value};
use std::convert::Infallible;
use std::time::Duration;

struct Executor;
impl<F: std::future::Future<Output: Send> + Send + 'static> hyper::rt::Executor<F> for Executor {
    fn execute(&self, future: F) {
        tokio::spawn(future);
    }
}

async fn answer(mut request: Request<Incoming>) -> Result<Response<Empty<Bytes>>, Infallible> {
    let plain = |status: u16| Ok(Response::builder().status(status).body(Empty::new()).expect("a response"));
    if !upgrade::is_upgrade_request(&request) {
        let _ = request.body_mut().collect().await;
        return plain(200);
    }
    match upgrade::upgrade(&mut request) {
        Ok((response, socket)) => {
            tokio::spawn(async move {
                let socket = socket.await;
                tokio::time::sleep(Duration::from_secs(1)).await;
                drop(socket);
            });
            let (parts, _) = response.into_parts();
            Ok(Response::from_parts(parts, Empty::new()))
        }
        Err(_) => plain(400),
    }
}

pub fn serve(one: &Case) -> Value {
    if one.profile != "websocket" || one.special || !one.subprotocols.is_empty() {
        return skip();
    }
    run(async {
        let (ours, mut peer) = tokio::io::duplex(1 << 20);
        let serving =
            hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(ours), service_fn(answer));
        tokio::spawn(serving.with_upgrades());
        let (sent, closed) = talk(&mut peer, &one.request, one.ends).await;
        server_outcome(&sent, closed, json!({"protocol": "websocket"}))
    })
}

pub fn ask(one: &Case) -> Value {
    let asked = lines(&one.request);
    if one.profile != "websocket" || value_of(&asked, "sec-websocket-extensions").is_some() {
        return skip();
    }
    let target = asked[0].split(' ').nth(1).unwrap_or("/");
    let mut request = Request::get(target)
        .header(HOST, "a")
        .header(UPGRADE, "websocket")
        .header(CONNECTION, "upgrade")
        .header("Sec-WebSocket-Key", handshake::generate_key())
        .header("Sec-WebSocket-Version", "13");
    if let Some(names) = value_of(&asked, "sec-websocket-protocol") {
        request = request.header("Sec-WebSocket-Protocol", names);
    }
    let Ok(request) = request.body(Empty::<Bytes>::new()) else { return skip() };
    run(async {
        let (ours, mut peer) = tokio::io::duplex(1 << 20);
        let case = Case { response: one.response.clone(), request: one.request.clone(), ..Case::read("{}") };
        let ends = one.ends;
        tokio::spawn(async move {
            let (sent, _) = talk(&mut peer, &[], false).await;
            let _ = talk(&mut peer, &answer_to(&case, &sent), ends).await;
            tokio::time::sleep(Duration::from_secs(1)).await;
        });
        let opening = handshake::client(&Executor, request, ours);
        match tokio::time::timeout(Duration::from_millis(200), opening).await {
            Ok(Ok((_, response))) => {
                let name = response.headers().get("Sec-WebSocket-Protocol").and_then(|one| one.to_str().ok());
                json!({"outcome": "switched", "protocol": "websocket", "subprotocol": name})
            }
            Ok(Err(WebSocketError::InvalidStatusCode(status))) => json!({"outcome": "refused", "status": status}),
            Ok(Err(_)) => json!({"outcome": "failed"}),
            Err(_) => json!({"outcome": "incomplete"}),
        }
    })
}
