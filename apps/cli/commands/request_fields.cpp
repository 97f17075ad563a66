#include "commands/request_fields.hpp"

#include "platform/json/writer.hpp"

#include <algorithm>

namespace insighta::cli {

CLI::Option* RequestFields::text(CLI::App& command, std::string const& names, std::string member,
                                 std::string const& help) {
  return command.add_option_function<std::string>(
      names, [this, member = std::move(member)](std::string const& value) { set(member, value); },
      help);
}

CLI::Option* RequestFields::number(CLI::App& command, std::string const& names, std::string member,
                                   std::string const& help) {
  return command.add_option_function<std::int64_t>(
      names, [this, member = std::move(member)](std::int64_t value) { set_number(member, value); },
      help);
}

CLI::Option* RequestFields::yes_or_no(CLI::App& command, std::string const& names,
                                      std::string member, std::string const& help) {
  return command
      .add_option_function<std::string>(
          names,
          [this, member = std::move(member)](std::string const& value) {
            auto& changed = field(member);
            changed.typed = value;
            changed.json = value == "yes" ? "true" : "false";
          },
          help)
      ->check(CLI::IsMember({"yes", "no"}));
}

CLI::Option* RequestFields::flag(CLI::App& command, std::string const& names, std::string member,
                                 std::string const& help) {
  return command.add_flag_callback(
      names,
      [this, member = std::move(member)] {
        auto& changed = field(member);
        changed.typed = "true";
        changed.json = "true";
      },
      help);
}

CLI::Option* RequestFields::texts(CLI::App& command, std::string const& names, std::string member,
                                  std::string const& help) {
  return command.add_option_function<std::vector<std::string>>(
      names,
      [this, member = std::move(member)](std::vector<std::string> const& values) {
        auto& changed = field(member);
        changed.json.clear();
        json::Writer writer(changed.json);
        writer.begin_array();
        for (auto const& value : values) writer.value(value);
        writer.end_array();
      },
      help);
}

void RequestFields::pages(CLI::App& command) {
  text(command, "--page", "page", "Which page, from 1");
  text(command, "--limit", "limit", "How many on a page");
}

void RequestFields::set(std::string_view member, std::string_view value) {
  auto& changed = field(member);
  changed.typed = value;
  changed.json = json::quoted(value);
}

void RequestFields::set_number(std::string_view member, std::int64_t value) {
  auto& changed = field(member);
  changed.typed = std::to_string(value);
  changed.json = changed.typed;
}

std::optional<std::string> RequestFields::given(std::string_view member) const {
  auto const found = std::ranges::find(fields_, member, &Field::member);
  return found == fields_.end() ? std::nullopt : std::optional{found->typed};
}

std::string RequestFields::body() const {
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  for (auto const& field : fields_) writer.key(field.member).raw(field.json);
  writer.end_object();
  return body;
}

Parameters RequestFields::parameters() const {
  Parameters parameters;
  for (auto const& field : fields_) parameters.emplace_back(field.member, field.typed);
  return parameters;
}

RequestFields::Field& RequestFields::field(std::string_view member) {
  auto const found = std::ranges::find(fields_, member, &Field::member);
  if (found != fields_.end()) return *found;
  return fields_.emplace_back(std::string{member});
}

}  // namespace insighta::cli
