// What an intermediary forwards, compared with the reference, and laws of all forwarded heads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/forwarded_answer.hpp"
#include "reference/forwarding.hpp"
#include "support/beside.hpp"
#include "support/forwarded.hpp"

namespace forwarding_laws {

using namespace turnout;
using verdict_kind = forwarding::verdict::kind;
using reference::text;

inline constexpr relay_policy policy{.allowed = beside::spoken, .name = "p"};

/// A request as the reference sends it on, or why it does not.
inline text print(const reference::forwarding& made) {
  using what = reference::forwarding::kind;
  if (made.what == what::incomplete) return "incomplete";
  if (made.what == what::broken) return "broken";
  if (made.what == what::answered) return "answered";
  if (made.what == what::refused) return "refused " + std::to_string(made.status);
  text printed = made.start + "\n";
  for (const reference::field& one : made.header) {
    printed += one.name + ": ";
    // Whitespace in a list of codings means nothing, and is not the same in both.
    for (const char octet : one.value)
      if (one.name != "transfer-encoding" || octet != ' ') printed += octet;
    printed += "\n";
  }
  return printed;
}

/// The same of what the library does, which the reference reads.
inline text print(std::string_view octets) {
  const forwarded::request asked{octets, policy};
  if (asked.what == head_step::need_more) return "incomplete";
  if (asked.what == head_step::failed) return "broken";
  if (asked.judged.what == verdict_kind::respond) return "answered";
  if (asked.judged.what == verdict_kind::refuse)
    return "refused " +
           std::to_string(refusal_for(asked.judged.found.why.code, policy.allowed).status);
  const reference::head sent = reference::read_request_head(forwarded::octets(octets, policy));
  if (sent.what != reference::found::whole) return "unreadable";
  return print({reference::forwarding::kind::sent, 0,
                sent.start[0] + " " + sent.start[1] + " " + sent.start[2], sent.header});
}

/// Says where the library and the reference part ways.
inline text sent_as_reference(const text& octets) {
  static const auto same = programs::told(policy.allowed);
  const text expected = print(reference::forward(octets, same, "p"));
  const text found = print(octets);
  return found == expected ? "" : "[" + octets + "]: [" + found + "], not [" + expected + "]";
}

/// The names of the forwarded protocols.
inline text names_of(const forwarding::relayed_offer& made) {
  text names;
  made.for_each([&names](const profile& one) { names += programs::written_out(one.token) + " "; });
  return names;
}

inline bool is_forwarded(const forwarded::request& asked) {
  return asked.what == head_step::complete && asked.judged.what != verdict_kind::respond &&
         asked.judged.what != verdict_kind::refuse;
}

/// What is wrong with a forwarded request, if it is forwarded.
inline text sent_is_sound(const text& octets) {
  const forwarded::request asked{octets, policy};
  if (!is_forwarded(asked)) return {};
  const text once = forwarded::octets(octets, policy);
  const forwarded::request read{once, policy};
  if (read.what != head_step::complete || read.head.octets.size() != once.size())
    return "it is not one head";
  if (read.head.version != http_1_1 || read.head.method_name != asked.head.method_name)
    return "it is another request";
  if (rules::check_request(read.seen, grammar::default_list_elements))
    return "it is no sound request";
  if (rules::framing_of(read.seen) != rules::framing_of(asked.seen))
    return "its content ends elsewhere";
  if (rules::expects_continue(read.seen) != rules::expects_continue(asked.seen))
    return "it expects another thing";

  const verdict judged = examine_request(read.seen, policy.allowed);
  const text names = names_of(asked.judged.offer);
  if (names_of(forwarding::relayed_offer{judged.offer}) != names) return "it offers something else";
  if (names.empty() && read.seen.has(field_name::upgrade)) return "it has an offer of nothing";
  if (names.empty() && read.seen.has(field_name::connection)) return "it lists nothing";

  const auto listed = field::connection::parse(asked.seen.lines(field_name::connection), SIZE_MAX);
  for (const field_line& line : read.head.fields) {
    const field_name known = field::known_field(line.name);
    const bool own = known == field_name::connection || known == field_name::upgrade;
    if (!own && listed->contains({line.name})) return "what was listed is there";
    if (!own && rules::is_hop_by_hop(known)) return "what is for one hop is there";
  }
  return {};
}

/// `once`, forwarded again by nobody but Via and Max-Forwards.
inline text once_more(const text& once) {
  const std::size_t via = once.rfind("\r\nVia: ") + 2;
  text twice = once;
  twice.insert(once.find("\r\n", via) + 2, "Via: 1.1 p\r\n");
  const std::size_t hops = once.find("\r\nMax-Forwards: ");
  const bool counts = once.starts_with("OPTIONS ") || once.starts_with("TRACE ");
  if (hops == text::npos || !counts) return twice;
  const std::size_t begin = hops + 16;
  const std::size_t end = once.find("\r\n", begin);
  const auto left = grammar::parse_decimal(std::string_view{once}.substr(begin, end - begin));
  return *left == 0 ? "answered" : twice.replace(begin, end - begin, std::to_string(*left - 1));
}

/// What is wrong with a request that is forwarded again.
inline text sent_once_more(const text& octets) {
  if (!is_forwarded({octets, policy})) return {};
  const text once = forwarded::octets(octets, policy);
  const text twice = forwarded::octets(once, policy);
  return twice == once_more(once) ? "" : "[" + once + "] goes on as [" + twice + "]";
}

/// What is wrong with what goes on if the lines were cut by another parser, and where not all goes
/// on or own lines can't.
inline text sent_if_cut(const text& octets) {
  static constexpr field_line own[] = {{"X", "y"}, {"Host", "z"}};
  for (const relay_policy& by :
       {policy, relay_policy{.allowed = beside::spoken, .drop_underscored = true},
        relay_policy{.allowed = beside::spoken, .fields = own},
        relay_policy{.allowed = beside::spoken, .name = ""}}) {
    const forwarded::request asked{octets, by};
    if (!is_forwarded(asked)) continue;
    const auto write = [&](const auto& fields, std::span<char> out) {
      return forwarding::write_forwarded(asked.head, fields, asked.seen, asked.judged, by, out);
    };
    const text apart = forwarded::same_of_cut_lines(asked.head.fields, write);
    if (!apart.empty()) return "[" + octets + "]: " + apart;
  }
  return {};
}

/// Requests that were sent on: with an offer of all that can be, of one protocol, with none; of a
/// client that speaks HTTP/1.0, or wants no other request; HEAD; and CONNECT.
inline const forwarding::relayed_proposal asked[] = {
    {.protocols = {policy.allowed, ~std::uint64_t{0}}, .persistent = true},
    {.protocols = {policy.allowed, 2}, .persistent = true},
    {.persistent = true},
    {.version = {1, 0}},
    {.protocols = {policy.allowed, 2}},
    {.method = method::head, .persistent = true},
    {.method = method::connect, .persistent = true},
};

/// The same for the reference.
inline reference::sent_request same_as(const forwarding::relayed_proposal& one) {
  reference::sent_request same{.method = text{name_of(one.method)},
                               .minor = one.version.minor,
                               .persistent = one.persistent};
  for (const profile& offered : one.protocols) {
    same.offered.push_back(programs::told(offered));
    same.offered.back().websocket = false;  // Nobody here speaks it.
  }
  return same;
}

/// Whitespace of any kind and size is the same: a fold becomes some.
inline text squeezed(const text& octets) {
  text one;
  for (const char octet : octets) {
    const bool space = octet == ' ' || octet == '\t';
    if (!space) one += octet;
    if (space && (one.empty() || one.back() != ' ')) one += ' ';
  }
  return one;
}

inline text print(const reference::answer& made) {
  using kind = reference::answer::kind;
  if (made.what == kind::incomplete) return "incomplete";
  if (made.what == kind::bad_gateway) return "502";
  if (made.what == kind::passed_over) return "passed over";
  text printed = made.status + "\n";
  for (const reference::field& one : made.header) {
    printed += one.name + ": ";
    // Whitespace in a list of codings means nothing, and is not the same in both.
    for (const char octet : squeezed(one.value))
      if (one.name != "transfer-encoding" || octet != ' ') printed += octet;
    printed += "\n";
  }
  return printed;
}

/// The same of what the library does, which the reference reads.
inline text print(const text& octets, const forwarding::relayed_proposal& to) {
  using kind = response_verdict::kind;
  const forwarded::response read{octets, to, policy};
  if (read.what == head_step::need_more) return "incomplete";
  if (read.what == head_step::failed || read.judged.what == kind::broken) return "502";
  if (read.judged.what == kind::interim && to.version < http_1_1) return "passed over";
  const text sent = forwarded::answer(octets, to, policy);
  if (!sent.starts_with("HTTP/1.1 ") || sent.find("\r\n ") != text::npos) return sent;
  const reference::head again = reference::read_response_head(sent + "x");
  if (again.what != reference::found::whole || again.size != sent.size()) return "unreadable";
  return print({reference::answer::kind::sent, again.start[1], again.header});
}

/// Says where the library and the reference part ways.
inline text answered_as_reference(const text& octets) {
  static const auto allowed = programs::told(policy.allowed);
  static const auto same = [] {
    std::vector<reference::sent_request> all;
    for (const forwarding::relayed_proposal& one : asked) all.push_back(same_as(one));
    return all;
  }();
  for (const forwarding::relayed_proposal& to : asked) {
    const text expected = print(
        reference::send_back(octets, same[static_cast<std::size_t>(&to - asked)], allowed, "p"));
    const text found = print(octets, to);
    if (found != expected) return "[" + octets + "]: [" + found + "], not [" + expected + "]";
  }
  return "";
}

/// What is wrong with what goes back if the lines were cut by another parser.
inline text answered_if_cut(const text& octets) {
  for (const forwarding::relayed_proposal& to : asked) {
    const forwarded::response read{octets, to, policy};
    if (read.what != head_step::complete) return {};
    const auto write = [&](const auto& fields, std::span<char> out) {
      return forwarding::write_forwarded(read.head, fields, read.seen, read.judged, to, policy,
                                         out);
    };
    const text apart = forwarded::same_of_cut_lines(read.head.fields, write);
    if (!apart.empty()) return "[" + octets + "]: " + apart;
  }
  return {};
}

}  // namespace forwarding_laws
