// websocketpp. Its headers compile up to C++17.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <websocketpp/base64/base64.hpp>
#include <websocketpp/config/core.hpp>
#include <websocketpp/http/request.hpp>
#include <websocketpp/http/response.hpp>
#include <websocketpp/processors/hybi13.hpp>
#include <websocketpp/processors/processor.hpp>
#include <websocketpp/sha1/sha1.hpp>
#include <websocketpp/version.hpp>

#include "peer.hpp"

namespace {

namespace http = websocketpp::http;
namespace processor = websocketpp::processor;
using config = websocketpp::config::core;

template <class Parser>
tally tally_of(const Parser& parser) {
  tally fields;
  for (const auto& [name, value] : parser.get_headers()) fields.add(name.size(), value.size());
  return fields;
}

// Copies all field lines into a map, and joins those of one name. It does less: a target and values
// may have any octet, and whitespace is trimmed wherever it is.
tally read_request(std::string_view head) try {
  http::parser::request parser;
  parser.consume(head.data(), head.size());
  return parser.ready() ? tally_of(parser) : tally{};
} catch (const http::exception&) {
  return {};
}

tally read_response(std::string_view head) try {
  http::parser::response parser;
  parser.consume(head.data(), head.size());
  return parser.headers_ready() ? tally_of(parser) : tally{};
} catch (const http::exception&) {
  return {};
}

tally feed(std::string_view head, std::size_t piece) try {
  http::parser::request parser;
  for (std::size_t at = 0; at < head.size() && !parser.ready();) {
    const std::size_t size = std::min(piece, head.size() - at);
    parser.consume(head.data() + at, size);
    at += size;
  }
  return parser.ready() ? tally_of(parser) : tally{};
} catch (const http::exception&) {
  return {};
}

// Does less: it only searches for the text, which "upgraded" has too. Does more: it needs a copy.
bool has_text(std::string_view value, const std::string& wanted) {
  const std::string copy{value};
  return websocketpp::utility::ci_find_substr(copy, wanted.c_str(), wanted.size()) != copy.end();
}

bool nominates_upgrade(std::string_view value) {
  static const std::string wanted{processor::constants::connection_token};
  return has_text(value, wanted);
}

bool offers_websocket(std::string_view value) {
  static const std::string wanted{processor::constants::upgrade_token};
  return has_text(value, wanted);
}

// What hybi13::process_handshake_key() does, which is private. Does as much: the key was checked
// before.
accept_text accept_value(std::string_view text) {
  std::string key{text};
  key.append(processor::constants::handshake_guid);
  unsigned char digest[20];
  websocketpp::sha1::calc(key.c_str(), key.length(), digest);
  key = websocketpp::base64_encode(digest, sizeof digest);
  accept_text accept{};
  std::copy_n(key.begin(), accept.size(), accept.begin());
  return accept;
}

// What connection::process_handshake_request() does, without the connection and its log. It does
// more: it reads subprotocols, extensions and the URI. It does less: it checks of the key only that
// there is one, and searches in Connection and Upgrade for the text.
response accept(std::string_view head) try {
  static std::string out;
  static config::rng_type random;
  http::parser::request request;
  request.consume(head.data(), head.size());
  if (!request.ready() || !processor::is_websocket_handshake(request) ||
      processor::get_websocket_version(request) != 13)
    return {};

  processor::hybi13<config> protocol{false, true, std::make_shared<config::con_msg_manager_type>(),
                                     random};
  if (protocol.validate_handshake(request)) return {};
  http::parser::response answer;
  const auto extensions = protocol.negotiate_extensions(request);
  if (!extensions.first && !extensions.second.empty())
    answer.replace_header("Sec-WebSocket-Extensions", extensions.second);
  if (!protocol.get_uri(request)->get_valid()) return {};
  std::vector<std::string> subprotocols;
  protocol.extract_subprotocols(request, subprotocols);

  answer.set_version("HTTP/1.1");
  answer.set_status(http::status_code::switching_protocols);
  if (protocol.process_handshake(request, "", answer)) return {};
  out = protocol.get_raw(answer);
  return {out};
} catch (const http::exception&) {
  return {};
}

peer describe() {
  peer one;
  one.name = "websocketpp";
  one.version = "websocketpp " + std::to_string(websocketpp::major_version) + "." +
                std::to_string(websocketpp::minor_version) + "." +
                std::to_string(websocketpp::patch_version);
  one.read_request = read_request;
  one.read_response = read_response;
  one.feed_request = feed;
  one.nominates_upgrade = nominates_upgrade;
  one.offers_websocket = offers_websocket;
  one.accept_value = accept_value;
  one.accept = accept;
  return one;
}

const added websocketpp_peer{describe()};

}  // namespace
