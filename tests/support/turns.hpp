// What programs have that drive connections as their headers say, and tell what happened as text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "turnout/core/explain.hpp"

namespace turns {

/// How an input comes: `first` octets of it, then pieces of `size`.
struct pieces {
  std::size_t first = std::string_view::npos;
  std::size_t size = std::string_view::npos;
};

/// What was read and not dropped, and what is still to come.
class input {
 public:
  explicit input(std::string_view all, pieces come = {}) : left_{all}, come_{come} {
    take(come.first);
  }

  std::string_view unread() const { return unread_; }
  void drop(std::size_t size) { unread_.erase(0, size); }
  bool read_more() {
    if (left_.empty()) return false;
    take(come_.size);
    return true;
  }

 private:
  void take(std::size_t size) {
    unread_ += left_.substr(0, size);
    left_.remove_prefix(size < left_.size() ? size : left_.size());
  }

  std::string_view left_;
  pieces come_;
  std::string unread_;
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

/// What a program tells of a connection that it closes.
inline std::string closes(turnout::errc why) {
  return "close " + std::string{turnout::explain(why).text} + "\n";
}

/// The first line of a message.
inline std::string_view first_line(std::string_view octets) {
  return octets.substr(0, octets.find('\r'));
}

}  // namespace turns
