// The file of a form does not depend on the pieces it comes in, and is what was put into it.

#include "platform/testing/fuzzed_body.hpp"
#include "profiles/handlers/multipart_file.hpp"

using namespace insighta;

namespace {

struct File {
  std::string type;
  std::string content;
  std::string fault;
  bool operator==(File const&) const = default;
};

Task<Result<void>> read_into(profiles::MultipartFile& part, File& file) {
  CO_TRY(file.type, co_await part.open("file"));
  while (true) {
    CO_TRY(auto const piece, co_await part.next());
    if (!piece) co_return Result<void>{};
    fuzzing::must(!piece->empty(), "pieces hold something");
    file.content += *piece;
  }
}

File read(std::string_view form, std::size_t piece_size) {
  fuzzing::Body body(form, piece_size);
  profiles::MultipartFile part(body, "x");
  File file;
  auto const outcome = fuzzing::outcome_of(read_into(part, file));
  if (outcome) return file;
  // How much of a broken file was seen by then is a matter of the pieces.
  return {.fault = outcome.error().code};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzzing::Input input(data, size);
  auto const piece_size = 1 + input.choice();
  auto const whole = read(input.rest(), std::string_view::npos);
  fuzzing::must(read(input.rest(), piece_size) == whole, "cuts do not matter");

  std::string const content(input.rest());
  if (("\r\n" + content + "\r\n--x").find("\r\n--x") != content.size() + 2) return 0;
  auto const form = "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" + content;
  fuzzing::must(read(form + "\r\n--x--\r\n", piece_size) == File{.content = content},
                "what was put in comes out");
  return 0;
}
