// How a client checks a 101 (Switching Protocols) against its request: RFC 9110 sections 7.8 and
// 15.2.2.
#pragma once

#include <cstddef>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/field/connection.hpp"
#include "turnout/field/upgrade.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/token.hpp"
#include "turnout/grammar/value_lines.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/message/http_version.hpp"
#include "turnout/negotiation/facts.hpp"
#include "turnout/negotiation/finding.hpp"
#include "turnout/negotiation/profile.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// Finds the profile of a protocol that a proposal offers and that Upgrade can lead to. It does not
/// return the pointer: with UBSan, GCC can't compare a pointer with nullptr in constant evaluation.
///
/// Returns   true if there is one, in `found`
template <class Profiles>
constexpr bool find_offered(const Profiles& offered, const protocol& token,
                            const profile*& found) noexcept {
  for (const profile& one : offered) {
    found = &one;
    if (one.by_upgrade && one.token == token) return true;
  }
  return false;
}

/// True if a 101 names the protocol on top of another one, in any minor version.
constexpr bool is_above(const protocol& named, const profile& below) noexcept {
  const auto major = [](std::string_view version) { return turnout::detail::before(version, '.'); };
  return !below.upper.name.empty() && grammar::equal_ignoring_case(named.name, below.upper.name) &&
         major(named.version) == major(below.upper.version);
}

/// Checks the protocols that a 101 names after the first one.
template <class Profiles>
constexpr failure check_other_names(const field::upgrade& named, const profile& first,
                                    const Profiles& offered) noexcept {
  std::size_t left = named.size() - 1;
  for (auto one = ++named.begin(); left > 0; ++one, --left) {
    if (left == 1 && is_above(*one, first)) break;
    if (!first.self_confirming) return {errc::ambiguous_switch, one.offset()};
    const profile* another = nullptr;
    if (!find_offered(offered, *one, another)) return {errc::protocol_not_offered, one.offset()};
    if (!another->self_confirming) return {errc::ambiguous_switch, one.offset()};
  }
  return {};
}

/// True if a client accepts a 101 for `agreed` whose Connection does not list upgrade.
constexpr bool may_be_unlisted(const facts& response, const profile& agreed,
                               bool is_forwarded) noexcept {
  if (agreed.self_confirming) return true;
  return agreed.tolerates_missing_connection && !is_forwarded &&
         !response.has(field_name::connection);
}

/// True if Upgrade names one protocol, without a version, as nearly always.
TURNOUT_INLINE constexpr bool names_one(const grammar::value_lines& lines,
                                        std::size_t max_elements) noexcept {
  return !optimized_for_size && max_elements > 0 && grammar::is_token(lines.only());
}

/// The protocol that a 101 switches to, or what is wrong with the 101.
struct switch_check {
  finding found;                      ///< what is wrong with it; errc::none if nothing is
  const profile* protocol = nullptr;  ///< the agreed protocol, a member of the proposal's list
};

}  // namespace detail

namespace rules {

/// Checks that a 101 says which protocol it switches to, without comparing it with the request.
///
/// Rule      RFC 9110 sections 7.6.1, 7.8 and 15.2.2: the status line is HTTP/1.1, Connection lists
///           upgrade, Upgrade is well-formed and not empty. `close` concerns the final response
///           (RFC 9112 section 9.6), which a 101 is not
/// Takes     response: facts of a response whose status is 101
/// Fails     switch_in_http_1_0, unsupported_http_version, too_many_kept_lines, bad_connection,
///           switch_not_nominated, switch_without_upgrade, bad_upgrade, too_many_elements
constexpr finding check_named_switch(const facts& response, std::size_t max_elements) noexcept {
  using detail::found_in;
  constexpr field_name upgrade_field = field_name::upgrade;
  if (response.version() < http_1_1) return {{errc::switch_in_http_1_0, 0}, {}};
  if (response.version().major != 1) return {{errc::unsupported_http_version, 0}, {}};
  if (const finding found = response.check_complete(); found) return found;

  const auto says =
      field::connection_summary::read(response.lines(field_name::connection), max_elements);
  if (says.why.code != errc::none) return found_in(field_name::connection, says.why);
  if (!says.lists(field_name::upgrade))
    return found_in(field_name::connection, errc::switch_not_nominated);

  const grammar::value_lines named = response.lines(upgrade_field);
  if (detail::names_one(named, max_elements)) return {};
  const auto protocols = field::upgrade::parse(named, max_elements);
  if (!protocols) return found_in(upgrade_field, protocols.error());
  if (protocols->empty()) return found_in(upgrade_field, errc::switch_without_upgrade);
  return {};
}

/// Checks a 101 against the request.
///
/// Rule      as check_named_switch(); RFC 9110 section 7.8: Upgrade names one offered protocol, and
///           after it optionally the protocol that its profile has on top; and the protocol's own
///           requirements. For a self-confirming protocol, the 101 may name more of the offered
///           ones, and its Connection may lack upgrade: its sender breaks section 7.6.1, but no
///           rule makes the client refuse it. profile::tolerates_missing_connection says which
///           other protocols need no Connection
/// Takes     response: facts of a response whose status is 101; proposal: the proposal that it
///           answers
/// Fails     as check_named_switch(); ambiguous_switch, protocol_not_offered,
///           switch_without_own_field; the failures of the proposal
/// Costs     one pass over the values of the fields that matter
template <class Proposal>
constexpr detail::switch_check check_switch(
    const facts& response, const Proposal& proposal,
    std::size_t max_elements =
        grammar::default_list_elements) noexcept(noexcept(proposal.check_switch(response, profile{},
                                                                                max_elements))) {
  using detail::found_in;
  constexpr field_name upgrade_field = field_name::upgrade;
  const finding unnamed = check_named_switch(response, max_elements);
  if (unnamed && unnamed.why.code != errc::switch_not_nominated) return {unnamed, nullptr};
  const grammar::value_lines named = response.lines(upgrade_field);
  const bool one = detail::names_one(named, max_elements);
  const auto protocols =
      one ? result<field::upgrade>{} : field::upgrade::parse(named, max_elements);
  if (!one && protocols->empty()) return {unnamed, nullptr};
  protocol first{named.first(), {}};
  std::size_t at = 0;
  if (!one) {
    const auto begin = protocols->begin();
    first = *begin;
    at = begin.offset();
  }
  const profile* agreed = nullptr;
  const bool offered = detail::find_offered(proposal.protocols, first, agreed);
  if (unnamed && (!offered || !detail::may_be_unlisted(response, *agreed, Proposal::is_forwarded)))
    return {unnamed, nullptr};
  if (!offered) return {found_in(upgrade_field, errc::protocol_not_offered, at), nullptr};
  if (!one) {
    const failure why = detail::check_other_names(*protocols, *agreed, proposal.protocols);
    if (why.code != errc::none) return {found_in(upgrade_field, why), nullptr};
  }
  for (const own_field& field : agreed->fields)
    if (field.in_switch && response.lines(field.name).empty())
      return {found_in(response.field_named(field.name), errc::switch_without_own_field), nullptr};
  const finding found = proposal.check_switch(response, *agreed, max_elements);
  return {found, found ? nullptr : agreed};
}

}  // namespace rules

}  // namespace v0
}  // namespace turnout
