#pragma once

#include "credentials/token_source.hpp"
#include "platform/outcome/result.hpp"
#include "platform/transfer/transfer.hpp"

#include <string>

namespace insighta::cli {

/// The API as the person who is signed in.
class ApiClient {
 public:
  ApiClient(transfer::Transfers& transfers, TokenSource& tokens, std::string api_url);

  /// `call.url` is the path with its query. Adds the token; a refused one is renewed and the call
  /// sent once more. Any answer but 2xx becomes its error.
  Result<transfer::Answer> send(transfer::Call call);

 private:
  transfer::Transfers& transfers_;
  TokenSource& tokens_;
  std::string api_url_;
};

}  // namespace insighta::cli
