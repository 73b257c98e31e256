// The inspector of examples/inspect: whatever it is shown, its report can be shown to people.
#include "fuzz/common.hpp"
#include "support/inspected.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  fuzz::input in{octets, size};
  const bool value = in.octet() % 4 == 3;
  const std::string request{in.part()};
  const std::string response{in.rest()};
  const auto shown = [](std::string_view, const report& found) {
    fuzz::must_hold(inspections::can_be_shown(found));
  };
  if (value)
    inspections::for_each_value_report(request, shown);
  else
    inspections::for_each_head_report(request, response, shown);
  return 0;
}
