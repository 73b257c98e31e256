// What the adapters of both parsers of Node.js share, which call back with parts of field lines.
#pragma once

#include <cstddef>
#include <string_view>

#include "../tally.hpp"

/// Counts the field lines of a head. Names and values come in as many parts as there are pieces.
template <class Parser>
class called_back {
 public:
  /// The field lines, once the head is whole.
  tally fields() const { return complete_ ? fields_ : tally{}; }

 protected:
  static int on_name(Parser* parser, const char*, std::size_t size) {
    called_back& self = of(parser);
    self.fields_.lines += !self.in_name_;
    self.fields_.octets += size;
    self.in_name_ = true;
    return 0;
  }
  static int on_value(Parser* parser, const char*, std::size_t size) {
    called_back& self = of(parser);
    self.fields_.octets += size;
    self.in_name_ = false;
    return 0;
  }
  static int on_complete(Parser* parser) {
    of(parser).complete_ = true;
    return 0;
  }

  /// Makes a parser call back here, once it is initialized.
  void listen() { parser_.data = this; }

  Parser parser_;
  bool complete_ = false;

 private:
  static called_back& of(Parser* parser) { return *static_cast<called_back*>(parser->data); }

  tally fields_;
  bool in_name_ = false;
};

/// Reads a head of a type in one piece.
template <class Reader, auto type>
tally read(std::string_view head) {
  Reader reading{type};
  reading.read(head);
  return reading.fields();
}

/// Reads a head of a type in pieces, up to its end.
template <class Reader, auto type>
tally feed(std::string_view head, std::size_t piece) {
  Reader reading{type};
  for (std::size_t at = 0; at < head.size() && !reading.read(head.substr(at, piece));) at += piece;
  return reading.fields();
}
