// The capsules of connect-ip that assign addresses and advertise routes: RFC 9484 section 4.7.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/walk.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/protocol/tunnel/varint.hpp"

namespace turnout {
inline namespace v0 {
namespace capsule {

namespace detail {

/// How many octets an address of this IP version has; 0 for an unknown version.
constexpr std::size_t address_size(unsigned char version) noexcept {
  if (version == 4) return 4;
  return version == 6 ? 16 : 0;
}

/// True if no bit of an address is set after the first `length`.
constexpr bool has_no_host_bits(std::string_view address, std::size_t length) noexcept {
  for (std::size_t bit = length; bit < address.size() * 8; ++bit)
    if ((static_cast<unsigned char>(address[bit / 8]) >> (7 - bit % 8) & 1) != 0) return false;
  return true;
}

}  // namespace detail

/// An address, or a prefix of addresses, in ADDRESS_ASSIGN and ADDRESS_REQUEST.
///
/// Borrows   the octets it was read from
struct prefix {
  std::uint64_t request = 0;  ///< which request it answers; 0 for none
  std::string_view address;   ///< four octets or sixteen
  std::uint8_t length = 0;    ///< how many bits belong to the prefix

  /// Reads the entry at the front of `octets`.
  ///
  /// Fails     bad_capsule at the octet at fault, or at the end of the octets
  static constexpr result<prefix> parse_prefix(std::string_view octets) noexcept {
    const auto request = varint::parse_prefix(octets);
    if (request.size == 0 || request.size == octets.size())
      return failure{errc::bad_capsule, octets.size()};
    const auto size = detail::address_size(static_cast<unsigned char>(octets[request.size]));
    if (size == 0) return failure{errc::bad_capsule, request.size};
    const std::size_t at = request.size + 1;
    if (octets.size() - at < size + 1) return failure{errc::bad_capsule, octets.size()};
    const prefix found{request.value, turnout::detail::part_of(octets, at, at + size),
                       static_cast<std::uint8_t>(octets[at + size])};
    if (found.length > size * 8 || !detail::has_no_host_bits(found.address, found.length))
      return failure{errc::bad_capsule, at + size};
    return found;
  }

  /// How many octets the entry takes.
  ///
  /// Takes     from: the octets that it was read from
  constexpr std::size_t size_in(std::string_view from) const noexcept {
    const char* const end = address.data() + address.size() + 1;
    return static_cast<std::size_t>(end - from.data());
  }

  /// Puts the entry.
  ///
  /// Fails     unwritable for what parse_prefix() would refuse
  constexpr void put(writer& to) const noexcept {
    const bool fits = address.size() == 4 || address.size() == 16;
    if (!fits || length > address.size() * 8 || request > varint::greatest ||
        !detail::has_no_host_bits(address, length))
      return to.fail({errc::unwritable, 0});
    varint{request}.put(to);
    to.put(address.size() == 4 ? '\4' : '\6');
    to.put(address);
    to.put(static_cast<char>(length));
  }

  friend constexpr bool operator==(const prefix&, const prefix&) = default;
};

/// A range of addresses that can be reached, in ROUTE_ADVERTISEMENT.
///
/// Borrows   the octets it was read from
struct route {
  std::string_view first;     ///< four octets or sixteen
  std::string_view last;      ///< as many, not less than `first`
  std::uint8_t protocol = 0;  ///< the number of the IP protocol; 0 for all

  /// Reads the entry at the front of `octets`.
  ///
  /// Fails     bad_capsule at the octet at fault, or at the end of the octets
  static constexpr result<route> parse_prefix(std::string_view octets) noexcept {
    if (octets.empty()) return failure{errc::bad_capsule, 0};
    const auto size = detail::address_size(static_cast<unsigned char>(octets.front()));
    if (size == 0) return failure{errc::bad_capsule, 0};
    if (octets.size() < size * 2 + 2) return failure{errc::bad_capsule, octets.size()};
    const route found{turnout::detail::part_of(octets, 1, 1 + size),
                      turnout::detail::part_of(octets, 1 + size, 1 + size * 2),
                      static_cast<std::uint8_t>(octets[1 + size * 2])};
    if (found.last < found.first) return failure{errc::bad_capsule, 1 + size};
    return found;
  }

  /// How many octets the entry takes.
  ///
  /// Takes     from: the octets that it was read from
  constexpr std::size_t size_in(std::string_view from) const noexcept {
    const char* const end = last.data() + last.size() + 1;
    return static_cast<std::size_t>(end - from.data());
  }

  /// True if it may follow `before`.
  ///
  /// Rule      RFC 9484 section 4.7.3: by version, then by protocol, then by address, without
  ///           overlap
  constexpr bool follows(const route& before) const noexcept {
    if (first.size() != before.first.size()) return first.size() > before.first.size();
    if (protocol != before.protocol) return protocol > before.protocol;
    return first > before.last;
  }

  /// Puts the entry.
  ///
  /// Fails     unwritable for what parse_prefix() would refuse
  constexpr void put(writer& to) const noexcept {
    const bool fits = first.size() == 4 || first.size() == 16;
    if (!fits || last.size() != first.size() || last < first) return to.fail({errc::unwritable, 0});
    to.put(first.size() == 4 ? '\4' : '\6');
    to.put(first);
    to.put(last);
    to.put(static_cast<char>(protocol));
  }

  friend constexpr bool operator==(const route&, const route&) = default;
};

/// The value of one of these capsules, checked first, then read without failures.
///
/// Takes     `Entry`: prefix or route
/// Borrows   the octets it was read from
template <class Entry>
class entries {
 public:
  /// Finds the entries in order.
  class reader {
   public:
    using value_type = Entry;

    /// After the last entry.
    constexpr reader() = default;
    /// Before the first entry in checked octets.
    constexpr explicit reader(std::string_view octets) noexcept : rest_{octets} {}

    /// The current entry.
    constexpr const Entry& here() const noexcept { return here_; }

    /// Goes to the next entry.
    constexpr void next() noexcept {
      at_ = nullptr;
      if (rest_.empty()) return;
      at_ = rest_.data();
      here_ = *Entry::parse_prefix(rest_);
      rest_.remove_prefix(here_.size_in(rest_));
    }

    /// True if both are at the same entry of the same octets, or at the end.
    friend constexpr bool operator==(const reader& one, const reader& other) noexcept {
      return one.at_ == other.at_;
    }

   private:
    std::string_view rest_;
    const char* at_ = nullptr;
    Entry here_;
  };

  /// Iterates over the entries in order; a forward iterator.
  using iterator = turnout::detail::walk<reader>;

  /// No entries.
  constexpr entries() = default;

  /// Reads a whole value.
  ///
  /// Takes     follows: tells whether an entry may come after another, which is nullptr for the
  ///           first entry
  /// Fails     bad_capsule at the octet at fault, or where an entry begins that may not follow
  /// Borrows   from `value`
  /// Costs     one pass
  template <class Follows>
  static constexpr result<entries> parse(std::string_view value, const Follows& follows) noexcept {
    Entry before;
    for (std::size_t at = 0; at < value.size();) {
      const std::string_view rest = turnout::detail::rest_of(value, at);
      const auto found = Entry::parse_prefix(rest);
      if (!found) return failure{errc::bad_capsule, at + found.error().at};
      if (!follows(at == 0 ? nullptr : &before, *found)) return failure{errc::bad_capsule, at};
      before = *found;
      at += found->size_in(rest);
    }
    entries all;
    all.octets_ = value;
    return all;
  }

  /// At the first entry.
  constexpr iterator begin() const noexcept { return iterator{reader{octets_}}; }
  /// After the last entry.
  constexpr iterator end() const noexcept { return iterator{}; }
  /// True if there are no entries.
  constexpr bool empty() const noexcept { return octets_.empty(); }

 private:
  std::string_view octets_;
};

/// Reads the value of ADDRESS_ASSIGN: all addresses that the receiver may use, perhaps none.
///
/// Rule      RFC 9484 section 4.7.1; addresses that were assigned before and are not listed are
///           withdrawn
/// Fails     as entries::parse()
/// Borrows   from `value`
///
/// ```cpp
/// std::array<char, 32> out;
/// const auto value = turnout::write(turnout::capsule::prefix{0, {"\xC0\0\2\7", 4}, 32}, out);
/// const auto assigned = turnout::capsule::parse_address_assign(*value);
/// assert(assigned && (*assigned->begin()).length == 32);
/// ```
constexpr result<entries<prefix>> parse_address_assign(std::string_view value) noexcept {
  return entries<prefix>::parse(value, [](const prefix*, const prefix&) { return true; });
}

/// Reads the value of ADDRESS_REQUEST: at least one address, each with a request number.
///
/// Rule      RFC 9484 section 4.7.2. The caller checks that a number is never used again
/// Fails     as entries::parse(); bad_capsule at 0 for an empty value
/// Borrows   from `value`
constexpr result<entries<prefix>> parse_address_request(std::string_view value) noexcept {
  if (value.empty()) return failure{errc::bad_capsule, 0};
  return entries<prefix>::parse(value,
                                [](const prefix*, const prefix& one) { return one.request != 0; });
}

/// Reads the value of ROUTE_ADVERTISEMENT: all routes, perhaps none.
///
/// Rule      RFC 9484 section 4.7.3: sorted, without overlap
/// Fails     as entries::parse()
/// Borrows   from `value`
///
/// ```cpp
/// std::array<char, 32> out;
/// const turnout::capsule::route network{{"\xC0\0\2\0", 4}, {"\xC0\0\2\xFF", 4}, 0};
/// const auto routes = turnout::capsule::parse_route_advertisement(*turnout::write(network, out));
/// assert(routes && *routes->begin() == network);
/// ```
constexpr result<entries<route>> parse_route_advertisement(std::string_view value) noexcept {
  return entries<route>::parse(value, [](const route* before, const route& one) {
    return before == nullptr || one.follows(*before);
  });
}

}  // namespace capsule
}  // namespace v0
}  // namespace turnout
