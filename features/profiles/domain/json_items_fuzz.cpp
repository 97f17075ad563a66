// The items do not depend on where the text is cut, and put together again they are the same.

#include "platform/testing/fuzzing.hpp"
#include "profiles/domain/json_items.hpp"

#include <vector>

using namespace insighta;

namespace {

struct Items {
  std::vector<std::string> texts;
  bool is_broken = false;
  bool operator==(Items const&) const = default;
};

Items read(std::string_view text, std::size_t piece_size) {
  profiles::JsonItems reader;
  Items items;
  fuzzing::in_pieces(text, piece_size, [&](std::string_view piece) {
    reader.feed(piece);
    while (reader.has_item()) items.texts.push_back(reader.take_item());
  });
  reader.finish();
  items.is_broken = reader.is_broken();
  return items;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzzing::Input input(data, size);
  auto const piece_size = 1 + input.choice();
  auto const items = read(input.rest(), std::string_view::npos);
  fuzzing::must(read(input.rest(), piece_size) == items, "cuts do not matter");
  if (items.is_broken) return 0;
  std::string text = "{\"profiles\":[";
  for (auto const& item : items.texts) text.append(&item == items.texts.data() ? "" : ",") += item;
  fuzzing::must(read(text + "]}", piece_size) == items, "the items are what the list is made of");
  return 0;
}
