#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace insighta::config {

/// A value that is never printed.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  std::string const& reveal() const { return value_; }
  bool is_empty() const { return value_.empty(); }

 private:
  std::string value_;
};

/// Where settings come from: a TOML file, then the environment, which wins. The key `a.b_c` is
/// `b_c` in table `[a]` and the variable INSIGHTA_A_B_C; the top-level key `env` is INSIGHTA_ENV.
/// A secret `k` may instead be given as `k_file` (INSIGHTA_…_FILE): the path of a file that holds
/// it. Readers note every fault and go on; report() tells all of them at once, unknown keys of the
/// file included.
class Source {
 public:
  using Environment = std::function<char const*(char const*)>;

  /// No file when the path is empty. A file that cannot be read or parsed is a fault.
  static Source load(std::string const& file, Environment environment);

  std::string text(std::string_view key, std::optional<std::string> fallback = {});
  /// One of a closed list.
  std::string choice(std::string_view key, std::string_view fallback,
                     std::initializer_list<std::string_view> allowed);
  std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t min,
                       std::int64_t max);
  bool boolean(std::string_view key, bool fallback);
  /// `90s`, `15m`, `8h`, `7d`, `250ms`; a bare number is seconds.
  std::chrono::milliseconds duration(std::string_view key, std::chrono::milliseconds fallback);
  /// Comma-separated in the environment, an array in the file.
  std::vector<std::string> list(std::string_view key, std::vector<std::string> fallback = {});
  /// Required unless `fallback` is given.
  Secret secret(std::string_view key, std::optional<std::string> fallback = {});
  /// An absolute http(s) URL without trailing slash, query or fragment.
  std::string url(std::string_view key, std::optional<std::string> fallback = {});

  bool is_set(std::string_view key) const;
  /// A fault that only the caller can see (two settings that exclude each other).
  void refuse(std::string_view key, std::string message);
  /// `key: what is wrong` lines, in the order found; empty when all is well.
  std::vector<std::string> report() const;

 private:
  struct Raw {
    std::string text;
    std::vector<std::string> items;
    bool is_list = false;
  };
  friend class TomlReader;

  std::optional<Raw> find(std::string_view key);
  std::optional<std::string> find_text(std::string_view key);
  void refuse_missing(std::string_view key, std::string_view or_else = {});

  std::map<std::string, Raw, std::less<>> file_;
  std::set<std::string, std::less<>> known_;
  std::vector<std::string> faults_;
  Environment environment_;
};

}  // namespace insighta::config
