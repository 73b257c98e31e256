// What a careful server writes by hand around the fastest parts there are: picohttpparser, and
// OpenSSL's SHA-1.
#include <strings.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "openssl_accept.hpp"
#include "peer.hpp"
#include "picohttpparser.hpp"

namespace {

bool same(std::string_view one, std::string_view other) {
  return one.size() == other.size() && strncasecmp(one.data(), other.data(), one.size()) == 0;
}

bool has_element(std::string_view list, std::string_view wanted) {
  for (;;) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view element = list.substr(0, comma);
    while (!element.empty() && (element.front() == ' ' || element.front() == '\t'))
      element.remove_prefix(1);
    while (!element.empty() && (element.back() == ' ' || element.back() == '\t'))
      element.remove_suffix(1);
    if (same(element, wanted)) return true;
    if (comma == list.size()) return false;
    list.remove_prefix(comma + 1);
  }
}

bool is_base64(unsigned char octet) {
  return (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z') ||
         (octet >= '0' && octet <= '9') || octet == '+' || octet == '/';
}

bool is_key(std::string_view value) {
  return value.size() == 24 && value.substr(22) == "==" &&
         std::all_of(value.begin(), value.begin() + 22,
                     [](char octet) { return is_base64(static_cast<unsigned char>(octet)); });
}

/// What the fields of a request say of the handshake.
struct asked {
  std::string_view key;
  std::string_view version;
  unsigned hosts = 0;
  unsigned keys = 0;
  bool upgrade = false;
  bool websocket = false;

  void see(std::string_view name, std::string_view value) {
    switch (name.size()) {
      case 4:
        hosts += same(name, "Host");
        break;
      case 7:
        if (same(name, "Upgrade")) websocket = websocket || has_element(value, "websocket");
        break;
      case 10:
        if (same(name, "Connection")) upgrade = upgrade || has_element(value, "upgrade");
        break;
      case 17:
        if (!same(name, "Sec-WebSocket-Key")) break;
        key = value;
        ++keys;
        break;
      case 21:
        if (same(name, "Sec-WebSocket-Version")) version = value;
        break;
    }
  }

  bool is_good() const {
    return upgrade && websocket && hosts == 1 && keys == 1 && version == "13" && is_key(key);
  }
};

// Does less than turnout: it checks no list beyond the element that it looks for, does not look
// into Host, ignores content, subprotocols and extensions, and lets stray bits of the key pass.
response accept(std::string_view head) {
  static constinit output out = [] {
    output text{};
    constexpr std::string_view start =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: ............................\r\n\r\n";
    std::copy(start.begin(), start.end(), text.begin());
    return text;
  }();
  constexpr std::size_t accept_at = 97;
  constexpr std::size_t size = accept_at + 28 + 4;

  pico_request request;
  if (!request.read(head) || request.method != "GET" || request.minor_version != 1) return {};
  asked fields;
  for (std::size_t at = 0; at < request.line_count; ++at) {
    const phr_header& line = request.lines[at];
    fields.see({line.name, line.name_len}, {line.value, line.value_len});
  }
  if (!fields.is_good()) return {};
  const accept_text value = accept_by_sha1(fields.key);
  std::copy(value.begin(), value.end(), out.begin() + accept_at);
  return {{out.data(), size}};
}

const added hand_made{{.name = "hand_made" END, .accept = accept}};

}  // namespace
