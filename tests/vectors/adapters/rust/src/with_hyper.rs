//! hyper's own upgrades, over a connection in memory. Time is that of tokio's tests: it jumps ahead
//! whenever nothing is left to do, so that a deadline says that all has been done.
use crate::messages::{head_size, lines, members, server_outcome, skip, text, Case};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::{CONNECTION, UPGRADE};
use hyper::{body::Incoming, service::service_fn, Method, Request, Response, Version};
use hyper_util::rt::TokioIo;
use serde_json::{json, Value};
use std::convert::Infallible;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

const ALL_DONE: Duration = Duration::from_millis(50);
const ROOM: usize = 1 << 20;

/// Runs something in a time that jumps ahead.
pub fn run<Answer>(play: impl Future<Output = Answer>) -> Answer {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().expect("a runtime").block_on(play)
}

/// Sends octets, and reads until nothing more comes.
///
/// Returns   what came, and whether the other side has closed
pub async fn talk(peer: &mut DuplexStream, octets: &[u8], ends: bool) -> (Vec<u8>, bool) {
    let _ = peer.write_all(octets).await;
    if ends {
        let _ = peer.shutdown().await;
    }
    let mut came = Vec::new();
    let mut some = [0; 4096];
    loop {
        match tokio::time::timeout(ALL_DONE, peer.read(&mut some)).await {
            Ok(Ok(size)) if size > 0 => came.extend_from_slice(&some[..size]),
            Ok(_) => return (came, true),
            Err(_) => return (came, false),
        }
    }
}

/// The first protocol in Upgrade that is spoken, as a program would look for it.
fn choose(request: &Request<Incoming>, spoken: &[String]) -> Option<String> {
    let list = |name| {
        let lines = request.headers().get_all(name).iter();
        lines.flat_map(|line| members(&text(line.as_bytes()))).collect::<Vec<String>>()
    };
    let listed = list(CONNECTION).iter().any(|one| one.eq_ignore_ascii_case("upgrade"));
    let allowed = [Method::GET, Method::POST, Method::OPTIONS].contains(request.method());
    if !listed || !allowed || request.version() != Version::HTTP_11 {
        return None;
    }
    let known = |one: &String| spoken.iter().find(|own| own.eq_ignore_ascii_case(one)).cloned();
    list(UPGRADE).iter().find_map(known)
}

type Answer = Result<Response<Full<Bytes>>, Infallible>;

async fn answer(mut request: Request<Incoming>, spoken: Vec<String>, switched: Arc<Mutex<Value>>) -> Answer {
    let plain = |status: u16| Ok(Response::builder().status(status).body(Full::default()).expect("a response"));
    let protocol = choose(&request, &spoken);
    let Ok(content) = request.body_mut().collect().await else { return plain(400) };
    if request.method() == Method::CONNECT {
        let refused = Response::builder().status(501).header(CONNECTION, "close");
        return Ok(refused.body(Full::default()).expect("a response"));
    }
    let Some(protocol) = protocol else { return plain(200) };
    let found = json!({"protocol": protocol, "content": text(&content.to_bytes())});
    *switched.lock().expect("a lock") = found;
    tokio::spawn(async move {
        let Ok(upgraded) = hyper::upgrade::on(request).await else { return };
        let mut after = TokioIo::new(upgraded);
        let mut leftover = 0;
        let mut some = [0; 4096];
        while let Ok(Ok(size)) = tokio::time::timeout(ALL_DONE / 2, after.read(&mut some)).await {
            leftover += size;
            if size == 0 {
                break;
            }
        }
        switched.lock().expect("a lock")["leftover"] = leftover.into();
        tokio::time::sleep(ALL_DONE * 4).await;
    });
    let response = Response::builder().status(101).header(CONNECTION, "upgrade").header(UPGRADE, protocol);
    Ok(response.body(Full::default()).expect("a response"))
}

pub fn serve(one: &Case) -> Value {
    if !one.is_made_up() || one.special {
        return skip();
    }
    run(async {
        let (ours, mut peer) = tokio::io::duplex(ROOM);
        let switched = Arc::new(Mutex::new(json!({})));
        let (spoken, found) = (one.spoken(), switched.clone());
        let service = service_fn(move |request| answer(request, spoken.clone(), found.clone()));
        let serving = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(ours), service);
        tokio::spawn(serving.with_upgrades());
        let (sent, closed) = talk(&mut peer, &one.request, one.ends).await;
        let switched = switched.lock().expect("a lock").clone();
        server_outcome(&sent, closed, switched)
    })
}

pub fn ask(one: &Case) -> Value {
    let asked = lines(&one.request);
    let size = head_size(&one.request).unwrap_or(0);
    if !one.is_made_up() || one.profile == "none" || size == 0 {
        return skip();
    }
    let mut start = asked[0].split(' ');
    let mut request = Request::builder().method(start.next().unwrap_or("")).uri(start.next().unwrap_or(""));
    for (name, value) in asked[1..].iter().filter_map(|line| line.split_once(':')) {
        request = request.header(name, value.trim());
    }
    let content = Bytes::copy_from_slice(&one.request[size..]);
    let Ok(request) = request.body(Full::new(content)) else { return skip() };
    if request.method() == Method::CONNECT {
        return skip();
    }
    run(async {
        let (ours, mut peer) = tokio::io::duplex(ROOM);
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(ours)).await.expect("a connection");
        tokio::spawn(connection.with_upgrades());
        let (response, ends) = (one.response.clone(), one.ends);
        tokio::spawn(async move {
            let _ = talk(&mut peer, &[], false).await;
            let _ = talk(&mut peer, &response, ends).await;
            tokio::time::sleep(ALL_DONE * 10).await;
        });
        let asked = tokio::time::timeout(ALL_DONE * 4, sender.send_request(request)).await;
        let Ok(answered) = asked else { return json!({"outcome": "incomplete"}) };
        let Ok(response) = answered else { return json!({"outcome": "failed"}) };
        let status = response.status().as_u16();
        if status == 101 {
            let named = response.headers().get(UPGRADE).map(|value| text(value.as_bytes()));
            return match hyper::upgrade::on(response).await {
                Ok(_) => json!({"outcome": "switched", "protocol": named}),
                Err(_) => json!({"outcome": "failed"}),
            };
        }
        match tokio::time::timeout(ALL_DONE * 4, response.into_body().collect()).await {
            Ok(Ok(content)) => json!({"outcome": "refused", "status": status, "complete": true,
                                      "content": text(&content.to_bytes())}),
            Ok(Err(_)) => json!({"outcome": "failed"}),
            Err(_) => json!({"outcome": "refused", "status": status, "complete": false}),
        }
    })
}
