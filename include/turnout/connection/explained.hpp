// The refusal that a failure calls for, with the reason as its content.
#pragma once

#include <string_view>
#include <type_traits>

#include "turnout/core/errc.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/negotiation/refusal.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// explain()'s sentence for a code. A program that never names this function has no sentences in
/// it.
constexpr std::string_view text_of(errc code) noexcept { return explain(code).text; }

/// `answer`, with what `text` says about `code` as its content; nullptr, not in a constant
/// expression, says nothing.
constexpr refusal explained(refusal answer, errc code,
                            std::string_view (*text)(errc) noexcept) noexcept {
  // GCC's sanitizers let no constant expression ask whether a function's address is null.
  if (!std::is_constant_evaluated() && text == nullptr) return answer;
  answer.content = text(code);
  answer.content_type = "text/plain";
  return answer;
}

}  // namespace detail
}  // namespace v0
}  // namespace turnout
