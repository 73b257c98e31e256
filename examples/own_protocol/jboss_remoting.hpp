// A protocol of your own, with JBoss Remoting as the example, which WildFly's clients speak after
// an upgrade from HTTP/1.1. It has its own fields, and proves the switch as a WebSocket does, with
// its own GUID. No RFC defines it: this follows XNIO and Undertow. The library has it too, in
// turnout/protocol/de_facto/remoting.hpp, which is not used here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

namespace jboss_remoting {

inline constexpr std::string_view key_field = "Sec-JbossRemoting-Key";
inline constexpr std::string_view accept_field = "Sec-JbossRemoting-Accept";

/// Facts keep these two fields, since the profile names them; turnout refuses a request without a
/// key, or a 101 without an accept value, before it calls the functions below.
inline constexpr turnout::own_field fields[] = {{.name = key_field, .in_request = true},
                                                {.name = accept_field, .in_switch = true}};

/// `jboss-remoting`: a GET without content.
inline constexpr turnout::profile profile{
    .token = {"jboss-remoting", {}}, .own_agreement = true, .fields = fields};

/// The GUID that follows the key in the digest for the accept value.
inline constexpr turnout::websocket::accept_guid guid{"CF70DEB8-70F9-4FBA-8B4F-DFC3E723B4CD"};

/// The agreement of a server.
class agreement : public turnout::agreement {
 public:
  /// An agreement on nothing, which no function accepts.
  constexpr agreement() = default;

  /// Puts the accept value. turnout calls it while it writes the 101.
  constexpr void put_fields(turnout::writer& to) const noexcept {
    turnout::field_line{accept_field, accept_.text()}.put(to);
  }

 private:
  friend constexpr turnout::result<agreement> agree(const turnout::offer&) noexcept;
  constexpr agreement(turnout::agreement agreed,
                      const turnout::field::sec_websocket_key& key) noexcept
      : turnout::agreement{agreed}, accept_{turnout::websocket::accept_for(key, guid)} {}

  turnout::field::sec_websocket_accept accept_;
};

/// The server's side: agrees to the switch, if the request has one key of 16 octets.
constexpr turnout::result<agreement> agree(const turnout::offer& offered) noexcept {
  const auto agreed = offered.agree(profile.token);
  if (!agreed) return agreed.error();
  const turnout::grammar::value_lines keys = offered.request()->lines(key_field);
  if (keys.has_second()) return turnout::failure{turnout::errc::repeated_websocket_key, 0};
  const auto key = turnout::field::sec_websocket_key::parse(keys.first());
  if (!key) return key.error();
  return agreement{*agreed, *key};
}

/// The client's side: its request, and the check of the response.
class proposal : public turnout::proposal {
 public:
  /// Takes the value of Host, and 16 octets of good randomness, new for each connection.
  constexpr proposal(std::string_view server, const std::array<std::uint8_t, 16>& nonce) noexcept
      : turnout::proposal{.host = server, .protocols = {&profile, 1}}, key_{nonce} {}

  /// Puts the key. turnout calls it while it writes the request.
  constexpr void put_fields(turnout::writer& to) const noexcept {
    turnout::field_line{key_field, key_.text()}.put(to);
  }

  /// Checks the accept value. turnout calls it for a 101 that is valid otherwise.
  constexpr turnout::finding check_switch(const turnout::facts& response, const turnout::profile&,
                                          std::size_t) const noexcept {
    const turnout::grammar::value_lines values = response.lines(accept_field);
    const bool right = turnout::websocket::accept_for(key_, guid) == values.first();
    if (right && !values.has_second()) return {};
    return {{turnout::errc::wrong_websocket_accept, 0}, response.field_named(accept_field)};
  }

 private:
  turnout::field::sec_websocket_key key_;
};

}  // namespace jboss_remoting
