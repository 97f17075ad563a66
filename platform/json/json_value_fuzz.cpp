// What was read and written again reads as the same.

#include "platform/json/value.hpp"
#include "platform/testing/fuzzing.hpp"

using namespace insighta;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const value = json::Value::parse(fuzzing::Input(data, size).rest());
  if (!value) return 0;
  auto const written = value->to_string();
  auto const again = json::Value::parse(written);
  fuzzing::must(again.has_value(), "what was written can be read");
  fuzzing::must(again->to_string() == written, "and is what it was");
  return 0;
}
