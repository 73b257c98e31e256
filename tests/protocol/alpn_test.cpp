// The list of names in a TLS handshake: its octets, its limits, and who chooses what.
#include "turnout/protocol/alpn.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/both.hpp"
#include "support/guarded.hpp"

using namespace std::string_view_literals;  // lists hold NUL
using turnout::errc;
using turnout::failure;
using turnout::preference;
using turnout::alpn::parse_selected_protocol;
using turnout::alpn::protocol_name_list;
using turnout::field::alpn;

static_assert(std::forward_iterator<protocol_name_list::iterator>);
static_assert(std::ranges::forward_range<protocol_name_list>);

namespace {

using names = std::initializer_list<std::string_view>;

constexpr std::string_view h2_and_http = "\0\x0C\x02h2\x08http/1.1"sv;

constexpr bool reads(std::string_view octets, names expected) {
  const auto list = protocol_name_list::parse(octets);
  return list && std::ranges::equal(*list, expected);
}

constexpr bool fails(std::string_view octets, std::size_t at) {
  return protocol_name_list::parse(octets).error() == failure{errc::bad_protocol_names, at};
}

// Names, a field or one name, to be written.
template <class Names>
struct offered {
  Names names;
  constexpr void put(turnout::writer& to) const { turnout::alpn::put_protocol_names(to, names); }
};
struct answered {
  std::string_view name;
  constexpr void put(turnout::writer& to) const { turnout::alpn::put_selected_protocol(to, name); }
};
struct as_field {
  protocol_name_list names;
  constexpr void put(turnout::writer& to) const { turnout::field::put_alpn(to, names); }
};

using views = std::span<const std::string_view>;

constexpr bool writes(names given, std::string_view octets) {
  return guarded::writes(offered<views>{{given.begin(), given.size()}}, octets);
}

constexpr bool unwritable(views given, std::size_t at) {
  return guarded::unwritable(offered<views>{given}) == failure{errc::unwritable, at};
}

constexpr bool unwritable(names given, std::size_t at) {
  return unwritable(views{given.begin(), given.size()}, at);
}

constexpr turnout::result<std::string_view> selected(std::string_view octets, names spoken,
                                                     preference whose) {
  return turnout::alpn::select_protocol(*protocol_name_list::parse(octets),
                                        {spoken.begin(), spoken.size()}, whose);
}

constexpr bool selects(std::string_view octets, names spoken, preference whose,
                       std::string_view name) {
  const auto one = selected(octets, spoken, whose);
  return one && *one == name;
}

constexpr bool selects_none(std::string_view octets, names spoken) {
  const failure none{errc::no_application_protocol, 0};
  return selected(octets, spoken, preference::client).error() == none &&
         selected(octets, spoken, preference::server).error() == none;
}

constexpr bool answers(std::string_view octets, names offers, std::string_view name) {
  const auto one = parse_selected_protocol(octets, {offers.begin(), offers.size()});
  return one && *one == name;
}

constexpr bool refuses(std::string_view octets, names offers, errc code, std::size_t at) {
  return parse_selected_protocol(octets, {offers.begin(), offers.size()}).error() ==
         failure{code, at};
}

}  // namespace

TEST_CASE(
    "[ALP-01] [ENG-04] [ENG-08] a list is its length, and names after their lengths, in both "
    "directions") {
  CHECK_BOTH(reads(h2_and_http, {"h2", "http/1.1"}));
  CHECK_BOTH(writes({"h2", "http/1.1"}, h2_and_http));
  CHECK_BOTH(reads("\0\x03\x02h2"sv, {"h2"}));
  CHECK_BOTH(writes({"h2"}, "\0\x03\x02h2"sv));
  CHECK_BOTH(reads("\0\x02\x01\0"sv, {"\0"sv}));
  CHECK_BOTH(writes({"\0"sv}, "\0\x02\x01\0"sv));
}

TEST_CASE("[ALP-02] no name is empty") {
  CHECK_BOTH(fails("\0\x01\0"sv, 2));
  CHECK_BOTH(fails("\0\x04\x02h2\0"sv, 5));
  CHECK_BOTH(fails("\0\x04\0\x02h2"sv, 2));
  CHECK_BOTH(unwritable({""}, 0));
  CHECK_BOTH(unwritable({"h2", "", "h3"}, 1));
}

TEST_CASE("[ALP-02] [ENG-11] a name has up to 255 octets, and is never cut") {
  for (std::size_t size = 1; size <= 255; ++size) {
    CAPTURE(size);
    const std::string name(size, 'a');
    std::string octets(size + 3, '#');
    CHECK(*turnout::write(offered<std::array<std::string_view, 1>>{{name}}, octets) == octets);
    CHECK(static_cast<unsigned char>(octets[2]) == size);
    CHECK(reads(octets, {name}));
    CHECK(fails(octets.substr(0, size + 2), size + 2));
  }
  const std::string more(256, 'a');
  CHECK(unwritable({"h2", more}, 1));
}

TEST_CASE("[ALP-03] every length says how much follows, and is not 0") {
  CHECK_BOTH(fails("", 0));
  CHECK_BOTH(fails("\0"sv, 1));
  CHECK_BOTH(fails("\0\0"sv, 2));
  CHECK_BOTH(fails("\0\x03\x02h"sv, 4));
  CHECK_BOTH(fails("\0\x03\x03h2"sv, 5));
  CHECK_BOTH(fails("\0\x03\x02h2\0"sv, 5));
  CHECK_BOTH(fails("\0\x03\x02h2\x02h3"sv, 5));
  CHECK_BOTH(fails("\0\0\x02h2"sv, 5));
  CHECK_BOTH(fails("\x01\x03\x02h2"sv, 5));
  CHECK_BOTH(fails("\0\x06\x02h2\x03h3"sv, 8));
  CHECK_BOTH(unwritable(names{}, 0));
}

TEST_CASE("[ALP-03] a list that is cut anywhere is not read past its end") {
  for (std::size_t size = 0; size < h2_and_http.size(); ++size) {
    CAPTURE(size);
    // An allocation of exactly this size: the address sanitizer sees a read past its end.
    const std::vector<char> cut(h2_and_http.data(), h2_and_http.data() + size);
    CHECK(fails({cut.data(), cut.size()}, size));
  }
}

TEST_CASE("[ALP-03] [ENG-11] a list has up to 65535 octets, and a longer one is not written") {
  const std::string name(254, 'a');
  std::vector<std::string_view> many(257, name);  // 257 times 255 octets are 65535
  std::string octets(65537, '#');
  CHECK(*turnout::write(offered<views>{many}, octets) == octets);
  CHECK(octets.substr(0, 3) == "\xFF\xFF\xFE");
  const auto list = protocol_name_list::parse(octets);
  CHECK(std::ranges::equal(*list, many));
  CHECK(fails(octets + "a", 65537));
  many.push_back("a");
  CHECK(unwritable(many, 257));
  many.pop_back();
  const std::string longer = name + "a";
  many.back() = longer;  // 65536
  CHECK(unwritable(many, 256));
}

TEST_CASE("the names can be iterated more than once") {
  constexpr protocol_name_list two = *protocol_name_list::parse(h2_and_http);
  CHECK_BOTH([&] {
    auto here = two.begin();
    const auto before = here++;
    return before == two.begin() && before != here && *before == "h2" && here->size() == 8 &&
           ++here == two.end();
  }());
  CHECK_BOTH(protocol_name_list{}.begin() == protocol_name_list{}.end());
  CHECK_BOTH(two == *protocol_name_list::parse(h2_and_http));
  CHECK_BOTH(!(two == *protocol_name_list::parse("\0\x03\x02h2"sv)));
}

TEST_CASE("[ALP-04] [ALP-06] an answer is exactly one offered name") {
  CHECK_BOTH(answers("\0\x03\x02h2"sv, {"h2"}, "h2"));
  CHECK_BOTH(answers("\0\x09\x08http/1.1"sv, {"h2", "http/1.1"}, "http/1.1"));
  CHECK_BOTH(refuses(h2_and_http, {"h2", "http/1.1"}, errc::several_protocol_names, 5));
  CHECK_BOTH(refuses("\0\x09\x08http/1.1"sv, {"h2"}, errc::protocol_name_not_offered, 3));
  CHECK_BOTH(refuses("\0\x03\x02h2"sv, {}, errc::protocol_name_not_offered, 3));
  CHECK_BOTH(refuses("\0\x03\x02h2"sv, {"H2", "h", "h2c"}, errc::protocol_name_not_offered, 3));
  CHECK_BOTH(refuses("\0\0"sv, {"h2"}, errc::bad_protocol_names, 2));
  CHECK_BOTH(refuses("\0\x03\x02h2\0"sv, {"h2"}, errc::bad_protocol_names, 5));
}

TEST_CASE("[ALP-04] a server answers with one name") {
  CHECK_BOTH(guarded::writes(answered{"h2"}, "\0\x03\x02h2"sv));
  CHECK_BOTH(guarded::unwritable(answered{""}) == failure{errc::unwritable, 0});
  CHECK_BOTH(guarded::unwritable(answered{"h2c"}) == failure{errc::unwritable, 0});
}

TEST_CASE("[ALP-05] [ALP-08] the server selects from the client's list, in either's order") {
  CHECK_BOTH(selects(h2_and_http, {"http/1.1", "h2"}, preference::server, "http/1.1"));
  CHECK_BOTH(selects(h2_and_http, {"http/1.1", "h2"}, preference::client, "h2"));
  CHECK_BOTH(selects(h2_and_http, {"h3", "http/1.1"}, preference::server, "http/1.1"));
  CHECK_BOTH(selects(h2_and_http, {"h3", "http/1.1"}, preference::client, "http/1.1"));
}

TEST_CASE("[ALP-05] without a common name, nothing is selected") {
  CHECK_BOTH(selects_none("\0\x03\x02h3"sv, {"h2"}));
  CHECK_BOTH(selects_none(h2_and_http, {}));
  CHECK_BOTH(selects_none(h2_and_http, {"http/1.0", "h2 ", "h", ""}));
}

TEST_CASE("[ALP-05] the selected name views the server's own text, which outlives the client's") {
  constexpr std::array<std::string_view, 1> spoken{"h2"};
  const protocol_name_list list = *protocol_name_list::parse(h2_and_http);
  CHECK(turnout::alpn::select_protocol(list, spoken, preference::client)->data() ==
        spoken[0].data());
  CHECK(turnout::alpn::select_protocol(list, spoken, preference::server)->data() ==
        spoken[0].data());
}

TEST_CASE("[ALP-07] names are opaque octets, and unknown ones are kept") {
  CHECK_BOTH(selects_none("\0\x03\x02H2"sv, {"h2"}));
  CHECK_BOTH(reads("\0\x06\x02\n\n\x02h2"sv, {"\n\n", "h2"}));
  CHECK_BOTH(selects("\0\x06\x02\n\n\x02h2"sv, {"h2"}, preference::client, "h2"));
  CHECK_BOTH(protocol_name_list::parse("\0\x06\x02\n\n\x02h2"sv)->contains("\n\n"));
  CHECK_BOTH(!protocol_name_list::parse("\0\x03\x02h2"sv)->contains("H2"));
  CHECK_BOTH(!protocol_name_list::parse("\0\x03\x02h2"sv)->contains("h"));
}

TEST_CASE("[ALP-11] h2c is never written, selected or accepted as an answer") {
  constexpr std::string_view with_h2c = "\0\x07\x03h2c\x02h2"sv;
  CHECK_BOTH(unwritable({"h2c"}, 0));
  CHECK_BOTH(unwritable({"h2", "h2c"}, 1));
  CHECK_BOTH(writes({"h2", "h2C", "h2c-14"}, "\0\x0E\x02h2\x03h2C\x06h2c-14"sv));
  CHECK_BOTH(reads(with_h2c, {"h2c", "h2"}));
  CHECK_BOTH(selects(with_h2c, {"h2c", "h2"}, preference::server, "h2"));
  CHECK_BOTH(selects(with_h2c, {"h2c", "h2"}, preference::client, "h2"));
  CHECK_BOTH(selects_none(with_h2c, {"h2c"}));
  CHECK_BOTH(refuses("\0\x04\x03h2c"sv, {"h2c"}, errc::protocol_name_not_offered, 3));
}

TEST_CASE("[ALP-24] a list of TLS and the field have the same names in the same order") {
  constexpr std::string_view list = "\0\x0F\x02h2\x08http/1.1\x02\n\n"sv;
  constexpr std::string_view field = "h2, http%2F1.1, %0A%0A";
  CHECK_BOTH(guarded::writes(as_field{*protocol_name_list::parse(list)}, field));
  CHECK_BOTH(guarded::writes(offered<alpn>{*alpn::parse(field)}, list));
  CHECK_BOTH(guarded::unwritable(offered<alpn>{*alpn::parse("h2, h2c")}) ==
             failure{errc::unwritable, 1});
  CHECK_BOTH(guarded::unwritable(as_field{}) == failure{errc::unwritable, 0});
}

TEST_CASE("[ALP-24] [ENG-11] a name of any octets survives the field") {
  for (int i = 0; i < 256; ++i) {
    CAPTURE(i);
    const std::string list = std::string{"\0\x03\x02h"sv} + static_cast<char>(i);
    std::string field(8, '#');
    const auto written = turnout::write(as_field{*protocol_name_list::parse(list)}, field);
    std::string back(5, '#');
    const auto parsed = alpn::parse(*written);
    CHECK(*turnout::write(offered<alpn>{*parsed}, back) == list);
  }
}
