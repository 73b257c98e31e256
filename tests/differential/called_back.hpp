// How both parsers of Node.js are asked, whose interfaces are alike but for their names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reading.hpp"

namespace differential {

/// Takes what a parser calls back with.
///
/// Takes     Parser: its type, which has `data`; stop: what a function returns that stops it
template <class Parser, int stop>
struct notes {
  reading seen;
  std::string target;
  std::string name;
  std::string value;
  bool head_is_complete = false;
  bool message_is_complete = false;

  static notes& of(Parser* parser) { return *static_cast<notes*>(parser->data); }

  static int on_target(Parser* parser, const char* octets, std::size_t size) {
    of(parser).target.append(octets, size);
    return 0;
  }
  static int on_name(Parser* parser, const char* octets, std::size_t size) {
    notes& self = of(parser);
    if (!self.value_is_next_) self.add_field();
    self.value_is_next_ = true;
    self.name.append(octets, size);
    return 0;
  }
  static int on_value(Parser* parser, const char* octets, std::size_t size) {
    notes& self = of(parser);
    self.value_is_next_ = false;
    self.value.append(octets, size);
    return 0;
  }
  static int on_head(Parser* parser) {
    notes& self = of(parser);
    self.add_field();
    self.head_is_complete = true;
    return 0;
  }
  static int on_content(Parser* parser, const char* octets, std::size_t size) {
    of(parser).content_.append(octets, size);
    return 0;
  }
  static int on_message(Parser* parser) {
    of(parser).message_is_complete = true;
    return stop;
  }

  /// Makes the settings of a parser call back here.
  template <class Settings>
  static Settings calling_back(Settings all) {
    all.on_url = on_target;
    all.on_header_field = on_name;
    all.on_header_value = on_value;
    all.on_headers_complete = on_head;
    all.on_body = on_content;
    all.on_message_complete = on_message;
    return all;
  }

  /// What came of it.
  ///
  /// Takes     error: the parser's word for what is wrong, or nothing
  reading finish(const Parser& parser, const char* method, std::string error) {
    seen.start =
        method != nullptr ? std::string{method} + " " + target : std::to_string(parser.status_code);
    seen.minor_version = parser.http_minor;
    seen.content.emplace(content_, message_is_complete);
    seen.why = std::move(error);
    seen.what = !seen.why.empty()  ? reading::outcome::refused
                : head_is_complete ? reading::outcome::accepted
                                   : reading::outcome::waits;
    return seen;
  }

 private:
  /// Trailer fields come in the same way, and are left out.
  void add_field() {
    if (!name.empty() && !head_is_complete) seen.add(name, value);
    name.clear();
    value.clear();
  }

  bool value_is_next_ = false;
  std::string content_;
};

}  // namespace differential
