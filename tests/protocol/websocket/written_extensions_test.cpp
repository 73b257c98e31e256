// Extensions written element by element, and the list that views them.
#include "turnout/protocol/websocket/written_extensions.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string_view>
#include <utility>

#include "support/both.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/sec_websocket_extensions.hpp"

namespace {

using turnout::errc;
using turnout::failure;
using turnout::field::extension;
using turnout::field::sec_websocket_extensions;
using turnout::websocket::written_extensions;

/// An element that puts any text.
struct raw {
  std::string_view text;
  constexpr void put(turnout::writer& to) const noexcept { to.put(text); }
};

constexpr sec_websocket_extensions some = *sec_websocket_extensions::parse("a ;x = \"1\" , b;y");

constexpr written_extensions<> with(auto... elements) {
  written_extensions<> all;
  ((void)all.add(elements), ...);
  return all;
}

template <std::size_t Capacity>
constexpr failure fault_of(std::string_view first, std::string_view second) {
  written_extensions<Capacity> all;
  if (const auto added = all.add(raw{first}); !added) return added.error();
  const auto before = all;
  const failure why = all.add(raw{second}).error();
  const bool kept = all == before && all.text() == first;
  return kept == (why.code != errc::none) ? why : failure{errc::out_of_turn, 0};
}

template <class Text>
concept viewable = requires(Text text) {
  std::forward<Text>(text).list();
  std::forward<Text>(text).text();
};

}  // namespace

TEST_CASE("[GRM-02] elements are separated by a comma and a space") {
  static constexpr written_extensions<> none;
  CHECK_BOTH(none.text().empty());
  CHECK_BOTH(none.list().empty());
  static constexpr auto one = with(extension{"foo", {}});
  CHECK_BOTH(one.text() == "foo");
  // GCC takes no comparison with nullptr for a constant expression where UBSan watches.
  CHECK(one.list() == *sec_websocket_extensions::parse("foo"));
  static constexpr auto more = with(extension{"foo", {}}, some, *some.begin());
  CHECK_BOTH(more.text() == "foo, a; x=1, b; y, a; x=1");
  CHECK(more.list().size() == 4);
  CHECK(more.list().begin()->name.data() == more.text().data());
}

TEST_CASE("[WS-64] [MSG-82] anything but an extension is not written, and changes nothing") {
  for (const std::string_view wrong :
       {"", " ", ",", "a b", "a;", "a; x=", "a; x=\"y z\"", "a\r\nX: y", "@", "a, @"}) {
    CAPTURE(wrong);
    CHECK(fault_of<64>("foo; a", wrong) == failure{errc::unwritable, 0});
    CHECK(fault_of<64>(wrong, "foo") == failure{errc::unwritable, 0});
  }
  CHECK_BOTH(fault_of<64>("foo; a", "a b") == failure{errc::unwritable, 0});
  written_extensions<> empty;
  CHECK(empty.add(extension{"a b", {}}).error() == failure{errc::unwritable, 1});
  CHECK(empty == written_extensions<>{});
}

TEST_CASE("[ENG-04] an extension that does not fit names the capacity needed") {
  CHECK_BOTH(fault_of<9>("foo", "bar") == failure{});
  CHECK_BOTH(fault_of<8>("foo", "bar") == failure{});
  CHECK_BOTH(fault_of<7>("foo", "bar") == failure{errc::no_space, 8});
  CHECK_BOTH(fault_of<3>("foo", "bar") == failure{errc::no_space, 8});
  CHECK_BOTH(fault_of<2>("foo", "bar") == failure{errc::no_space, 3});
}

TEST_CASE("a list of a temporary does not compile") {
  CHECK_BOTH(viewable<written_extensions<>&>);
  CHECK_BOTH(viewable<const written_extensions<>&>);
  CHECK_BOTH(!viewable<written_extensions<>>);
}

TEST_CASE("[ENG-08] a list may have more elements than the default limit") {
  written_extensions<> many;
  for (int i = 0; i < 100; ++i) REQUIRE(many.add(extension{"x", {}}));
  CHECK(many.list().size() == 100);
}
