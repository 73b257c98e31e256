// Reading a head together with its facts, in one pass: what every handshake begins with.
#pragma once

#include <string_view>

#include "turnout/core/compiler.hpp"
#include "turnout/core/span.hpp"
#include "turnout/field/name.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/kind.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout::inline v0 {

namespace detail {

/// Notes the field lines of a head, which are read behind its start line. No start line is so short
/// that names do not have the octets before them which are asked for.
struct noting_facts {
  facts& seen;

  TURNOUT_INLINE constexpr void operator()(std::string_view name,
                                           std::string_view value) const noexcept {
    seen.keep(known_field_in_head(name), value);
  }
};

}  // namespace detail

/// Reads one head as read_head() does, and notes what it says.
///
/// Takes     into, seen: new ones, of no use unless the head is complete; unread, limits, mark: as
///           read_head()
/// Fails     as read_head()
/// Borrows   from `unread`, all that it returns and gives to `into` and `seen`
/// Changes   `mark`
/// Costs     as read_head()
template <class StartLine>
constexpr head_outcome read_facts(head<StartLine>& into, facts& seen, std::string_view unread,
                                  const limits& limits, resume_mark& mark) noexcept {
  const head_outcome found = read_head(into, unread, limits, mark, detail::noting_facts{seen});
  if (found.what != head_step::complete) return found;
  if constexpr (StartLine::kind == message_kind::request)
    seen.set_start(into.method, into.version, into.method_name);
  else
    seen.set_start(into.status, into.version);
  return found;
}

/// Notes the fields that protocols have of their own, of a head that was read and is about a
/// switch. Programs whose protocols have none do not walk their heads again.
///
/// Takes     seen: its facts; protocols: those that may be switched to; fields: its field lines
/// Borrows   `protocols` and the values
template <class Fields>
constexpr void note_own_fields(facts& seen, span<const profile> protocols,
                               const Fields& fields) noexcept {
  if (!seen.has(field_name::upgrade)) return;
  bool any = false;
  for (const profile& one : protocols) any = any || !one.fields.empty();
  if (!any) return;
  seen.keep_for(protocols);
  for (const auto& [name, value] : fields) seen.see_own(name, value);
}

}  // namespace turnout::inline v0
