// Everything that is inspected, as long as a report borrows from it.
#pragma once

#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "browser.hpp"
#include "har.hpp"
#include "input.hpp"
#include "paste.hpp"
#include "pcap.hpp"
#include "recorded.hpp"
#include "report.hpp"

namespace inputs_detail {

/// True if a text has the marks of curl -v on both sides of an exchange.
inline bool has_both_marks(std::string_view text) {
  const std::string lines = "\n" + std::string{text};
  return lines.find("\n> ") != lines.npos && lines.find("\n< ") != lines.npos;
}

/// Both sides of what a person pasted.
inline recorded read_pasted(std::string_view text) {
  using kind = inspected::kind;
  if (auto copied = read_browser(text)) return *std::move(copied);
  const std::string request = pasted_head(text, kind::request);
  if (has_both_marks(text)) return {request, pasted_head(text, kind::response)};
  return split_stream(request);
}

}  // namespace inputs_detail

/// The exchanges of a file in which a program has recorded them; none if it is something else.
inline std::vector<recorded> read_recording(std::string_view octets) {
  std::vector<recorded> all = read_pcap(octets);
  return all.empty() ? read_har(octets) : all;
}

class inputs {
 public:
  explicit inputs(bool paste) : paste_{paste} {}

  inspected request(const std::string& path) { return head(inspected::kind::request, path); }
  inspected response(const std::string& path) { return head(inspected::kind::response, path); }

  inspected value(const std::string& field, const std::string& path) {
    const std::string octets = read_input(path);
    return {inspected::kind::field, field, keep(paste_ ? pasted_value(octets) : octets)};
  }

  /// Both sides, from one file.
  std::pair<inspected, inspected> exchange(const std::string& path) {
    const std::string octets = read_input(path);
    const auto all = read_recording(octets);
    return both(!all.empty() ? first_handshake(all)
                : paste_     ? inputs_detail::read_pasted(octets)
                             : split_stream(octets));
  }

  /// Both sides, as they were recorded.
  std::pair<inspected, inspected> both(const recorded& one) {
    return {{inspected::kind::request, "request", keep(one.request)},
            {inspected::kind::response, "response", keep(one.response)}};
  }

 private:
  inspected head(inspected::kind what, const std::string& path) {
    return {what, shown_name(path), keep(side_of(read_input(path), what))};
  }

  std::string side_of(std::string octets, inspected::kind what) const {
    const auto side = [what](const recorded& one) {
      return what == inspected::kind::request ? one.request : one.response;
    };
    const auto all = read_recording(octets);
    if (!all.empty()) return side(first_handshake(all));
    if (!paste_) return octets;
    const auto copied = read_browser(octets);
    return copied ? side(*copied) : pasted_head(octets, what);
  }

  std::string_view keep(std::string octets) {
    kept_.push_back(std::move(octets));
    return kept_.back();
  }

  bool paste_;
  std::list<std::string> kept_;
};
