// Checks a request against the profiles of known protocols.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>
#include <utility>
#include <vector>

#include "heads.hpp"
#include "profiles.hpp"
#include "report.hpp"

/// The result for one profile.
struct token_report {
  std::string key;       ///< its name in JSON
  json machine;          ///< {"ok": true, ...} or {"ok": false, ...}
  turnout::failure why;  ///< with ok: false, what is wrong, and at which octet of the head
  std::string answer;    ///< with ok: true, the 101 that a server would send
};

namespace tokens_detail {

/// The field for a failure of a protocol's own checks.
inline turnout::field_name field_of(turnout::errc code) {
  using enum turnout::errc;
  using turnout::field_name;
  switch (code) {
    case missing_websocket_key:
    case repeated_websocket_key:
    case bad_websocket_key:
      return field_name::sec_websocket_key;
    case missing_websocket_version:
    case repeated_websocket_version:
    case bad_websocket_version:
    case unsupported_websocket_version:
      return field_name::sec_websocket_version;
    case bad_websocket_protocol:
    case repeated_subprotocol:
      return field_name::sec_websocket_protocol;
    case bad_websocket_extensions:
      return field_name::sec_websocket_extensions;
    case repeated_origin:
      return field_name::origin;
    case missing_http2_settings:
    case repeated_http2_settings:
    case bad_http2_settings:
    case forbidden_http2_setting:
      return field_name::http2_settings;
    case missing_stream_protocol:
      return field_name::x_stream_protocol_version;
    default:
      return field_name::upgrade;
  }
}

/// The 101 of an agreement.
template <class Agreement>
std::string switch_for(const Agreement& agreed, const inspected_request& request,
                       std::span<const turnout::field_line> fields = {}) {
  const bool waits = turnout::rules::expects_continue(request.facts);
  const auto written = turnout::write_switch(agreed, waits, fields, {});
  std::string octets(written.error().at, '\0');
  (void)turnout::write_switch(agreed, waits, fields, octets);
  return octets;
}

/// Runs `read(offer, machine, answer)` on an offer that fits the profile; it returns what is wrong,
/// and at which octet of the head.
template <class Read>
token_report judge(std::string key, const turnout::profile& wanted,
                   const inspected_request& request, const Read& read) {
  token_report all{std::move(key), {{"ok", true}}, {}, {}};
  const turnout::profile profiles[] = {wanted};
  const auto judged = turnout::examine_request(request.facts, profiles);
  if (judged.what == turnout::verdict::kind::offer)
    all.why = read(judged.offer, all.machine, all.answer);
  else
    all.why = request.located(judged.found);
  if (all.why.code == turnout::errc::none) return all;
  all.answer.clear();
  // Not assigned as a list in place, since Clang 14 leaks the replaced value.
  json refused = {{"ok", false}, {"reason", json_reason(all.why)}};
  all.machine = std::move(refused);
  // Without a status, the request is not refused: it is an ordinary one.
  const auto status = turnout::explain(all.why.code).status;
  if (status != 0 && !wanted.opportunistic) all.machine["status"] = status;
  return all;
}

inline token_report judge_websocket(const inspected_request& request) {
  namespace websocket = turnout::websocket;
  const auto read = [&request](const turnout::offer& offered, json& machine, std::string& answer) {
    const auto asked = websocket::offer::read(offered);
    if (!asked) return request.located({asked.error(), field_of(asked.error().code)});
    websocket::terms chosen;
    json subprotocols = json::array();
    for (const turnout::field::subprotocol& one : asked->subprotocols()) {
      if (chosen.subprotocol.empty()) chosen.subprotocol = one.text;
      subprotocols.push_back(json_text(one.text));
    }
    machine["accept"] = websocket::accept_for(asked->key()).text();
    machine["subprotocols"] = subprotocols;
    machine["extensions"] = json_extensions(asked->extensions());
    if (!asked->origin().empty()) machine["origin"] = json_text(asked->origin());
    answer = switch_for(*asked->agree(chosen), request);
    return turnout::failure{};
  };
  token_report all = judge("websocket", websocket::profile, request, read);
  if (all.machine.contains("status"))
    all.machine["status"] = websocket::agreement::refusal_for(all.why.code).status;
  return all;
}

inline token_report judge_h2c(const inspected_request& request) {
  const auto read = [&request](const turnout::offer& offered, json& machine, std::string& answer) {
    const auto agreed = turnout::h2c::agree(offered);
    if (!agreed) return request.located({agreed.error(), field_of(agreed.error().code)});
    machine["settings"] = json::array();
    for (const turnout::field::http2_setting& one : agreed->settings())
      machine["settings"].push_back(json::array({one.id, one.value}));
    answer = switch_for(*agreed, request);
    return turnout::failure{};
  };
  return judge("h2c", turnout::h2c::profile, request, read);
}

/// For protocols whose path names a target, which `show(target, machine)` adds.
template <class Target, class Show>
token_report judge_tunnel(std::string key, const inspected_request& request, const Show& show) {
  const auto read = [&](const turnout::offer& offered, json& machine, std::string& answer) {
    if (const auto found = turnout::masque::check_no_content(request.facts))
      return request.located(found);
    const std::string_view path = request.head.target.path;
    const auto asked = turnout::masque::offer<Target>::read(offered, path);
    if (!asked) {
      const auto begin = static_cast<std::size_t>(path.data() - request.head.octets.data());
      return turnout::failure{asked.error().code, begin + asked.error().at};
    }
    show(asked->target(), machine);
    answer = switch_for(asked->agree(), request);
    return turnout::failure{};
  };
  return judge(std::move(key), Target::profile, request, read);
}

inline token_report judge_spdy(const inspected_request& request) {
  const auto read = [&request](const turnout::offer& offered, json& machine, std::string& answer) {
    const auto asked = stream_protocols(request.facts);
    const auto agreed = turnout::kubernetes::agree(offered, asked);
    if (!agreed) return request.located({agreed.error(), field_of(agreed.error().code)});
    machine["stream_protocols"] = json::array();
    for (const std::string_view one : asked) machine["stream_protocols"].push_back(json_text(one));
    answer = switch_for(*agreed, request);
    return turnout::failure{};
  };
  return judge("spdy", turnout::kubernetes::spdy, request, read);
}

/// For protocols without checks of their own.
inline token_report judge_plain(std::string key, const turnout::profile& wanted,
                                const inspected_request& request,
                                std::span<const turnout::field_line> fields = {}) {
  const auto read = [&](const turnout::offer& offered, json&, std::string& answer) {
    answer = switch_for(*offered.agree(wanted.token), request, fields);
    return turnout::failure{};
  };
  return judge(std::move(key), wanted, request, read);
}

}  // namespace tokens_detail

/// The result for the profile of a protocol, for a request that passed check_upgrade(); nothing for
/// an unknown protocol.
inline std::optional<token_report> judge_token(const turnout::protocol& token,
                                               const inspected_request& request) {
  using namespace tokens_detail;
  const auto known = known_profile(token);
  if (!known) return {};
  const std::string name = lowered(token.name);
  const auto show_host = [](const auto& target, json& machine) {
    machine["host"] = json_text(target.host.text());
    machine["port"] = target.port;
  };
  if (name == "websocket") return judge_websocket(request);
  if (name == "h2c") return judge_h2c(request);
  if (name == "connect-udp")
    return judge_tunnel<turnout::connect_udp::target>(name, request, show_host);
  if (name == "connect-tcp")
    return judge_tunnel<turnout::connect_tcp::target>(name, request, show_host);
  if (name == "connect-ip")
    return judge_tunnel<turnout::connect_ip::target>(
        name, request, [](const turnout::connect_ip::target& target, json& machine) {
          machine["target"] = json_text(target.scope.text());
          machine["ipproto"] = target.protocol < 0 ? json("*") : json(target.protocol);
        });
  if (name == "spdy") return judge_spdy(request);
  if (name == "tls") {
    token_report all = judge_plain(name, *known, request);
    if (all.machine["ok"] == true) all.machine["version"] = json_text(token.version);
    return all;
  }
  static constexpr turnout::field_line stream{"Content-Type", turnout::docker::raw_stream};
  return judge_plain(name, *known, request, {&stream, 1});
}

/// The results for the known protocols among the offers, each name once; empty if Upgrade is
/// ignored.
inline std::vector<token_report> judge_tokens(const inspected_request& request) {
  std::vector<token_report> all;
  if (turnout::rules::check_upgrade(request.facts, turnout::grammar::default_list_elements))
    return all;
  for (const turnout::protocol& one :
       *turnout::field::upgrade::parse(request.facts.lines(turnout::field_name::upgrade))) {
    auto said = judge_token(one, request);
    const auto is_said = [&said](const token_report& before) { return before.key == said->key; };
    if (said && std::none_of(all.begin(), all.end(), is_said)) all.push_back(std::move(*said));
  }
  return all;
}
