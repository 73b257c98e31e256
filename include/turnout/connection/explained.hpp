// The refusal for a failure, with the reason as its content, and with more field lines.
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "turnout/core/errc.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/core/span.hpp"
#include "turnout/message/field_line.hpp"
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

/// What the options of an intermediary add to the refusals of its own.
struct refusal_additions {
  std::string_view (*text)(errc) noexcept;                                        ///< the content
  lasting_span<const field_line> (*fields)(errc, std::uint16_t status) noexcept;  ///< more lines

  /// `answer` with both; without more lines in constant expressions, for the reason above.
  constexpr refusal add_to(refusal answer, errc code) const noexcept {
    answer = explained(answer, code, text);
    if (!std::is_constant_evaluated() && fields != nullptr)
      answer.fields = fields(code, answer.status);
    return answer;
  }

  friend constexpr bool operator==(const refusal_additions&, const refusal_additions&) = default;
};

}  // namespace detail
}  // namespace v0
}  // namespace turnout
