#pragma once

#include "platform/http/body_stream.hpp"

#include <string>
#include <string_view>

namespace insighta::profiles {

/// The boundary of a multipart Content-Type; 400 when there is none.
Result<std::string> boundary_of(std::string_view content_type);

/// One part of a multipart/form-data body (RFC 7578) as a stream; the parts in front of it are read
/// over. Memory is bounded by the pieces of the body.
class MultipartFile final : public http::BodyStream {
 public:
  /// `body` must outlive this.
  MultipartFile(http::BodyStream& body, std::string_view boundary);

  /// Goes to the part of that name and gives its media type (empty when not said); 400 when the
  /// form has none or is not well formed. Once, before next().
  Task<Result<std::string>> open(std::string name);
  Task<Result<std::optional<std::string>>> next() override;

 private:
  /// Appends the next piece of the body; 400 at its end.
  Task<Result<void>> fill();
  /// The next bytes of what is there.
  std::string take(std::size_t size);
  std::string_view rest() const { return std::string_view(buffer_).substr(at_); }
  Task<Result<void>> skip_to_delimiter();
  Task<Result<std::string>> read_part_headers();

  http::BodyStream& body_;
  std::string const delimiter_;
  std::string buffer_ = "\r\n";  ///< so that the first delimiter is like the others
  std::size_t at_ = 0;           ///< what was read of it ends here
  bool is_at_end_ = false;
};

}  // namespace insighta::profiles
