// What facts keep of a head, how much of it, and where in the head a finding lies.
#include "turnout/negotiation/facts.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "support/both.hpp"
#include "support/heads.hpp"
#include "turnout/message/head.hpp"
#include "turnout/message/request_line.hpp"

namespace {

using turnout::errc;
using turnout::facts;
using turnout::failure;
using turnout::field_line;
using turnout::field_name;
using turnout::finding;

constexpr facts seen(std::initializer_list<field_line> lines) {
  facts noted{turnout::method::get, turnout::http_1_1};
  for (const field_line& line : lines) noted.see(line.name, line.value);
  return noted;
}

/// Facts of nothing but `lines` lines of a field, each of the value `ab`.
facts repeated(field_name field, std::size_t lines) {
  facts noted;
  for (std::size_t i = 0; i < lines; ++i) noted.see(turnout::field::spelling(field), "ab");
  return noted;
}

/// Two protocols with fields of their own, one of which the library knows.
constexpr turnout::own_field first_fields[] = {{.name = "X-Key"}, {.name = "Origin"}};
constexpr turnout::own_field second_fields[] = {{.name = "X-Ticket"}, {.name = "x-key"}};
constexpr turnout::profile owners[] = {{.token = {"a"}, .fields = first_fields},
                                       {.token = {"b"}},
                                       {.token = {"c"}, .fields = second_fields}};

constexpr facts seen_for(std::initializer_list<field_line> lines) {
  facts noted{turnout::method::get, turnout::http_1_1};
  noted.keep_for(owners);
  for (const field_line& line : lines) noted.see(line.name, line.value);
  return noted;
}

constexpr std::size_t known_fields = static_cast<std::size_t>(field_name::upgrade);

constexpr field_name known(std::size_t number) { return static_cast<field_name>(number); }

}  // namespace

TEST_CASE("[MSG-35] a field is recognised by its name in any case, and all others are ignored") {
  constexpr facts noted =
      seen({{"uPGRADE", "foo/2"}, {"CONNECTION", "upgrade"}, {"X", "y"}, {"Upgrade-", "z"}});
  CHECK_BOTH(noted.lines(field_name::upgrade).first() == "foo/2");
  CHECK_BOTH(noted.lines(field_name::upgrade).count() == 1);
  CHECK_BOTH(noted.lines(field_name::connection).first() == "upgrade");
  CHECK_BOTH(noted.has(field_name::upgrade));
  CHECK_BOTH(!noted.has(field_name::host));
  CHECK_BOTH(!noted.has(field_name::other));
  CHECK_BOTH(noted.lines(field_name::host).empty());
  CHECK_BOTH(noted.fields().has(field_name::upgrade));
  CHECK_BOTH((noted.fields() - field_name::upgrade - field_name::connection).empty());
  CHECK_BOTH(facts{}.fields().empty());
}

TEST_CASE("[OPT-10] protocols' own fields are kept, in any case") {
  constexpr facts noted =
      seen_for({{"x-KEY", " 1 "}, {"X", "y"}, {"X-Ticket", ""}, {"Origin", "o"}, {"X-Key", "2"}});
  CHECK_BOTH(noted.lines("X-Key").count() == 2);
  CHECK_BOTH(noted.lines("x-key").first() == "1");
  CHECK_BOTH(noted.lines("X-Key").second() == 2);
  CHECK_BOTH(noted.lines("X-Ticket").count() == 1);
  CHECK_BOTH(noted.lines("X").empty());
  CHECK_BOTH(noted.lines("origin").first() == "o");
  CHECK_BOTH(noted.field_named("Origin") == field_name::origin);
  CHECK_BOTH(noted.field_named("X") == field_name::other);
  CHECK_BOTH(noted.field_named("X-Key") != noted.field_named("X-Ticket"));
  CHECK_BOTH(noted.has(noted.field_named("X-Ticket")));
  CHECK_BOTH(noted.lines(noted.field_named("X-Key")).first() == "1");
  CHECK_BOTH(turnout::field::spelling(noted.field_named("X-Key")).empty());
  CHECK_BOTH(!noted.check_complete());
  CHECK_BOTH(seen({{"X-Key", "1"}}).lines("X-Key").empty());
  CHECK_BOTH(seen_for({}).lines("X-Key").empty());
}

TEST_CASE("[OPT-10] too many own lines or fields make facts incomplete") {
  facts many = seen_for({});
  for (std::size_t i = 0; i <= facts::max_lines; ++i) many.see("X-Ticket", "ab");
  CHECK(many.check_complete() == finding{{errc::too_many_kept_lines, 3 * facts::max_lines - 1},
                                         many.field_named("X-Ticket")});
  facts other = seen_for({});
  for (std::size_t i = 0; i < facts::max_lines; ++i) other.see("X-Ticket", "ab");
  CHECK(!other.check_complete());
  other.see("X-Key", "1");
  CHECK(other.check_complete() ==
        finding{{errc::too_many_kept_lines, 0}, other.field_named("X-Key")});
  CHECK(other.lines("X-Key").empty());

  static constexpr turnout::own_field nine[] = {{.name = "X-1"}, {.name = "X-2"}, {.name = "X-3"},
                                                {.name = "X-4"}, {.name = "X-5"}, {.name = "X-6"},
                                                {.name = "X-7"}, {.name = "X-8"}, {.name = "X-9"}};
  static_assert(facts::max_own_fields == 8);
  for (const std::size_t fields : {std::size_t{8}, std::size_t{9}}) {
    const turnout::profile one[] = {{.token = {"a"}, .fields = {nine, fields}}};
    facts noted{turnout::method::get, turnout::http_1_1};
    noted.keep_for(one);
    CHECK(noted.are_plain({}, {}) == (fields == 8));
    noted.see("X-8", "8");
    noted.see("X-9", "9");
    CHECK(noted.lines("X-8").first() == "8");
    CHECK(noted.lines("X-9").empty());
    CHECK(noted.check_complete().why.code ==
          (fields == 8 ? errc::none : errc::too_many_own_fields));
  }
}

TEST_CASE("[MSG-15] a method that is not known keeps its name") {
  CHECK_BOTH(facts{turnout::method::other, turnout::http_1_1, "PROPFIND"}.method_name() ==
             "PROPFIND");
  CHECK_BOTH(facts{turnout::method::get, turnout::http_1_1}.method_name() == "GET");
  CHECK_BOTH(facts{turnout::method::get, turnout::http_1_1, "POST"}.method_name() == "GET");
  CHECK_BOTH(facts{}.method_name().empty());
}

TEST_CASE("[MSG-36] only SP, HTAB and folds around a value are removed") {
  CHECK_BOTH(seen({{"Host", "\t a \t"}}).lines(field_name::host).first() == "a");
  CHECK_BOTH(seen({{"Host", "a"}}).lines(field_name::host).first() == "a");
  CHECK_BOTH(seen({{"Host", "\r\n a\r\n "}}).lines(field_name::host).first() == "a");
  CHECK_BOTH(seen({{"Host", "\x0B a"}}).lines(field_name::host).first() == "\x0B a");
  CHECK_BOTH(seen({{"Host", "a\r\n"}}).lines(field_name::host).first() == "a\r\n");
}

TEST_CASE("[MSG-37] a field with an empty value is present") {
  constexpr facts noted = seen({{"Upgrade", ""}, {"Host", " \t"}});
  CHECK_BOTH(noted.has(field_name::upgrade));
  CHECK_BOTH(noted.has(field_name::host));
  CHECK_BOTH(noted.lines(field_name::host).first().empty());
}

TEST_CASE("[CON-02] [GRM-06] the lines of a field keep their order, whatever is between them") {
  constexpr facts noted = seen(
      {{"Upgrade", "a"}, {"Connection", "x"}, {"upgrade", "b, c"}, {"X", "y"}, {"UPGRADE", "d"}});
  turnout::grammar::value_lines left = noted.lines(field_name::upgrade);
  for (const std::string_view value : {"a", "b, c", "d"}) {
    CHECK(left.first() == value);
    left.next();
  }
  CHECK(left.empty());
  CHECK_BOTH(noted.lines(field_name::upgrade).count() == 3);
  CHECK_BOTH(noted.lines(field_name::connection).count() == 1);
}

TEST_CASE("every field that the library knows is kept apart from the others") {
  facts noted;
  for (std::size_t i = 1; i <= known_fields; ++i)
    noted.see(turnout::field::spelling(known(i)), turnout::field::spelling(known(i)));
  for (std::size_t i = 1; i <= known_fields; ++i) {
    CAPTURE(i);
    CHECK(noted.lines(known(i)).count() == 1);
    CHECK(noted.lines(known(i)).first() == turnout::field::spelling(known(i)));
  }
  CHECK(!noted.check_complete());
}

TEST_CASE("fields of one line are told from repeated ones, and from protocols' own") {
  static constexpr turnout::own_field own[] = {{"X-Own"}};
  static constexpr turnout::profile owner[] = {{.token = {"a"}, .fields = own}};
  facts noted;
  noted.keep_for(owner);
  CHECK(noted.single_fields().empty());
  for (const std::string_view name : {"TE", "Upgrade", "X-Other", "X-Own", "te", "Host"})
    noted.see(name, name);
  using turnout::field_name;
  CHECK(noted.single_fields().first() == field_name::host);
  CHECK(noted.single_fields().rest().first() == field_name::upgrade);
  CHECK(noted.single_fields().rest().rest().empty());
  CHECK(noted.only_line(field_name::host) == "Host");
  CHECK(noted.only_line(field_name::upgrade) == "Upgrade");
}

TEST_CASE("the start line may be set before or after the field lines") {
  using turnout::http_version;
  constexpr facts nothing;
  CHECK_BOTH(nothing.method() == turnout::method::other);
  CHECK_BOTH(nothing.status() == 0);
  CHECK_BOTH(nothing.version() == turnout::http_1_1);

  constexpr facts request{turnout::method::post, http_version{1, 0}};
  CHECK_BOTH(request.method() == turnout::method::post);
  CHECK_BOTH(request.version() == http_version{1, 0});
  CHECK_BOTH(request.status() == 0);

  constexpr facts response{101, http_version{1, 2}};
  CHECK_BOTH(response.status() == 101);
  CHECK_BOTH(response.version() == http_version{1, 2});
  CHECK_BOTH(response.method() == turnout::method::other);

  facts later = seen({{"Host", "a"}});
  later.set_start(turnout::method::put, http_version{1, 0});
  CHECK(later.method() == turnout::method::put);
  CHECK(later.version() == http_version{1, 0});
  CHECK(later.has(field_name::host));
  later.set_start(404, http_version{1, 3});
  CHECK(later.status() == 404);
  CHECK(later.version() == http_version{1, 3});
  CHECK(later.has(field_name::host));
}

TEST_CASE("[MSG-44] 24 lines of repeated fields are kept, and the 25th is an error") {
  CHECK_BOTH(facts::max_lines == 24);
  for (std::size_t i = 1; i <= known_fields; ++i) {
    CAPTURE(i);
    CHECK(!repeated(known(i), 23).check_complete());
    CHECK(!repeated(known(i), 24).check_complete());
    CHECK(repeated(known(i), 24).lines(known(i)).count() == 24);
    const facts over = repeated(known(i), 25);
    CHECK(over.check_complete() == finding{{errc::too_many_kept_lines, 71}, known(i)});
    CHECK(over.lines(known(i)).count() == 24);
  }
}

TEST_CASE("[MSG-44] the finding names the field whose line was not kept") {
  facts noted = repeated(field_name::connection, 22);
  noted.see("Upgrade", "foo/2");
  noted.see("Upgrade", "bar");
  CHECK(!noted.check_complete());
  for (int i = 0; i < 1000; ++i) noted.see("X", "y");
  CHECK(!noted.check_complete());

  facts again = noted;
  again.see("Upgrade", "baz");
  CHECK(again.check_complete() == finding{{errc::too_many_kept_lines, 9}, field_name::upgrade});
  CHECK(again.lines(field_name::upgrade).count() == 2);

  // The first line of a field is kept whatever others have.
  facts host = noted;
  host.see("Host", "a");
  CHECK(!host.check_complete());
  CHECK(host.lines(field_name::host).first() == "a");
  host.see("Host", "b");
  CHECK(host.check_complete() == finding{{errc::too_many_kept_lines, 1}, field_name::host});
  CHECK(host.lines(field_name::host).count() == 1);
  CHECK(host.lines(field_name::host).first() == "a");
  CHECK(!noted.check_complete());

  facts one_left = repeated(field_name::connection, 23);
  one_left.see("Host", "a");
  CHECK(!one_left.check_complete());
  one_left.see("Host", "b");
  CHECK(one_left.check_complete() == finding{{errc::too_many_kept_lines, 1}, field_name::host});
  CHECK(one_left.lines(field_name::host).count() == 1);
}

TEST_CASE("keep() stores a line as see() does") {
  facts noted;
  noted.keep(field_name::upgrade, "a");
  noted.keep(field_name::other, "b");
  noted.keep(field_name::other, "c");
  noted.keep(field_name::upgrade, "d");
  CHECK(noted.lines(field_name::upgrade).count() == 2);
  CHECK(noted.lines(field_name::upgrade).first() == "a");
  CHECK(!noted.has(field_name::other));
  CHECK(noted.lines(field_name::other).empty());
}

TEST_CASE("copies of facts have their own lines") {
  facts first = seen({{"Upgrade", "a"}, {"Host", "b"}, {"Upgrade", "c"}});
  const facts copy = first;
  first = facts{};
  CHECK(copy.lines(field_name::host).first() == "b");
  CHECK(copy.lines(field_name::upgrade).count() == 2);
  CHECK(copy.lines(field_name::upgrade).first() == "a");
}

namespace {

constexpr std::string_view two_upgrades =
    "GET / HTTP/1.1\r\nHost:  a \r\nUpgrade: foo/2\r\nX: y\r\nupgrade: b@d\r\nExpect:\r\n\r\n";

/// What the head above has from where a finding in it lies.
constexpr std::string_view from(const finding& found) {
  facts noted;
  turnout::resume_mark mark;
  const turnout::limits limits;
  (void)heads::read<turnout::request_line>(
      two_upgrades, limits, mark,
      [&noted](std::string_view name, std::string_view value) { noted.see(name, value); });
  const failure why = turnout::rules::located(found, noted, two_upgrades);
  return why.code == found.why.code ? two_upgrades.substr(why.at) : "another code";
}

}  // namespace

TEST_CASE("a finding has an offset in the head, in any line of its field") {
  constexpr auto at = [](std::size_t offset, field_name field) {
    return finding{{errc::bad_list, offset}, field};
  };
  CHECK_BOTH(from(at(0, field_name::host)).starts_with("a \r\n"));
  CHECK_BOTH(from(at(0, field_name::upgrade)).starts_with("foo/2\r\nX"));
  CHECK_BOTH(from(at(4, field_name::upgrade)).starts_with("2\r\nX"));
  // The end of a line differs from the beginning of the next one.
  CHECK_BOTH(from(at(5, field_name::upgrade)).starts_with("\r\nX"));
  CHECK_BOTH(from(at(6, field_name::upgrade)).starts_with("b@d\r\n"));
  CHECK_BOTH(from(at(9, field_name::upgrade)).starts_with("\r\nExpect"));
  CHECK_BOTH(from(at(999, field_name::upgrade)).starts_with("\r\nExpect"));
  CHECK_BOTH(from(at(0, field_name::expect)) == "\r\n\r\n");
}

TEST_CASE("a finding without an octet is at the last empty line, or at the first octet") {
  CHECK_BOTH(from({{errc::switch_not_nominated, 0}, field_name::connection}) == "\r\n");
  CHECK_BOTH(from({{errc::too_many_kept_lines, 0}, field_name::te}) == "\r\n");
  CHECK_BOTH(from({{errc::method_not_allowed, 9}, field_name::other}) == two_upgrades);
  CHECK_BOTH(from({{errc::none, 9}, field_name::upgrade}) == two_upgrades);
}

TEST_CASE("[ENG-02] facts view the values that were passed, and a copy views the same") {
  const std::string host = "a";
  const facts apart = seen({{"Host", host}, {"Upgrade", "foo/2"}});
  CHECK(apart.lines(field_name::host).first().data() == host.data());
  const facts copied = apart;
  CHECK(copied.lines(field_name::upgrade).first() == "foo/2");
  CHECK(copied.lines(field_name::host).first().data() == host.data());
}
