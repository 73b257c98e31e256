// One case: the octets of one side, and the valid outcomes of the other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace probe {

/// An outcome of a case, as in tests/vectors/README.md.
struct outcome {
  std::string what;                     ///< "switch", "refuse" and so on
  std::string protocol{};               ///< with switch
  std::vector<std::string> statuses{};  ///< "400" or "4xx"; empty for any
  std::size_t before = 0;               ///< how many requests are answered before
  std::size_t leftover = 0;             ///< how many octets belong to the new protocol
  std::size_t held = 0;                 ///< how many octets a relay keeps until the answer
  std::string start{};                  ///< the start line that a relay forwards; empty for any
  std::vector<std::string> has{};       ///< lines that the forwarded head must have
  std::vector<std::string> lacks{};     ///< fields that it must not have
  std::vector<std::string> response_has{};
  std::vector<std::string> response_lacks{};
  std::optional<std::vector<std::string>> offers{};  ///< protocols that a relay forwards
  std::optional<bool> tunnel{};                      ///< whether a relay opens one

  bool allows_status(std::uint16_t status) const {
    const std::string text = std::to_string(status);
    return statuses.empty() ||
           std::any_of(statuses.begin(), statuses.end(), [&text](const std::string& one) {
             return one == text || (one.ends_with("xx") && one.front() == text.front());
           });
  }
};

/// A case, as tests/vectors/README.md describes it.
struct scenario {
  std::string id;
  std::string role;               ///< who is tested: server, client or relay
  std::string profile;            ///< the protocol that it speaks; "none"
  bool has_setup = false;         ///< whether it is set up to do more than to speak that protocol
  bool opens_tunnels = false;     ///< whether it is set up to take CONNECT
  std::string request;            ///< the octets of the client
  std::string response;           ///< the octets of the server
  bool ends = false;              ///< whether the sender then ends its output
  std::vector<outcome> expected;  ///< any of them is valid; there is at least one
  std::string level;              ///< must, should, may or latitude
  std::string section;
  std::string why;  ///< one sentence
  std::vector<std::string> tags;

  bool allows(std::string_view what) const {
    return std::any_of(expected.begin(), expected.end(),
                       [what](const outcome& one) { return one.what == what; });
  }
  /// True if this is the only valid outcome.
  bool demands(std::string_view what) const {
    return std::all_of(expected.begin(), expected.end(),
                       [what](const outcome& one) { return one.what == what; });
  }
  bool allows_status(std::uint16_t status) const {
    return std::any_of(expected.begin(), expected.end(),
                       [status](const outcome& one) { return one.allows_status(status); });
  }
  bool has_tag(std::string_view tag) const {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
  }
};

}  // namespace probe
