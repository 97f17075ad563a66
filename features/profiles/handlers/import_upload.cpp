#include "profiles/handlers/import_upload.hpp"

#include "profiles/services/import_source.hpp"

namespace insighta::profiles {

Task<Result<ImportUpload>> open_upload(http::Request& request) {
  // A form is a little longer than its file.
  constexpr std::uint64_t form_allowance = 64 * 1024;
  if (request.content_length.value_or(0) > max_import_bytes + form_allowance)
    co_return fail(
        Error{ErrorKind::too_large, "PAYLOAD_TOO_LARGE", "The file is larger than 1 GiB"});

  auto const type = request.content_type();
  ImportUpload upload;
  upload.is_json = type == "application/json";
  if (upload.is_json || type == "text/csv") co_return upload;
  if (type != "multipart/form-data")
    co_return fail(Error{ErrorKind::unsupported_type, "UNSUPPORTED_MEDIA_TYPE",
                         "Send multipart/form-data with a file, text/csv or application/json"});

  CO_TRY(auto boundary, boundary_of(request.header("Content-Type")));
  upload.part = std::make_unique<MultipartFile>(*request.body, boundary);
  CO_TRY(auto const part_type, co_await upload.part->open("file"));
  upload.is_json = part_type == "application/json";
  co_return upload;
}

}  // namespace insighta::profiles
