//! httparse for C: a head in, the number of its field lines and of their octets out.

use core::mem::MaybeUninit;
use httparse::{Header, ParserConfig, Request, Response, Status};

/// As `tally` in tally.hpp.
#[repr(C)]
pub struct Tally {
    lines: usize,
    octets: usize,
}

impl Tally {
    fn add(&mut self, headers: &[Header]) {
        self.lines += headers.len();
        self.octets += headers
            .iter()
            .map(|one| one.name.len() + one.value.len())
            .sum::<usize>();
    }
}

/// # Safety
/// `size` octets can be read at `octets`, and `fields` is nobody else's.
#[no_mangle]
pub unsafe extern "C" fn turnout_httparse_request(
    octets: *const u8,
    size: usize,
    fields: &mut Tally,
) {
    let head = core::slice::from_raw_parts(octets, size);
    let mut headers = [const { MaybeUninit::<Header>::uninit() }; 100];
    let mut request = Request::new(&mut []);
    let parser = ParserConfig::default();
    let read = parser.parse_request_with_uninit_headers(&mut request, head, &mut headers);
    if let Ok(Status::Complete(_)) = read {
        fields.add(request.headers);
    }
}

/// # Safety
/// `size` octets can be read at `octets`, and `fields` is nobody else's.
#[no_mangle]
pub unsafe extern "C" fn turnout_httparse_response(
    octets: *const u8,
    size: usize,
    fields: &mut Tally,
) {
    let head = core::slice::from_raw_parts(octets, size);
    let mut headers = [const { MaybeUninit::<Header>::uninit() }; 100];
    let mut response = Response::new(&mut []);
    let parser = ParserConfig::default();
    let read = parser.parse_response_with_uninit_headers(&mut response, head, &mut headers);
    if let Ok(Status::Complete(_)) = read {
        fields.add(response.headers);
    }
}
