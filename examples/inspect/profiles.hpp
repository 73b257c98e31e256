// The profiles of the protocols that are known here.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>

namespace profiles_detail {

/// True for a digit, a dot and a digit, such as those after TLS (RFC 2817 section 7.2).
inline bool is_version(std::string_view text) {
  return text.size() == 3 && turnout::grammar::is_digit(text[0]) && text[1] == '.' &&
         turnout::grammar::is_digit(text[2]);
}

}  // namespace profiles_detail

/// The profile of a protocol that is known by its token; every version of TLS is.
inline std::optional<turnout::profile> known_profile(const turnout::protocol& token) {
  static const std::array profiles{turnout::websocket::profile,   turnout::h2c::profile,
                                   turnout::connect_udp::profile, turnout::connect_ip::profile,
                                   turnout::connect_tcp::profile, turnout::docker::tcp,
                                   turnout::kubernetes::spdy};
  for (const turnout::profile& one : profiles)
    if (one.token == token) return one;
  if (turnout::grammar::equal_ignoring_case(token.name, "TLS") &&
      profiles_detail::is_version(token.version))
    return turnout::tls::version(token.version);
  return {};
}

/// The profile of an unknown protocol: it accepts any request.
inline turnout::profile open_profile(const turnout::protocol& token) {
  using enum turnout::method;
  return {.token = token,
          .methods = get | head | post | put | delete_ | options | trace | patch | query,
          .content = true};
}
