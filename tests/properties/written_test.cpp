// Whatever octet a caller gives, wherever it is: what is written is one head with it, or nothing.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "support/written_laws.hpp"

TEST_CASE("[MSG-03] [MSG-82] [ENG-04] any octet of a caller is written in its place, or nowhere") {
  const written_laws::given sound{
      "POST", "/x?y", "a:1", "foo", "2", "http://b", "content", {{"X-Name", "a value"}, {"Z", ""}}};
  written_laws::given by = sound;
  std::string_view* const all[] = {&by.method,         &by.target,          &by.host,
                                   &by.token,          &by.version,         &by.origin,
                                   &by.fields[0].name, &by.fields[0].value, &by.fields[1].value};
  for (std::string_view* const one : all) {
    const std::string before{*one};
    for (int octet = 0; octet < 256; ++octet) {
      for (std::size_t at = 0; at <= before.size(); ++at) {
        std::string edited = before;
        edited.insert(at, 1, static_cast<char>(octet));
        *one = edited;
        CAPTURE(edited);
        for (const int status : {403, 405, 426})
          CHECK(written_laws::all_is_one_head(by, static_cast<std::uint16_t>(status)) == "");
      }
    }
    by = sound;
  }
}

TEST_CASE("[ENG-04] valid values of a caller are written, and not refused") {
  const auto written = [](const auto& one) {
    return !written_laws::write_exactly([&](turnout::span<char> out) {
              return write(one, out);
            }).empty();
  };
  CHECK(written(turnout::refusal{.status = 403}));
  CHECK(!written(turnout::refusal{.status = 200}));
}
