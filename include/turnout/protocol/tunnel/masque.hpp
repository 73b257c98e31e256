// The common part of protocols that tunnel to a target in the path of a request: connect-udp,
// connect-ip and connect-tcp. RFC 9297 section 3.2, RFC 9298, RFC 9484.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"
#include "turnout/grammar/uri_template.hpp"
#include "turnout/grammar/uri_variable.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/method.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/offer.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/proposal.hpp"

namespace turnout {
inline namespace v0 {
namespace masque {

/// The profile of such a protocol: a GET without content, to the proxy that Host names; capsules
/// follow the switch.
///
/// Takes     name: its upgrade token; borrowed
constexpr turnout::profile profile_named(std::string_view name) noexcept {
  return {.token = {name, {}}, .own_agreement = true, .needs_host = true, .capsules = true};
}

/// A decoded variable of a path, which holds up to 255 octets.
class variable {
 public:
  /// The empty variable.
  constexpr variable() = default;

  /// Decodes `octets`.
  ///
  /// Fails     bad_percent_encoding at the octet at fault; bad_target at the 256th octet
  static constexpr result<variable> decode(std::string_view octets) noexcept {
    variable decoded;
    const auto size = grammar::decode_uri_variable(octets, {decoded.octets_, most});
    if (size.error().code == errc::no_space) return failure{errc::bad_target, size.error().at};
    if (!size) return size.error();
    decoded.size_ = static_cast<std::uint8_t>(*size);
    return decoded;
  }

  /// Stores octets that are not encoded.
  ///
  /// Fails     bad_target at the 256th octet
  static constexpr result<variable> of(std::string_view octets) noexcept {
    variable copy;
    if (octets.size() > most) return failure{errc::bad_target, most};
    octets.copy(copy.octets_, octets.size());
    copy.size_ = static_cast<std::uint8_t>(octets.size());
    return copy;
  }

  /// The octets, borrowed from this object.
  constexpr std::string_view text() const noexcept TURNOUT_LIFETIMEBOUND {
    return {octets_, std::size_t{size_}};
  }

  /// True if both hold the same octets.
  friend constexpr bool operator==(const variable& one, const variable& other) noexcept {
    return one.text() == other.text();
  }

 private:
  static constexpr std::size_t most = 255;

  char octets_[most]{};
  std::uint8_t size_ = 0;
};

/// Two variables of a template, found in a path.
struct path_variables {
  variable first;   ///< the target
  variable second;  ///< the port, or the protocol number
  /// Where the first one begins in the path.
  std::size_t first_at = 0;
  std::size_t second_at = 0;  ///< where the second one begins

  /// Reads a path, with its query if it has one.
  ///
  /// Rule      RFC 9298 section 2, RFC 9484 section 3
  /// Takes     form: the template; names: those of both variables
  /// Fails     bad_target at the first octet that differs from the template, or at the size of the
  ///           path if one of the variables is missing; bad_percent_encoding
  static constexpr result<path_variables> read(std::string_view path,
                                               const grammar::uri_template& form,
                                               const std::string_view (&names)[2]) noexcept {
    grammar::template_variable found[] = {{names[0]}, {names[1]}};
    const auto matched = form.match(path, found);
    if (!matched) return matched.error();
    path_variables all;
    std::size_t* const places[] = {&all.first_at, &all.second_at};
    variable* const values[] = {&all.first, &all.second};
    for (std::size_t i = 0; i < 2; ++i) {
      if (!found[i].defined) return failure{errc::bad_target, path.size()};
      *places[i] = static_cast<std::size_t>(found[i].value.data() - path.data());
      const auto decoded = variable::decode(found[i].value);
      if (!decoded) return failure{decoded.error().code, *places[i] + decoded.error().at};
      *values[i] = *decoded;
    }
    return all;
  }
};

/// Finds a field that a message may not have if capsules follow it.
///
/// Rule      RFC 9297 section 3.2: no Content-Length, Content-Type or Transfer-Encoding, whatever
///           their values
/// Fails     content_not_allowed
constexpr finding check_no_content(const facts& message) noexcept {
  for (const field_name name :
       {field_name::content_length, field_name::content_type, field_name::transfer_encoding})
    if (message.has(name)) return {{errc::content_not_allowed, 0}, name};
  return {};
}

template <class Target>
class offer;

/// An agreement on a tunnel.
///
/// Takes     `Target`: the type of the target; has `profile`, `default_template` and `parse(path,
///           form)`
template <class Target>
class agreement : public turnout::agreement {
 public:
  /// An agreement on nothing, which no function accepts.
  constexpr agreement() = default;

  /// What the path names.
  constexpr const Target& target() const noexcept { return target_; }

  /// Puts Capsule-Protocol.
  ///
  /// Rule      RFC 9297 section 3.4
  constexpr void put_fields(writer& to) const noexcept { to.put("Capsule-Protocol: ?1\r\n"); }

 private:
  friend class offer<Target>;
  constexpr agreement(turnout::agreement agreed, const Target& target) noexcept
      : turnout::agreement{agreed}, target_{target} {}

  Target target_;
};

/// A request for a tunnel that passed every check.
///
/// Takes     `Target`: as for agreement
template <class Target>
class offer {
 public:
  /// No offer.
  constexpr offer() = default;

  /// Checks what the protocol requires of the request beyond the rules of Upgrade.
  ///
  /// Rule      RFC 9297 section 3.2, RFC 9298 section 3.2, RFC 9484 section 4.2
  /// Takes     offered: the offer of examine_request() or a handshake; path: of the request target;
  ///           form: the proxy's template
  /// Fails     foreign_agreement if it has no such protocol; content_not_allowed; the failures of
  ///           `Target::parse`. Answer them with 400
  static constexpr result<offer> read(
      const turnout::offer& offered, std::string_view path,
      const grammar::uri_template& form =
          Target::default_template) noexcept(noexcept(Target::parse(path, form))) {
    offer checked;
    const auto agreed = offered.agree(Target::profile.token);
    if (!agreed) return agreed.error();
    if (const finding found = check_no_content(*offered.request()); found) return found.why;
    const auto target = Target::parse(path, form);
    if (!target) return target.error();
    checked.agreed_ = *agreed;
    checked.target_ = *target;
    return checked;
  }

  /// What the path names.
  constexpr const Target& target() const noexcept { return target_; }

  /// Agrees. Call it after the target was reached: a name that can't be resolved or a target that
  /// can't be reached is refused (RFC 9298 section 3.1).
  constexpr agreement<Target> agree() const noexcept { return {agreed_, target_}; }

 private:
  turnout::agreement agreed_;
  Target target_;
};

/// Reads a request, and agrees to it. The caller reaches the agreement's target before it answers,
/// and refuses if it can't.
///
/// Takes     `Target`: as for agreement
template <class Target>
struct agree_to {
  /// Reads the request, and agrees.
  ///
  /// Rule      as offer::read() and offer::agree()
  /// Takes     offered: the offer of examine_request(), a handshake or a turn; path: of the request
  ///           target; form: the proxy's template
  /// Fails     as offer::read()
  constexpr result<agreement<Target>> operator()(
      const turnout::offer& offered, std::string_view path,
      const grammar::uri_template& form = Target::default_template) const
      noexcept(noexcept(offer<Target>::read(offered, path, form))) {
    const auto checked = offer<Target>::read(offered, path, form);
    if (!checked) return checked.error();
    return checked->agree();
  }
};

/// A client's request for a tunnel.
///
/// Rule      RFC 9931 section 6.3: over HTTP/1.1, nothing is sent in the tunnel before the 101
/// Borrows   everything it views
template <class Target>
class proposal : public turnout::proposal {
 public:
  /// Takes     path: as `Target::put` writes it, or as the proxy's own template expands; proxy: the
  ///           value of Host; more: more field lines
  constexpr proposal(std::string_view path, std::string_view proxy,
                     lasting_span<const field_line> more = {}) noexcept
      : turnout::proposal{
            .target = path, .host = proxy, .protocols = {&Target::profile, 1}, .fields = more} {}

  /// Puts Capsule-Protocol.
  ///
  /// Rule      RFC 9297 section 3.4
  constexpr void put_fields(writer& to) const noexcept { to.put("Capsule-Protocol: ?1\r\n"); }

  /// Checks what the protocol requires of the 101 beyond the rules of Upgrade.
  ///
  /// Rule      RFC 9297 section 3.2. Capsule-Protocol may be missing, since the protocol implies it
  /// Fails     content_not_allowed
  constexpr finding check_switch(const facts& response, const turnout::profile&,
                                 std::size_t) const noexcept {
    return check_no_content(response);
  }
};

}  // namespace masque
}  // namespace v0
}  // namespace turnout
