//! What of turnout.h is used here.
use std::ffi::{c_char, c_int, c_uint};

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Text {
    pub octets: *const c_char,
    pub size: usize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Error {
    pub code: c_int,
    pub at: usize,
}

#[repr(C)]
pub struct Protocols(pub [u64; 160]);

#[repr(C)]
pub struct Server(pub [u64; 20]);

#[repr(C)]
pub struct ServerTurn {
    pub need: c_int,
    pub output: Text,
    pub used: usize,
    pub why: Error,
    pub method: Text,
    pub target: Text,
    pub content: Text,
    pub protocol: Text,
    pub rest: Text,
    pub opaque: [u64; 150],
}

#[repr(C)]
pub struct Terms {
    pub origins: *const *const c_char,
    pub origin_count: usize,
    pub subprotocols: *const *const c_char,
    pub subprotocol_count: usize,
    pub deflate: c_int,
}

extern "C" {
    pub fn turnout_error_name(code: c_int) -> Text;
    pub fn turnout_explain(code: c_int) -> Text;
    pub fn turnout_protocols_init(list: *mut Protocols);
    pub fn turnout_protocols_add_websocket(list: *mut Protocols) -> c_int;
    pub fn turnout_protocols_add(
        list: *mut Protocols,
        token: *const c_char,
        methods: c_uint,
        content: c_int,
    ) -> c_int;
    pub fn turnout_server_init(server: *mut Server, spoken: *const Protocols, in_capacity: usize);
    pub fn turnout_server_advance(
        server: *mut Server,
        octets: *const c_char,
        size: usize,
        out: *mut c_char,
        out_size: usize,
        turn: *mut ServerTurn,
    );
    pub fn turnout_server_end(
        server: *mut Server,
        late: c_int,
        octets: *const c_char,
        size: usize,
        out: *mut c_char,
        out_size: usize,
        turn: *mut ServerTurn,
    );
    pub fn turnout_server_field(
        turn: *const ServerTurn,
        name: *const c_char,
        value: *mut Text,
    ) -> c_int;
    pub fn turnout_server_answer(
        server: *mut Server,
        turn: *const ServerTurn,
        terms: *const Terms,
        out: *mut c_char,
        out_size: usize,
        written: *mut Text,
    ) -> Error;
    pub fn turnout_server_refuse(
        server: *mut Server,
        status: c_int,
        out: *mut c_char,
        out_size: usize,
        written: *mut Text,
    ) -> Error;
    pub fn turnout_server_responded(server: *mut Server, close: c_int) -> Error;
    pub fn turnout_server_connection_line(server: *const Server) -> Text;
}
