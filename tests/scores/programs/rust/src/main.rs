//! Rust's servers, a client and a proxy: `SERVER PORT`, `tungstenite URL`, `pingora PORT TO`.
use actix_web::{web, App, HttpRequest, HttpResponse, HttpServer};
use async_trait::async_trait;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use futures_util::StreamExt;
use pingora::prelude::*;

async fn echo_of_actix(request: HttpRequest, body: web::Payload) -> Result<HttpResponse, actix_web::Error> {
    let (response, mut session, mut messages) = actix_ws::handle(&request, body)?;
    actix_web::rt::spawn(async move {
        while let Some(Ok(message)) = messages.next().await {
            let sent = match message {
                actix_ws::Message::Ping(octets) => session.pong(&octets).await,
                actix_ws::Message::Text(text) => session.text(text).await,
                actix_ws::Message::Close(_) => break,
                _ => Ok(()),
            };
            if sent.is_err() {
                break;
            }
        }
    });
    Ok(response)
}

fn actix(port: u16) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(
        HttpServer::new(|| App::new().route("/{path:.*}", web::get().to(echo_of_actix)))
            .workers(1)
            .bind(("127.0.0.1", port))?
            .run(),
    )
}

async fn talk(mut peer: WebSocket) {
    while let Some(Ok(message)) = peer.recv().await {
        if matches!(message, axum::extract::ws::Message::Text(_)) && peer.send(message).await.is_err() {
            return;
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn axum(port: u16) -> std::io::Result<()> {
    let routes = axum::Router::new().fallback(axum::routing::any(|offer: WebSocketUpgrade| async { offer.on_upgrade(talk) }));
    axum::serve(tokio::net::TcpListener::bind(("127.0.0.1", port)).await?, routes).await
}

struct Forward(u16);

#[async_trait]
impl ProxyHttp for Forward {
    type CTX = ();
    fn new_ctx(&self) {}
    async fn upstream_peer(&self, _: &mut Session, _: &mut ()) -> Result<Box<HttpPeer>> {
        Ok(Box::new(HttpPeer::new(("127.0.0.1", self.0), false, String::new())))
    }
}

fn pingora(port: u16, to: u16) {
    let mut server = Server::new(None).unwrap();
    server.bootstrap();
    let mut service = http_proxy_service(&server.configuration, Forward(to));
    service.add_tcp(&format!("127.0.0.1:{port}"));
    server.add_service(service);
    server.run_forever();
}

fn tungstenite(url: &str) -> std::io::Result<()> {
    let (mut peer, _) = tungstenite::connect(url).map_err(std::io::Error::other)?;
    peer.send("Hello".into()).map_err(std::io::Error::other)?;
    loop {
        peer.read().map_err(std::io::Error::other)?;
    }
}

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |at: usize| arguments[at].parse().unwrap();
    match arguments[1].as_str() {
        "actix" => actix(number(2)),
        "axum" => axum(number(2)),
        "tungstenite" => tungstenite(&arguments[2]),
        _ => Ok(pingora(number(2), number(3))),
    }
}
