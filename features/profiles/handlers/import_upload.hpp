#pragma once

#include "platform/http/request.hpp"
#include "profiles/handlers/multipart_file.hpp"

#include <memory>

namespace insighta::profiles {

/// The file of an import request: its whole body, or the part `file` of a form.
struct ImportUpload {
  bool is_json = false;
  std::unique_ptr<MultipartFile> part = nullptr;

  http::BodyStream& body(http::Request& request) const { return part ? *part : *request.body; }
};

/// 415 for other types than text/csv, application/json and multipart/form-data; 400 for a form
/// without the part; 413 when the request says that it is too large.
Task<Result<ImportUpload>> open_upload(http::Request& request);

}  // namespace insighta::profiles
