// A failure as one line of text, for logs.
#pragma once

#include "turnout/core/errc.hpp"
#include "turnout/core/errc_name.hpp"
#include "turnout/core/explain.hpp"
#include "turnout/core/writer.hpp"

namespace turnout {
inline namespace v0 {

constexpr void failure::put(writer& to) const noexcept {
  const explanation words = explain(code);
  to.put(name_of(code));
  if (code != errc::none) {
    to.put(code == errc::no_space ? ", size needed " : " at octet ");
    to.put_number(at);
  }
  to.put(": ");
  to.put(words.text);
  if (words.section.empty()) return;
  to.put(" (");
  to.put(words.section);
  to.put(')');
}

}  // namespace v0
}  // namespace turnout
