// How large a head can get when an intermediary sends it on.
#pragma once

#include <cstddef>

#include "turnout/message/field_line.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// How much longer Host of a CONNECT can make its head: it says the target once more.
constexpr std::size_t host_growth(const limits& most) noexcept {
  const std::size_t shortest = sizeof "CONNECT  HTTP/1.0" - 1;
  const std::size_t target = most.start_line > shortest ? most.start_line - shortest : 0;
  return target + sizeof "Host: \r\n" - 1;
}

/// How much longer all other heads can get in what is rewritten: a space after each separator of
/// codings and of protocols, parameters of four octets or more among them; a protocol's upper layer
/// in a 101; a Connection that says close, and the space at the end of a status line.
constexpr std::size_t list_growth(const limits& most, const relay_policy& policy) noexcept {
  std::size_t upper = 0;
  for (const profile& one : policy.allowed) {
    const std::size_t size = sizeof ", /" - 1 + one.upper.name.size() + one.upper.version.size();
    if (!one.upper.name.empty() && size > upper) upper = size;
  }
  return std::size_t{2} * most.list_elements + most.head / 4 + upper +
         sizeof "Connection: close\r\n" - 1 + 1;
}

}  // namespace detail

/// The octets that are enough for every head that an intermediary forwards: those of the head, and
/// what is added to it.
///
/// Takes     most: the limits with which the head was read; policy: the one that forwards it, with
///           the fields for responses if those are longer
constexpr std::size_t room(const limits& most, const relay_policy& policy) noexcept {
  const std::size_t host = detail::host_growth(most);
  const std::size_t lists = detail::list_growth(most, policy);
  std::size_t size = std::size_t{most.head} + (host > lists ? host : lists);
  size += most.field_lines;  // of which each may come without a space after its colon
  for (const field_line& own : policy.fields)
    size += own.name.size() + own.value.size() + sizeof ": \r\n" - 1;
  return size + policy.name.size() + sizeof "Via: 1.0 \r\n" - 1;
}

}  // namespace v0
}  // namespace turnout
