//! The server's side of HTTP upgrades, sans I/O: *send, do, drop*.
//!
//! A [`Server`] is given all octets that were read and not dropped, and says in a [`Turn`] what to
//! send, what to do, and how many octets to drop. The borrow checker keeps what a turn views alive
//! until then.
mod raw;

use std::ffi::{c_char, CString};
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ptr;

/// The methods with which a protocol may be asked for.
pub mod methods {
    pub const GET: u32 = 1;
    pub const POST: u32 = 2;
    pub const OPTIONS: u32 = 4;
}

/// The protocols that a server speaks, most preferred first: at most eight.
pub struct Protocols {
    list: Box<raw::Protocols>,
    _tokens: Vec<CString>, // which the list views
}

impl Protocols {
    /// WebSocket alone.
    pub fn websocket() -> Self {
        let mut made = Self::none();
        unsafe { raw::turnout_protocols_add_websocket(&mut *made.list) };
        made
    }

    /// No protocol yet.
    pub fn none() -> Self {
        let mut list = Box::new(raw::Protocols([0; 160]));
        unsafe { raw::turnout_protocols_init(&mut *list) };
        Self { list, _tokens: Vec::new() }
    }

    /// Adds a protocol: its token as in Upgrade, the methods with which it may be asked for, and
    /// whether its request may have content. `None` if the token is none, or the list full.
    pub fn with(mut self, token: &str, methods: u32, content: bool) -> Option<Self> {
        let token = CString::new(token).ok()?;
        let added = unsafe {
            raw::turnout_protocols_add(&mut *self.list, token.as_ptr(), methods, content.into())
        };
        self._tokens.push(token);
        (added != 0).then_some(self)
    }
}

/// Why something failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// The name of the code, such as `bare_lf`.
    pub name: &'static str,
    /// One sentence that says what is wrong.
    pub text: &'static str,
    /// Which octet of the input; for `no_space`, how many octets of output it takes.
    pub at: usize,
}

impl std::fmt::Display for Error {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{} (at octet {})", self.text, self.at)
    }
}

impl std::error::Error for Error {}

/// What a server wants of a WebSocket.
#[derive(Clone, Copy, Default)]
pub struct Terms<'a> {
    /// The origins whose pages may open it; all if there are none. At most 16.
    pub origins: &'a [&'a str],
    /// What the server speaks. At most 16.
    pub subprotocols: &'a [&'a str],
    /// Whether messages may be compressed.
    pub deflate: bool,
}

/// What to do in a turn, after its output was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need<'a> {
    /// Read more, and advance again.
    More,
    /// Look at the request; answer it now, or advance to get its content first.
    Request { method: &'a [u8], target: &'a [u8] },
    /// Answer the offer of this protocol, or advance to decline it.
    Decision { method: &'a [u8], target: &'a [u8], protocol: &'a [u8] },
    /// The next octets of the content.
    Content(&'a [u8]),
    /// The request is complete: respond.
    Response,
    /// Speak the protocol, which begins with `rest`.
    Switched { protocol: &'a [u8], rest: &'a [u8] },
    /// Close the connection.
    Close(Option<Error>),
}

/// One turn: send `output`, do what `need` says, drop `used` octets.
pub struct Turn<'a> {
    raw: Box<raw::ServerTurn>,
    _views: PhantomData<&'a [u8]>,
}

impl<'a> Turn<'a> {
    /// What to send first.
    pub fn output(&self) -> &'a [u8] {
        view(self.raw.output)
    }

    /// How many octets of the input to drop at the end.
    pub fn used(&self) -> usize {
        self.raw.used
    }

    /// What to do.
    pub fn need(&self) -> Need<'a> {
        let turn = &*self.raw;
        let (method, target) = (view(turn.method), view(turn.target));
        match turn.need {
            1 => Need::Request { method, target },
            2 => Need::Decision { method, target, protocol: view(turn.protocol) },
            4 => Need::Content(view(turn.content)),
            5 => Need::Response,
            6 => Need::Switched { protocol: view(turn.protocol), rest: view(turn.rest) },
            7 => Need::Close(error(turn.why)),
            _ => Need::More,
        }
    }

    /// With a head: the value of the first line of a field, of any case.
    pub fn field(&self, name: &str) -> Option<&'a [u8]> {
        let name = CString::new(name).ok()?;
        let mut value = raw::Text { octets: ptr::null(), size: 0 };
        let found = unsafe { raw::turnout_server_field(&*self.raw, name.as_ptr(), &mut value) };
        (found != 0).then(|| view(value))
    }
}

/// One connection on the server's side, up to the switch.
pub struct Server<'p> {
    raw: Box<raw::Server>,
    _protocols: PhantomData<&'p Protocols>,
}

impl<'p> Server<'p> {
    /// A connection whose unread octets fit into `capacity`: a longer head is refused.
    pub fn new(spoken: &'p Protocols, capacity: usize) -> Self {
        let mut raw = Box::new(raw::Server([0; 20]));
        unsafe { raw::turnout_server_init(&mut *raw, &*spoken.list, capacity) };
        Self { raw, _protocols: PhantomData }
    }

    /// Takes one step, from all octets that were read and not dropped. `out` is room for output.
    ///
    /// The turn also views the names of the protocols, which must live as long:
    ///
    /// ```compile_fail
    /// use turnout::{methods, Protocols, Server};
    /// let mut out = [0; 512];
    /// let need = {
    ///     let spoken = Protocols::none().with("foo/2", methods::GET, false).unwrap();
    ///     let mut server = Server::new(&spoken, 4096);
    ///     server.advance(b"", &mut out).need()
    /// };
    /// println!("{need:?}");
    /// ```
    pub fn advance<'a>(&mut self, unread: &'a [u8], out: &'a mut [u8]) -> Turn<'a>
    where
        'p: 'a,
    {
        self.turn(|server, turn| unsafe {
            raw::turnout_server_advance(
                server, octets(unread), unread.len(), room(out), out.len(), turn)
        })
    }

    /// In the place of `advance`: the client sends no more, or is late.
    pub fn end<'a>(&mut self, late: bool, unread: &'a [u8], out: &'a mut [u8]) -> Turn<'a>
    where
        'p: 'a,
    {
        self.turn(|server, turn| unsafe {
            raw::turnout_server_end(
                server, late.into(), octets(unread), unread.len(), room(out), out.len(), turn)
        })
    }

    /// Answers a decision: the 101, or the refusal that the fault of the offer asks for.
    pub fn answer<'a>(
        &mut self,
        turn: &Turn<'_>,
        terms: &Terms<'_>,
        out: &'a mut [u8],
    ) -> Result<&'a [u8], Error> {
        let origins = Texts::new(terms.origins);
        let subprotocols = Texts::new(terms.subprotocols);
        let terms = raw::Terms {
            origins: origins.pointers.as_ptr(),
            origin_count: origins.pointers.len(),
            subprotocols: subprotocols.pointers.as_ptr(),
            subprotocol_count: subprotocols.pointers.len(),
            deflate: terms.deflate.into(),
        };
        written(|text| unsafe {
            raw::turnout_server_answer(
                &mut *self.raw, &*turn.raw, &terms, room(out), out.len(), text)
        })
    }

    /// Writes a final response of 300 to 599 to whatever waits for one.
    pub fn refuse<'a>(&mut self, status: u16, out: &'a mut [u8]) -> Result<&'a [u8], Error> {
        written(|text| unsafe {
            raw::turnout_server_refuse(&mut *self.raw, status.into(), room(out), out.len(), text)
        })
    }

    /// Says that the caller has sent a response of its own, and whether that said `close`.
    pub fn responded(&mut self, close: bool) -> Result<(), Error> {
        let failed = unsafe { raw::turnout_server_responded(&mut *self.raw, close.into()) };
        error(failed).map_or(Ok(()), Err)
    }

    /// The Connection line that a response of the caller's own has to have; often empty.
    pub fn connection_line(&self) -> &'static [u8] {
        view(unsafe { raw::turnout_server_connection_line(&*self.raw) })
    }

    fn turn<'a>(&mut self, take: impl FnOnce(*mut raw::Server, *mut raw::ServerTurn)) -> Turn<'a> {
        let mut turn = Box::new(MaybeUninit::<raw::ServerTurn>::zeroed());
        take(&mut *self.raw, turn.as_mut_ptr());
        // Numbers and null pointers are what zeros mean, so it is whole before it is filled.
        let raw = unsafe { Box::from_raw(Box::into_raw(turn).cast()) };
        Turn { raw, _views: PhantomData }
    }
}

/// Texts with a zero after each. One with a zero inside becomes empty, which equals nothing.
struct Texts {
    pointers: Vec<*const c_char>,
    _owned: Vec<CString>,
}

impl Texts {
    fn new(texts: &[&str]) -> Self {
        let owned: Vec<_> = texts.iter().map(|text| CString::new(*text).unwrap_or_default()).collect();
        Self { pointers: owned.iter().map(|text| text.as_ptr()).collect(), _owned: owned }
    }
}

fn octets(all: &[u8]) -> *const c_char {
    all.as_ptr().cast()
}

fn room(out: &mut [u8]) -> *mut c_char {
    out.as_mut_ptr().cast()
}

fn view<'a>(text: raw::Text) -> &'a [u8] {
    if text.size == 0 {
        return &[];
    }
    unsafe { std::slice::from_raw_parts(text.octets.cast(), text.size) }
}

fn error(failed: raw::Error) -> Option<Error> {
    let words = |text| std::str::from_utf8(view(text)).unwrap_or_default();
    (failed.code != 0).then(|| unsafe {
        Error {
            name: words(raw::turnout_error_name(failed.code)),
            text: words(raw::turnout_explain(failed.code)),
            at: failed.at,
        }
    })
}

fn written<'a>(write: impl FnOnce(*mut raw::Text) -> raw::Error) -> Result<&'a [u8], Error> {
    let mut text = raw::Text { octets: ptr::null(), size: 0 };
    let failed = write(&mut text);
    error(failed).map_or_else(|| Ok(view(text)), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKS: &[u8] = b"GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n\
        Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat\r\n\r\n\x81\x02hi";

    #[test]
    fn a_websocket_switches() {
        let spoken = Protocols::websocket();
        let mut server = Server::new(&spoken, 4096);
        let (mut out, mut answer) = ([0; 512], [0; 512]);
        let turn = server.advance(ASKS, &mut out);
        assert_eq!(
            turn.need(),
            Need::Decision { method: b"GET", target: b"/chat", protocol: b"websocket" }
        );
        assert_eq!(turn.field("host"), Some(&b"a"[..]));
        assert_eq!(turn.field("cookie"), None);
        let terms = Terms { subprotocols: &["chat"], ..Terms::default() };
        let sent = server.answer(&turn, &terms, &mut answer).unwrap();
        let sent = std::str::from_utf8(sent).unwrap();
        assert!(sent.starts_with("HTTP/1.1 101 "), "{sent}");
        assert!(sent.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "{sent}");
        let used = turn.used();
        let turn = server.advance(&ASKS[used..], &mut out);
        let rest = &b"\x81\x02hi"[..];
        assert_eq!(turn.need(), Need::Switched { protocol: b"websocket", rest });
    }

    #[test]
    fn a_request_is_answered_and_the_next_one_follows() {
        let spoken = Protocols::none().with("foo/2", methods::GET, false).unwrap();
        let mut server = Server::new(&spoken, 4096);
        let mut out = [0; 512];
        let two = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiGET /x HTTP/1.1\r\nHost: a\r\n\r\n";
        let mut unread = &two[..];
        let mut needs = Vec::new();
        loop {
            let turn = server.advance(unread, &mut out);
            unread = &unread[turn.used()..];
            let need = turn.need();
            needs.push(format!("{need:?}").split([' ', '(']).next().unwrap().to_string());
            match need {
                Need::Response => server.responded(false).unwrap(),
                Need::More => break,
                _ => {}
            }
        }
        assert_eq!(needs, ["Request", "Content", "Response", "Request", "Response", "More"]);
        assert_eq!(server.connection_line(), b"");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let spoken = Protocols::websocket();
        let mut server = Server::new(&spoken, 4096);
        let mut out = [0; 512];
        let turn = server.advance(b"GET / HTTP/1.1\n", &mut out);
        assert!(turn.output().starts_with(b"HTTP/1.1 400 "));
        let Need::Close(Some(why)) = turn.need() else { panic!() };
        assert_eq!((why.name, why.at), ("bare_lf", 14));
        assert_eq!(server.responded(false).unwrap_err().name, "out_of_turn");
    }

    #[test]
    fn an_origin_with_a_zero_allows_none() {
        let spoken = Protocols::websocket();
        let mut server = Server::new(&spoken, 4096);
        let (mut out, mut answer) = ([0; 512], [0; 512]);
        let asks = ASKS.strip_suffix(b"\r\n\x81\x02hi").unwrap();
        let asks = [asks, b"Origin: https://evil.example\r\n\r\n"].concat();
        let turn = server.advance(&asks, &mut out);
        let terms = Terms { origins: &["https://a.example\0"], ..Terms::default() };
        let sent = server.answer(&turn, &terms, &mut answer).unwrap();
        assert!(sent.starts_with(b"HTTP/1.1 403 "), "{:?}", std::str::from_utf8(sent));
    }

    #[test]
    fn what_is_no_token_is_not_added() {
        assert!(Protocols::none().with("no token", methods::GET, false).is_none());
    }
}
