// The laws of everything that is read from a field value, a line or a URI, each for any octets.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/grammar.hpp"
#include "support/windows.hpp"
#include "turnout/protocol.hpp"
#include "turnout/turnout.hpp"

namespace value_laws {

using namespace turnout;

using room = std::array<char, 16384>;

/// Law 3: what was read is written, and read again as the same. An octet less is too little room.
template <class Value>
std::string reads_what_it_writes(std::string_view octets) {
  windows::in_blocks window;
  const auto read = Value::parse(window(octets));
  if (!read) return read.error().at <= octets.size() ? "" : "the fault is past the end";
  room out{};
  room cramped{};
  const auto written = write(*read, out);
  if (!written) return "what was read can't be written";
  const auto again = Value::parse(*written);
  if (!again || !(*again == *read)) return "it is read again as another value";
  if (written->empty()) return {};
  const auto small = write(*read, std::span{cramped}.first(written->size() - 1));
  const bool refused = small.error() == failure{errc::no_space, written->size()};
  return refused && cramped == room{} ? "" : "the room needed is not the room named";
}

/// A list of tokens, or of elements made of tokens, has the elements that the reference finds.
template <class List, class IsElement>
std::string lists_as_reference(std::string_view octets, const IsElement& is_element) {
  if (octets.find_first_of("\r\n") != octets.npos) return {};  // The reference has no folds here.
  const auto read = List::parse(octets);
  const reference::list expected = reference::read_list({reference::text{octets}}, is_element);
  if (expected.sound() != bool{read}) return "the reference judges it otherwise";
  if (!read) return {};
  std::vector<std::string> elements;
  for (const auto& one : *read) {
    room out{};
    elements.emplace_back(*write(one, out));
  }
  return elements == expected.elements ? "" : "the reference finds other elements";
}

/// An authority is read as the reference does.
inline std::string authority_as_reference(std::string_view octets) {
  windows::in_blocks window;
  const auto read = grammar::authority::parse(window(octets));
  const auto expected = reference::read_authority(reference::text{octets});
  if (bool{read} != expected.has_value()) return "the reference judges it otherwise";
  if (!read || (read->host == expected->host && read->port == expected->port)) return {};
  return "the reference finds another host or port";
}

/// What base64 says is written as text of the same size, which says the same. It need not be the
/// same text: bits left over are not looked at.
inline std::string base64_says_the_same(std::string_view octets, grammar::base64 variant) {
  windows::in_blocks window;
  const std::string_view text = window(octets);
  const auto size = grammar::check_base64(text, variant);
  std::vector<std::uint8_t> decoded(octets.size());
  const auto written = grammar::decode_base64(text, decoded, variant);
  if (size.error() != written.error()) return "checked and decoded otherwise";
  if (!size) return size.error().at <= octets.size() ? "" : "the fault is past the end";
  if (*size != *written) return "another size is written than said";
  std::string again(octets.size(), '\0');
  const auto encoded = grammar::encode_base64(std::span{decoded}.first(*size), again, variant);
  if (!encoded || *encoded != octets.size()) return "the text has another size";
  std::vector<std::uint8_t> meant(octets.size());
  const auto same = grammar::decode_base64(again, meant, variant);
  return same && *same == *size && meant == decoded ? "" : "the text says something else";
}

/// A number in decimal digits is what it is, up to a bound.
inline std::string decimal_is_exact(std::string_view octets, std::uint64_t most) {
  std::uint64_t number = 0;
  bool sound = !octets.empty();
  for (const char octet : octets) {
    const auto digit = static_cast<std::uint64_t>(octet - '0');
    sound = sound && octet >= '0' && octet <= '9' && number <= (most - digit) / 10 && digit <= most;
    if (sound) number = number * 10 + digit;
  }
  windows::in_blocks window;
  const auto read = grammar::parse_decimal(window(octets), most);
  return bool{read} == sound && (!sound || *read == number) ? "" : "another number";
}

/// A token or a quoted-string means what the reference says, and is written as the same again.
inline std::string word_as_reference(std::string_view octets) {
  windows::in_blocks window;
  const auto read = grammar::token_or_quoted_string::parse_prefix(window(octets));
  if (!read) return {};
  const reference::text taken{octets.substr(0, read->size)};
  const auto meant = reference::is_token(taken) ? taken : reference::unquote(taken);
  if (!meant || !(read->value == std::string_view{*meant}))
    return "the reference reads another text";
  room out{};
  const auto written = write(read->value, out);
  if (!written) return "what was read can't be written";
  const auto again = grammar::token_or_quoted_string::parse_prefix(*written);
  return again && again->value == read->value ? "" : "it is read again as another text";
}

/// A search by class finds the first octet that is of another one, wherever the octets lie.
template <grammar::octet_class Class, class Is>
std::string finds_first(std::string_view octets, const Is& is) {
  windows::in_blocks window;
  const std::string_view shown = window(octets);
  for (std::size_t from = 0; from <= std::min<std::size_t>(shown.size(), 40); ++from) {
    std::size_t first = from;
    while (first < shown.size() && is(shown[first])) ++first;
    if (grammar::find_not<Class>(shown, from) != first) return "another octet is found";
  }
  return {};
}

/// What percent-encoding means is encoded and decoded as the same again.
inline std::string uri_variable_decodes(std::string_view octets) {
  windows::in_blocks window;
  room decoded{};
  const auto size = grammar::decode_uri_variable(window(octets), decoded);
  if (!size) return {};
  const std::string_view meant{decoded.data(), *size};
  room out{};
  const auto put = [meant](writer& to) { grammar::put_uri_variable(to, meant); };
  const auto written = write_whole(out, put);
  room again{};
  const auto other = grammar::decode_uri_variable(*written, again);
  return other && meant == std::string_view{again.data(), *other} ? "" : "it means something else";
}

/// What a template finds in an expansion of it expands to the same again.
inline std::string template_matches_expansion(std::string_view octets) {
  windows::in_blocks window;
  const auto form = grammar::uri_template::parse(window(octets));
  if (!form) return form.error().at <= octets.size() ? "" : "the fault is past the end";
  const grammar::template_variable values[] = {{"host", "2001:db8::1"}, {"port", "443"}};
  room out{};
  const auto expanded = write_whole(out, [&](writer& to) { form->put(to, values); });
  if (!expanded) return {};
  grammar::template_variable found[] = {{"host"}, {"port"}};
  if (!form->match(*expanded, found)) return {};
  std::array<room, 2> decoded{};
  for (std::size_t i = 0; i < 2; ++i) {
    const auto size = grammar::decode_uri_variable(found[i].value, decoded[i]);
    if (size) found[i].value = {decoded[i].data(), *size};
  }
  room again{};
  const auto other = write_whole(again, [&](writer& to) { form->put(to, found); });
  return other && *other == *expanded ? "" : "another expansion";
}

/// Reports that have no backslashes are written as they are read.
inline std::string reports_read_what_they_write(std::string_view octets) {
  windows::in_blocks window;
  const auto status = field::proxy_status::parse(window(octets));
  if (!status) return status.error().at <= octets.size() ? "" : "the fault is past the end";
  for (const field::proxy_report& one : *status) {
    room out{};
    if (one.proxy.empty() || octets.find('\\') != octets.npos) continue;
    const auto written = write(one, out);
    if (!written) return "what was read can't be written";
    const auto again = field::proxy_status::parse(*written);
    if (!again || !(*again->begin() == one)) return "it is read as another report";
  }
  return {};
}

/// A URI leads to the host, the port and the target that a server then reads, and to itself.
inline std::string uri_is_asked_for(std::string_view octets) {
  windows::in_blocks window;
  const auto read = websocket::uri::parse(window(octets));
  if (!read) return read.error().at <= octets.size() ? "" : "the fault is past the end";
  if (read->port == 0 && octets.find(":0") == octets.npos) return "a port from nowhere";
  const std::array<std::uint8_t, 16> nonce{};
  const websocket::proposal asked{nonce, {.target = read->target, .host = read->host}};
  room out{};
  const auto written = write_request(asked, out);
  if (!written) return "it can't be asked for";
  static constexpr profile spoken[] = {websocket::profile};
  server_handshake server{spoken};
  const auto now = server.receive(*written);
  if (now.what != server_step::upgrade_offered || !now.rest.empty())
    return "it is no sound request";
  const bool lacks_path = read->target.empty() || read->target.front() == '?';
  if (now.request.target.octets != (lacks_path ? "/" : "") + std::string{read->target})
    return "another target is asked for";
  if (now.facts.lines(field_name::host).first() != read->host) return "another host is asked";
  const auto moved = read->moved(octets);
  return moved && *moved == *read ? "" : "it does not lead to itself";
}

/// The names that TLS negotiates are written as the same octets, and go through ALPN unchanged.
inline std::string names_go_through_alpn(std::string_view octets) {
  windows::in_blocks window;
  const auto read = alpn::protocol_name_list::parse(window(octets));
  if (!read) return read.error().at <= octets.size() ? "" : "the fault is past the end";
  if (read->contains("h2c")) return {};  // It is never written.
  room out{};
  const auto written =
      write_whole(out, [&read](writer& to) { alpn::put_protocol_names(to, *read); });
  if (!written || *written != octets) return "other octets are written";
  room field_out{};
  const auto value = write_whole(field_out, [&read](writer& to) { field::put_alpn(to, *read); });
  if (!value) return "the names are no value of ALPN";
  const auto list = field::alpn::parse(*value, SIZE_MAX);
  if (!list) return "ALPN is read otherwise";
  auto there = list->begin();
  std::vector<std::string_view> names;
  for (const std::string_view name : *read) {
    if (!(*there++ == name)) return "ALPN has another name";
    names.push_back(name);
  }
  const auto chosen = alpn::select_protocol(*read, names, preference::client);
  return chosen && *chosen == names.front() ? "" : "the first name is not chosen";
}

/// Settings are those in the octets of their frame, and are written as the same text.
inline std::string settings_are_those_of_the_frame(std::string_view octets) {
  windows::in_blocks window;
  const auto read = field::http2_settings::parse(window(octets));
  if (!read) return read.error().at <= octets.size() ? "" : "the fault is past the end";
  std::vector<std::uint8_t> frame(read->size() * 6);
  if (!read->decode(frame)) return "the frame has another size";
  std::vector<field::http2_setting> settings(read->begin(), read->end());
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const std::uint8_t* const at = frame.data() + i * 6;
    std::uint32_t value = 0;
    for (std::size_t octet = 2; octet < 6; ++octet) value = value << 8 | at[octet];
    if (settings[i].id != (at[0] << 8 | at[1]) || settings[i].value != value)
      return "another setting";
  }
  if (read->value_of(settings.back().id, 0) != settings.back().value)
    return "the last setting does not count";
  room out{};
  const auto written =
      write_whole(out, [&settings](writer& to) { field::put_http2_settings(to, settings); });
  return written && *written == octets ? "" : "other octets are written";
}

}  // namespace value_laws
