// The refusal that a failure calls for, with the reason as its content.
#pragma once

#include "turnout/core/errc.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/negotiation/refusal.hpp"

namespace turnout {
inline namespace v0 {
namespace detail {

/// `answer`, with explain()'s sentence for `code` as its content.
constexpr refusal explained(refusal answer, errc code) noexcept {
  answer.content = explain(code).text;
  answer.content_type = "text/plain";
  return answer;
}

}  // namespace detail
}  // namespace v0
}  // namespace turnout
