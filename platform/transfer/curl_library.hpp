#pragma once

#include <curl/curl.h>

namespace insighta::transfer {

/// The functions of libcurl that this module calls, found when the first transfer starts. Linking
/// libcurl would load some thirty libraries and 8 ms of processor time into every start of a
/// program that may only print its help.
struct CurlLibrary {
  decltype(&::curl_global_init) global_init;
  decltype(&::curl_easy_init) easy_init;
  decltype(&::curl_easy_reset) easy_reset;
  decltype(&::curl_easy_setopt) easy_setopt;
  decltype(&::curl_easy_perform) easy_perform;
  decltype(&::curl_easy_getinfo) easy_getinfo;
  decltype(&::curl_easy_strerror) easy_strerror;
  decltype(&::curl_easy_cleanup) easy_cleanup;
  decltype(&::curl_slist_append) slist_append;
  decltype(&::curl_slist_free_all) slist_free_all;
};

/// Loaded once and kept for the life of the process; throws std::runtime_error when it is missing.
CurlLibrary const& curl_library();

}  // namespace insighta::transfer
