// What programs have that drive connections as their headers say, and tell what happened as text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "support/windows.hpp"
#include "turnout/core/explain.hpp"

namespace turns {

/// How an input comes: `first` octets of it, then pieces of `size`.
struct pieces {
  std::size_t first = std::string_view::npos;
  std::size_t size = std::string_view::npos;
};

/// What was read and not dropped, in a block of exactly its size, and what is still to come.
class input {
 public:
  explicit input(std::string_view all, pieces come = {}) : left_{all}, size_{come.size} {
    show(come.first);
  }

  std::string_view unread() const { return unread_; }
  void drop(std::size_t size) {
    left_.remove_prefix(size);
    show(unread_.size() - size);
  }
  bool read_more() {
    if (unread_.size() == left_.size()) return false;
    show(unread_.size() + std::min(size_, left_.size() - unread_.size()));
    return true;
  }

 private:
  void show(std::size_t size) { unread_ = window_(left_.substr(0, size)); }

  std::string_view left_;  // those that are shown first
  std::size_t size_;
  windows::in_blocks window_;
  std::string_view unread_;
};

/// Content of one message, told once it is over, so that pieces don't matter.
class teller {
 public:
  void tell(std::string_view what, std::string_view with = {}) {
    flush();
    text_ += std::string{what} + (with.empty() ? "" : " ") + std::string{with} + "\n";
  }
  void content(std::string_view octets) { content_ += octets; }
  std::string text() {
    flush();
    return text_;
  }

 private:
  void flush() {
    if (!content_.empty()) text_ += "content " + content_ + "\n";
    content_.clear();
  }

  std::string text_;
  std::string content_;
};

/// Octets on one line that can be read: what can't be printed is written as `\x00`.
inline std::string escaped(std::string_view octets) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char one : octets) {
    const auto octet = static_cast<unsigned char>(one);
    if (octet >= ' ' && octet < 0x7f)
      text += one;
    else
      text += {'\\', 'x', digits[octet >> 4], digits[octet & 15]};
  }
  return text;
}

/// Octets as lines, each after `mark`: a CRLF ends a line.
inline std::string shown(std::string_view octets, std::string_view mark = {}) {
  std::string text;
  for (std::size_t begin = 0; begin < octets.size();) {
    const std::size_t end = std::min(octets.find("\r\n", begin), octets.size());
    text += end == begin ? mark.substr(0, mark.find_last_not_of(' ') + 1) : mark;
    text += escaped(octets.substr(begin, end - begin)) + '\n';
    begin = end + 2;
  }
  return text;
}

/// What happens on two connections, in order: what a program is asked, and octets that go out on
/// either, no matter in how many pieces.
class transcript {
 public:
  void say(std::string_view line) {
    flush();
    text_ += line;
  }
  /// Takes     mark: where the octets go, such as "> "
  void pass(std::string_view mark, std::string_view octets) {
    if (mark != mark_) flush();
    mark_ = mark;
    octets_ += octets;
  }
  std::string text() {
    flush();
    return text_;
  }

 private:
  void flush() {
    text_ += shown(octets_, mark_);
    octets_.clear();
  }

  std::string text_;
  std::string mark_;
  std::string octets_;
};

/// What a program tells of a connection that it closes.
inline std::string closes(turnout::errc why) {
  return "close " + std::string{turnout::explain(why).text} + "\n";
}

/// Says where a program tells another story if the octets come in such pieces.
template <class Program>
std::string differs_in_pieces(const Program& program, std::string_view octets, pieces come) {
  const std::string whole = program.play(octets);
  for (const pieces cut : {come, pieces{0, 1}}) {
    const std::string told = program.play(octets, cut);
    if (told != whole)
      return "[" + told + "], not [" + whole + "], if it comes from " + std::to_string(cut.first) +
             " by " + std::to_string(cut.size);
  }
  return {};
}

/// The first line of a message.
inline std::string_view first_line(std::string_view octets) {
  return octets.substr(0, octets.find('\r'));
}

}  // namespace turns
