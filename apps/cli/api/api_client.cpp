#include "api/api_client.hpp"

#include "api/answer_error.hpp"

namespace insighta::cli {

ApiClient::ApiClient(transfer::Transfers& transfers, TokenSource& tokens, std::string api_url)
    : transfers_(transfers), tokens_(tokens), api_url_(std::move(api_url)) {}

Result<transfer::Answer> ApiClient::send(transfer::Call call) {
  call.url = api_url_ + call.url;
  TRY(std::string const token, tokens_.token());
  call.headers.push_back({"Authorization", "Bearer " + token});
  TRY(auto answer, transfers_.perform(call));
  if (answer.status == 401) {
    TRY(std::string const renewed, tokens_.token_instead_of(token));
    if (call.upload != nullptr && !call.upload->rewind()) return fail(error_of(answer));
    call.headers.back().value = "Bearer " + renewed;
    TRY(answer, transfers_.perform(call));
  }
  if (!answer.is_success()) return fail(error_of(answer));
  return answer;
}

}  // namespace insighta::cli
