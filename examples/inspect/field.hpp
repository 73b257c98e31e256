// One field value.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <turnout/protocol.hpp>
#include <turnout/turnout.hpp>

#include "finish.hpp"
#include "heads.hpp"
#include "report.hpp"

namespace field_detail {

using turnout::errc;
using turnout::failure;

/// A list as JSON, with each element from `show`; or why it is malformed.
template <class List, class Show>
failure read_list(std::string_view value, json& machine, const Show& show) {
  const auto listed = List::parse(value);
  if (!listed) return listed.error();
  machine["value"] = json::array();
  for (const auto& one : *listed) machine["value"].push_back(show(one));
  return {};
}

inline failure read_upgrade(std::string_view value, json& machine) {
  return read_list<turnout::field::upgrade>(value, machine, json_protocol);
}

inline failure read_connection(std::string_view value, json& machine) {
  return read_list<turnout::field::connection>(
      value, machine,
      [](const turnout::field::connection_option& one) { return json_lowered(one.text); });
}

inline failure read_subprotocols(std::string_view value, json& machine) {
  return read_list<turnout::field::sec_websocket_protocol>(
      value, machine, [](const turnout::field::subprotocol& one) { return json(one.text); });
}

inline failure read_versions(std::string_view value, json& machine) {
  return read_list<turnout::field::sec_websocket_version>(
      value, machine,
      [](const turnout::field::websocket_version& one) { return json(one.number); });
}

inline failure read_alpn(std::string_view value, json& machine) {
  return read_list<turnout::field::alpn>(
      value, machine, [](const turnout::field::protocol_id& one) {
        return json(json_text(written([&one](turnout::writer& to) { one.put_name(to); })));
      });
}

inline failure read_extensions(std::string_view value, json& machine) {
  namespace deflate = turnout::websocket::permessage_deflate;
  const auto listed = turnout::field::sec_websocket_extensions::parse(value);
  if (!listed) return listed.error();
  machine["value"] = json_extensions(*listed);
  machine["permessage_deflate"] = json::array();
  for (const turnout::field::extension& one : *listed)
    if (one.name == deflate::name)
      machine["permessage_deflate"].push_back(deflate::offer::read(one) ? "ok" : "decline");
  return {};
}

inline failure read_settings(std::string_view value, json& machine) {
  const auto settings = turnout::field::http2_settings::parse(value);
  if (!settings) return settings.error();
  machine["value"] = json::array();
  for (const turnout::field::http2_setting& one : *settings)
    machine["value"].push_back(json::array({one.id, one.value}));
  return {};
}

inline failure read_capsule_protocol(std::string_view value, json& machine) {
  const auto said = turnout::field::capsule_protocol::parse(value);
  if (!said) return said.error();
  machine["value"] = said->in_use;
  return {};
}

inline failure read_key(std::string_view value, json& machine) {
  const auto key = turnout::field::sec_websocket_key::parse(value);
  if (!key) return key.error();
  machine["value"] = turnout::websocket::accept_for(*key).text();
  return {};
}

/// A field that can be inspected on its own, and how it is read.
struct reader {
  std::string_view name;
  failure (*read)(std::string_view value, json& machine);
};

inline constexpr reader readers[] = {
    {"upgrade", read_upgrade},
    {"connection", read_connection},
    {"sec-websocket-protocol", read_subprotocols},
    {"sec-websocket-version", read_versions},
    {"sec-websocket-extensions", read_extensions},
    {"sec-websocket-key", read_key},
    {"alpn", read_alpn},
    {"http2-settings", read_settings},
    {"capsule-protocol", read_capsule_protocol},
};

/// The report on a value, well-formed or not.
inline report report_on(const inspected& input, const json& machine, failure why,
                        const std::string& hint = {}) {
  report found;
  if (!hint.empty()) found.hints.push_back(hint);
  found.inputs = {input};
  found.machine["ok"] = why.code == errc::none;
  if (why.code == errc::none) {
    found.machine.update(machine);
    found.summary = fmt::format("ok: {}", machine["value"].dump(-1, ' ', true));
  } else {
    found.machine["reason"] = json_reason(why);
    found.status = negative;
    found.summary = "not ok";
    say(found, {diagnostic::level::error, why});
  }
  finish(found, {});
  return found;
}

}  // namespace field_detail

/// The names of the fields that can be inspected.
inline std::string field_names() {
  std::string names = "sec-websocket-accept";
  for (const auto& one : field_detail::readers) names += fmt::format(", {}", one.name);
  return names;
}

/// How a field is read; nullptr for any other field.
inline const field_detail::reader* find_reader(std::string_view name) {
  for (const auto& one : field_detail::readers)
    if (turnout::grammar::equal_ignoring_case(one.name, name)) return &one;
  return nullptr;
}

/// Inspects one field value. Whitespace may be around it, as between a colon and the end of a line.
inline report inspect_field(const field_detail::reader& field, const inspected& input) {
  using namespace field_detail;
  // A list may not contain a line fold here: there are no lines.
  const auto bad = turnout::grammar::find_not<turnout::grammar::octet_class::field>(input.octets);
  if (bad < input.octets.size()) return report_on(input, {}, {errc::control_octet, bad});
  json machine = json::object();
  const std::string_view value = turnout::grammar::trim(input.octets);
  failure why = field.read(value, machine);
  if (why.code != errc::none) why.at += offset_in(input.octets, value);
  return report_on(input, machine, why);
}

/// Inspects the value of Sec-WebSocket-Accept: whether it matches a key.
inline report inspect_accept(const turnout::field::sec_websocket_key& key, const inspected& input) {
  const auto expected = turnout::websocket::accept_for(key);
  const bool right = expected == turnout::grammar::trim(input.octets);
  const std::string hint = right ? "" : fmt::format("the key requires {}", expected.text());
  return field_detail::report_on(input, {{"value", right}}, {}, hint);
}
