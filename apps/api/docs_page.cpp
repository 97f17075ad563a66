#include "docs_page.hpp"

#include "platform/html/page.hpp"
#include "platform/json/value.hpp"

#include <algorithm>
#include <span>

namespace insighta::templates {
std::span<html::EmbeddedTemplate const> api_pages();
}

namespace insighta::api {

namespace {

/// Follows `{"$ref": "#/components/kind/name"}` once; anything else stays as it is.
json::Value resolved(json::Value const& document, json::Value const& value) {
  auto const reference = value.find("$ref");
  if (!reference) return value;
  std::string_view path = *reference->as_string();
  path.remove_prefix(2);
  auto place = document;
  while (!path.empty()) {
    auto const slash = std::min(path.find('/'), path.size());
    place = place.find(path.substr(0, slash)).value();
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return place;
}

/// The document marks code with backticks, which mean nothing on a page.
std::string text_of(json::Value const& object, std::string_view name) {
  auto const member = object.find(name);
  std::string text{member ? member->as_string().value_or("") : ""};
  std::erase(text, '`');
  return text;
}

void fill_operation(html::Values& values, json::Value const& document,
                    json::Value const& operation) {
  values.set("SUMMARY", text_of(operation, "summary"));
  if (auto const note = text_of(operation, "description"); !note.empty())
    values.show("NOTE").set("NOTE_TEXT", note);
  if (auto const parameters = operation.find("parameters")) {
    auto& table = values.add("PARAMETERS");
    for (auto const& item : parameters->items()) {
      auto const parameter = resolved(document, item);
      table.add("PARAMETER")
          .set("PARAMETER_NAME", text_of(parameter, "name"))
          .set("PLACE", text_of(parameter, "in"))
          .set("MEANING", text_of(parameter, "description"));
    }
  }
  for (auto const& [status, response] : operation.find("responses")->members())
    values.add("RESPONSE")
        .set("STATUS", status)
        .set("MEANING", text_of(resolved(document, response), "description"));
}

std::string upper(std::string_view word) {
  std::string text{word};
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

void fill_tag(html::Values& values, json::Value const& document, std::string_view tag) {
  for (auto const& [path, methods] : document.find("paths")->members())
    for (auto const& [method, operation] : methods.members()) {
      if (operation.find("tags")->items().front().as_string() != tag) continue;
      auto& entry = values.add("OPERATION");
      entry.set("METHOD", upper(method)).set("PATH", path);
      fill_operation(entry, document, operation);
    }
}

}  // namespace

std::string render_docs_page(std::string_view openapi, bool fakes_github) {
  auto const document = json::Value::parse(openapi).value();
  html::Templates const templates(templates::api_pages());
  html::Values values;
  values.show_if("DEVELOPMENT", fakes_github);
  auto const info = document.find("info").value();
  values.set("TITLE", text_of(info, "title")).set("DESCRIPTION", text_of(info, "description"));
  for (auto const& tag : document.find("tags")->items()) {
    auto& section = values.add("TAG");
    section.set("NAME", text_of(tag, "name")).set("TEXT", text_of(tag, "description"));
    fill_tag(section, document, text_of(tag, "name"));
  }
  return templates.render("docs.html", values);
}

}  // namespace insighta::api
