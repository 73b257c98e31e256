// Heads that are read into what is returned.
#pragma once

#include <string_view>

#include "turnout/message/head.hpp"
#include "turnout/message/head_lines.hpp"
#include "turnout/message/limits.hpp"

namespace heads {

/// What read_head() found, and the head.
template <class StartLine>
struct reading : turnout::head_outcome {
  turnout::head<StartLine> head;  ///< with complete
};

template <class StartLine, class See>
constexpr reading<StartLine> read(std::string_view unread, const turnout::limits& limits,
                                  turnout::resume_mark& mark, const See& see) {
  reading<StartLine> found;
  static_cast<turnout::head_outcome&>(found) =
      turnout::read_head(found.head, unread, limits, mark, see);
  return found;
}

}  // namespace heads
