// Flaws of responses that clients nevertheless accept.
#pragma once

#include <cstddef>
#include <string_view>
#include <turnout/turnout.hpp>

#include "faulty_octet.hpp"
#include "heads.hpp"
#include "report.hpp"

namespace response_flaws_detail {

using level = diagnostic::level;
using turnout::errc;
using turnout::field_name;

/// A response, and where it is.
struct place {
  const inspected_response* response;
  std::size_t where;  ///< the input that it is in
  std::size_t begin;  ///< where its head begins there

  void add(report& to, errc code, field_name field) const {
    turnout::failure why = response->located({{code, 0}, field});
    why.at += begin;
    say(to, {level::warning, why, where});
  }

  void add(report& to, diagnostic one) const {
    one.why.at += begin;
    one.where = where;
    say(to, std::move(one));
  }
};

/// Adds a 426 without Upgrade, and an Upgrade that was meant for another connection.
inline void say_advertisement(report& to, const place& here) {
  const turnout::facts& facts = here.response->facts;
  if (facts.status() == 426 && !facts.has(field_name::upgrade))
    here.add(to, errc::no_upgrade, field_name::upgrade);
  else if (facts.has(field_name::upgrade) && !nominates(facts, "upgrade"))
    here.add(to, errc::upgrade_not_nominated, field_name::upgrade);
}

/// Adds fields about content, which a 101 must not have.
inline void say_content(report& to, const place& here) {
  for (const field_name framed : {field_name::content_length, field_name::transfer_encoding})
    if (here.response->facts.has(framed)) here.add(to, errc::content_not_allowed, framed);
}

inline void say_close(report& to, const place& here) {
  if (!nominates(here.response->facts, "close")) return;
  here.add(to, {.how = level::warning,
                .why = {errc::none, option_in(*here.response, "close")},
                .code = "close_with_upgrade",
                .text = "Connection lists close: it is for the final response, which a 101 is not",
                .section = "RFC 9112 section 9.6",
                .help = "leave close out of the 101: some clients give up"});
}

/// Adds several versions of TLS in a 101, of which one is enough.
inline void say_versions(report& to, const place& here) {
  const auto lines = here.response->facts.lines(field_name::upgrade);
  const auto named = turnout::field::upgrade::parse(lines);
  if (!named || named->size() < 2 || named->begin()->name != "TLS") return;
  const auto second = ++named->begin();
  if (second->name != "TLS") return;
  here.add(to, {.how = level::warning,
                .why = {errc::none, octet_of(*here.response, field_name::upgrade, second.offset())},
                .code = "several_versions",
                .text = "a 101 names several versions of TLS: the TLS handshake chooses one",
                .section = "RFC 9110 section 7.8",
                .help = "CUPS does this; name only the version that is used, if you can"});
}

/// Adds an extra empty line, which is read as the new protocol.
inline void say_stray_line_end(report& to, const place& here) {
  const std::string_view rest = here.response->reading.rest;
  const turnout::facts& facts = here.response->facts;
  if (!rest.starts_with('\r') && !rest.starts_with('\n')) return;
  if (!names_protocol(facts, "websocket") && !names_protocol(facts, "h2c")) return;
  here.add(to, {.how = level::warning,
                .why = {errc::none, here.response->head.octets.size()},
                .code = "stray_line_end",
                .text = "a line end follows the head, and is read as the first octet of a frame",
                .section = "RFC 9112 section 2.1",
                .help = "end the 101 with one empty line: some handler adds its own"});
}

}  // namespace response_flaws_detail

/// Adds the flaws of a response.
///
/// Takes     where: the input that it is in; begin: where its head begins there
inline void say_response_flaws(report& to, const inspected_response& response, std::size_t where,
                               std::size_t begin) {
  using namespace response_flaws_detail;
  const place here{&response, where, begin};
  const auto status = response.facts.status();
  if (status / 100 != 1) say_advertisement(to, here);
  if (status != 101) return;
  say_content(to, here);
  say_close(to, here);
  say_versions(to, here);
  say_stray_line_end(to, here);
}
