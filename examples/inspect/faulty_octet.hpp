// Finds the element at fault, if a rule of the library only names its field.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <turnout/protocol/websocket.hpp>
#include <turnout/turnout.hpp>

#include "heads.hpp"

namespace faulty_octet_detail {

using turnout::field_name;

/// Where a list has an element for which `is_wrong` holds.
template <class List, class IsWrong>
std::optional<std::size_t> offset_of(turnout::grammar::value_lines lines, const IsWrong& is_wrong) {
  const auto listed = List::parse(lines);
  if (!listed) return {};
  for (auto one = listed->begin(); one != listed->end(); ++one)
    if (is_wrong(*one)) return one.offset();
  return {};
}

inline std::optional<std::size_t> unasked_extension(const turnout::facts& request,
                                                    const turnout::facts& response) {
  constexpr auto field = field_name::sec_websocket_extensions;
  const auto asked = turnout::field::sec_websocket_extensions::parse(request.lines(field));
  return offset_of<turnout::field::sec_websocket_extensions>(
      response.lines(field), [&](const turnout::field::extension& one) {
        if (asked)
          for (const turnout::field::extension& other : *asked)
            if (other.name == one.name) return false;
        return true;
      });
}

}  // namespace faulty_octet_detail

/// The offset in a head for an offset in the lines of a field.
template <class StartLine>
std::size_t octet_of(const inspected_head<StartLine>& head, turnout::field_name field,
                     std::size_t at = 0) {
  const turnout::finding anything{{turnout::errc::incomplete, at}, field};
  return head.located(anything).at;
}

/// Where Connection lists an option, as an offset in the head.
template <class StartLine>
std::size_t option_in(const inspected_head<StartLine>& head, std::string_view option) {
  using namespace faulty_octet_detail;
  const auto at = offset_of<turnout::field::connection>(
      head.facts.lines(field_name::connection),
      [option](const turnout::field::connection_option& one) {
        return turnout::grammar::equal_ignoring_case(one.text, option);
      });
  return octet_of(head, field_name::connection, at.value_or(0));
}

/// Where Upgrade names a protocol, as an offset in the head.
template <class StartLine>
std::size_t protocol_in(const inspected_head<StartLine>& head, std::string_view name) {
  using namespace faulty_octet_detail;
  const auto at = offset_of<turnout::field::upgrade>(head.facts.lines(field_name::upgrade),
                                                     [name](const turnout::protocol& one) {
                                                       return one == turnout::protocol{name, {}};
                                                     });
  return octet_of(head, field_name::upgrade, at.value_or(0));
}

/// A finding of a 101, at the element at fault.
///
/// Takes     why: with an offset in the head
/// Returns   the same, with that of the element if there is a better one
inline turnout::failure at_element(turnout::failure why, const inspected_request& request,
                                   const inspected_response& response) {
  using namespace faulty_octet_detail;
  if (why.code != turnout::errc::extension_not_offered) return why;
  const auto at = unasked_extension(request.facts, response.facts);
  return response.located({{why.code, at.value_or(0)}, field_name::sec_websocket_extensions});
}
