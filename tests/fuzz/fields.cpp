// Every reader of a field: what it reads is written, read again as the same, and as in the
// reference.
#include "fuzz/common.hpp"
#include "support/value_laws.hpp"

namespace {

using namespace turnout::field;

using law = std::string (*)(std::string_view);

/// One law for each reader.
constexpr law laws[] = {
    value_laws::reads_what_it_writes<upgrade>,
    value_laws::reads_what_it_writes<connection>,
    value_laws::reads_what_it_writes<expect>,
    value_laws::reads_what_it_writes<transfer_encoding>,
    value_laws::reads_what_it_writes<sec_websocket_version>,
    value_laws::reads_what_it_writes<sec_websocket_protocol>,
    value_laws::reads_what_it_writes<sec_websocket_extensions>,
    value_laws::reads_what_it_writes<sec_websocket_key>,
    value_laws::reads_what_it_writes<host>,
    value_laws::reads_what_it_writes<content_length>,
    value_laws::reads_what_it_writes<max_forwards>,
    value_laws::reports_read_what_they_write,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const law chosen = in.pick(laws);
  const std::string_view value = in.rest();
  fuzz::must_hold(chosen(value));
  fuzz::must_hold(value_laws::lists_as_reference<connection>(value, reference::is_token));
  return 0;
}
