// Reads a head together with its facts, in one pass: every handshake begins with this.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/span.hpp"
#include "turnout/field/name.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/kernel/load.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

// INVARIANT: read_head() passes on field lines only after a start line, and even the shortest start
// line leaves 16 octets before the end of a name of two octets or more. is_spelled() reads these.

/// Which field a name is. INVARIANT: the name is a token, in which only letters can differ from a
/// spelling by the bit of the case; and it is in a head after the start line, so that 16 octets
/// before its end can be read if it has two or more. A name that can't be a known one is also
/// compared, with a spelling that equals any name, so that no branch depends on which names are
/// known.
TURNOUT_INLINE constexpr field_name known_field_in_head(std::string_view name) noexcept {
  if constexpr (optimized_for_size) return field::known_field(name);
  constexpr std::size_t shortest = 2;  // below it, the difference wraps to a large number
  if (name.size() - shortest > field::detail::longest_spelling - shortest) return field_name::other;
  const auto number = static_cast<std::size_t>(field::detail::likely_field(name));
  const char* const last = name.data() + name.size() - 16;
  const bool same = kernel::agree(last, name.size() > 16 ? name.data() : last,
                                  field::detail::cut_spellings[number].octets,
                                  field::detail::name_bits + name.size());
  return static_cast<field_name>(number & (0 - std::size_t{same}));
}

/// Notes the field lines of a head, which follow its start line: so there are enough octets before
/// each name.
struct noting_facts {
  facts& seen;

  TURNOUT_INLINE constexpr void operator()(std::string_view name,
                                           std::string_view value) const noexcept {
    seen.keep(known_field_in_head(name), value);
  }
};

}  // namespace detail

/// Reads one head as read_head() does, and notes its facts.
///
/// Takes     into, seen: new ones, unspecified until the head is complete; unread, limits, mark: as
///           read_head()
/// Fails     as read_head()
/// Borrows   from `unread`, for all that it returns and stores in `into` and `seen`
/// Changes   `mark`
/// Costs     as read_head()
///
/// ```cpp
/// turnout::request_head head;
/// turnout::facts seen;
/// turnout::resume_mark mark;
/// const std::string_view unread = "GET /a HTTP/1.1\r\nHost: b\r\n\r\nmore";
/// const auto found = turnout::read_facts(head, seen, unread, turnout::limits{}, mark);
/// assert(found.what == turnout::head_step::complete && found.rest == "more");
/// assert(head.target.path == "/a" && seen.lines(turnout::field_name::host).first() == "b");
/// ```
template <class StartLine>
TURNOUT_INLINE constexpr head_outcome read_facts(head<StartLine>& into, facts& seen,
                                                 std::string_view unread, const limits& limits,
                                                 resume_mark& mark) noexcept {
  const head_outcome found = read_head(into, unread, limits, mark, detail::noting_facts{seen});
  if (found.what != head_step::complete) return found;
  if constexpr (StartLine::kind == detail::message_kind::request)
    seen.set_start(into.method, into.version, into.method_name);
  else
    seen.set_start(into.status, into.version);
  return found;
}

namespace detail {

template <class Fields>
TURNOUT_OUT_OF_LINE constexpr void see_own_fields(facts& seen, span<const profile> protocols,
                                                  const Fields& fields) noexcept {
  seen.keep_for(protocols);
  for (const auto& [name, value] : fields) seen.see_own(name, value);
}

/// Notes the protocols' own fields in a head that was read and that concerns a switch. If the
/// protocols have no own fields, it does not pass over the head again.
///
/// Takes     seen: the facts of the head; protocols: those that may be switched to; fields: its
///           field lines
/// Borrows   `protocols` and the values
template <class Fields>
TURNOUT_INLINE constexpr void note_own_fields(facts& seen, span<const profile> protocols,
                                              const Fields& fields) noexcept {
  if (!seen.has(field_name::upgrade)) return;
  for (const profile& one : protocols)
    if (!one.fields.empty()) return see_own_fields(seen, protocols, fields);
}

}  // namespace detail

}  // namespace v0
}  // namespace turnout
