//! Rust's WebSockets: `LIBRARY client URL` or `LIBRARY server`, as python_peers.py; and hyper's upgrades,
//! with the protocol of a Docker daemon.
mod with_fastwebsockets;
mod with_hyper;
mod with_tungstenite;

type Result = std::result::Result<(), Box<dyn std::error::Error>>;

fn main() -> Result {
    let arguments: Vec<String> = std::env::args().collect();
    let library = format!("{} {}", arguments[1], arguments[2]);
    let url = arguments.get(3).map_or("", String::as_str);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match library.as_str() {
        "tungstenite client" => with_tungstenite::client(url),
        "tungstenite server" => with_tungstenite::server(),
        "fastwebsockets client" => runtime.block_on(with_fastwebsockets::client(url)),
        "fastwebsockets server" => runtime.block_on(with_fastwebsockets::server()),
        "hyper client" => runtime.block_on(with_hyper::client(url)),
        "hyper server" => runtime.block_on(with_hyper::server()),
        _ => Err("unknown".into()),
    }
}
