// Boost.Beast.
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/version.hpp>

#include "reading.hpp"

namespace differential {
namespace {

namespace http = boost::beast::http;

template <bool is_request>
reading read(std::string_view octets) {
  http::parser<is_request, http::string_body> parser;
  parser.eager(true);
  boost::beast::error_code error;
  reading seen;
  seen.size = parser.put(boost::asio::buffer(octets.data(), octets.size()), error);
  if (error == http::error::need_more) error = {};

  seen.why = error ? error.message() : "";
  seen.what = error                     ? reading::outcome::refused
              : parser.is_header_done() ? reading::outcome::accepted
                                        : reading::outcome::waits;
  const auto& message = parser.get();
  if constexpr (is_request)
    seen.start = std::string{message.method_string()} + " " + std::string{message.target()};
  else
    seen.start = std::to_string(message.result_int());
  seen.minor_version = static_cast<int>(message.version() % 10);
  for (const auto& field : message)
    seen.add({field.name_string().data(), field.name_string().size()},
             {field.value().data(), field.value().size()});
  seen.content.emplace(message.body(), parser.is_done());
  return seen;
}

}  // namespace

const parser beast{
    "Boost.Beast",
    std::to_string(BOOST_VERSION / 100000) + "." + std::to_string(BOOST_VERSION / 100 % 1000),
    read<true>, read<false>};

}  // namespace differential
