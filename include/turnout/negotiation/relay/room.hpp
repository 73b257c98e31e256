// How large a head can get when an intermediary forwards it.
#pragma once

#include <cstddef>

#include "turnout/message/field_line.hpp"
#include "turnout/message/limits.hpp"
#include "turnout/negotiation/profile.hpp"
#include "turnout/negotiation/relay/forwarding.hpp"

namespace turnout {
inline namespace v0 {

namespace detail {

/// How many octets Host can add to the head of a CONNECT: it repeats the target.
constexpr std::size_t host_growth(const limits& most) noexcept {
  const std::size_t shortest = sizeof "CONNECT  HTTP/1.0" - 1;
  const std::size_t target = most.start_line > shortest ? most.start_line - shortest : 0;
  return target + sizeof "Host: \r\n" - 1;
}

/// How many octets rewriting can add to all other heads: a space after each separator of codings,
/// their parameters of at least four octets, and protocols; a protocol's upper layer in a 101;
/// `close` in Connection, and the space at the end of a status line.
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

/// A buffer size that is enough for every head that an intermediary forwards: the head and
/// everything that is added to it.
///
/// Takes     most: the limits that the head was read with; policy: the one that forwards it, with
///           the fields for responses if those are longer
constexpr std::size_t room(const limits& most, const relay_policy& policy) noexcept {
  const std::size_t host = detail::host_growth(most);
  const std::size_t lists = detail::list_growth(most, policy);
  std::size_t size = std::size_t{most.head} + (host > lists ? host : lists);
  size += most.field_lines;  // each may lack the space after its colon
  for (const field_line& own : policy.fields)
    size += own.name.size() + own.value.size() + sizeof ": \r\n" - 1;
  return size + policy.name.size() + sizeof "Via: 1.0 \r\n" - 1;
}

}  // namespace v0
}  // namespace turnout
