// connect-udp with a bound socket, which sends to and receives from any host:
// draft-ietf-masque-connect-udp-listen, not an RFC yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/ip_address.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/structured_item.hpp"
#include "turnout/grammar/structured_list.hpp"
#include "turnout/grammar/uri_template.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/protocol/tunnel/connect_udp.hpp"
#include "turnout/protocol/tunnel/masque.hpp"
#include "turnout/protocol/tunnel/masque_host.hpp"

namespace turnout {
inline namespace v0 {
namespace bound_udp {

using namespace std::string_view_literals;  // sized: no strlen in constant evaluation

namespace detail {

inline constexpr own_field fields[] = {{.name = "Connect-UDP-Bind"sv},
                                       {.name = "Proxy-Public-Address"sv}};

constexpr turnout::profile make_profile() noexcept {
  turnout::profile made = connect_udp::profile;
  made.fields = fields;
  return made;
}

/// Checks an address with its port: an IPv6 address is in brackets.
///
/// Grammar   ip-port-tuple, the draft's section on Proxy-Public-Address
constexpr bool is_public_address(std::string_view text) noexcept {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) return false;
  std::string_view host = turnout::detail::front_of(text, colon);
  const auto port = grammar::parse_decimal(turnout::detail::rest_of(text, colon + 1), 65535);
  if (!port) return false;
  if (!host.starts_with('[')) return grammar::detail::is_ipv4_address(host);
  if (!host.ends_with(']')) return false;
  return grammar::detail::is_ipv6_address(turnout::detail::part_of(host, 1, host.size() - 1));
}

}  // namespace detail

/// `connect-udp`, whose facts keep the fields of this extension. List it in place of
/// connect_udp::profile.
inline constexpr turnout::profile profile = detail::make_profile();

/// True if the message has `Connect-UDP-Bind: ?1`. Both sides send it: the extension is in use if
/// the request and the 101 have it.
///
/// Rule      the draft's section on Connect-UDP-Bind: any other value counts as absent
/// Takes     message: facts that keep the fields of `profile`
constexpr bool is_bound(const facts& message) noexcept {
  return grammar::is_true(message.lines("Connect-UDP-Bind"));
}

/// A host and a port, or neither: then the request is for a bound socket alone.
///
/// ```cpp
/// std::array<char, 128> path;
/// assert(*turnout::write(turnout::bound_udp::target::none(), path) ==
///        "/.well-known/masque/udp/%2A/%2A/");
/// ```
struct target {
  masque::variable host;   ///< "*" for none
  std::uint16_t port = 0;  ///< 0 for none

  /// The protocol of this target.
  static constexpr const turnout::profile& profile = bound_udp::profile;
  /// Its default template.
  static constexpr const grammar::uri_template& default_template =
      connect_udp::target::default_template;

  /// No host and no port.
  static constexpr target none() noexcept { return {*masque::variable::of("*"), 0}; }
  /// A host and a port that the tunnel falls back to without the extension.
  ///
  /// Fails     as connect_udp::target::of()
  static constexpr result<target> of(std::string_view host, std::uint16_t port) noexcept {
    const auto made = connect_udp::target::of(host, port);
    if (!made) return made.error();
    return target{made->host, made->port};
  }

  /// True without host and port: refuse the request if it is not bound, or if you don't bind.
  constexpr bool is_none() const noexcept { return port == 0; }

  /// Reads the path of a request, with its query if it has one.
  ///
  /// Rule      the draft's section on the mechanism: both variables are "*", or neither is
  /// Takes     form: the proxy's template
  /// Fails     bad_target where the "*" is, if only one of them is "*"; as
  ///           connect_udp::target::parse()
  static constexpr result<target> parse(
      std::string_view path, const grammar::uri_template& form = default_template) noexcept {
    const auto found = masque::path_variables::read(path, form, masque::host_variables);
    if (!found) return found.error();
    const bool any_host = found->first.text() == "*";
    const bool any_port = found->second.text() == "*";
    if (any_host && any_port) return none();
    if (any_host) return failure{errc::bad_target, found->first_at};
    if (any_port) return failure{errc::bad_target, found->second_at};
    const auto one = connect_udp::target::parse(path, form);
    if (!one) return one.error();
    return target{one->host, one->port};
  }

  /// Puts the path by the default template.
  constexpr void put(writer& to) const noexcept { by(default_template).put(to); }

  /// The path by a proxy's own template, for write(): `%2A` for a missing host and port.
  ///
  /// Takes     form: has both variables
  /// Borrows   this target and what `form` views
  constexpr masque::expanded_target by(const grammar::uri_template& form) const noexcept
      TURNOUT_LIFETIMEBOUND {
    return {form, masque::host_variables, host.text(), is_none() ? -1 : std::int32_t{port}};
  }

  friend constexpr bool operator==(const target&, const target&) = default;
};

/// A request for connect-udp, bound or not, for servers: see is_bound().
using offer = masque::offer<target>;

/// An agreement on a bound socket. For a request that is not bound, or if you don't bind, agree
/// with offer::agree() alone.
///
/// Borrows   the addresses
///
/// ```cpp
/// static constexpr std::string_view bound[] = {"192.0.2.45:54321", "[2001:db8::1]:54321"};
/// std::array<char, 256> out;
/// turnout::writer to{out};
/// turnout::bound_udp::agreement{{}, bound}.put_fields(to);
/// assert(std::string_view(out.data(), to.size()) ==
///        "Capsule-Protocol: ?1\r\nConnect-UDP-Bind: ?1\r\n"
///        "Proxy-Public-Address: \"192.0.2.45:54321\", \"[2001:db8::1]:54321\"\r\n");
/// ```
class agreement : public masque::agreement<bound_udp::target> {
 public:
  /// An agreement on nothing, which no function accepts.
  constexpr agreement() = default;
  /// Takes     agreed: of offer::agree(); addresses: those that the socket is bound to, at least
  ///           one, such as `192.0.2.45:54321` and `[2001:db8::1234]:54321`
  constexpr agreement(const masque::agreement<bound_udp::target>& agreed,
                      lasting_span<const std::string_view> addresses) noexcept
      : masque::agreement<bound_udp::target>{agreed}, addresses_{addresses} {}

  /// Puts Capsule-Protocol, Connect-UDP-Bind and Proxy-Public-Address.
  ///
  /// Rule      the draft's sections on both fields
  /// Fails     bad_authority with the index of the address at fault, at 0 if there is none
  constexpr void put_fields(writer& to) const noexcept {
    masque::agreement<bound_udp::target>::put_fields(to);
    to.put("Connect-UDP-Bind: ?1\r\nProxy-Public-Address: ");
    if (addresses_.empty()) to.fail({errc::bad_authority, 0});
    turnout::detail::separated members{to};
    for (std::size_t i = 0; i < addresses_.size(); ++i) {
      if (!detail::is_public_address(addresses_[i])) to.fail({errc::bad_authority, i});
      members.next().put('"');
      to.put(addresses_[i]);
      to.put('"');
    }
    to.put("\r\n");
  }

 private:
  lasting_span<const std::string_view> addresses_{};
};

/// A client's request for a bound socket; is_bound() says whether the proxy bound one.
class proposal : public masque::proposal<bound_udp::target> {
 public:
  using masque::proposal<bound_udp::target>::proposal;

  /// Puts Capsule-Protocol and Connect-UDP-Bind.
  constexpr void put_fields(writer& to) const noexcept {
    masque::proposal<bound_udp::target>::put_fields(to);
    to.put("Connect-UDP-Bind: ?1\r\n");
  }
};

/// Calls `take(address)` for each address that a proxy says its socket is bound to, such as
/// `192.0.2.45:54321`.
///
/// Rule      the draft's section on Proxy-Public-Address: a list of strings
/// Takes     response: facts of the 101, with the fields of `profile`
/// Fails     bad_structured_item, too_many_elements; bad_authority, at 0, if a member is no
///           address. Nothing is called then
/// Borrows   from the response, what `take` gets
template <class Take>
constexpr result<void> for_each_public_address(const facts& response, const Take& take) {
  const auto list = grammar::structured_list::parse(response.lines("Proxy-Public-Address"));
  if (!list) return list.error();
  const auto text_of = [](const grammar::structured_item& item) {
    return turnout::detail::part_of(item.value, 1, item.value.size() - 1);
  };
  for (const grammar::structured_item& item : *list)
    if (item.type != grammar::bare_item::string || !detail::is_public_address(text_of(item)))
      return failure{errc::bad_authority, 0};
  for (const grammar::structured_item& item : *list) take(text_of(item));
  return {};
}

}  // namespace bound_udp
}  // namespace v0
}  // namespace turnout
