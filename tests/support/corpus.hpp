// Requests and responses, good and bad, taken from the requirements, with what is made of each; and
// a generator of all small inputs. Those that are cases of tests/vectors have their octets from
// there, which tests/inspect/vectors_test.py checks.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/fixtures.hpp"
#include "turnout/turnout.hpp"
#include "vectors/octets.hpp"

namespace corpus {

using namespace std::string_literals;
using turnout::client_step;
using turnout::errc;
using turnout::server_step;
using vectors::request_of, vectors::response_of;

/// One input, the requirement that it is an example of, and what a handshake says about it first.
template <class Step>
struct sample {
  sample(std::string_view id, std::string_view sent, Step found, errc code = errc::none)
      : requirement{id}, octets{sent}, what{found}, why{code} {}

  std::string_view requirement;
  std::string octets;
  Step what;
  errc why;
};

namespace edited {

using fixtures::plus, fixtures::with, fixtures::without;
inline const std::string plain{fixtures::plain_request};
inline const std::string asks{fixtures::upgrade_request};
inline const std::string agrees{fixtures::upgrade_response};
inline const std::string websocket_asks{fixtures::websocket_request};
inline const std::string websocket_agrees{fixtures::websocket_response};

inline std::string start(const std::string& line) { return with(plain, "GET / HTTP/1.1", line); }
inline std::string host(const std::string& value) { return with(plain, "Host: a", value); }
inline std::string status(const std::string& line) {
  return with(agrees, "HTTP/1.1 101 Switching Protocols", line);
}
inline std::string upgrade(const std::string& message, const std::string& value) {
  return with(message, "foo/2", value);
}
inline std::string connection(const std::string& message, const std::string& value) {
  return with(message, "Connection: Upgrade", "Connection: " + value);
}
inline std::string post(const std::string& fields) {
  return plus(with(upgrade(asks, "bar"), "GET", "POST"), fields);
}
inline const std::string chunks = post("Transfer-Encoding: chunked");
inline const std::string connect = "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n";
inline const std::string exec = with(without(fixtures::docker_request, "Content-Length"),
                                     "containers/c/attach", "exec/x/start");

}  // namespace edited

/// Requests for a server that speaks laws::supported.
inline const std::vector<sample<server_step>> requests = [] {
  using namespace edited;
  using enum errc;
  constexpr auto offered = server_step::upgrade_offered;
  constexpr auto ordinary = server_step::ordinary_request;
  constexpr auto failed = server_step::failed;
  return std::vector<sample<server_step>>{
      {"UPG-10", asks, offered},
      {"UPG-25", request_of("early-data/frame-after-request"), offered},
      {"UPG-44", request_of("early-data/request-after-offer"), offered},
      {"WS-60", websocket_asks, offered},
      {"WS-70", websocket_asks + "\x81\x85\1\2\3\4hello", offered},
      {"WS-47", request_of("websocket-request/key-missing"), offered},
      {"WS-62", plus(websocket_asks, "Sec-WebSocket-Protocol: zzz, chat"), offered},
      {"DKR-01", fixtures::docker_request, offered},
      {"MSG-01", plus(asks, "X: \xe2\x80\xa8\xc2\x85"), offered},
      {"MSG-05", request_of("request-line/empty-line-before"), offered},
      {"MSG-11", request_of("request-line/version-1.2"), offered},
      {"MSG-23", with(asks, "/x", "http://b/chat"), offered},
      {"MSG-24", request_of("request-line/options-asterisk"), offered},
      {"MSG-35", with(with(asks, "Upgrade:", "uPGRADE:"), "Connection", "CONNECTION"), offered},
      {"MSG-36", upgrade(asks, "\t foo/2 \t"), offered},
      {"MSG-37", request_of("field-lines/empty-value"), offered},
      {"MSG-40", plus(asks, "X: a\xff"), offered},
      {"CON-01", connection(asks, "keep-alive,UPGRADE ,foo"), offered},
      {"CON-02", plus(connection(asks, "keep-alive"), "Connection: upgrade"), offered},
      {"GRM-03", request_of("upgrade/commas-around"), offered},
      {"GRM-05", upgrade(asks, "\ta\t ,\t foo/2"), offered},
      {"GRM-06", plus(upgrade(asks, "a"), "upgrade: b,bar"), offered},
      {"UPG-03", request_of("upgrade/name-in-other-case"), offered},
      {"UPG-18", upgrade(asks, "bar, foo/2"), offered},
      {"UPG-31", request_of("expect/without-content"), offered},
      {"UPG-45", request_of("connection/close-first"), offered},
      {"UPG-50", request_of("upgrade/h2-first"), offered},
      {"MSG-30", request_of("host/empty"), offered},
      {"CON-06",
       plus(connection(upgrade(asks, "h2c"), "Upgrade, HTTP2-Settings"),
            "HTTP2-Settings: AAMAAABkAAQAAP__"),
       offered},
      {"UPG-27", post("Content-Length: 5") + "helloNEW", offered},
      {"UPG-28", chunks + "5\r\nhello\r\n0\r\nT: x\r\n\r\nNEW", offered},
      {"UPG-30", plus(post("Content-Length: 5"), "Expect: 100-continue") + "helloNEW", offered},
      {"UPG-35", plus(post("Content-Length: 5"), "Expect: 100-continue"), offered},
      {"DKR-07", plus(exec, "Content-Length: 24") + "{\"Detach\":0,\"Tty\":true}\nSTDIN", offered},
      {"MSG-70", chunks + "5;a=b;c=\"d;e\"\r\nhello\r\n000\r\n\r\n", offered},
      {"MSG-70", chunks + "0x5\r\nhello\r\n", offered},
      {"MSG-70", chunks + "FFFFFFFFFFFFFFFFF\r\n", offered},
      {"MSG-71", chunks + "5;\nhello\r\n0\r\n\r\n", offered},
      {"MSG-71", chunks + "5;\r\nhello\r\n0\r\n\r\n", offered},
      {"MSG-70", chunks + "5\r\nhelloX\r\n0\r\n\r\n", offered},
      {"MSG-72", chunks + "0\r\n T: x\r\n\r\n", offered},
      {"MSG-80", chunks + "5\r\nhel", offered},

      {"MSG-25", connect, server_step::tunnel_requested},
      {"OPT-07", connect + post("Content-Length: 3") + "abc", server_step::tunnel_requested},
      {"UPG-51", with(asks, "GET /x", "CONNECT a:443"), server_step::tunnel_requested,
       upgrade_on_connect},

      {"MSG-84", request_of("early-data/offer-after-request"), ordinary, no_upgrade},
      {"MSG-72",
       plus(with(plain, "GET", "POST"), "Transfer-Encoding: chunked") +
           "0\r\nConnection: Upgrade\r\nUpgrade: foo/2\r\n\r\n" + asks,
       ordinary, no_upgrade},
      {"MSG-73", request_of("early-data/offer-after-content"), ordinary, no_upgrade},
      {"MSG-79", request_of("early-data/request-after-http-1.0-keep-alive"), ordinary, no_upgrade},
      {"MSG-27", request_of("connection/ordinary-in-http-1.0"), ordinary, no_upgrade},
      {"CON-07", plus(plain, "Connection: close") + plain, ordinary, no_upgrade},
      {"CON-12", request_of("connection/proxy-connection"), ordinary, upgrade_not_nominated},
      {"CON-15", request_of("connection/at"), ordinary, bad_connection},
      {"UPG-02", request_of("upgrade/no-name"), ordinary, bad_upgrade},
      {"UPG-02", request_of("upgrade/empty-version"), ordinary, bad_upgrade},
      {"UPG-02", request_of("upgrade/space-before-slash"), ordinary, bad_upgrade},
      {"UPG-02", request_of("upgrade/two-slashes"), ordinary, bad_upgrade},
      {"UPG-04", request_of("upgrade/other-version"), ordinary, no_common_protocol},
      {"UPG-06", request_of("connection/missing"), ordinary, upgrade_not_nominated},
      {"UPG-07", request_of("connection/option-without-upgrade"), ordinary, no_upgrade},
      {"UPG-08", request_of("request-line/version-1.0"), ordinary, upgrade_in_http_1_0},
      {"UPG-08", with(asks, "/x HTTP/1.1", "/xHTTP/1.1 HTTP/1.0"), ordinary, upgrade_in_http_1_0},
      {"UPG-50", request_of("upgrade/h2-alone"), ordinary, no_common_protocol},
      {"CON-06", upgrade(asks, "h2c"), ordinary, field_not_nominated},
      {"GRM-04", request_of("upgrade/comma-alone"), ordinary, empty_upgrade},
      {"GRM-10", request_of("connection/quoted"), ordinary, bad_connection},
      {"GRM-17", request_of("connection/contains"), ordinary, upgrade_not_nominated},
      {"GRM-18", request_of("connection/spaces-for-commas"), ordinary, bad_connection},
      {"GRM-21", request_of("upgrade/malformed-member-after"), ordinary, bad_upgrade},

      {"MSG-02", "GET / HTTP/1.1\nHost: a\n\n", failed, bare_lf},
      {"MSG-02", with(plain, "\r\n\r\n", "\r\n\n"), failed, bare_lf},
      {"MSG-04", plus(plain, "X: a\rb"), failed, bare_cr},
      {"MSG-04", host("Host: a\r"), failed, bare_cr},
      {"MSG-05", "\r\n\r\n" + plain, failed, too_many_empty_lines},
      {"MSG-08", host(" Upgrade: foo/2\r\nHost: a"), failed, leading_whitespace},
      {"MSG-09", "\x16\x03\x01\x00\xc5\x01"s, failed, control_octet},
      {"MSG-10", start("GET / HTTP/1.10"), failed, bad_http_version},
      {"MSG-10", start("GET / HTTP/1"), failed, bad_http_version},
      {"MSG-12", start("GET / HTTP/2.0"), failed, unsupported_http_version},
      {"MSG-13", start("GET /"), failed, bad_request_line},
      {"MSG-14", start("GET  / HTTP/1.1"), failed, bad_request_line},
      {"MSG-15", start("G@T / HTTP/1.1"), failed, bad_method},
      {"MSG-20", request_of("relay-smuggling/fragment"), failed, bad_target},
      {"MSG-20", start("GET /\x7f HTTP/1.1"), failed, control_octet},
      {"MSG-24", start("GET * HTTP/1.1"), failed, bad_target},
      {"MSG-25", start("CONNECT a:65536 HTTP/1.1"), failed, bad_target},
      {"MSG-27", request_of("host/missing"), failed, missing_host},
      {"MSG-28", plus(asks, "Host: a"), failed, repeated_host},
      {"MSG-29", request_of("relay-smuggling/host-with-space"), failed, bad_host},
      {"MSG-30", request_of("websocket-request/host-empty"), failed, empty_host},
      {"MSG-31", plus(plain, "foo"), failed, missing_colon},
      {"MSG-32", plus(asks, "Upgrade : foo/2"), failed, space_before_colon},
      {"MSG-34", plus(plain, ": b"), failed, bad_field_name},
      {"MSG-38", request_of("field-lines/nul-in-other-value"), failed, control_octet},
      {"MSG-42", plus(plain, "X: y\r\n Upgrade: foo/2"), failed, folded_field_line},
      {"MSG-58", plus(plus(asks, "Content-Length: 5"), "Transfer-Encoding: chunked"), failed,
       length_and_transfer_encoding},
      {"MSG-60", post("Transfer-Encoding: gzip"), failed, chunked_not_final},
      {"MSG-61", post("Transfer-Encoding: foo, chunked"), failed, unknown_transfer_coding},
      {"MSG-65", post("Content-Length: +5"), failed, bad_content_length},
      {"MSG-66", plus(post("Content-Length: 5"), "Content-Length: 5"), failed,
       repeated_content_length},
      {"MSG-83", request_of("websocket-request/get-with-length"), failed, content_not_allowed},
      {"UPG-34", plus(asks, "Expect: 100-continue, foo"), failed, expectation_failed},
      {"MSG-25", plus(connect, "Content-Length: 1") + "a", failed, content_not_allowed},
      {"WS-41", request_of("websocket-request/method-post"), failed, method_not_allowed},
      {"MSG-16", request_of("request-line/unknown-method-long"), failed, unknown_method},
      {"MSG-15", request_of("request-line/lowercase-method"), failed, unknown_method},

      {"MSG-46", websocket_asks.substr(0, websocket_asks.size() - 2), server_step::need_more},
      {"MSG-80", "GET / HT", server_step::need_more},
      {"MSG-80", request_of("request-line/empty-line-alone"), server_step::need_more},
      {"MSG-80", request_of("request-line/nothing-yet"), server_step::need_more},
  };
}();

/// Responses to laws::asked.
inline const std::vector<sample<client_step>> responses = [] {
  using namespace edited;
  using enum errc;
  constexpr auto interim = client_step::interim_response;
  constexpr auto switched = client_step::switched;
  constexpr auto declined = client_step::declined;
  constexpr auto failed = client_step::failed;
  const std::string hint = "HTTP/1.1 103 E\r\nUpgrade: foo/2\r\nConnection: upgrade\r\n\r\n";
  return std::vector<sample<client_step>>{
      {"UPG-10", agrees, switched},
      {"UPG-25", response_of("switch/leftover"), switched},
      {"UPG-24", response_of("switch/length"), switched},
      {"UPG-18", response_of("switch/upgrade-second-of-offer"), switched},
      {"UPG-03", response_of("switch/upgrade-other-case"), switched},
      {"MSG-11", response_of("status-line/version-1.2"), switched},
      {"MSG-43", upgrade(agrees, "\r\n foo/2"), switched},
      {"MSG-53", response_of("status-line/no-space-after-status"), switched},
      {"MSG-54", response_of("status-line/reason-with-another-status"), switched},
      {"WS-23", response_of("switch/connection-list"), switched},

      {"UPG-36", "HTTP/1.1 100 Continue\r\n\r\n" + hint + agrees, interim},
      {"UPG-37", hint + "HTTP/1.1 101 X\r\n\r\n", interim},
      {"MSG-51", "HTTP/1.1 199 X\r\n\r\n", interim},
      {"MSG-80", hint + agrees.substr(0, 40), interim},

      {"UPG-23", status("HTTP/1.1 200 OK") + agrees, declined},
      {"UPG-20", "HTTP/1.1 426 X\r\nContent-Length: 0\r\n\r\n", declined},
      {"UPG-48", "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=x\r\n\r\n", declined},
      {"MSG-50", response_of("status-line/status-600"), declined},
      {"MSG-50", response_of("status-line/status-099"), declined},
      {"MSG-69", status("HTTP/1.1 426 X") + "hello", declined},
      {"MSG-55", response_of("refused/204-with-length"), declined},
      {"UPG-21", plus(status("HTTP/1.1 426 X"), "Content-Length: 5") + "hello" + agrees, declined},
      {"MSG-70",
       plus(status("HTTP/1.1 403 X"), "Transfer-Encoding: chunked") +
           "5;a\r\nhello\r\n0\r\nT: x\r\n y\r\n\r\n",
       declined},
      {"MSG-70",
       plus(status("HTTP/1.1 403 X"), "Transfer-Encoding: gzip, chunked") + "5 \r\nhello\r\n",
       declined},
      {"CON-08", plus("HTTP/1.1 404 X\r\nConnection: close\r\n\r\n", "Content-Length: 1") + "ab",
       declined},
      {"MSG-55", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 304 X\r\n\r\n", interim},
      {"DKR-08", response_of("docker/error"), declined},

      {"MSG-58", plus(status("HTTP/1.1 404 X"), "Content-Length: 5\r\nTransfer-Encoding: chunked"),
       failed, length_and_transfer_encoding},
      {"MSG-65", plus(status("HTTP/1.1 404 X"), "Content-Length: 5x"), failed, bad_content_length},
      {"UPG-04", response_of("switch/upgrade-other-version"), failed, protocol_not_offered},
      {"UPG-06", response_of("switch/connection-missing"), failed, switch_not_nominated},
      {"UPG-13", upgrade(agrees, "websocket"), failed, protocol_not_offered},
      {"UPG-14", response_of("switch/upgrade-missing"), failed, switch_without_upgrade},
      {"UPG-14", response_of("switch/upgrade-comma"), failed, switch_without_upgrade},
      {"UPG-14", response_of("switch/upgrade-malformed"), failed, bad_upgrade},
      {"UPG-16", response_of("switch/upgrade-and-http"), failed, ambiguous_switch},
      {"UPG-17", response_of("switch/upgrade-same-twice"), failed, ambiguous_switch},
      {"UPG-46", response_of("status-line/version-1.0"), failed, switch_in_http_1_0},
      {"GRM-10", response_of("switch/connection-parameter"), failed, bad_connection},
      {"MSG-02", "HTTP/1.1 101 X\nUpgrade: foo/2\n\n", failed, bare_lf},
      {"MSG-04", response_of("response-fields/bare-cr-in-value"), failed, bare_cr},
      {"MSG-08", response_of("response-fields/whitespace-line-first"), failed, leading_whitespace},
      {"MSG-10", response_of("status-line/version-letter"), failed, bad_http_version},
      {"MSG-12", response_of("status-line/version-2.0"), failed, unsupported_http_version},
      {"MSG-33", response_of("response-fields/space-before-colon"), failed, space_before_colon},
      {"MSG-49", response_of("status-line/status-four-digits"), failed, bad_status_line},
      {"MSG-49", response_of("status-line/status-plus"), failed, bad_status_line},
      {"MSG-54", status("HTTP/1.1 101 a\x01"), failed, control_octet},
      {"MSG-74", response_of("status-line/empty-line-before"), failed, bad_status_line},

      {"MSG-80", agrees.substr(0, agrees.size() - 2), client_step::need_more},
      {"MSG-80", response_of("status-line/nothing-yet"), client_step::need_more},
  };
}();

/// Responses to laws::asked_websocket.
inline const std::vector<sample<client_step>> websocket_responses = [] {
  using namespace edited;
  using enum errc;
  constexpr auto switched = client_step::switched;
  constexpr auto failed = client_step::failed;
  const auto chosen = [](const std::string& field, const std::string& value) {
    return plus(websocket_agrees, "Sec-WebSocket-" + field + ": " + value);
  };
  return std::vector<sample<client_step>>{
      {"WS-32", websocket_agrees, switched},
      {"WS-36", response_of("websocket-response/frames-after"), switched},
      {"WS-30", response_of("websocket-response/subprotocol"), switched},
      {"WS-29",
       plus(chosen("Extensions", "x-other"), "Sec-WebSocket-Extensions: permessage-deflate"),
       switched},
      {"WS-21", response_of("websocket-response/upgrade-list"), failed, ambiguous_switch},
      {"WS-22", response_of("websocket-response/upgrade-two-lines"), failed, ambiguous_switch},
      {"WS-24", with(websocket_agrees, "s3pP", "S3pP"), failed, wrong_websocket_accept},
      {"WS-24", response_of("websocket-response/accept-missing"), failed, missing_websocket_accept},
      {"WS-26", response_of("websocket-response/accept-twice"), failed, repeated_websocket_accept},
      {"WS-27", response_of("websocket-response/extension-unasked"), failed, extension_not_offered},
      {"WS-28", chosen("Extensions", "permessage-deflate;;"), failed, bad_websocket_extensions},
      {"WS-30", response_of("websocket-response/subprotocol-other-case"), failed,
       subprotocol_not_offered},
      {"WS-31", response_of("websocket-response/subprotocol-two"), failed,
       repeated_websocket_protocol},
  };
}();

/// The octets of all of them.
inline const std::vector<std::string> inputs = [] {
  std::vector<std::string> all;
  for (const auto& one : requests) all.push_back(one.octets);
  for (const auto& one : responses) all.push_back(one.octets);
  for (const auto& one : websocket_responses) all.push_back(one.octets);
  return all;
}();

/// Calls `visit` with `before`, up to `most` of `letters` in every order, and `after`.
template <class Visit>
void for_each_small(const std::string& before, std::span<const std::string_view> letters,
                    std::size_t most, std::string_view after, const Visit& visit) {
  visit(before + std::string{after});
  if (most == 0) return;
  for (const std::string_view letter : letters)
    for_each_small(before + std::string{letter}, letters, most - 1, after, visit);
}

}  // namespace corpus
