// What RFC 6455 says of the opening handshake beyond the rules of Upgrade: section 4.
#pragma once

#include <cstddef>
#include <optional>

#include "reference/content.hpp"
#include "reference/lines.hpp"
#include "reference/sha1.hpp"

namespace reference {

/// RFC 6455 section 9.1: extension-param = token [ "=" ( token / quoted-string ) ]; what is quoted
/// has to be a token too. Whitespace may be between all of these (section 4.3).
inline bool is_extension_parameter(const text& octets) {
  const std::size_t equals = octets.find('=');
  if (!is_token(trim(octets.substr(0, equals)))) return false;
  if (equals == text::npos) return true;
  const text value = trim(octets.substr(equals + 1));
  return is_token(unquote(value).value_or(value));
}

/// RFC 6455 section 9.1: extension = extension-token *( ";" extension-param ).
inline bool is_extension(const text& octets) {
  const auto parts = split_unquoted(octets, ';');
  if (!parts || !is_token(trim((*parts)[0]))) return false;
  for (std::size_t i = 1; i < parts->size(); ++i)
    if (!is_extension_parameter(trim((*parts)[i]))) return false;
  return true;
}

inline text extension_name(const text& extension) {
  return trim(extension.substr(0, extension.find(';')));
}

/// RFC 6455 sections 4.1 item 7 and 4.2.1 item 5: the base64 of 16 octets. The bits that are left
/// over in it may be any: the RFC's own example has some.
inline bool is_key(const text& octets) {
  return octets.size() == 24 && consists_of(base64_alphabet, octets.substr(0, 22)) &&
         octets.substr(22) == "==";
}

/// RFC 6455 section 4.3: version = DIGIT | NZDIGIT DIGIT | "1" DIGIT DIGIT | "2" up to "255".
inline bool is_websocket_version(const text& octets) {
  if (octets.empty() || octets.size() > 3 || !consists_of(digits, octets)) return false;
  return octets.size() == 1 || (octets[0] != '0' && std::stoi(octets) <= 255);
}

/// A server's check of a request: the status of its answer, 0 if nothing is wrong.
inline int check_websocket_request(const head& request) {
  // Section 4.2.1 item 6 and section 4.4: a version that is not spoken is answered with those that
  // are.
  const texts versions = values(request.header, "sec-websocket-version");
  if (versions.size() != 1 || !is_websocket_version(versions[0])) return 400;
  if (versions[0] != "13") return 426;
  // Section 4.2.1 item 5 and section 11.3.1: one key.
  const texts keys = values(request.header, "sec-websocket-key");
  if (keys.size() != 1 || !is_key(keys[0])) return 400;
  // Section 4.2.1 item 7: one Origin.
  if (values(request.header, "origin").size() > 1) return 400;
  // Section 4.1 item 10: Sec-WebSocket-Protocol = 1#token, each of them once.
  const texts protocol_lines = values(request.header, "sec-websocket-protocol");
  const list protocols = read_list(protocol_lines, is_token);
  if (protocols.too_long) return 431;
  if (protocols.malformed || protocols.elements.empty() != protocol_lines.empty()) return 400;
  for (std::size_t i = 0; i < protocols.elements.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (protocols.elements[i] == protocols.elements[k]) return 400;
  // Section 9.1: Sec-WebSocket-Extensions = 1#extension.
  const texts extension_lines = values(request.header, "sec-websocket-extensions");
  const list extensions = read_list(extension_lines, is_extension);
  if (extensions.too_long) return 431;
  return extensions.malformed || extensions.elements.empty() != extension_lines.empty() ? 400 : 0;
}

/// What a WebSocket client asked for.
struct websocket_wish {
  text key;
  texts subprotocols;
  texts extensions;  // their names

  bool operator==(const websocket_wish&) const = default;
};

/// What a request asks for that passed the check above.
inline websocket_wish websocket_wish_of(const head& request) {
  const auto elements = [&request](const text& name, const auto& is_element) {
    return read_list(values(request.header, name), is_element).elements;
  };
  websocket_wish asked{values(request.header, "sec-websocket-key")[0],
                       elements("sec-websocket-protocol", is_token),
                       {}};
  for (const text& one : elements("sec-websocket-extensions", is_extension))
    asked.extensions.push_back(extension_name(one));
  return asked;
}

/// A client's check of a 101: RFC 6455 section 4.1, items 4 to 6 of what it validates.
inline bool is_websocket_agreement(const head& response, const websocket_wish& asked) {
  // Item 4, and section 11.3.3: Accept once, and right.
  const texts accepts = values(response.header, "sec-websocket-accept");
  if (accepts.size() != 1 || accepts[0] != accept_value(asked.key)) return false;
  // Item 6, and section 11.3.4: at most one subprotocol, which was asked for.
  const texts chosen = values(response.header, "sec-websocket-protocol");
  if (chosen.size() > 1) return false;
  if (chosen.size() == 1 && !has_exactly(asked.subprotocols, chosen[0])) return false;
  // Item 5, and section 9.1: extensions that were asked for.
  const texts lines = values(response.header, "sec-websocket-extensions");
  const list extensions = read_list(lines, is_extension);
  if (!extensions.sound() || extensions.elements.empty() != lines.empty()) return false;
  for (const text& extension : extensions.elements)
    if (!has_exactly(asked.extensions, extension_name(extension))) return false;
  return true;
}

}  // namespace reference
