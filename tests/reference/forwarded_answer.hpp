// What an intermediary makes of a response head: RFC 9110 sections 7.6, 7.8, 8.6, 15.2 and 15.5.22,
// RFC 9112 sections 2.3, 6.1, 6.3 and 9.3.
#pragma once

#include <optional>

#include "reference/forwarding.hpp"
#include "reference/response.hpp"

namespace reference {

/// A forwarded request.
struct sent_request {
  text method = "GET";
  int minor = 1;                       // of the client's HTTP/1.minor
  std::vector<protocol> offered = {};  // what was offered on
  bool persistent = true;              // whether the client's connection may stay open
};

/// What becomes of a response.
struct answer {
  enum class kind { incomplete, bad_gateway, passed_over, sent } what = kind::incomplete;
  text status = {};
  fields header = {};
};

/// RFC 9110 section 15.5.22: of what a 426 requires, what this hop can offer on. RFC 9113 section
/// 3.1: no Upgrade leads to h2.
inline text required_by(const head& response, const std::vector<protocol>& allowed) {
  text named;
  const list options = connection(response);
  const list required = read_list(values(response.header, "upgrade"), is_protocol);
  if (!required.sound() || !options.has("upgrade")) return "";
  for (const text& token : required.elements)
    for (const protocol& one : allowed)
      if (one.nominated.empty() && lower(one.token) != "h2" && same_protocol(one.token, token))
        named += (named.empty() ? "" : ", ") + one.token;
  return named;
}

/// RFC 9110 section 8.6 and RFC 9112 section 6.1: which fields that frame content may be forwarded.
inline bool may_frame(const text& name, const head& response, const sent_request& asked,
                      const framing& content) {
  const int status = status_of(response);
  const bool coded = !values(response.header, "transfer-encoding").empty();
  if (is_interim(status) || status == 204) return false;
  if (asked.method == "CONNECT" && status / 100 == 2) return false;
  if (name == "transfer-encoding") return content.any() && asked.minor > 0;
  return !coded && read_length(values(response.header, "content-length"));
}

/// Sends a response on for an intermediary of that name.
inline answer send_back(const text& octets, const sent_request& asked,
                        const std::vector<protocol>& allowed, const text& name) {
  using kind = answer::kind;
  const head response = read_response_head(octets);
  if (response.what == found::incomplete) return {};
  answer sent{kind::bad_gateway};
  if (response.what == found::broken) return sent;
  const int status = status_of(response);
  const list options = connection(response);
  if (status < 100 || !options.sound()) return sent;
  for (const text& option : options.elements)
    if (is_for_all(lower(option))) return sent;

  const bool tunnel = asked.method == "CONNECT" && status / 100 == 2;
  text connection_line;
  text upgrade_line;
  framing content;
  if (status == 101) {
    const auto agreed = judge_switch(response, {asked.method, asked.offered, {}, false});
    if (!agreed) return sent;
    connection_line = "Upgrade";
    upgrade_line = agreed->token + (agreed->under_http ? ", HTTP/1.1" : "");
  } else if (!is_interim(status) && !tunnel) {
    const auto framed = response_framing(response, {asked.method, {}, {}, false});
    if (!framed) return sent;
    content = *framed;
    const list codings =
        read_list(values(response.header, "transfer-encoding"), is_transfer_coding);
    for (const text& one : codings.elements)
      if (asked.minor == 0 && content.any() && !is_chunked(one)) return sent;
    if (status == 426) upgrade_line = required_by(response, allowed);
    if (status == 426 && upgrade_line.empty()) return sent;
    const bool endless = content.how == framing::kind::until_close ||
                         (content.how == framing::kind::chunked && asked.minor == 0);
    const bool closes =
        !asked.persistent || asked.minor == 0 || asked.method == "CONNECT" || endless;
    if (status == 426) connection_line = "Upgrade";
    if (closes) connection_line += status == 426 ? ", close" : "close";
  } else if (is_interim(status) && asked.minor == 0) {
    return {kind::passed_over};
  }

  sent.what = kind::sent;
  sent.status = response.start[1];
  for (const field& one : response.header) {
    const bool frames = one.name == "content-length" || one.name == "transfer-encoding";
    if (has_exactly(of_one_hop, one.name) || options.has(one.name)) continue;
    if (frames && !may_frame(one.name, response, asked, content)) continue;
    if (one.name != "transfer-encoding") {
      sent.header.push_back(one);
    } else if (values(sent.header, one.name).empty()) {
      sent.header.push_back({one.name, joined_codings(response)});
    }
  }
  sent.header.push_back({"via", "1." + std::to_string(response.minor) + " " + name});
  if (!connection_line.empty()) sent.header.push_back({"connection", connection_line});
  if (!upgrade_line.empty()) sent.header.push_back({"upgrade", upgrade_line});
  return sent;
}

}  // namespace reference
