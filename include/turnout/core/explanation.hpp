// A code in words: which rule was broken, whose fault it is, and what a server answers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/errc.hpp"

namespace turnout {
inline namespace v0 {

/// Whose fault something is.
enum class fault : std::uint8_t {
  nobody,  ///< nothing is wrong
  peer,    ///< the other side broke a rule, or did not ask for a switch
  caller,  ///< the program called out of turn, or passed something unusable
  limit    ///< the other side sent more than this recipient takes
};

/// The name of an enumerator.
constexpr std::string_view name_of(fault one) noexcept {
  constexpr const char* names[] = {"nobody", "peer", "caller", "limit"};
  return names[static_cast<std::size_t>(one)];
}

/// A code in words.
struct explanation {
  errc code = errc::none;
  std::string_view text;  ///< one sentence without its full stop
  /// The rule that was broken: "RFC 9112 section 2.2", or the program whose rule it is where no RFC
  /// has one.
  std::string_view section;
  fault whose = fault::nobody;
  /// The status code with which a server answers a request that has this fault; 502 for what only
  /// a response can have, which is what a gateway would answer; 0 for what is no error.
  std::uint16_t status = 0;
};

}  // namespace v0
}  // namespace turnout
