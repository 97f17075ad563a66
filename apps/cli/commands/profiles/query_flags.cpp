#include "commands/profiles/query_flags.hpp"

namespace insighta::cli {

void QueryFlags::add_filters(CLI::App& command) {
  add(command, "--gender", "gender", "male or female");
  add(command, "--age-group", "age_group", "child, teenager, adult or senior");
  add(command, "--country,--country-id", "country_id", "ISO code of a country, such as NG");
  add(command, "--min-age", "min_age", "Youngest age, inclusive");
  add(command, "--max-age", "max_age", "Oldest age, inclusive");
  add(command, "--min-gender-probability", "min_gender_probability", "From 0 to 1");
  add(command, "--min-country-probability", "min_country_probability", "From 0 to 1");
  add(command, "--name", "name", "Part of the name, accents aside");
  add(command, "--name-prefix", "name_prefix", "Beginning of the name, accents aside");
}

void QueryFlags::add_order(CLI::App& command) {
  add(command, "--sort-by", "sort_by",
      "age, created_at, gender_probability, country_probability or name");
  add(command, "--order", "order", "asc or desc");
}

void QueryFlags::add_pages(CLI::App& command) {
  add(command, "--page", "page", "Which page, from 1");
  add(command, "--limit", "limit", "Profiles on a page, 50 at most");
  add(command, "--cursor", "cursor", "Where to go on, from links.next of a JSON answer");
}

Parameters QueryFlags::parameters() const {
  Parameters given;
  for (Flag const& flag : flags_) {
    if (flag.value) given.emplace_back(flag.parameter, *flag.value);
  }
  return given;
}

void QueryFlags::add(CLI::App& command, std::string const& names, std::string parameter,
                     std::string const& help) {
  Flag& flag = flags_.emplace_back(std::move(parameter));
  command.add_option_function<std::string>(
      names, [&flag](std::string const& value) { flag.value = value; }, help);
}

std::string with_query(std::string path, Parameters const& parameters) {
  return parameters.empty() ? path : path + "?" + form_of(parameters);
}

}  // namespace insighta::cli
