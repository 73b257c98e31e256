//! tungstenite, httparse, hyper or fastwebsockets as an adapter of score.py:
//!
//!     python3 tests/vectors/score.py build-vectors/rust/release/adapter tungstenite
mod messages;
mod with_fastwebsockets;
mod with_httparse;
mod with_hyper;
mod with_tungstenite;

use messages::{skip, Case};
use std::io::{BufRead, Write};

fn play(library: &str, one: &Case) -> serde_json::Value {
    match (library, one.role.as_str()) {
        ("tungstenite", "server") => with_tungstenite::serve(one),
        ("tungstenite", "client") => with_tungstenite::ask(one),
        ("httparse", "server") => with_httparse::serve(one),
        ("httparse", "client") => with_httparse::ask(one),
        ("hyper", "server") => with_hyper::serve(one),
        ("hyper", "client") => with_hyper::ask(one),
        ("fastwebsockets", "server") => with_fastwebsockets::serve(one),
        ("fastwebsockets", "client") => with_fastwebsockets::ask(one),
        _ => skip(),
    }
}

fn main() {
    let library = std::env::args().nth(1).unwrap_or_default();
    std::panic::set_hook(Box::new(|_| {}));
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let one = Case::read(&line.expect("a line"));
        let played = std::panic::catch_unwind(|| play(&library, &one));
        let mut answer = played.unwrap_or_else(|_| serde_json::json!({"outcome": "panics"}));
        answer["id"] = one.id.as_str().into();
        writeln!(output, "{answer}").expect("somebody reads");
    }
}
