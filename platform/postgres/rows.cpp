#include "platform/postgres/rows.hpp"

#include "platform/outcome/ensure.hpp"
#include "platform/postgres/oids.hpp"
#include "platform/postgres/wire.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <bit>
#include <charconv>
#include <cstring>

namespace insighta::postgres {

namespace {

[[noreturn]] void refuse(pg_result const* result, int column, std::string_view wanted) {
  throw BrokenInvariant(fmt::format("column {} ({}) has type {} and cannot be read as {}", column,
                                    PQfname(result, column), PQftype(result, column), wanted));
}

/// Takes pieces off the front of an array's bytes and never reads behind their end.
class ArrayReader {
 public:
  explicit ArrayReader(std::string_view bytes) : rest_(bytes) {}

  std::int32_t number() { return wire::read<std::int32_t>(take(4)); }
  std::string_view take(std::size_t size) {
    ensure(size <= rest_.size(), "an array value is shorter than it says");
    auto const piece = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return piece;
  }

 private:
  std::string_view rest_;
};

bool is_text(oid::Oid type) {
  return type == oid::text || type == oid::varchar || type == oid::character || type == oid::json ||
         type == oid::name;
}

}  // namespace

void Rows::Clear::operator()(pg_result* result) const {
  PQclear(result);
}

Rows::Rows(pg_result* result) : result_(result) {}

std::size_t Rows::size() const {
  return result_ ? static_cast<std::size_t>(PQntuples(result_.get())) : 0;
}

Row Rows::single() const {
  ensure(size() == 1, "a query that gives exactly one row gave another number");
  return {*this, 0};
}

std::int64_t Rows::affected() const {
  if (!result_) return 0;
  std::string_view const text = PQcmdTuples(result_.get());
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

bool Row::is_null(std::size_t column) const {
  auto const* const result = rows_->result_.get();
  ensure(index_ < rows_->size() && column < static_cast<std::size_t>(PQnfields(result)),
         "a row or column that the answer does not have");
  return PQgetisnull(result, static_cast<int>(index_), static_cast<int>(column)) != 0;
}

std::uint32_t Row::type(std::size_t column) const {
  return PQftype(rows_->result_.get(), static_cast<int>(column));
}

std::string_view Row::bytes(std::size_t column) const {
  ensure(!is_null(column), "NULL where a value was expected");
  auto const* const result = rows_->result_.get();
  auto const row = static_cast<int>(index_);
  auto const field = static_cast<int>(column);
  return {PQgetvalue(result, row, field),
          static_cast<std::size_t>(PQgetlength(result, row, field))};
}

void Row::refuse_type(std::size_t column, char const* wanted) const {
  refuse(rows_->result_.get(), static_cast<int>(column), wanted);
}

Uuid Row::uuid(std::size_t column) const {
  auto const value = bytes(column);
  if (type(column) != oid::uuid) refuse_type(column, "uuid");
  Uuid uuid;
  std::memcpy(uuid.bytes.data(), value.data(), uuid.bytes.size());
  return uuid;
}

bool Row::decode(std::size_t column, bool*) const {
  auto const value = bytes(column);
  if (type(column) != oid::boolean) refuse_type(column, "bool");
  return value[0] != '\0';
}

std::int32_t Row::decode(std::size_t column, std::int32_t*) const {
  auto const value = bytes(column);
  if (type(column) == oid::int4) return wire::read<std::int32_t>(value);
  if (type(column) == oid::int2) return wire::read<std::int16_t>(value);
  refuse_type(column, "a 32-bit integer");
}

std::int64_t Row::decode(std::size_t column, std::int64_t*) const {
  auto const value = bytes(column);
  if (type(column) == oid::int8) return wire::read<std::int64_t>(value);
  if (type(column) == oid::int4) return wire::read<std::int32_t>(value);
  if (type(column) == oid::int2) return wire::read<std::int16_t>(value);
  refuse_type(column, "an integer");
}

double Row::decode(std::size_t column, double*) const {
  auto const value = bytes(column);
  if (type(column) == oid::float8) return std::bit_cast<double>(wire::read<std::uint64_t>(value));
  if (type(column) == oid::float4) {
    return static_cast<double>(std::bit_cast<float>(wire::read<std::uint32_t>(value)));
  }
  refuse_type(column, "a floating-point number");
}

std::string Row::decode(std::size_t column, std::string*) const {
  return std::string(decode(column, static_cast<std::string_view*>(nullptr)));
}

std::string_view Row::decode(std::size_t column, std::string_view*) const {
  auto const value = bytes(column);
  if (is_text(type(column)) || type(column) == oid::bytea) return value;
  // jsonb is its text behind one byte of version.
  if (type(column) == oid::jsonb) return value.substr(1);
  refuse_type(column, "text");
}

Instant Row::decode(std::size_t column, Instant*) const {
  auto const value = bytes(column);
  if (type(column) != oid::timestamptz) refuse_type(column, "timestamptz");
  return wire::epoch + std::chrono::microseconds{wire::read<std::int64_t>(value)};
}

std::vector<std::string> Row::decode(std::size_t column, std::vector<std::string>*) const {
  ArrayReader reader(bytes(column));
  if (type(column) != oid::text_array && type(column) != oid::varchar_array) {
    refuse_type(column, "an array of text");
  }
  auto const dimensions = reader.number();
  ensure(dimensions == 0 || dimensions == 1, "an array of more than one dimension");
  reader.take(8);  // whether there are NULLs, and the element's type
  std::vector<std::string> values;
  if (dimensions == 0) return values;
  auto const count = reader.number();
  reader.take(4);  // the lower bound
  values.reserve(static_cast<std::size_t>(count));
  for (std::int32_t i = 0; i < count; ++i) {
    auto const size = reader.number();
    ensure(size >= 0, "NULL inside an array");
    values.emplace_back(reader.take(static_cast<std::size_t>(size)));
  }
  return values;
}

}  // namespace insighta::postgres
