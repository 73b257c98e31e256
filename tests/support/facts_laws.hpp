// The rules don't need the library's parser: facts shown by somebody else's lead to the verdicts of
// the handshakes.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/heads.hpp"
#include "support/parties.hpp"
#include "turnout/turnout.hpp"

namespace facts_laws {

using namespace turnout;

/// What a parser without any checks makes of a head: a start line, names and values.
class loose_head {
 public:
  explicit loose_head(std::string_view octets) : octets_{octets} {
    while (octets_.starts_with("\r\n")) octets_.remove_prefix(2);
  }

  std::string_view start() const { return octets_.substr(0, octets_.find("\r\n")); }

  /// The field lines, each shown with the whitespace and the folds around and in its value.
  void show(facts& to) const {
    std::size_t at = start().size() + 2;
    while (octets_.substr(at, 2) != "\r\n") {
      std::size_t end = octets_.find("\r\n", at);
      while (octets_[end + 2] == ' ' || octets_[end + 2] == '\t')
        end = octets_.find("\r\n", end + 2);
      const std::string_view line = octets_.substr(at, end - at);
      const std::size_t colon = line.find(':');
      to.see(line.substr(0, colon), line.substr(colon + 1));
      at = end + 2;
    }
  }

 private:
  std::string_view octets_;
};

/// The version in a start line, which begins with it or ends with it: a target may have it too.
inline http_version version_in(std::string_view line) {
  const std::size_t at = line.starts_with("HTTP/1.") ? 0 : line.rfind("HTTP/1.");
  return {1, static_cast<std::uint8_t>(line[at + 7] - '0')};
}

/// What the handshake does with a verdict on a request.
inline server_step step_for(verdict::kind what) {
  switch (what) {
    case verdict::kind::ignore:
      return server_step::ordinary_request;
    case verdict::kind::offer:
      return server_step::upgrade_offered;
    case verdict::kind::connect:
      return server_step::tunnel_requested;
    case verdict::kind::refuse:
      return server_step::failed;
  }
  return server_step::need_more;
}

/// What the handshake does with a verdict on a response.
inline client_step step_for(response_verdict::kind what) {
  switch (what) {
    case response_verdict::kind::interim:
      return client_step::interim_response;
    case response_verdict::kind::switched:
      return client_step::switched;
    case response_verdict::kind::declined:
      return client_step::declined;
    case response_verdict::kind::broken:
      return client_step::failed;
  }
  return client_step::need_more;
}

/// True for octets that begin with a whole head: the rules are asked about heads alone.
template <class StartLine>
bool is_whole(std::string_view octets) {
  resume_mark mark;
  const auto ignore = [](std::string_view, std::string_view) {};
  return heads::read<StartLine>(octets, {}, mark, ignore).what == head_step::complete;
}

/// A request that was shown by another parser is judged as by the handshake. Nothing is said of
/// what is no whole head: the rules are asked about heads alone.
inline std::string request_is_judged_alike(std::string_view octets,
                                           std::span<const profile> spoken) {
  resume_mark mark;
  const auto ignore = [](std::string_view, std::string_view) {};
  const auto whole = heads::read<request_line>(octets, {}, mark, ignore);
  if (whole.what != head_step::complete) return {};
  const loose_head head{octets};
  facts seen{whole.head.method, version_in(head.start())};
  head.show(seen);
  const verdict found = examine_request(seen, spoken);
  server_handshake server{spoken};
  const auto now = server.receive(octets);
  if (now.what != step_for(found.what)) return "another verdict";
  if (now.why.code != found.found.why.code) return "another reason";
  if (now.what == server_step::failed) return {};
  if (!(found.offer.offered() == now.offer().offered())) return "another offer";
  if (!(rules::framing_of(seen) == now.framing)) return "another framing";
  const bool waits = rules::expects_continue(seen) && rules::has_content(seen);
  const bool persists = rules::is_persistent(seen, grammar::default_list_elements) && !waits;
  return persists == server.is_persistent() ? "" : "another persistence";
}

/// The same for a response.
template <class Proposal>
std::string response_is_judged_alike(std::string_view octets, const Proposal& asked) {
  resume_mark mark;
  const auto ignore = [](std::string_view, std::string_view) {};
  const auto whole = heads::read<status_line>(octets, {}, mark, ignore);
  if (whole.what != head_step::complete) return {};
  const loose_head head{octets};
  facts seen{whole.head.status, version_in(head.start())};
  head.show(seen);
  const response_verdict judged = examine_response(seen, asked);
  const auto now = laws::waiting_client(asked).receive(octets);
  if (now.what != step_for(judged.what)) return "another verdict";
  if (now.why.code != judged.found.why.code) return "another reason";
  return now.framing == judged.content ? "" : "another framing";
}

/// No matter which lines another parser accepts: what is forwarded of them is one sound head
/// with lines that were among them; or nothing is sent.
inline std::string foreign_lines_make_one_head(method used, std::span<const field_line> lines,
                                               const relay_policy& by) {
  facts seen{used, http_1_1};
  for (const field_line& line : lines) seen.see(line.name, line.value);
  const forwarding::verdict judged = forwarding::examine_request(seen, by);
  if (judged.what == forwarding::verdict::kind::refuse) return {};
  request_line start = *request_line::parse("GET / HTTP/1.1");
  start.method = used;
  start.method_name = name_of(used);
  if (used == method::connect) start = *request_line::parse("CONNECT a:1 HTTP/1.1");
  std::array<char, 16384> out{};
  const auto written = forwarding::write_forwarded(start, lines, seen, judged, by, out);
  if (!written) return {};
  resume_mark mark;
  std::vector<field_line> sent;
  const auto see = [&sent](std::string_view name, std::string_view value) {
    sent.push_back({name, value});
  };
  const auto read = heads::read<request_line>(*written, {}, mark, see);
  if (read.what != head_step::complete || !read.rest.empty()) return "it is not one head";
  for (const field_line& one : sent) {
    const field_name known = field::known_field(one.name);
    const bool own = known == field_name::connection || known == field_name::upgrade ||
                     known == field_name::host || known == field_name::max_forwards ||
                     known == field_name::transfer_encoding ||
                     known == field_name::content_length || one.name == "Via";
    const auto same = [&one](const field_line& line) {
      return line.name == one.name && grammar::trim(line.value) == one.value;
    };
    if (!own && std::ranges::none_of(lines, same)) return "a line comes from nowhere";
  }
  return {};
}

}  // namespace facts_laws
