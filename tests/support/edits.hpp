// Messages that are one edit away from a given one.
#pragma once

#include <cstddef>
#include <string>

namespace edits {

/// Calls `visit` with every edit of a message, of the octets from `at` on: each replaced by octets
/// that mean something somewhere, and after what ends a line; each left out, or there twice; and
/// the octets up to each.
template <class Visit>
void for_each_edit(const std::string& message, std::size_t at, const Visit& visit) {
  using namespace std::string_literals;
  for (; at < message.size(); ++at) {
    for (const char octet : "\0\t\n\r \",/:;=0a@\x80"s)
      visit(std::string{message}.replace(at, 1, 1, octet));
    for (const char octet : "\r\n "s) visit(std::string{message}.insert(at, 1, octet));
    visit(std::string{message}.erase(at, 1));
    visit(std::string{message}.insert(at, 1, message[at]));
    visit(std::string{message}.erase(at));
  }
}

}  // namespace edits
