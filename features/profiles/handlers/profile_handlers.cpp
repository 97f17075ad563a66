#include "profiles/handlers/profile_handlers.hpp"

#include "platform/http/entity_tag.hpp"
#include "platform/json/value.hpp"
#include "profiles/handlers/export_body.hpp"
#include "profiles/handlers/import_upload.hpp"
#include "profiles/handlers/report_spool.hpp"
#include "profiles/services/import_service.hpp"
#include "profiles/services/profile_service.hpp"
#include "profiles/wire/profile_json.hpp"

#include <fmt/format.h>

namespace insighta::profiles {

namespace {

/// What an endpoint needs of the query string.
struct Parameters {
  http::Pairs pairs;
  Asked asked;
};

Result<Parameters> read_parameters(http::Request const& request, Accepts accepts) {
  TRY(auto pairs, request.query_pairs());
  TRY(auto asked, parse_query(pairs, accepts));
  return Parameters{std::move(pairs), std::move(asked)};
}

/// Nothing but `?report=rows` may be said to an import.
Result<bool> wants_rows(http::Request const& request) {
  TRY(auto const pairs, request.query_pairs());
  std::vector<FieldError> wrong;
  for (auto const& [name, value] : pairs) {
    if (name != "report")
      wrong.push_back({name, "is not a parameter of this endpoint"});
    else if (value != "rows" || pairs.size() > 1)
      wrong.push_back({name, "must be rows, once"});
  }
  if (!wrong.empty()) return fail(invalid("Invalid query parameters", std::move(wrong)));
  return !pairs.empty();
}

Result<void> no_parameters(http::Request const& request) {
  TRY(auto const pairs, request.query_pairs());
  std::vector<FieldError> wrong;
  for (auto const& [name, value] : pairs)
    wrong.push_back({name, "is not a parameter of this endpoint"});
  if (wrong.empty()) return {};
  return fail(invalid("Invalid query parameters", std::move(wrong)));
}

Task<Result<std::string>> read_name(http::Request& request) {
  if (request.content_type() != "application/json")
    co_return fail(
        Error{ErrorKind::unsupported_type, "UNSUPPORTED_MEDIA_TYPE", "Send application/json"});
  CO_TRY(auto const text, co_await request.read_body());
  CO_TRY(auto const body, json::Value::parse(text));
  json::ObjectReader reader(body);
  auto name = reader.string("name");
  CO_TRY_VOID(reader.finish());
  co_return name;
}

Result<ExportFormat> format_of(Asked const& asked) {
  auto const word = asked.format.value_or("csv");
  if (word == "csv") return ExportFormat::csv;
  if (word == "ndjson") return ExportFormat::ndjson;
  auto error = bad_request("Unknown export format", "INVALID_FORMAT");
  error.fields = {{"format", "must be csv or ndjson"}};
  return fail(std::move(error));
}

/// What was read, which the asker may keep as long as it asks whether it still holds.
http::Response shown(std::string body, http::Request const& request) {
  auto response = http::json_response(200, std::move(body));
  http::allow_revalidation(response, request);
  return response;
}

std::string file_name(Instant now, ExportFormat format) {
  auto stamp = to_rfc3339(now);
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return fmt::format("profiles_{}.{}", stamp, format == ExportFormat::csv ? "csv" : "ndjson");
}

}  // namespace

std::vector<Route> ProfileHandlers::routes() {
  using enum identity::Permission;
  auto const call = [this](auto method) {
    return [this, method](http::Request& request, Actor const& actor) {
      return (this->*method)(request, actor);
    };
  };
  using http::Method;
  return {
      {Method::get, "/profiles", profiles_read, call(&ProfileHandlers::list)},
      {Method::get, "/profiles/search", profiles_read, call(&ProfileHandlers::search)},
      {Method::get, "/profiles/stats", profiles_read, call(&ProfileHandlers::stats)},
      {Method::get, "/profiles/export", profiles_read, call(&ProfileHandlers::download)},
      {Method::get, "/profiles/{id}", profiles_read, call(&ProfileHandlers::get)},
      {Method::post, "/profiles", profiles_write, call(&ProfileHandlers::create)},
      {Method::post, "/profiles/import", profiles_import, call(&ProfileHandlers::import_file)},
      {Method::post, "/profiles/upload", profiles_import, call(&ProfileHandlers::import_file)},
      {Method::del, "/profiles/{id}", profiles_delete, call(&ProfileHandlers::remove)},
  };
}

Task<http::Response> ProfileHandlers::list(http::Request& request, Actor const& actor) {
  auto const parameters = read_parameters(request, Accepts::filters_sort_page);
  if (!parameters) co_return http::error_response(parameters.error(), request);
  auto const page = co_await profiles_.list(actor, parameters->asked);
  if (!page) co_return http::error_response(page.error(), request);
  co_return shown(page_envelope(*page, request.path, parameters->pairs), request);
}

Task<http::Response> ProfileHandlers::search(http::Request& request, Actor const& actor) {
  auto const parameters = read_parameters(request, Accepts::filters_sort_page_q);
  if (!parameters) co_return http::error_response(parameters.error(), request);
  auto const found = co_await profiles_.search(actor, parameters->asked);
  if (!found) co_return http::error_response(found.error(), request);
  co_return shown(found_envelope(*found, request.path, parameters->pairs), request);
}

Task<http::Response> ProfileHandlers::stats(http::Request& request, Actor const& actor) {
  auto const parameters = read_parameters(request, Accepts::filters);
  if (!parameters) co_return http::error_response(parameters.error(), request);
  auto const stats = co_await profiles_.stats(actor, parameters->asked.filters);
  if (!stats) co_return http::error_response(stats.error(), request);
  co_return shown(stats_envelope(*stats), request);
}

Task<http::Response> ProfileHandlers::download(http::Request& request, Actor const& actor) {
  auto const parameters = read_parameters(request, Accepts::filters_sort);
  if (!parameters) co_return http::error_response(parameters.error(), request);
  auto const format = format_of(parameters->asked);
  if (!format) co_return http::error_response(format.error(), request);
  auto profiles = co_await profiles_.open_export(actor, parameters->asked);
  if (!profiles) co_return http::error_response(profiles.error(), request);

  http::Response response;
  response.headers.set("Content-Type", *format == ExportFormat::csv ? "text/csv; charset=utf-8"
                                                                    : "application/x-ndjson");
  response.headers.set("Content-Disposition", fmt::format("attachment; filename=\"{}\"",
                                                          file_name(profiles_.now(), *format)));
  response.stream = std::make_unique<ExportBody>(std::move(*profiles), *format);
  co_return response;
}

Task<http::Response> ProfileHandlers::get(http::Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const profile = co_await profiles_.get(actor, request.parameter("id"));
  if (!profile) co_return http::error_response(profile.error(), request);
  co_return shown(profile_envelope(*profile), request);
}

Task<http::Response> ProfileHandlers::create(http::Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const name = co_await read_name(request);
  if (!name) co_return http::error_response(name.error(), request);
  auto const created = co_await profiles_.create(actor, *name);
  if (!created) co_return http::error_response(created.error(), request);
  if (created->existed)
    co_return http::json_response(200,
                                  profile_envelope(created->profile, "Profile already exists"));
  auto response = http::json_response(201, profile_envelope(created->profile));
  response.headers.set("Location",
                       fmt::format("{}/{}", request.path, created->profile.id.to_string()));
  co_return response;
}

Task<http::Response> ProfileHandlers::remove(http::Request& request, Actor const& actor) {
  if (auto const none = no_parameters(request); !none)
    co_return http::error_response(none.error(), request);
  auto const removed = co_await profiles_.remove(actor, request.parameter("id"));
  if (!removed) co_return http::error_response(removed.error(), request);
  co_return http::no_content();
}

Task<http::Response> ProfileHandlers::import_file(http::Request& request, Actor const& actor) {
  auto const with_rows = wants_rows(request);
  if (!with_rows) co_return http::error_response(with_rows.error(), request);
  auto const upload = co_await open_upload(request);
  if (!upload) co_return http::error_response(upload.error(), request);

  // The rows are kept aside until the file was read: a client that is still sending does not read.
  std::unique_ptr<ReportSpool> spool;
  ImportService::OnSkipped on_skipped;
  if (*with_rows) {
    spool = std::make_unique<ReportSpool>();
    on_skipped = [&lines = *spool](SkippedRow const& row) { lines.write(skipped_line(row)); };
  }
  auto const report =
      upload->is_json
          ? co_await imports_.import_json(actor, upload->body(request), std::move(on_skipped))
          : co_await imports_.import_csv(actor, upload->body(request), std::move(on_skipped));
  if (!report) co_return http::error_response(report.error(), request);
  if (!spool) co_return http::json_response(200, import_envelope(*report));

  spool->write(summary_line(*report));
  http::Response response;
  response.headers.set("Content-Type", "application/x-ndjson");
  response.stream = std::move(spool);
  co_return response;
}

}  // namespace insighta::profiles
