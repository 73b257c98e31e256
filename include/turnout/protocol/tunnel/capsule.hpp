// Capsules, in which a tunnel for packets sends everything after the switch: RFC 9297 section 3.2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/view.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/kernel/compiler.hpp"
#include "turnout/protocol/tunnel/varint.hpp"

namespace turnout {
inline namespace v0 {
namespace capsule {

/// The types of capsules: https://www.iana.org/assignments/masque.
namespace type {
inline constexpr std::uint64_t datagram = 0;             ///< RFC 9297 section 3.5
inline constexpr std::uint64_t address_assign = 1;       ///< RFC 9484 section 4.7.1
inline constexpr std::uint64_t address_request = 2;      ///< RFC 9484 section 4.7.2
inline constexpr std::uint64_t route_advertisement = 3;  ///< RFC 9484 section 4.7.3

// Of drafts, which may still change.
inline constexpr std::uint64_t compression_assign = 0x11;  ///< draft-ietf-masque-connect-udp-listen
inline constexpr std::uint64_t compression_ack = 0x12;     ///< draft-ietf-masque-connect-udp-listen
inline constexpr std::uint64_t compression_close = 0x13;   ///< draft-ietf-masque-connect-udp-listen
inline constexpr std::uint64_t data = 0x2028D7F2;          ///< draft-ietf-httpbis-connect-tcp-12
inline constexpr std::uint64_t final_data = 0x2028D7F3;    ///< draft-ietf-httpbis-connect-tcp-12
inline constexpr std::uint64_t wrap_up = 0x272DDA5E;       ///< draft-ietf-httpbis-wrap-up
}  // namespace type

/// What a reader does with a capsule of a type that it knows.
enum class delivery : std::uint8_t {
  whole_or_skip,  ///< returns it when it is complete; skips one that is too long
  whole_or_fail,  ///< the same, but one that is too long is an error
  in_pieces       ///< returns its octets as they come
};

/// The name of the enumerator.
constexpr std::string_view name_of(delivery one) noexcept {
  constexpr const char* names[] = {"whole_or_skip", "whole_or_fail", "in_pieces"};
  return names[static_cast<std::size_t>(one)];
}

/// A type of capsules that a reader knows.
struct known {
  std::uint64_t type = 0;     ///< one of capsule::type, or any other
  std::uint64_t longest = 0;  ///< how many octets its value may have; not used with in_pieces
  delivery how = delivery::whole_or_skip;  ///< what the reader does with it
};

/// What reader::next() found.
enum class step : std::uint8_t {
  need_more,  ///< more octets are needed
  capsule,    ///< a complete capsule
  piece,      ///< octets of a capsule that is delivered in pieces
  failed      ///< the octets are not capsules that the reader accepts
};

/// The name of the enumerator.
constexpr std::string_view name_of(step one) noexcept {
  constexpr const char* names[] = {"need_more", "capsule", "piece", "failed"};
  return names[static_cast<std::size_t>(one)];
}

/// The next capsule, or a piece of it.
///
/// Borrows   the octets that were passed in
struct received {
  step what = step::need_more;
  std::uint64_t type = 0;  ///< with capsule and piece: the type
  std::string_view value;  ///< with capsule: its whole value; with piece: the next octets of it
  bool last = false;       ///< with piece: true if the value ends with it
  std::string_view rest;   ///< pass it to the next call, with more after it
  failure why;  ///< with failed: what is wrong; `at` is an offset in the octets passed in
};

/// Reads the capsules of one direction and remembers how far it got. It keeps no octets.
///
/// Borrows   the list of known types
///
/// ```cpp
/// static constexpr turnout::capsule::known types[] = {turnout::capsule::udp_datagrams};
/// turnout::capsule::reader reader{types};
/// std::array<char, 64> out;
/// const auto sent = turnout::write(turnout::capsule::datagram{0, "packet"}, out);
/// const auto now = reader.next(*sent);
/// assert(now.what == turnout::capsule::step::capsule && now.rest.empty());
/// assert(turnout::capsule::datagram::parse_udp(now.value)->payload == "packet");
/// ```
class reader {
 public:
  /// Takes     types: the known types; all other capsules are skipped, of any length
  constexpr explicit reader(lasting_span<const known> types) noexcept : types_{types} {}

  /// The next capsule of a known type.
  ///
  /// Grammar   Capsule = type (i), length (i), value; RFC 9297 section 3.2
  /// Rule      unknown types are skipped silently
  /// Takes     unread: the octets after those that were used; a capsule that is delivered whole
  ///           stays there until it is complete
  /// Fails     capsule_too_long, where the capsule begins, at each further call too
  /// Borrows   from `unread`
  /// Costs     a few comparisons for each capsule; octets of values are not read
  constexpr received next(std::string_view unread) noexcept {
    received now;
    now.rest = unread;
    while (skip(now) && now.what == step::need_more && begin(now, unread.size())) {
    }
    return now;
  }

  /// Tells the reader that the peer sends no more.
  ///
  /// Rule      RFC 9297 section 3.3: a stream that ends within a capsule is malformed
  /// Takes     unread: the remaining octets
  /// Fails     incomplete, at the size of `unread`
  constexpr result<void> input_ended(std::string_view unread) const noexcept {
    if (unread.empty() && left_ == 0) return {};
    return failure{errc::incomplete, unread.size()};
  }

  friend constexpr bool operator==(const reader& one, const reader& other) noexcept {
    return one.types_.data() == other.types_.data() && one.types_.size() == other.types_.size() &&
           one.left_ == other.left_ && one.type_ == other.type_ && one.told_ == other.told_;
  }

 private:
  /// What to do with a capsule.
  enum class action : std::uint8_t { skip, refuse, tell_in_pieces, tell_whole };

  constexpr action action_for(std::uint64_t type, std::uint64_t length) const noexcept {
    for (const known& one : types_) {
      if (one.type != type) continue;
      if (one.how == delivery::in_pieces) return action::tell_in_pieces;
      if (length <= one.longest) return action::tell_whole;
      return one.how == delivery::whole_or_fail ? action::refuse : action::skip;
    }
    return action::skip;
  }

  /// Reads the rest of a capsule that is skipped or delivered in pieces.
  ///
  /// Returns   true if the next capsule begins at `rest`
  constexpr bool skip(received& now) noexcept {
    if (left_ == 0) return true;
    const std::size_t size =
        left_ < now.rest.size() ? static_cast<std::size_t>(left_) : now.rest.size();
    if (told_ && size > 0) deliver(now, size);
    now.rest.remove_prefix(size);
    left_ -= size;
    return left_ == 0;
  }

  constexpr void deliver(received& now, std::size_t size) const noexcept {
    now.what = step::piece;
    now.type = type_;
    now.value = turnout::detail::front_of(now.rest, size);
    now.last = size == left_;
  }

  /// Reads a type and a length.
  ///
  /// Returns   true if there is more to read after it
  constexpr bool begin(received& now, std::size_t shown) noexcept {
    const auto type = varint::parse_prefix(now.rest);
    const auto after_type = turnout::detail::rest_of(now.rest, type.size);
    const auto length = varint::parse_prefix(after_type);
    if (type.size == 0 || length.size == 0) return false;
    const std::string_view value = turnout::detail::rest_of(after_type, length.size);
    type_ = type.value;
    switch (action_for(type_, length.value)) {
      case action::skip:
        told_ = false;
        left_ = length.value;
        now.rest = value;
        return true;
      case action::refuse:
        now.what = step::failed;
        now.why = {errc::capsule_too_long, shown - now.rest.size()};
        return false;
      case action::tell_in_pieces:
        told_ = true;
        left_ = length.value;
        now.rest = value;
        if (left_ == 0) deliver(now, 0);  // an empty value is one piece
        return left_ > 0;
      case action::tell_whole:
        break;
    }
    take_whole(now, value, length.value);
    return false;
  }

  constexpr void take_whole(received& now, std::string_view value,
                            std::uint64_t length) const noexcept {
    if (length > value.size()) return;
    const auto size = static_cast<std::size_t>(length);
    now.what = step::capsule;
    now.type = type_;
    now.value = turnout::detail::front_of(value, size);
    now.rest = turnout::detail::rest_of(value, size);
  }

  lasting_span<const known> types_;
  std::uint64_t left_ = 0;  // octets of a capsule whose type and length were read
  std::uint64_t type_ = 0;
  bool told_ = false;  // whether those octets are delivered
};

/// The type and the length of a capsule; the value follows it on the connection.
struct header {
  std::uint64_t type = 0;    ///< at most varint::greatest
  std::uint64_t length = 0;  ///< how many octets follow; at most varint::greatest

  /// Puts both.
  ///
  /// Fails     unwritable, at 0 for the type and at 1 for the length, if it is too large
  constexpr void put(writer& to) const noexcept {
    if (type > varint::greatest) to.fail({errc::unwritable, 0});
    if (length > varint::greatest) to.fail({errc::unwritable, 1});
    varint{type}.put(to);
    varint{length}.put(to);
  }
};

}  // namespace capsule
}  // namespace v0
}  // namespace turnout
