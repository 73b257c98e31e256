// A server on Rust's tungstenite, with tokio.
use futures_util::StreamExt;
use tokio::net::TcpListener;

async fn serve() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    loop {
        let (socket, _) = listener.accept().await?;
        socket.set_nodelay(true)?;
        tokio::spawn(async move {
            if let Ok(mut peer) = tokio_tungstenite::accept_async(socket).await {
                while let Some(Ok(_)) = peer.next().await {}
            }
        });
    }
}

fn main() -> std::io::Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?
        .block_on(serve())
}
