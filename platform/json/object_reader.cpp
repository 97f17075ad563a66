#include "platform/json/value.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace insighta::json {

namespace {

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == text.npos;
}

Error summed_up(std::string_view what, std::vector<FieldError> faults) {
  std::vector<std::string_view> names;
  for (auto const& fault : faults) names.push_back(fault.field);
  auto message = fmt::format("{}: {}", what, fmt::join(names, ", "));
  return invalid(std::move(message), std::move(faults));
}

}  // namespace

ObjectReader::ObjectReader(Value const& object, std::string path)
    : object_(object), path_(std::move(path)) {
  if (!object_.is_object())
    wrong_.push_back({path_.empty() ? "body" : path_, "must be a JSON object"});
}

std::string ObjectReader::string(std::string_view name) {
  auto const value = require(name);
  if (!value) return {};
  auto text = checked_string(name, *value).value_or("");
  if (value->is_string() && is_blank(*value->as_string()))
    missing_.push_back({path_of(name), "must not be empty"});
  return text;
}

std::optional<std::string> ObjectReader::optional_string(std::string_view name) {
  auto const value = present(name);
  return value ? checked_string(name, *value) : std::nullopt;
}

std::int64_t ObjectReader::integer(std::string_view name, std::int64_t min, std::int64_t max) {
  auto const value = require(name);
  return value ? checked_integer(name, *value, min, max).value_or(min) : min;
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view name, std::int64_t min,
                                                           std::int64_t max) {
  auto const value = present(name);
  return value ? checked_integer(name, *value, min, max) : std::nullopt;
}

std::optional<double> ObjectReader::optional_number(std::string_view name, double min, double max) {
  auto const value = present(name);
  if (!value) return {};
  auto const number = value->as_number();
  if (!number)
    refuse(name, "must be a number");
  else if (*number < min || *number > max)
    refuse(name, fmt::format("must be from {} to {}", min, max));
  else
    return number;
  return {};
}

std::optional<bool> ObjectReader::optional_bool(std::string_view name) {
  auto const value = present(name);
  if (!value) return {};
  auto const truth = value->as_bool();
  if (!truth) refuse(name, "must be true or false");
  return truth;
}

std::optional<Value> ObjectReader::optional_value(std::string_view name) {
  return object_.find(name);
}

void ObjectReader::refuse(std::string_view name, std::string message) {
  wrong_.push_back({path_of(name), std::move(message)});
}

Result<void> ObjectReader::finish() const {
  if (missing_.empty() && wrong_.empty()) return {};
  if (missing_.empty()) return fail(summed_up("Invalid", wrong_));
  auto faults = missing_;
  auto error = summed_up("Missing or empty", faults);
  error.kind = ErrorKind::bad_request;
  error.code = "MISSING_FIELD";
  error.fields.insert(error.fields.end(), wrong_.begin(), wrong_.end());
  return fail(std::move(error));
}

std::optional<Value> ObjectReader::require(std::string_view name) {
  auto value = present(name);
  if (!value && object_.is_object()) missing_.push_back({path_of(name), "is required"});
  return value;
}

std::optional<Value> ObjectReader::present(std::string_view name) const {
  auto value = object_.find(name);
  if (value && value->is_null()) return {};
  return value;
}

std::optional<std::string> ObjectReader::checked_string(std::string_view name, Value const& value) {
  auto const text = value.as_string();
  if (!text)
    refuse(name, "must be a string");
  else if (text->find('\0') != text->npos)
    refuse(name, "must not contain NUL");  // PostgreSQL cannot store it
  else
    return std::string(*text);
  return {};
}

std::optional<std::int64_t> ObjectReader::checked_integer(std::string_view name, Value const& value,
                                                          std::int64_t min, std::int64_t max) {
  auto const integer = value.as_integer();
  if (!integer)
    refuse(name, "must be an integer");
  else if (*integer < min || *integer > max)
    refuse(name, fmt::format("must be from {} to {}", min, max));
  else
    return integer;
  return {};
}

std::string ObjectReader::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
}

}  // namespace insighta::json
