// How Beast reads heads, in the two ways that it has.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/string_type.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/optional/optional.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "../tally.hpp"

/// Hands out views of the field lines as they come, as turnout does. Beside that, it looks up each
/// name among some 350, and reads Connection, Upgrade, Content-Length and Transfer-Encoding. It
/// does less: a target may have any octet but control ones, and a line may be folded.
template <bool is_request>
class beast_views : public boost::beast::http::basic_parser<is_request> {
 public:
  /// The field lines so far.
  const tally& fields() const noexcept { return fields_; }

 private:
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb, string_view, string_view, int,
                       error_code&) override {}
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_field_impl(boost::beast::http::field, string_view name, string_view value,
                     error_code&) override {
    fields_.add(name.size(), value.size());
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view octets, error_code&) override { return octets.size(); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view octets, error_code&) override {
    return octets.size();
  }
  void on_finish_impl(error_code&) override {}

  tally fields_;
};

/// Reads a head that is there whole, by views.
template <bool is_request>
tally view_with_beast(std::string_view head) {
  boost::beast::error_code failed;
  beast_views<is_request> parser;
  parser.put(boost::asio::buffer(head.data(), head.size()), failed);
  return !failed && parser.is_header_done() ? parser.fields() : tally{};
}

/// Reads a head that is there whole, into the container that Beast's users get: it does more, a
/// copy of each field line on the heap.
template <bool is_request>
tally copy_with_beast(std::string_view head) {
  namespace http = boost::beast::http;
  boost::beast::error_code failed;
  http::parser<is_request, http::empty_body> parser;
  parser.put(boost::asio::buffer(head.data(), head.size()), failed);
  tally fields;
  if (failed || !parser.is_header_done()) return fields;
  for (const auto& field : parser.get())
    fields.add(field.name_string().size(), field.value().size());
  return fields;
}
