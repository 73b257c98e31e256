// What a server sends at the end of a handshake, and what is compared of it.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

/// The value of Sec-WebSocket-Accept.
using accept_text = std::array<char, 28>;

/// Where a library writes its response.
using output = std::array<char, 512>;

/// What goes out. Libraries write the lines in different orders, and name themselves or not.
struct response {
  std::string_view octets;

  std::string_view accept_value() const {
    constexpr std::string_view name = "Sec-WebSocket-Accept: ";
    const std::size_t at = octets.find(name);
    return at == octets.npos ? std::string_view{} : octets.substr(at + name.size(), 28);
  }

  friend bool operator==(const response& one, const response& other) {
    return one.accept_value() == other.accept_value();
  }
};
