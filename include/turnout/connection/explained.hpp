// The refusal for a failure, with the reason as its content.
#pragma once

#include <string_view>
#include <type_traits>

#include "turnout/core/errc.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/negotiation/refusal.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// The sentence of explain() for a code. A program that never uses this function does not contain
/// the sentences.
constexpr std::string_view text_of(errc code) noexcept { return explain(code).text; }

/// `answer` with the sentence of `text` about `code` as its content; without content if `text` is
/// nullptr, outside constant expressions.
constexpr refusal explained(refusal answer, errc code,
                            std::string_view (*text)(errc) noexcept) noexcept {
  // With GCC's sanitizers, a constant expression can't compare a function's address with nullptr.
  if (!std::is_constant_evaluated() && text == nullptr) return answer;
  answer.content = text(code);
  answer.content_type = "text/plain";
  return answer;
}

}  // namespace detail
}  // namespace v0
}  // namespace turnout
