#pragma once

#include "platform/http/body_stream.hpp"

#include <cstdio>
#include <memory>
#include <string_view>

namespace insighta::profiles {

/// Text of any length kept in a temporary file, which nobody else sees, until it is sent: first all
/// write(), then next(). Throws when the disk is full.
class ReportSpool final : public http::BodyStream {
 public:
  ReportSpool();

  void write(std::string_view text);
  Task<Result<std::optional<std::string>>> next() override;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
  bool is_reading_ = false;
};

}  // namespace insighta::profiles
