// Each code has words, a section, somebody whose fault it is, and a status code.
#include "turnout/core/explanations.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "support/both.hpp"
#include "turnout/core/explain.hpp"

using turnout::errc;
using turnout::explain;
using turnout::fault;

namespace {

// The last enumerator; beyond it there is nothing to explain.
constexpr errc last = errc::capsule_too_long;

// What explain() says of every code. It is asked once, since it measures its texts.
struct explained {
  turnout::explanation all[static_cast<std::size_t>(last) + 1];

  constexpr explained() {
    for (std::size_t i = 0; i < std::size(all); ++i) all[i] = explain(static_cast<errc>(i));
  }
};

constexpr explained every;

// True if `holds(explanation)` for every code.
constexpr bool holds_for_all(auto holds) {
  for (const turnout::explanation& one : every.all)
    if (!holds(one)) return false;
  return true;
}

constexpr bool in_order() {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i)
    if (static_cast<std::size_t>(explain(static_cast<errc>(i)).code) != i) return false;
  return true;
}

}  // namespace

TEST_CASE("every code has its own explanation") {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    CAPTURE(i);
    CHECK(static_cast<std::size_t>(explain(static_cast<errc>(i)).code) == i);
  }
  CHECK_BOTH(in_order());
  CHECK_BOTH(explain(errc::none).code == errc::none);
  CHECK_BOTH(explain(last).code == last);
  CHECK_BOTH(std::size(turnout::detail::explanation_table::rows) ==
             static_cast<std::size_t>(last) + 1);
}

TEST_CASE("a text is one sentence without its full stop") {
  CHECK_BOTH(holds_for_all([](const auto& one) { return one.text.size() > 10; }));
  CHECK_BOTH(holds_for_all([](const auto& one) { return !one.text.ends_with('.'); }));
  CHECK_BOTH(holds_for_all([](const auto& one) { return one.text.find("  ") == one.text.npos; }));
}

TEST_CASE("no two codes have the same text") {
  CHECK_BOTH(holds_for_all([](const auto& one) {
    return holds_for_all(
        [&](const auto& other) { return one.code == other.code || one.text != other.text; });
  }));
}

TEST_CASE("every status code is that of an error response, or 0") {
  CHECK_BOTH(holds_for_all(
      [](const auto& one) { return one.status == 0 || (one.status >= 400 && one.status <= 599); }));
}

TEST_CASE("every code for a broken rule names the section of the RFC") {
  CHECK_BOTH(holds_for_all([](const auto& one) {
    return !one.section.empty() || one.whose == fault::nobody || one.whose == fault::caller;
  }));
  CHECK_BOTH(holds_for_all([](const auto& one) {
    const bool rfc = one.section.starts_with("RFC ") && one.section.find(" section ") == 8;
    return one.section.empty() || rfc || one.section == "Kubernetes";  // for which there is none
  }));
}

TEST_CASE("the status codes fit whose fault it is") {
  CHECK_BOTH(holds_for_all([](const auto& one) {
    switch (one.whose) {
      case fault::nobody:
        return one.code == errc::none && one.status == 0;
      case fault::caller:
        return one.status == 500;
      case fault::peer:
        return one.status != 500;
      case fault::limit:
        return one.status != 0 && one.status != 500;
    }
    return false;
  }));
}

TEST_CASE("some explanations are as expected") {
  struct row {
    errc code;
    fault whose;
    std::uint16_t status;
    std::string_view section;
  };
  constexpr row rows[] = {
      {errc::none, fault::nobody, 0, ""},
      {errc::no_space, fault::caller, 500, ""},
      {errc::out_of_turn, fault::caller, 500, ""},
      {errc::bad_token, fault::peer, 400, "RFC 9110 section 5.6.2"},
      {errc::too_many_elements, fault::limit, 431, "RFC 9110 section 5.4"},
      {errc::bad_quoted_string, fault::peer, 400, "RFC 9110 section 5.6.4"},
      {errc::bare_cr, fault::peer, 400, "RFC 9112 section 2.2"},
      {errc::unsupported_http_version, fault::peer, 505, "RFC 9110 section 15.6.6"},
      {errc::bad_status_line, fault::peer, 502, "RFC 9112 section 4"},
      {errc::folded_field_line, fault::peer, 400, "RFC 9112 section 5.2"},
      {errc::timed_out, fault::peer, 408, "RFC 9110 section 15.5.9"},
      {errc::start_line_too_long, fault::limit, 414, "RFC 9112 section 3"},
      {errc::field_line_too_long, fault::limit, 431, "RFC 9110 section 5.4"},
      {errc::head_too_large, fault::limit, 431, "RFC 9110 section 5.4"},
      {errc::too_many_interim_responses, fault::limit, 502, "RFC 9110 section 15.2"},
      {errc::missing_host, fault::peer, 400, "RFC 9112 section 3.2"},
      {errc::unknown_transfer_coding, fault::peer, 501, "RFC 9112 section 6.1"},
      {errc::expectation_failed, fault::peer, 417, "RFC 9110 section 10.1.1"},
      {errc::bad_max_forwards, fault::peer, 400, "RFC 9110 section 7.6.2"},
      {errc::bad_structured_item, fault::peer, 400, "RFC 9651 section 4.2.3"},
      {errc::no_upgrade, fault::peer, 0, "RFC 9110 section 7.8"},
      {errc::upgrade_not_nominated, fault::peer, 0, "RFC 9110 section 7.6.1"},
      {errc::forbidden_http2_setting, fault::peer, 0, "RFC 7540 section 6.5.2"},
      {errc::bad_capsule_protocol, fault::peer, 0, "RFC 9297 section 3.4"},
      {errc::no_application_protocol, fault::peer, 400, "RFC 7301 section 3.2"},
      {errc::protocol_name_not_offered, fault::peer, 502, "RFC 7301 section 3.1"},
      {errc::unknown_method, fault::peer, 501, "RFC 9110 section 9.1"},
      {errc::method_not_allowed, fault::peer, 405, "RFC 9110 section 7.8"},
      {errc::bad_chunk_size, fault::peer, 400, "RFC 9112 section 7.1"},
      {errc::chunk_line_too_long, fault::limit, 400, "RFC 9112 section 7.1"},
      {errc::continue_first, fault::caller, 500, "RFC 9110 section 10.1.1"},
      {errc::unsolicited_response, fault::peer, 502, "RFC 9112 section 9.2"},
      {errc::protocol_not_offered, fault::peer, 502, "RFC 9110 section 7.8"},
      {errc::unsupported_websocket_version, fault::peer, 426, "RFC 6455 section 4.4"},
      {errc::wrong_websocket_accept, fault::peer, 502, "RFC 6455 section 4.1"},
  };
  for (const row& expected : rows) {
    CAPTURE(static_cast<int>(expected.code));
    const auto& found = explain(expected.code);
    CHECK(found.whose == expected.whose);
    CHECK(found.status == expected.status);
    CHECK(found.section == expected.section);
  }
}

TEST_CASE("a reason to ignore an offer is not an error") {
  constexpr errc first = errc::no_upgrade;
  constexpr errc after = errc::unknown_method;
  CHECK_BOTH(holds_for_all([](const auto& one) {
    const bool reason_to_ignore = one.code >= first && one.code < after;
    return (one.status == 0) == (reason_to_ignore || one.code == errc::none);
  }));
}
