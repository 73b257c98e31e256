// HTTP2-Settings, the HTTP/2 settings of a client that asks for h2c: RFC 7540 section 3.2.1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "turnout/core/result.hpp"
#include "turnout/core/span.hpp"
#include "turnout/core/walk.hpp"
#include "turnout/core/writer.hpp"
#include "turnout/field/name.hpp"  // comes first: it has an enumerator of the same name
#include "turnout/grammar/ascii.hpp"
#include "turnout/grammar/base64.hpp"
#include "turnout/grammar/value_lines.hpp"

namespace turnout {
inline namespace v0 {
namespace field {

/// One setting of HTTP/2: six octets in a frame, and exactly eight octets of base64url.
struct http2_setting {
  static constexpr std::uint16_t header_table_size = 1;       ///< SETTINGS_HEADER_TABLE_SIZE
  static constexpr std::uint16_t enable_push = 2;             ///< SETTINGS_ENABLE_PUSH
  static constexpr std::uint16_t max_concurrent_streams = 3;  ///< SETTINGS_MAX_CONCURRENT_STREAMS
  static constexpr std::uint16_t initial_window_size = 4;     ///< SETTINGS_INITIAL_WINDOW_SIZE
  static constexpr std::uint16_t max_frame_size = 5;          ///< SETTINGS_MAX_FRAME_SIZE
  static constexpr std::uint16_t max_header_list_size = 6;    ///< SETTINGS_MAX_HEADER_LIST_SIZE

  std::uint16_t id = 0;     ///< which setting: one of those above, or any other
  std::uint32_t value = 0;  ///< what it is set to

  /// How many octets of text a setting takes.
  static constexpr std::size_t text_size = 8;

  /// The setting that is written at the front of `text`.
  ///
  /// Takes     text: begins with eight octets of base64url
  static constexpr http2_setting from_text(std::string_view text) noexcept {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < text_size; ++i)
      number = number << 6 | grammar::detail::base64url_values.value(text[i]);
    return {static_cast<std::uint16_t>(number >> 32), static_cast<std::uint32_t>(number)};
  }

  /// False if the setting is a known one and its value is a connection error.
  ///
  /// Rule      enable_push is 0 or 1, initial_window_size at most 2^31-1, max_frame_size 2^14 to
  ///           2^24-1; unknown settings are ignored: RFC 7540 section 6.5.2
  constexpr bool is_allowed() const noexcept {
    switch (id) {
      case enable_push:
        return value <= 1;
      case initial_window_size:
        return value <= 0x7FFFFFFF;
      case max_frame_size:
        return value >= 0x4000 && value <= 0xFFFFFF;
      default:
        return true;
    }
  }

  /// Puts the eight octets; fails with unwritable if the value is not allowed.
  constexpr void put(writer& to) const noexcept {
    if (!is_allowed()) to.fail({errc::unwritable, 0});
    char text[text_size]{};
    grammar::detail::put_base64_group(text, std::uint32_t{id} << 8 | value >> 24,
                                      grammar::detail::base64url_alphabet);
    grammar::detail::put_base64_group(text + 4, value, grammar::detail::base64url_alphabet);
    const char* const octets = text;  // a view of `text` is slower to compile
    to.put({octets, text_size});
  }

  friend constexpr bool operator==(const http2_setting&, const http2_setting&) = default;
};

/// The value of HTTP2-Settings: settings in order, checked first, then read without failures.
///
/// Borrows   the field line's octets
///
/// ```cpp
/// using setting = turnout::field::http2_setting;
/// const auto settings = turnout::field::http2_settings::parse("AAMAAABk");
/// assert(settings && settings->size() == 1);
/// assert(settings->value_of(setting::max_concurrent_streams, 0) == 100);
/// assert(settings->value_of(setting::max_frame_size, 16384) == 16384);
/// ```
class http2_settings {
 public:
  /// Finds the settings in order.
  class reader {
   public:
    using value_type = http2_setting;

    /// After the last setting.
    constexpr reader() = default;
    /// Before the first setting in checked octets.
    constexpr explicit reader(std::string_view text) noexcept : rest_{text} {}

    /// The current setting.
    constexpr const http2_setting& here() const noexcept { return here_; }

    /// Goes to the next setting.
    constexpr void next() noexcept {
      at_ = nullptr;
      if (rest_.empty()) return;
      at_ = rest_.data();
      here_ = http2_setting::from_text(rest_);
      rest_.remove_prefix(http2_setting::text_size);
    }

    /// True if both are at the same setting of the same octets, or at the end.
    friend constexpr bool operator==(const reader& one, const reader& other) noexcept {
      return one.at_ == other.at_;
    }

   private:
    std::string_view rest_;
    const char* at_ = nullptr;
    http2_setting here_;
  };

  /// Iterates over the settings in order; a forward iterator.
  using iterator = turnout::detail::walk<reader>;

  /// No settings.
  constexpr http2_settings() = default;

  /// Reads the field's only line. If it fails, the request is not in error: the server just doesn't
  /// upgrade.
  ///
  /// Grammar   HTTP2-Settings = token68 that is the base64url of a SETTINGS payload without
  ///           padding, RFC 7540 section 3.2.1: one setting at least
  /// Rule      a server does not upgrade if the field is absent or repeated; it handles the values
  ///           as those of a SETTINGS frame
  /// Fails     missing_http2_settings at 0; bad_http2_settings at the octet at fault, or at the end
  ///           of the value if a setting is incomplete; forbidden_http2_setting where the setting
  ///           begins; repeated_http2_settings where the second line begins
  /// Borrows   the octets of the line
  /// Costs     two passes
  static constexpr result<http2_settings> parse(grammar::value_lines lines) noexcept {
    if (lines.empty()) return failure{errc::missing_http2_settings, 0};
    http2_settings checked;
    checked.text_ = lines.first();
    const auto size = grammar::check_base64(checked.text_, grammar::base64::url_unpadded);
    if (!size) return failure{errc::bad_http2_settings, size.error().at};
    if (checked.text_.empty() || checked.text_.size() % http2_setting::text_size != 0)
      return failure{errc::bad_http2_settings, checked.text_.size()};
    std::size_t at = 0;
    for (const http2_setting& setting : checked) {
      if (!setting.is_allowed()) return failure{errc::forbidden_http2_setting, at};
      at += http2_setting::text_size;
    }
    if (lines.has_second()) return failure{errc::repeated_http2_settings, lines.second()};
    return checked;
  }

  /// At the first setting.
  constexpr iterator begin() const noexcept { return iterator{reader{text_}}; }
  /// After the last setting.
  constexpr iterator end() const noexcept { return iterator{}; }
  /// How many settings there are, of any id.
  constexpr std::size_t size() const noexcept { return text_.size() / http2_setting::text_size; }

  /// What a setting is set to.
  ///
  /// Rule      settings are processed in order, so the last one of an id counts: RFC 7540 section
  ///           6.5.3
  /// Takes     otherwise: the initial value, which applies if the setting is absent
  constexpr std::uint32_t value_of(std::uint16_t id, std::uint32_t otherwise) const noexcept {
    for (const http2_setting& setting : *this)
      if (setting.id == id) otherwise = setting.value;
    return otherwise;
  }

  /// Decodes the settings to the payload of a SETTINGS frame, which HTTP/2 libraries accept.
  ///
  /// Takes     out: where to write: six octets for each setting
  /// Returns   how many octets were written at the front of `out`
  /// Fails     no_space with the size needed
  constexpr result<std::size_t> decode(span<std::uint8_t> out) const noexcept {
    return grammar::decode_base64(text_, out, grammar::base64::url_unpadded);
  }

  /// Puts the settings as they came: they have only one spelling.
  constexpr void put(writer& to) const noexcept { to.put(text_); }

  friend constexpr bool operator==(const http2_settings&, const http2_settings&) = default;

 private:
  std::string_view text_;
};

/// Puts a client's settings as the value of HTTP2-Settings.
///
/// Rule      only requests have the field, never a response: RFC 7540 section 3.2.1
/// Fails     unwritable; `at` is the index of the setting whose value is not allowed, or 0 if there
///           is none
constexpr void put_http2_settings(writer& to, span<const http2_setting> settings) noexcept {
  if (settings.empty()) to.fail({errc::unwritable, 0});
  for (std::size_t i = 0; i < settings.size(); ++i) to.put_numbered(settings[i], i);
}

}  // namespace field
}  // namespace v0
}  // namespace turnout
