#include "site/assets.hpp"

#include "platform/outcome/ensure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace insighta::portal {

namespace {

std::string file_name(Asset const& asset) {
  auto const dot = asset.name.rfind('.');
  return fmt::format("{}-{}{}", asset.name.substr(0, dot), asset.hash, asset.name.substr(dot));
}

std::string media_type(std::string_view name) {
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  return "image/svg+xml";
}

}  // namespace

std::string asset_url(std::string_view name) {
  auto const found = std::ranges::find(assets(), name, &Asset::name);
  ensure(found != assets().end(), "an asset that was not built");
  return "/assets/" + file_name(*found);
}

http::Response serve_asset(http::Request const& request) {
  auto const& wanted = request.parameter("file");
  auto const found = std::ranges::find(assets(), wanted, file_name);
  if (found == assets().end()) return http::text_response(404, "Not found\n");
  http::Response response;
  response.headers.set("Content-Type", media_type(found->name));
  response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Cross-Origin-Resource-Policy", "same-origin");
  response.headers.set("Vary", "Accept-Encoding");
  if (request.header("Accept-Encoding").find("gzip") != std::string_view::npos) {
    response.headers.set("Content-Encoding", "gzip");
    response.body = found->gzipped;
  } else {
    response.body = found->raw;
  }
  return response;
}

}  // namespace insighta::portal
