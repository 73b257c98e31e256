// Abstract octets: pieces of text that are sent, queue up and are read whole, each with a note of
// where it comes from and as what it was read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explore/numbered.hpp"

namespace explore {

/// Who sent a piece, and as what.
enum class origin : std::uint8_t {
  head,     ///< the head of a message
  content,  ///< content of a message
  early,    ///< sent after a request, before its answer was known
  tunnel,   ///< sent after the switch
  anything  ///< sent by a peer that keeps to no rule
};

/// As what a piece is meant, or was read by an intermediary that sent it on.
enum class reading : std::uint8_t { open, head, content, tunnel };

/// The number of a text.
inline std::uint16_t number_of(std::string_view text);
/// The text with a number.
inline const std::string& text_of(std::uint16_t number);

/// An abstract octet.
struct piece {
  std::uint16_t text = 0;
  origin from = origin::head;
  reading as = reading::head;
  std::uint8_t request = 0;  ///< which request of the client's it is of, or answers; 0: unknown
  std::uint8_t number = 0;   ///< its place among those after the head

  friend bool operator==(const piece&, const piece&) = default;
};

/// What was sent and is not read, or what is sent now.
struct queue {
  std::vector<piece> pieces{};
  bool ended = false;   ///< nothing more comes
  bool closed = false;  ///< nobody reads it any more

  std::size_t hash() const {
    std::size_t hash = ended + 2U * closed;
    for (const piece& one : pieces)
      hash = mix(hash, one.text * 4096U + static_cast<std::size_t>(one.from) * 512 +
                           static_cast<std::size_t>(one.as) * 128 + one.request * 16U + one.number);
    return hash;
  }

  friend bool operator==(const queue&, const queue&) = default;
};

/// A queue that nobody reads.
inline queue unread() { return {.ended = true, .closed = true}; }

namespace detail {

inline numbered<std::string, std::hash<std::string_view>>& texts() {
  static numbered<std::string, std::hash<std::string_view>> all;
  return all;
}

}  // namespace detail

std::uint16_t number_of(std::string_view text) {
  return static_cast<std::uint16_t>(detail::texts().number(std::string{text}));
}

const std::string& text_of(std::uint16_t number) { return detail::texts()[number]; }

/// The text of all of some pieces.
inline std::string text_of(const std::vector<piece>& pieces) {
  std::string all;
  for (const piece& one : pieces) all += text_of(one.text);
  return all;
}

/// A queue as the octets that one call is given.
class window {
 public:
  explicit window(const queue& in) : in_{in}, octets_{text_of(in.pieces)} {}

  std::string_view octets() const { return octets_; }

  /// True if a view is of these octets, and not of others.
  bool has(std::string_view view) const {
    return !view.empty() && view.data() >= octets_.data() &&
           view.data() < octets_.data() + octets_.size();
  }

  /// Where a view of these octets begins.
  std::size_t place(std::string_view view) const {
    return static_cast<std::size_t>(view.data() - octets_.data());
  }

  /// The pieces of a view: some may be cut.
  std::vector<piece> pieces(std::string_view view) const {
    return has(view) ? between(place(view), place(view) + view.size()) : std::vector<piece>{};
  }

  /// The pieces between two places.
  std::vector<piece> between(std::size_t begin, std::size_t end) const {
    std::vector<piece> found;
    std::size_t at = 0;
    for (piece one : in_.pieces) {
      const std::string_view text = text_of(one.text);
      const std::size_t from = begin > at ? begin - at : 0;
      const std::size_t to = end > at ? end - at : 0;
      at += text.size();
      if (from >= text.size() || to <= from) continue;
      if (from > 0 || to < text.size()) one.text = number_of(text.substr(from, to - from));
      found.push_back(one);
    }
    return found;
  }

  /// The queue without the first octets.
  queue without(std::size_t used) const {
    return {between(used, octets_.size()), in_.ended, in_.closed};
  }

 private:
  const queue& in_;
  std::string octets_;
};

/// The pieces of what was written: heads, and after each its content.
inline void add_messages(std::vector<piece>& to, std::string_view written, piece like) {
  like.from = origin::head;
  like.as = reading::head;
  for (bool head = true; !written.empty(); head = false) {
    const bool begins = head || written.starts_with("HTTP/1.1 ");
    const std::size_t end = written.find("\r\n\r\n");
    const std::size_t size = begins && end != written.npos ? end + 4 : written.size();
    like.text = number_of(written.substr(0, size));
    if (!begins) like.from = origin::content;
    if (!begins) like.as = reading::content;
    to.push_back(like);
    written.remove_prefix(size);
  }
}

}  // namespace explore
