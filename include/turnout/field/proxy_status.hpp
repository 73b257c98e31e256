// Proxy-Status: how the intermediaries of a response handled it. RFC 9209.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/walk.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/bare_item.hpp"
#include "turnout/grammar/list.hpp"
#include "turnout/grammar/number.hpp"
#include "turnout/grammar/structured_item.hpp"
#include "turnout/grammar/structured_list.hpp"
#include "turnout/grammar/value_lines.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

namespace detail {

/// What is between the quotes of a string, with its backslashes; any other item as it is.
constexpr std::string_view unquoted(std::string_view item) noexcept {
  if (!item.starts_with('"')) return item;
  return turnout::detail::part_of(item, 1, item.size() - 1);
}

/// True for octets that a token of RFC 9651 may be.
constexpr bool is_item_token(std::string_view octets) noexcept {
  const auto item = grammar::parse_bare_item_prefix(octets);
  return item && item->value == grammar::bare_item::token && item->size == octets.size();
}

/// Puts a string, or a token where that is possible and wanted.
///
/// Fails     unwritable at the octet that is neither printable nor ASCII
constexpr void put_text(writer& to, std::string_view octets, bool as_token) noexcept {
  if (as_token && is_item_token(octets)) return to.put(octets);
  to.put('"');
  for (std::size_t at = 0; at < octets.size(); ++at) {
    if (octets[at] < ' ' || octets[at] > '~') to.fail({errc::unwritable, at});
    if (octets[at] == '"' || octets[at] == '\\') to.put('\\');
    to.put(octets[at]);
  }
  to.put('"');
}

}  // namespace detail

/// What one intermediary says.
///
/// Borrows   what it views. Strings that were read still have their backslashes
///
/// ```cpp
/// std::array<char, 64> out;
/// const turnout::field::proxy_report said{.proxy = "edge 1", .error = "http_upgrade_failed"};
/// assert(*turnout::write(said, out) == "\"edge 1\"; error=http_upgrade_failed");
/// ```
struct proxy_report {
  std::string_view proxy{};           ///< the name of the intermediary
  std::string_view error{};           ///< the type of the error, a token; empty for none
  std::string_view next_hop{};        ///< whom it asked; empty if it does not say
  std::string_view next_protocol{};   ///< the ALPN name of the protocol to the next hop, a token
  std::uint16_t received_status = 0;  ///< the status that the next hop sent; 0 if it does not say
  std::string_view details{};         ///< more, for people

  /// Reads a member of the list.
  ///
  /// Rule      RFC 9209 section 2.1: unknown parameters are ignored, and so are those of another
  ///           type
  /// Fails     bad_structured_item, at 0, if the member is neither a token nor a string
  /// Borrows   what `item` borrows
  static constexpr result<proxy_report> read(const grammar::structured_item& item) noexcept {
    using grammar::bare_item;
    if (item.type != bare_item::token && item.type != bare_item::string)
      return failure{errc::bad_structured_item, 0};
    proxy_report all;
    all.proxy = detail::unquoted(item.value);
    all.error = typed(item.parameter("error"), bare_item::token);
    all.next_protocol = typed(item.parameter("next-protocol"), bare_item::token);
    all.details = detail::unquoted(typed(item.parameter("details"), bare_item::string));
    const std::string_view hop = item.parameter("next-hop");
    all.next_hop = typed(hop, bare_item::token);
    if (all.next_hop.empty()) all.next_hop = detail::unquoted(typed(hop, bare_item::string));
    const auto status = grammar::parse_decimal(item.parameter("received-status"), 999);
    if (status) all.received_status = static_cast<std::uint16_t>(*status);
    return all;
  }

  /// Puts the member.
  ///
  /// Rule      RFC 9209 sections 2 and 2.1
  /// Fails     unwritable for a name that is empty; for an error or a protocol that is not a token;
  ///           for octets that a string can't have
  constexpr void put(writer& to) const noexcept {
    if (proxy.empty()) to.fail({errc::unwritable, 0});
    detail::put_text(to, proxy, true);
    put_token(to, "; error=", error);
    put_token(to, "; next-protocol=", next_protocol);
    if (!next_hop.empty()) {
      to.put("; next-hop=");
      detail::put_text(to, next_hop, true);
    }
    if (received_status != 0) {
      to.put("; received-status=");
      to.put_number(received_status);
    }
    if (details.empty()) return;
    to.put("; details=");
    detail::put_text(to, details, false);
  }

  friend constexpr bool operator==(const proxy_report&, const proxy_report&) = default;

 private:
  /// `value` if it has that type, else nothing.
  static constexpr std::string_view typed(std::string_view value,
                                          grammar::bare_item type) noexcept {
    const auto item = grammar::parse_bare_item_prefix(value);
    return item && item->value == type ? value : std::string_view{};
  }

  static constexpr void put_token(writer& to, std::string_view key,
                                  std::string_view value) noexcept {
    if (value.empty()) return;
    if (!detail::is_item_token(value)) to.fail({errc::unwritable, 0});
    to.put(key);
    to.put(value);
  }
};

/// The value of Proxy-Status: what each intermediary says, the one next to the server first.
///
/// Borrows   the field lines' octets
///
/// ```cpp
/// const auto said = turnout::field::proxy_status::parse("inner, edge; error=dns_timeout");
/// assert(said && (*said->begin()).proxy == "inner");
/// for (const auto& one : *said) assert(one.error.empty() || one.proxy == "edge");
/// ```
class proxy_status {
 public:
  /// Finds the reports in order.
  class reader {
   public:
    using value_type = proxy_report;

    /// After the last report.
    constexpr reader() = default;
    /// Before the first report of a checked list.
    constexpr explicit reader(const grammar::structured_list& items) noexcept
        : items_{items.begin()} {}

    /// The current report.
    constexpr const proxy_report& here() const noexcept { return here_; }

    /// Goes to the next report.
    constexpr void next() noexcept {
      here_ = {};
      if (items_ == grammar::structured_list::iterator{}) return;
      here_ = *proxy_report::read(*items_);
      ++items_;
    }

    /// True if both are at the same report of the same list, or at the end.
    friend constexpr bool operator==(const reader& one, const reader& other) noexcept {
      return one.here_.proxy.data() == other.here_.proxy.data();
    }

   private:
    grammar::structured_list::iterator items_;
    proxy_report here_{};
  };

  /// Iterates over the reports in order; a forward iterator.
  using iterator = turnout::detail::walk<reader>;

  /// No reports.
  constexpr proxy_status() = default;

  /// Reads the field's lines. A malformed field counts as absent, and is no reason to refuse a
  /// response.
  ///
  /// Grammar   sf-list, RFC 9209 section 2
  /// Fails     as structured_list::parse(); bad_structured_item at 0 if a member is neither a token
  ///           nor a string
  /// Borrows   `lines`
  static constexpr result<proxy_status> parse(
      const grammar::value_lines& lines,
      std::size_t max_reports = grammar::default_list_elements) noexcept {
    const auto list = grammar::structured_list::parse(lines, max_reports);
    if (!list) return list.error();
    for (const grammar::structured_item& item : *list)
      if (const auto report = proxy_report::read(item); !report) return report.error();
    proxy_status checked;
    checked.list_ = *list;
    return checked;
  }

  /// At the first report, of the intermediary next to the server.
  constexpr iterator begin() const noexcept { return iterator{reader{list_}}; }
  /// After the last report.
  constexpr iterator end() const noexcept { return iterator{}; }
  /// True if there are no reports.
  constexpr bool empty() const noexcept { return list_.empty(); }

 private:
  grammar::structured_list list_;
};

}  // namespace field
}  // namespace v0
}  // namespace turnout
