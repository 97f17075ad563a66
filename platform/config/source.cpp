#include "platform/config/source.hpp"

#include "platform/config/parse.hpp"

#include <toml++/toml.h>

#include <fstream>
#include <sstream>
#include <utility>

namespace insighta::config {

namespace {

std::string variable_of(std::string_view key) {
  std::string name = "INSIGHTA_";
  for (char const c : key)
    name += c == '.' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return name;
}

std::string without_final_newlines(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

std::optional<std::string> read_file(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) return {};
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) return {};
  return std::move(text).str();
}

std::optional<std::string> scalar_text(toml::node const& node) {
  if (auto const* text = node.as_string()) return text->get();
  if (auto const* number = node.as_integer()) return std::to_string(number->get());
  if (auto const* boolean = node.as_boolean()) return boolean->get() ? "true" : "false";
  return {};
}

std::string joined(std::initializer_list<std::string_view> words) {
  std::string text;
  for (auto const word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

}  // namespace

class TomlReader {
 public:
  TomlReader(std::map<std::string, Source::Raw, std::less<>>& values,
             std::vector<std::string>& faults)
      : values_(values), faults_(faults) {}

  void read(toml::table const& table, std::string const& prefix) {
    for (auto const& [name, node] : table) {
      auto const key = prefix + std::string{name.str()};
      if (auto const* inner = node.as_table())
        read(*inner, key + '.');
      else if (auto const* items = node.as_array())
        read_list(key, *items);
      else if (auto text = scalar_text(node))
        values_.emplace(key, Source::Raw{.text = std::move(*text), .items = {}, .is_list = false});
      else
        faults_.push_back(key + ": expected a text, a number, true or false, or a list of them");
    }
  }

 private:
  void read_list(std::string const& key, toml::array const& items) {
    Source::Raw raw{.text = {}, .items = {}, .is_list = true};
    for (auto const& item : items) {
      auto text = scalar_text(item);
      if (!text) {
        faults_.push_back(key + ": expected a list of texts or numbers");
        return;
      }
      raw.items.push_back(std::move(*text));
    }
    values_.emplace(key, std::move(raw));
  }

  std::map<std::string, Source::Raw, std::less<>>& values_;
  std::vector<std::string>& faults_;
};

Source Source::load(std::string const& file, Environment environment) {
  Source source;
  source.environment_ = std::move(environment);
  if (file.empty()) return source;
  auto const text = read_file(file);
  if (!text) {
    source.faults_.push_back(file + ": cannot be read");
    return source;
  }
  try {
    TomlReader{source.file_, source.faults_}.read(toml::parse(*text), "");
  } catch (toml::parse_error const& error) {
    source.faults_.push_back(file + ": line " + std::to_string(error.source().begin.line) + ": " +
                             std::string{error.description()});
  }
  return source;
}

std::optional<Source::Raw> Source::find(std::string_view key) {
  known_.emplace(key);
  if (char const* value = environment_(variable_of(key).c_str()))
    return Raw{.text = value, .items = {}, .is_list = false};
  if (auto const it = file_.find(key); it != file_.end()) return it->second;
  return {};
}

std::optional<std::string> Source::find_text(std::string_view key) {
  auto raw = find(key);
  if (!raw) return {};
  if (raw->is_list) {
    refuse(key, "expected one value, not a list");
    return {};
  }
  return std::move(raw->text);
}

std::string Source::text(std::string_view key, std::optional<std::string> fallback) {
  if (auto found = find_text(key)) return std::move(*found);
  if (!fallback) refuse_missing(key);
  return std::move(fallback).value_or("");
}

std::string Source::choice(std::string_view key, std::string_view fallback,
                           std::initializer_list<std::string_view> allowed) {
  auto found = find_text(key);
  if (!found) return std::string{fallback};
  for (auto const word : allowed)
    if (*found == word) return std::move(*found);
  refuse(key, "expected one of " + joined(allowed) + ", not '" + *found + "'");
  return std::string{fallback};
}

std::int64_t Source::integer(std::string_view key, std::int64_t fallback, std::int64_t min,
                             std::int64_t max) {
  auto const found = find_text(key);
  if (!found) return fallback;
  if (auto const number = parse_integer(*found); number && *number >= min && *number <= max)
    return *number;
  refuse(key, "expected a whole number from " + std::to_string(min) + " to " + std::to_string(max) +
                  ", not '" + *found + "'");
  return fallback;
}

bool Source::boolean(std::string_view key, bool fallback) {
  auto const found = find_text(key);
  if (!found) return fallback;
  if (*found == "true") return true;
  if (*found == "false") return false;
  refuse(key, "expected true or false, not '" + *found + "'");
  return fallback;
}

std::chrono::milliseconds Source::duration(std::string_view key,
                                           std::chrono::milliseconds fallback) {
  auto const found = find_text(key);
  if (!found) return fallback;
  if (auto const duration = parse_duration(*found)) return *duration;
  refuse(key, "expected a duration such as 250ms, 90s, 15m, 8h or 7d, not '" + *found + "'");
  return fallback;
}

std::vector<std::string> Source::list(std::string_view key, std::vector<std::string> fallback) {
  auto found = find(key);
  if (!found) return fallback;
  return found->is_list ? std::move(found->items) : split_list(found->text);
}

Secret Source::secret(std::string_view key, std::optional<std::string> fallback) {
  auto const file_key = std::string{key} + "_file";
  auto const path = find_text(file_key);
  auto value = find_text(key);
  if (path && value) {
    refuse(key, "set it or " + file_key + ", not both");
    return {};
  }
  if (value) return Secret{std::move(*value)};
  if (path) {
    if (auto content = read_file(*path)) return Secret{without_final_newlines(std::move(*content))};
    refuse(file_key, "the file '" + *path + "' cannot be read");
    return {};
  }
  if (!fallback) refuse_missing(key, " or " + variable_of(file_key));
  return Secret{std::move(fallback).value_or("")};
}

std::string Source::url(std::string_view key, std::optional<std::string> fallback) {
  auto found = find_text(key);
  if (!found) {
    if (!fallback) refuse_missing(key);
    return std::move(fallback).value_or("");
  }
  if (found->ends_with('/')) found->pop_back();
  if (is_base_url(*found)) return std::move(*found);
  refuse(key,
         "expected an http or https URL without query, fragment or user, not '" + *found + "'");
  return std::move(fallback).value_or("");
}

bool Source::is_set(std::string_view key) const {
  return environment_(variable_of(key).c_str()) != nullptr || file_.contains(key);
}

void Source::refuse(std::string_view key, std::string message) {
  faults_.push_back(std::string{key} + ": " + std::move(message));
}

void Source::refuse_missing(std::string_view key, std::string_view or_else) {
  refuse(key, "is not set: put it into the configuration file or into " + variable_of(key) +
                  std::string{or_else});
}

std::vector<std::string> Source::report() const {
  auto faults = faults_;
  for (auto const& [key, raw] : file_)
    if (!known_.contains(key)) faults.push_back(key + ": no such setting");
  return faults;
}

}  // namespace insighta::config
