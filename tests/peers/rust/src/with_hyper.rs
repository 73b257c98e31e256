//! hyper's own upgrades, to what a Docker daemon speaks.
use bytes::Bytes;
use http_body_util::Empty;
use hyper::header::{CONNECTION, HOST, UPGRADE};
use hyper::{body::Incoming, service::service_fn, Request, Response};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub async fn client(url: &str) -> crate::Result {
    let host = url.trim_start_matches("http://");
    let stream = TokioIo::new(TcpStream::connect(host).await?);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await?;
    tokio::spawn(connection.with_upgrades());
    let request = Request::post("/containers/echo/attach")
        .header(HOST, host)
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "tcp")
        .body(Empty::<Bytes>::new())?;
    let response = sender.send_request(request).await?;
    let status = response.status().as_u16();
    let mut stream = TokioIo::new(hyper::upgrade::on(response).await?);
    stream.write_all(b"hello\n").await?;
    stream.shutdown().await?;
    let mut back = Vec::new();
    stream.read_to_end(&mut back).await?;
    let echoed = back.windows(6).any(|some| some == b"HELLO\n");
    println!(r#"{{"status": {status}, "echoed": {echoed}}}"#);
    Ok(())
}

async fn answer(mut request: Request<Incoming>) -> Result<Response<Empty<Bytes>>, Infallible> {
    let wanted = request.headers().get(UPGRADE).cloned();
    let Some(token) = wanted else {
        return Ok(Response::builder().status(404).body(Empty::new()).unwrap());
    };
    tokio::spawn(async move {
        if let Ok(upgraded) = hyper::upgrade::on(&mut request).await {
            let (mut from, mut to) = tokio::io::split(TokioIo::new(upgraded));
            let _ = tokio::io::copy(&mut from, &mut to).await;
            let _ = to.shutdown().await;
        }
    });
    let response = Response::builder().status(101).header(CONNECTION, "upgrade").header(UPGRADE, token);
    Ok(response.body(Empty::new()).unwrap())
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
