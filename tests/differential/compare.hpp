// In what two readings of the same octets differ.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "reading.hpp"
#include "turnout/grammar/ascii.hpp"

namespace differential {

/// What kind of difference is between what a peer reads and what turnout reads.
struct difference {
  enum class kind { none, takes, refuses, reads };

  kind what = kind::none;
  std::string how;  ///< why turnout or the peer refuses; or what they read differently
};

/// The fields with those of one name side by side: their order among others means nothing.
inline std::vector<std::pair<std::string, std::string>> grouped(const reading& one) {
  auto fields = one.fields;
  const auto before = [](const auto& left, const auto& right) {
    const auto lower = [](char octet) { return turnout::grammar::to_lower(octet); };
    return std::ranges::lexicographical_compare(left.first, right.first, {}, lower, lower);
  };
  std::ranges::stable_sort(fields, before);
  return fields;
}

/// True if a message was read to its end.
inline bool is_whole(const reading& one) {
  return one.what == reading::outcome::accepted && one.content && one.content->second;
}

/// In what both differ that take a head.
inline std::string read_differently(const reading& ours, const reading& theirs) {
  if (ours.start != theirs.start) return "start line";
  if (ours.minor_version != theirs.minor_version) return "version";
  if (grouped(ours) != grouped(theirs)) return "fields";
  if (ours.content && theirs.content && *ours.content != *theirs.content) return "content";
  return {};
}

/// Compares what turnout reads with what a peer reads. Who waits for more has not judged yet, and
/// who refuses agrees with who refuses, for whatever reason.
inline difference compare(const reading& ours, const reading& theirs) {
  using enum reading::outcome;
  using enum difference::kind;
  if (ours.what == refused)
    return theirs.what == accepted ? difference{takes, ours.why} : difference{};
  if (theirs.what == refused)
    return is_whole(ours) ? difference{refuses, theirs.why} : difference{};
  if (ours.what != theirs.what) return {reads, "end of the head"};
  if (ours.what == waits) return {};
  const std::string what = read_differently(ours, theirs);
  return what.empty() ? difference{} : difference{reads, what};
}

}  // namespace differential
