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
  caller,  ///< the program made a call in the wrong state, or with a wrong argument
  limit    ///< the other side sent more than the limits allow
};

/// The name of the enumerator.
constexpr std::string_view name_of(fault one) noexcept {
  constexpr const char* names[] = {"nobody", "peer", "caller", "limit"};
  return names[static_cast<std::size_t>(one)];
}

/// A code in words.
struct explanation {
  errc code = errc::none;
  std::string_view text;  ///< one sentence without its full stop
  /// Where the rule is written: "RFC 9112 section 2.2", or "Kubernetes" for a rule that no RFC has.
  std::string_view section;
  fault whose = fault::nobody;
  /// The status code that a server answers a request with this fault with; 502, a gateway's answer,
  /// for a fault that only responses have; 0 if the code is not an error.
  std::uint16_t status = 0;
};

}  // namespace v0
}  // namespace turnout
