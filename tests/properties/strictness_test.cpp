// One strictness: where the RFCs leave a recipient the choice, what is chosen here, on whole
// messages.
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/corpus.hpp"
#include "support/parties.hpp"
#include "turnout/protocol/websocket.hpp"
#include "turnout/turnout.hpp"

namespace {

using namespace turnout;
using namespace corpus::edited;
using enum errc;

/// A message, and what is wrong with it: nothing if it is taken.
struct choice {
  std::string octets;
  errc why = none;
};

void check_requests(const std::vector<choice>& choices) {
  for (const choice& one : choices) {
    CAPTURE(one.octets);
    const auto now = server_handshake{laws::supported}.receive(one.octets);
    CHECK((now.what == server_step::upgrade_offered) == (one.why == none));
    CHECK(now.why.code == one.why);
  }
}

void check_responses(const std::vector<choice>& choices) {
  for (const choice& one : choices) {
    CAPTURE(one.octets);
    const auto now = laws::waiting_client(laws::asked).receive(one.octets);
    CHECK((now.what == client_step::switched) == (one.why == none));
    CHECK(now.why.code == one.why);
  }
}

std::string line(const std::string& start) { return with(asks, "GET /x HTTP/1.1", start); }

}  // namespace

TEST_CASE("[ENG-15] a request is read in one way, whatever the options") {
  check_requests(
      {{with(asks, "\r\nC", "\nC"), bare_lf},
       {plus(asks, "X: a\rb"), bare_cr},
       {with(asks, "Host: a", "Host: a\r"), bare_cr},
       {"\r\n" + asks},
       {"\r\n\r\n" + asks, too_many_empty_lines},
       {"\n" + asks, bare_lf},
       {line("GET  /x HTTP/1.1"), bad_request_line},
       {line("GET\t/x HTTP/1.1"), bad_method},
       {line(" GET /x HTTP/1.1"), bad_method},
       {line("GET /x HTTP/1.1 "), bad_http_version},
       {with(asks, "Upgrade: foo", "Upgrade : foo"), space_before_colon},
       {with(asks, "foo/2", "\r\n foo/2"), folded_field_line},
       {plus(asks, std::string{"X: a\0b", 6}), control_octet},
       {plus(asks, "X: a\x01"), control_octet},
       {plus(asks, "X: a\x7f"), control_octet},
       {plus(asks, "X: a\xff")},
       {without(asks, "Host"), missing_host},
       {plus(asks, "Host: a"), repeated_host},
       {with(asks, "Host: a", "Host:")},
       {with(websocket_asks, "Host: server.example.com", "Host:"), empty_host},
       {post("Content-Length: 1\r\nTransfer-Encoding: chunked"), length_and_transfer_encoding},
       {post("Content-Length: 1\r\nContent-Length: 1"), repeated_content_length},
       {post("Content-Length: 1, 1"), bad_content_length},
       {with(post("Transfer-Encoding: chunked"), "HTTP/1.1", "HTTP/1.0"),
        transfer_encoding_in_http_1_0},
       {line("GET /x HTTP/1.2")},
       {line("GET /x HTTP/2.0"), unsupported_http_version},
       {line("GET /x HTTP/0.9"), unsupported_http_version},
       {line("GET /x"), bad_request_line},
       {with(asks, "foo/2", "foo/2, b@d"), bad_upgrade},
       {with(asks, ": Upgrade", ": Upgrade, b@d"), bad_connection},
       {line("GET /\xc3\xa9 HTTP/1.1"), bad_target},
       {line("GET /{x} HTTP/1.1"), bad_target}});
}

TEST_CASE("[ENG-15] a response is read in one way, whatever the options") {
  check_responses({{with(agrees, "Upgrade: foo", "Upgrade : foo"), space_before_colon},
                   {with(agrees, "foo/2", "\r\n foo/2")},
                   {status("HTTP/1.1 101")},
                   {status("HTTP/1.1 10 X"), bad_status_line},
                   {status("HTTP/1.1 1010 X"), bad_status_line},
                   {status("HTTP/1.1 101 a\x01"), control_octet},
                   {"\r\n" + agrees, bad_status_line},
                   {with(agrees, "foo/2", "foo/2, b@d"), bad_upgrade},
                   {plus(agrees, "Upgrade: foo/2"), ambiguous_switch},
                   {with(agrees, "foo/2", "foo/2, HTTP/1.1"), ambiguous_switch},
                   {status("HTTP/1.0 101 X"), switch_in_http_1_0},
                   {with(agrees, ": Upgrade", ": Upgrade, close")}});
  for (const std::string_view code : {"600", "099"}) {
    const std::string shown = with(agrees, "101", code);
    CHECK(laws::waiting_client(laws::asked).receive(shown).what == client_step::declined);
  }
  CHECK(laws::waiting_client(laws::asked_tunnel).receive(agrees).why.code == unsolicited_switch);
}

TEST_CASE("[ENG-15] [WS-51] the unused last bits of a key are not checked") {
  server_handshake server{laws::supported};
  const std::string shown =
      with(websocket_asks, "dGhlIHNhbXBsZSBub25jZQ==", "AQIDBAUGBwgJCgsMDQ4PEC==");
  const auto now = server.receive(shown);
  CHECK(websocket::offer::read(now.offer()));
}
