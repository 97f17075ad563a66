#include "platform/outcome/error.hpp"

namespace insighta {

Error bad_request(std::string message, std::string code) {
  return {ErrorKind::bad_request, std::move(code), std::move(message)};
}
Error unauthenticated(std::string message, std::string code) {
  return {ErrorKind::unauthenticated, std::move(code), std::move(message)};
}
Error forbidden(std::string message, std::string code) {
  return {ErrorKind::forbidden, std::move(code), std::move(message)};
}
Error not_found(std::string message, std::string code) {
  return {ErrorKind::not_found, std::move(code), std::move(message)};
}
Error conflict(std::string message, std::string code) {
  return {ErrorKind::conflict, std::move(code), std::move(message)};
}
Error invalid(std::string message, std::vector<FieldError> fields, std::string code) {
  return {ErrorKind::invalid, std::move(code), std::move(message), std::move(fields)};
}
Error unavailable(std::string message, std::chrono::seconds retry_after, std::string code) {
  return {ErrorKind::unavailable, std::move(code), std::move(message), {}, retry_after};
}
Error bad_upstream(std::string message, std::string code) {
  return {ErrorKind::bad_upstream, std::move(code), std::move(message)};
}

}  // namespace insighta
