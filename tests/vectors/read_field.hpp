// A field value of a case, read by itself.
#pragma once

#include "../../examples/inspect/field.hpp"
#include "vectors/vector.hpp"

namespace vectors {

/// What a value means, or that it is malformed.
inline json read_field(const vector& one) {
  const inspected value{inspected::kind::field, one.field, one.value};
  if (one.setup.contains("key")) {
    const std::string key = octets_of(one.setup["key"]);
    const report found = inspect_accept(*turnout::field::sec_websocket_key::parse(key), value);
    return {{"outcome", found.machine["value"] == true ? "valid" : "invalid"}};
  }
  const report found = inspect_field(*find_reader(one.field), value);
  if (found.machine["ok"] == false) return {{"outcome", "invalid"}};
  return {{"outcome", "valid"}, {"value", json::parse(found.machine["value"].dump(-1, ' ', true))}};
}

}  // namespace vectors
