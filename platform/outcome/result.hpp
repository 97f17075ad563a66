#pragma once

#include "platform/outcome/error.hpp"

#include <expected>
#include <utility>

namespace insighta {

/// A value, or the expected reason why there is none.
template <class T>
using Result = std::expected<T, Error>;

/// An error on its way up: `return fail(not_found("…"));`
inline std::unexpected<Error> fail(Error error) {
  return std::unexpected(std::move(error));
}

}  // namespace insighta

#define INSIGHTA_JOIN_(a, b) a##b
#define INSIGHTA_JOIN(a, b) INSIGHTA_JOIN_(a, b)

#define INSIGHTA_TRY_(leave, result, declaration, ...)            \
  auto result = (__VA_ARGS__);                                    \
  if (!result) leave ::insighta::fail(std::move(result).error()); \
  declaration = *std::move(result)

/// TRY(auto user, find_user(id)); passes an error up, else binds the value.
#define TRY(declaration, ...) \
  INSIGHTA_TRY_(return, INSIGHTA_JOIN(try_result_, __LINE__), declaration, __VA_ARGS__)
/// The same inside a coroutine: CO_TRY(auto user, co_await find_user(id));
#define CO_TRY(declaration, ...) \
  INSIGHTA_TRY_(co_return, INSIGHTA_JOIN(try_result_, __LINE__), declaration, __VA_ARGS__)

/// For a Result<void>: CO_TRY_VOID(co_await remove(id));
#define TRY_VOID(...)                                                        \
  do {                                                                       \
    auto try_result = (__VA_ARGS__);                                         \
    if (!try_result) return ::insighta::fail(std::move(try_result).error()); \
  } while (false)
#define CO_TRY_VOID(...)                                                        \
  do {                                                                          \
    auto try_result = (__VA_ARGS__);                                            \
    if (!try_result) co_return ::insighta::fail(std::move(try_result).error()); \
  } while (false)
