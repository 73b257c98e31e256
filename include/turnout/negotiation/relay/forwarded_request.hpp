// The head of a request as an intermediary forwards it: RFC 9110 sections 7.6 and 7.8, RFC 9112
// sections 2.3 and 3.2.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/host.hpp"
#include "turnout/field/name.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/field_line.hpp"
#include "turnout/message/method.hpp"
#include "turnout/message/request_line.hpp"
#include "turnout/message/request_target.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/relay/field_fates.hpp"
#include "turnout/negotiation/relay/forwarded_lines.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"
#include "turnout/negotiation/relay/own_lines.hpp"
#include "turnout/negotiation/relay/relayed_offer.hpp"
#include "turnout/negotiation/relay/removed_fields.hpp"
#include "turnout/negotiation/written_fields.hpp"

namespace turnout {
inline namespace v0 {
namespace forwarding {

namespace detail {

/// Puts the target in the form that its server expects.
///
/// Rule      RFC 9112 section 3.2.1: origin-form; section 3.2.4: `*` for OPTIONS without a path
constexpr void put_forwarded_target(writer& to, const request_line& line) noexcept {
  if (line.target.form != target_form::absolute) return to.put(line.target.octets);
  const std::string_view path = line.target.path_and_query();
  if (path.empty() && line.method == method::options) return to.put('*');
  if (!path.starts_with('/')) to.put('/');
  to.put(path);
}

/// True if the library read the line right before these field lines: its octets were checked then.
template <class Fields>
constexpr bool was_read_before(const Fields&, const request_line&) noexcept {
  return false;
}
TURNOUT_INLINE constexpr bool was_read_before(const field_lines& fields,
                                              const request_line& line) noexcept {
  if (turnout::detail::optimized_for_size || std::is_constant_evaluated()) return false;
  constexpr std::string_view back = " HTTP/1.1\r\n";
  const std::string_view target = line.target.octets;
  return fields.plain().count > 0 && !line.method_name.empty() &&
         line.method_name.data() + line.method_name.size() + 1 == target.data() &&
         target.data() + target.size() + back.size() == fields.octets().data();
}

/// Puts the request line, in HTTP/1.1.
///
/// Takes     read: whether was_read_before() is true
TURNOUT_INLINE constexpr void put_forwarded_line(writer& to, const request_line& line,
                                                 bool read) noexcept {
  if (read && line.target.form != target_form::absolute)
    to.put({line.method_name.data(), line.method_name.size() + 1 + line.target.octets.size()});
  else
    turnout::detail::writing::put_apart(to, [&line, read](writer& copy) {
      if (!read && !line.check_writable()) copy.fail({errc::unwritable, 0});
      copy.put(line.method_name);
      copy.put(' ');
      put_forwarded_target(copy, line);
    });
  to.put(" HTTP/1.1\r\n");
}

/// Puts the Host of the target, or an empty one if neither target nor Host names a host.
///
/// Rule      RFC 9112 sections 3.2 and 3.2.2
TURNOUT_INLINE constexpr void put_forwarded_host(writer& to, const request_target& target,
                                                 const facts& request) noexcept {
  const bool named = names_authority(target);
  if (!named && request.has(field_name::host)) return;  // Its line is forwarded.
  turnout::detail::writing::put_apart(to, [&target, named](writer& copy) {
    copy.put("Host: ");
    if (named) field::host{target.authority}.put(copy);
    copy.put("\r\n");
  });
}

/// What happens to each line of a request.
constexpr field_fates fates_of(method asked_with, const removed_fields& removed) noexcept {
  field::detail::name_set rewritten = field_name::transfer_encoding;
  if (counts_forwards(asked_with)) rewritten = rewritten | field_name::max_forwards;
  return {line_fate::copied, removed, rewritten};
}

/// Puts the lines of the intermediary's own offer, if it makes one.
TURNOUT_INLINE constexpr void put_relayed_offer(writer& to, const relayed_offer& offered) noexcept {
  if (offered.offered() == 0) return;
  const profile* only = nullptr;
  if (offered.find_only(only)) return put_upgrade(to, only->token);
  turnout::detail::writing::put_apart(to, [&offered](writer& copy) {
    turnout::detail::separated names{copy};
    offered.for_each([&](const profile& one) {
      if (names.empty()) copy.put("Connection: Upgrade\r\nUpgrade: ");
      one.token.put(names.next());
    });
    if (!names.empty()) copy.put("\r\n");
  });
}

/// Puts the head of a forwarded request.
template <class Fields>
struct forwarded_request_text {
  const request_line& line;
  const forwarded_lines<Fields>& lines;
  line_fates& known;
  const relay_policy& policy;
  const relayed_offer& offer;

  /// The head names the protocol of an offer too, in lines that are not forwarded.
  TURNOUT_INLINE constexpr bool is_sure() const noexcept {
    if (!was_read_before(lines.fields, line) || names_authority(line.target)) return false;
    const profile* only = nullptr;
    if (offer.offered() != 0 && !offer.find_only(only)) return false;
    return lines.are_sure() && adds_only_via(policy);
  }

  constexpr std::size_t most() const noexcept {
    return line.method_name.size() + line.target.octets.size() + lines.copied.octets().size() +
           policy.name.size() + most_added;
  }

  TURNOUT_INLINE constexpr void operator()(writer& to) const {
    put_forwarded_line(to, line, was_read_before(lines.fields, line));
    put_forwarded_host(to, line.target, lines.message);
    const std::size_t seen = lines.put(to, known);
    turnout::detail::put_caller_fields(to, policy.fields, turnout::detail::message_role::forwarded,
                                       seen);
    put_via(to, lines.message.version(), policy.name, seen + policy.fields.size());
    put_relayed_offer(to, offer);
    to.put("\r\n");
  }
};

/// As write_forwarded() below, for a verdict whose offer was moved.
template <class Fields>
constexpr result<std::string_view> write_judged(const request_line& line, const Fields& fields,
                                                const facts& request, verdict::kind judged,
                                                const relayed_offer& offer,
                                                const relay_policy& policy, span<char> out) {
  if (judged == verdict::kind::respond || judged == verdict::kind::refuse)
    return failure{errc::out_of_turn, 0};
  const removed_fields removed{request, line.target, policy.drop_underscored};
  const field_fates fates = fates_of(request.method(), removed);
  const forwarded_lines<Fields> lines{fields, request, fates};
  line_fates known;
  return write_head(out, forwarded_request_text<Fields>{line, lines, known, policy, offer});
}

}  // namespace detail

/// Writes the head of a forwarded request, as soon as the head is complete: the content follows
/// with the same framing.
///
/// Rule      RFC 9110 section 7.6.1: fields are removed before new ones are added; section 7.8:
///           Upgrade and Connection are rewritten; section 7.6.2: Max-Forwards counts down; section
///           7.6.3: Via names the intermediary, and a proxy adds it to responses too; section 5.3:
///           lines keep their order. RFC 9112 sections 2.3 and 3.2: in HTTP/1.1, to the server that
///           the target names, with the same Host. RFC 9110 section 10.1.1: it is sent at once if
///           the client expects a 100 (Continue)
/// Takes     line: the request line; fields: all field lines, a range of pairs of name and value
///           that can be read twice, such as request_head::fields; leave out lines that must not be
///           forwarded, such as Proxy-Authorization (RFC 9110 section 11.7.2); request: the facts
///           that `judged` was made of; policy: the one that it was judged by
/// Returns   the octets written, at the front of `out`
/// Fails     out_of_turn for a request that must be answered or refused; no_space with the size
///           needed; reserved_field for a line of `policy` that the library writes; unwritable.
///           `at` counts the lines of `fields`, then those of `policy`, then Via; it is 0 for a
///           request line from another parser
/// Borrows   from `out`
/// Changes   nothing when it fails
/// Costs     one pass over the values of Connection; for the `fields` of a head that read_head()
///           read, a few copies; for others one pass over the lines, and a second one if the head
///           has more than 2048 octets. Lines after the first 128 are checked in both
///
/// ```cpp
/// static constexpr turnout::profile spoken[] = {turnout::websocket::profile};
/// static constexpr turnout::relay_policy policy{.allowed = spoken, .name = "edge"};
/// turnout::facts request{turnout::method::get, turnout::http_1_1};
/// request.see("Host", "a");
/// request.see("Connection", "Upgrade");
/// request.see("Upgrade", "h2c");  // which the policy does not allow
/// const auto judged = turnout::forwarding::examine_request(request, policy);
/// const turnout::field_line fields[] = {
///     {"Host", "a"}, {"Connection", "Upgrade"}, {"Upgrade", "h2c"}};
/// std::array<char, 256> out;
/// const auto written = turnout::forwarding::write_forwarded(
///     *turnout::request_line::parse("GET / HTTP/1.1"), fields, request, judged, policy, out);
/// assert(*written == "GET / HTTP/1.1\r\nHost: a\r\nVia: 1.1 edge\r\n\r\n");
/// ```
template <class Fields>
constexpr result<std::string_view> write_forwarded(const request_line& line, const Fields& fields,
                                                   const facts& request, const verdict& judged,
                                                   const relay_policy& policy, span<char> out) {
  return detail::write_judged(line, fields, request, judged.what, judged.offer, policy, out);
}

}  // namespace forwarding
}  // namespace v0
}  // namespace turnout
