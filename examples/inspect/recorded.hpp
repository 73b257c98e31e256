// Both sides of handshakes, as programs record them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <turnout/turnout.hpp>
#include <vector>

#include "heads.hpp"
#include "intent.hpp"
#include "wire.hpp"

/// A request and the responses to it.
struct recorded {
  std::string request;
  std::string response;

  /// True if it is a handshake, or was meant to be one.
  bool is_handshake() const {
    const inspected_request asked{request};
    if (!asked.is_complete()) return false;
    return asked.head.method == turnout::method::connect || means_to_switch(asked.facts);
  }
};

/// The exchanges on a connection, one after the other, up to a switch.
inline std::vector<recorded> exchanges_on(std::string_view requests, std::string_view responses) {
  std::vector<recorded> all;
  while (!requests.empty()) {
    const inspected_request asked{requests};
    const auto size = wire::size_of_request(requests);
    const auto method = asked.is_complete() ? asked.head.method : turnout::method::get;
    const auto answered = wire::read_answer(responses, method, true);
    const std::size_t end = answered ? answered->end : responses.size();
    all.push_back({std::string{requests.substr(0, size.value_or(requests.size()))},
                   std::string{responses.substr(0, end)}});
    if (!size || !answered || answered->what != wire::answer::kind::refused) break;
    requests.remove_prefix(*size);
    responses.remove_prefix(end);
  }
  return all;
}

/// The first handshake of a recording, or the first exchange if there is none.
inline const recorded& first_handshake(const std::vector<recorded>& all) {
  const auto found =
      std::find_if(all.begin(), all.end(), [](const recorded& one) { return one.is_handshake(); });
  return found == all.end() ? all.front() : *found;
}

/// Octets of a request and the responses to it, one after the other.
inline recorded split_stream(std::string_view octets) {
  const std::size_t size = wire::size_of_request(octets).value_or(octets.size());
  return {std::string{octets.substr(0, size)}, std::string{octets.substr(size)}};
}
