// What an intermediary forwards, beside the reference; and what holds of all that is forwarded.
#include <doctest/doctest.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/forwarding.hpp"
#include "support/beside.hpp"
#include "support/corpus.hpp"
#include "support/edits.hpp"
#include "support/fixtures.hpp"
#include "support/forwarded.hpp"

namespace {

using namespace turnout;
using fixtures::plus, fixtures::with;
using kind = forwarding::verdict::kind;
using reference::text;

constexpr relay_policy policy{.allowed = beside::spoken, .name = "p"};

/// Requests in which there is something to take off, to put in or to refuse.
const std::vector<text> requests = [] {
  const text asks{fixtures::upgrade_request};
  const text plain{fixtures::plain_request};
  const text post = with(plain, "GET", "POST");
  const text options = with(plain, "GET /", "OPTIONS *");
  const text h2c = "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\nUpgrade: ";
  std::vector<text> all{
      plus(asks, "X-A: 1\r\nConnection: x-a, TE,, Keep-Alive\r\nTE: trailers\r\nKeep-Alive: 5"),
      plus(asks, "Close: x\r\nProxy-Connection: x\r\nX: y\r\nVia: 1.0 a\r\nx: z"),
      with(asks, "foo/2", "bar, WebSocket, x, Foo/2, websocket, bar/1, foo/2, BAR"),
      plus(asks, "Upgrade: websocket\r\nUpgrade: bar"),
      plus(plain, h2c + "h2c"),
      plus(plain, h2c + "h2c, h2, websocket"),
      with(asks, "/x", "http://b:80/y?z"),
      with(asks, "/x", "HTTPS://[::1]?z"),
      with(asks, "/x", "http://b:"),
      with(plain, "GET / HTTP/1.1", "GET http://b/c HTTP/1.0"),
      "GET /a HTTP/1.0\r\nExpect: foo\r\nConnection: keep-alive, x\r\nX: y\r\n\r\n",
      "CONNECT a:443 HTTP/1.0\r\nProxy-Connection: keep-alive\r\n\r\n",
      "CONNECT [::1]:443 HTTP/1.1\r\nHost: b\r\nConnection: upgrade\r\nUpgrade: foo/2\r\n\r\n",
      with(plain, "GET /", "OPTIONS http://b:81"),
      with(plain, "GET /", "OPTIONS http://b?"),
      plus(options, "Max-Forwards: 10\r\nA: b"),
      plus(with(options, "OPTIONS *", "TRACE /"), "Max-Forwards: 1"),
      plus(options, "Max-Forwards: 0"),
      plus(options, "Max-Forwards: 18446744073709551616"),
      plus(plain, "Max-Forwards: 0\r\nMax-Forwards: x"),
      plus(post, "A: b\r\nTransfer-Encoding: gzip;a=b\r\nC: d\r\nTransfer-Encoding: , chunked,"),
      plus(post, "Expect: 100-continue\r\nContent-Length: 005\r\nTrailer: X"),
      plus(with(asks, "foo/2", "tcp, bar"), "Content-Length: 0\r\nX: y"),
      plus(with(asks, "GET", "POST"), "Upgrade: bar\r\nTransfer-Encoding: chunked"),
  };
  for (const text option :
       {"Host", "Content-Length", "Authorization", "Sec-WebSocket-Key", "x-forwarded-for", "b@d"})
    all.push_back(plus(asks, "Connection: " + option));
  for (const auto& one : corpus::requests) all.push_back(one.octets);
  return all;
}();

/// Visits these requests, and all others that are one edit away.
template <class Check>
void check_all(const Check& check) {
  for (const text& one : requests) {
    check(one);
    edits::for_each_edit(one, 0, check);
  }
}

/// A slot for up to `most` of some letters, in the lines of a request to `a`.
struct slot {
  text before;
  std::vector<std::string_view> letters;
  std::size_t most;
  text after = "\r\nX: 1\r\nY: 2\r\nHost: a\r\nConnection: y\r\n\r\n";
};

const slot slots[] = {
    {"GET / HTTP/1.1\r\nConnection:", {"x", "host", "Upgrade", ",", " ", "\r\nConnection:"}, 4},
    {"GET / HTTP/1.1\r\nConnection: upgrade\r\nUpgrade:",
     {"bar", "BAR", "foo/2", "foo", "h2c", ",", "\r\nUpgrade: "},
     4},
    {"TRACE / HTTP/1.0\r\nMax-Forwards: ", {"0", "1", "9", "x", "\r\nMax-Forwards:", " "}, 4},
    {"OPTIONS ",
     {"http", "://", "/", "*", "?", ":", "b", "[::1]"},
     5,
     " HTTP/1.1\r\nHost:\r\n\r\n"},
    {"CONNECT ", {"b", ":", "80", "[::1]", "/"}, 4, " HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"POST / HTTP/1.1\r\nTransfer-Encoding:",
     {"chunked", "gzip", ",", ";a=b", "\r\nTransfer-Encoding:", "\r\nContent-Length: 1"},
     4},
};

/// Visits all small fillings of the slots.
template <class Check>
void check_small(const Check& check) {
  for (const slot& one : slots)
    corpus::for_each_small(one.before, one.letters, one.most, one.after, check);
}

/// A request as the reference sends it on, or why it does not.
text print(const reference::forwarding& made) {
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
text print(std::string_view octets) {
  const forwarded::request asked{octets, policy};
  if (asked.what == head_step::need_more) return "incomplete";
  if (asked.what == head_step::failed) return "broken";
  if (asked.judged.what == kind::respond) return "answered";
  if (asked.judged.what == kind::refuse)
    return "refused " +
           std::to_string(refusal_for(asked.judged.found.why.code, policy.allowed).status);
  const reference::head sent = reference::read_request_head(forwarded::octets(octets, policy));
  if (sent.what != reference::found::whole) return "unreadable";
  return print({reference::forwarding::kind::sent, 0,
                sent.start[0] + " " + sent.start[1] + " " + sent.start[2], sent.header});
}

/// Says where the library and the reference part ways.
text parts_ways_in(const text& octets) {
  static const auto same = programs::told(policy.allowed);
  const text expected = print(reference::forward(octets, same, "p"));
  const text found = print(octets);
  return found == expected ? "" : "[" + octets + "]: [" + found + "], not [" + expected + "]";
}

/// The names of the protocols that go on.
text names_of(const forwarding::relayed_offer& made) {
  text names;
  made.for_each([&names](const profile& one) { names += programs::written_out(one.token) + " "; });
  return names;
}

bool is_forwarded(const forwarded::request& asked) {
  return asked.what == head_step::complete && asked.judged.what != kind::respond &&
         asked.judged.what != kind::refuse;
}

/// What is wrong with what goes on of a request, if anything does.
text broken_in(const text& octets) {
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
text once_more(const text& once) {
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

/// What is wrong with what goes on of what goes on.
text broken_again(const text& octets) {
  if (!is_forwarded({octets, policy})) return {};
  const text once = forwarded::octets(octets, policy);
  const text twice = forwarded::octets(once, policy);
  return twice == once_more(once) ? "" : "[" + once + "] goes on as [" + twice + "]";
}

/// What is wrong with what goes on if the lines were cut by another parser, and where not all goes
/// on or own lines can't.
text broken_if_cut(const text& octets) {
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

}  // namespace

TEST_CASE("[INT-05] [INT-24] [INT-37] [MSG-48] what the reference forwards is forwarded") {
  const auto check = [](const text& octets) { CHECK(parts_ways_in(octets) == ""); };
  check_all(check);
  check_small(check);
}

TEST_CASE("[INT-01] [INT-02] [INT-04] [INT-06] [H2C-19] what goes on is a sound request again") {
  const auto check = [](const text& octets) { CHECK(broken_in(octets) == ""); };
  check_all(check);
  check_small(check);
}

TEST_CASE("[INT-20] [INT-23] what goes on goes on as it is, but for Via and Max-Forwards") {
  const auto check = [](const text& octets) { CHECK(broken_again(octets) == ""); };
  check_all(check);
  check_small(check);
}

TEST_CASE("[INT-01] [MSG-48] the same request goes on, whichever parser cut the lines") {
  const auto check = [](const text& octets) { CHECK(broken_if_cut(octets) == ""); };
  check_all(check);
  check_small(check);
  check(plus(fixtures::upgrade_request, "X_A: b\r\nConnection: x_b\r\nX_B: c\r\nC: d"));
}

TEST_CASE("[INT-17] [INT-18] [INT-26] [INT-37] what a server finds malformed goes on for nobody") {
  std::size_t merely_unfit = 0;
  for (const auto& one : corpus::requests) {
    CAPTURE(one.octets);
    const bool on = is_forwarded({one.octets, policy});
    const bool unfit = one.why == errc::method_not_allowed || one.why == errc::unknown_method ||
                       one.why == errc::empty_host ||
                       (one.why == errc::content_not_allowed && !one.octets.starts_with("CONNECT"));
    if (one.what == server_step::failed) CHECK(on == unfit);
    if (one.what == server_step::failed && unfit) ++merely_unfit;
    if (one.why == errc::bad_connection) CHECK(!on);
    if (one.what == server_step::need_more) CHECK(!on);
  }
  CHECK(merely_unfit == 5);
}
