// The elements of permessage-deflate: what they mean, and how they are written.
#include "turnout/protocol/websocket/deflate_parameters.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"

namespace {

namespace deflate = turnout::websocket::permessage_deflate;
using deflate::bare;
using deflate::offer;
using deflate::response;
using turnout::errc;
using turnout::failure;
using turnout::field::extension;
using turnout::field::sec_websocket_extensions;

/// The element of this name, or of this name and these parameters.
constexpr extension element(std::string_view text) { return extension::parse_prefix(text)->value; }

template <class Element>
constexpr failure fault_of(std::string_view text) {
  return Element::read(element(text)).error();
}

template <class Element>
constexpr bool reads(std::string_view text, const Element& expected) {
  return extension::parse_prefix(text) && Element::read(element(text)) == expected;
}

/// What is written; says why, if nothing is.
template <class Element>
std::string text_of(const Element& one) {
  std::array<char, 128> out{};
  const auto written = turnout::write(one, out);
  return written ? std::string{*written} : "unwritable";
}

template <class Element>
constexpr bool writes(const Element& one, std::string_view expected) {
  std::array<char, 128> out{};
  const auto written = turnout::write(one, out);
  return written == expected && reads(expected, one);
}

constexpr std::string_view windows[] = {"8", "9", "10", "11", "12", "13", "14", "15"};
constexpr std::string_view no_windows[] = {
    "7",     "16",   "0",     "1",      "00",     "08",         "09",
    "015",   "010",  "+10",   "-10",    "1e1",    "0xA",        "10.0",
    "1",     "150",  "256",   "266",    "1O",     "eight",      "8.",
    "\"7\"", "8-15", "65544", "\"16\"", "\"08\"", "4294967304", "18446744073709551624"};

}  // namespace

TEST_CASE("[PMD-01] [PMD-23] an offer has four parameters, and is written in one order") {
  CHECK_BOTH(writes(offer{}, "permessage-deflate"));
  CHECK_BOTH(
      writes(offer{.client_max_window_bits = bare}, "permessage-deflate; client_max_window_bits"));
  CHECK_BOTH(
      writes(offer{.client_max_window_bits = 12}, "permessage-deflate; client_max_window_bits=12"));
  CHECK_BOTH(writes(offer{true, true, 15, 15},
                    "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                    "server_max_window_bits=15; client_max_window_bits=15"));
  CHECK_BOTH(writes(response{true, true, 8, 9},
                    "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                    "server_max_window_bits=8; client_max_window_bits=9"));
}

TEST_CASE("[PMD-19] [PMD-26] an invalid window is never written") {
  for (unsigned bits = 1; bits < 256; ++bits) {
    CAPTURE(bits);
    const auto window = static_cast<std::uint8_t>(bits);
    const bool sound = bits >= 8 && bits <= 15;
    CHECK((text_of(offer{.server_max_window_bits = window}) == "unwritable") == !sound);
    CHECK((text_of(response{.server_max_window_bits = window}) == "unwritable") == !sound);
    CHECK((text_of(response{.client_max_window_bits = window}) == "unwritable") == !sound);
    CHECK((text_of(offer{.client_max_window_bits = window}) == "unwritable") ==
          !(sound || window == bare));
  }
}

TEST_CASE("[PMD-02] [PMD-08] an unknown parameter makes the element invalid") {
  for (const std::string_view wrong :
       {"permessage-deflate; foo", "permessage-deflate; foo=1",
        "permessage-deflate; Server_no_context_takeover",
        "permessage-deflate; server_no_context_takeover_", "permessage-deflate; max_window_bits=9",
        "permessage-deflate; SERVER_MAX_WINDOW_BITS=10"}) {
    CAPTURE(wrong);
    CHECK(fault_of<offer>(wrong) == failure{errc::unknown_extension_parameter, 0});
    CHECK(fault_of<response>(wrong) == failure{errc::unknown_extension_parameter, 0});
  }
  constexpr std::string_view third =
      "permessage-deflate; server_no_context_takeover; client_max_window_bits=9; foo; bar";
  CHECK_BOTH(fault_of<offer>(third) == failure{errc::unknown_extension_parameter, 2});
  CHECK_BOTH(fault_of<response>(third) == failure{errc::unknown_extension_parameter, 2});
}

TEST_CASE("[PMD-04] [PMD-10] a repeated parameter makes the element invalid") {
  for (const std::string_view wrong :
       {"permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover=1",
        "permessage-deflate; server_max_window_bits=10; server_max_window_bits=10",
        "permessage-deflate; server_max_window_bits=10; server_max_window_bits",
        "permessage-deflate; client_max_window_bits=10; client_max_window_bits=11",
        "permessage-deflate; client_max_window_bits=10; client_max_window_bits"}) {
    CAPTURE(wrong);
    CHECK(fault_of<offer>(wrong) == failure{errc::repeated_extension_parameter, 1});
    CHECK(fault_of<response>(wrong) == failure{errc::repeated_extension_parameter, 1});
  }
  constexpr std::string_view apart =
      "permessage-deflate; client_max_window_bits; server_no_context_takeover; "
      "client_max_window_bits";
  CHECK_BOTH(fault_of<offer>(apart) == failure{errc::repeated_extension_parameter, 2});
}

TEST_CASE("[PMD-12] [PMD-03] [PMD-09] a window has 8 to 15 bits, without leading zeros") {
  for (const bool client : {false, true}) {
    const std::string begin = client ? "permessage-deflate; client_max_window_bits="
                                     : "permessage-deflate; server_max_window_bits=";
    std::uint8_t bits = 8;
    for (const std::string_view window : windows) {
      CAPTURE(window);
      const offer offered{false, false, client ? std::uint8_t{0} : bits,
                          client ? bits : std::uint8_t{0}};
      const response given{false, false, offered.server_max_window_bits,
                           offered.client_max_window_bits};
      const std::string quoted = begin + '"' + std::string{window} + '"';
      CHECK(reads(begin + std::string{window}, offered));
      CHECK(reads(begin + std::string{window}, given));
      CHECK(reads(quoted, offered));
      CHECK(reads(quoted, given));
      ++bits;
    }
    for (const std::string_view window : no_windows) {
      CAPTURE(window);
      CHECK(fault_of<offer>(begin + std::string{window}) ==
            failure{errc::bad_extension_parameter, 0});
      CHECK(fault_of<response>(begin + std::string{window}) ==
            failure{errc::bad_extension_parameter, 0});
    }
    for (const std::string_view broken : {"", "\"\"", "\"10", "1 0", "\"1 0\""}) {
      CAPTURE(broken);
      CHECK(!sec_websocket_extensions::parse(begin + std::string{broken}));
    }
  }
  CHECK_BOTH(reads(R"(permessage-deflate; server_max_window_bits="\1\0")",
                   offer{.server_max_window_bits = 10}));
}

TEST_CASE("[PMD-13] [PMD-03] [PMD-09] the context takeover parameters have no value") {
  for (const std::string_view takeover :
       {"server_no_context_takeover", "client_no_context_takeover"})
    for (const std::string_view value : {"1", "0", "true", "false", "\"true\"", "15", "x"}) {
      const std::string text =
          "permessage-deflate; " + std::string{takeover} + "=" + std::string{value};
      CAPTURE(text);
      CHECK(fault_of<offer>(text) == failure{errc::bad_extension_parameter, 0});
      CHECK(fault_of<response>(text) == failure{errc::bad_extension_parameter, 0});
    }
  CHECK_BOTH(reads("permessage-deflate; server_no_context_takeover", offer{true, false, 0, 0}));
  CHECK_BOTH(reads("permessage-deflate; client_no_context_takeover", offer{false, true, 0, 0}));
  CHECK_BOTH(reads("permessage-deflate; server_no_context_takeover", response{true, false, 0, 0}));
  CHECK_BOTH(reads("permessage-deflate; client_no_context_takeover", response{false, true, 0, 0}));
}

TEST_CASE("[PMD-19] [PMD-23] [PMD-26] only an offer's client_max_window_bits may have no value") {
  constexpr std::string_view server = "permessage-deflate; server_max_window_bits";
  constexpr std::string_view client = "permessage-deflate; client_max_window_bits";
  CHECK_BOTH(fault_of<offer>(server) == failure{errc::bad_extension_parameter, 0});
  CHECK_BOTH(fault_of<response>(server) == failure{errc::bad_extension_parameter, 0});
  CHECK_BOTH(reads(client, offer{.client_max_window_bits = bare}));
  CHECK_BOTH(fault_of<response>(client) == failure{errc::bad_extension_parameter, 0});
}

TEST_CASE("[PMD-32] parameters come in any order, with whitespace around") {
  CHECK_BOTH(reads("permessage-deflate; client_max_window_bits=11; server_no_context_takeover",
                   response{true, false, 0, 11}));
  CHECK_BOTH(reads("permessage-deflate; server_no_context_takeover; client_max_window_bits=11",
                   response{true, false, 0, 11}));
  CHECK_BOTH(reads("permessage-deflate\t;server_max_window_bits =\t9 ;client_no_context_takeover",
                   offer{false, true, 9, 0}));
}

TEST_CASE("[PMD-33] the name is compared octet for octet") {
  for (const std::string_view other : {"Permessage-Deflate", "permessage-deflate2", "deflate-frame",
                                       "permessage-bzip2; server_no_context_takeover"}) {
    CAPTURE(other);
    CHECK(fault_of<offer>(other) == failure{errc::extension_not_offered, 0});
    CHECK(fault_of<response>(other) == failure{errc::extension_not_offered, 0});
  }
}
