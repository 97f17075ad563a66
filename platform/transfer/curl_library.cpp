#include "platform/transfer/curl_library.hpp"

#include <dlfcn.h>
#include <stdexcept>
#include <string>

namespace insighta::transfer {

namespace {

template <class Function>
void find(void* library, char const* name, Function& function) {
  void* const address = dlsym(library, name);
  if (address == nullptr) throw std::runtime_error(std::string{"libcurl lacks "} + name);
  function = reinterpret_cast<Function>(address);
}

CurlLibrary load() {
  void* const library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    throw std::runtime_error("libcurl.so.4 cannot be loaded: install the package libcurl4");
  }
  CurlLibrary found{};
  find(library, "curl_global_init", found.global_init);
  find(library, "curl_easy_init", found.easy_init);
  find(library, "curl_easy_reset", found.easy_reset);
  find(library, "curl_easy_setopt", found.easy_setopt);
  find(library, "curl_easy_perform", found.easy_perform);
  find(library, "curl_easy_getinfo", found.easy_getinfo);
  find(library, "curl_easy_strerror", found.easy_strerror);
  find(library, "curl_easy_cleanup", found.easy_cleanup);
  find(library, "curl_slist_append", found.slist_append);
  find(library, "curl_slist_free_all", found.slist_free_all);
  if (found.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    throw std::runtime_error("libcurl does not start");
  }
  return found;
}

}  // namespace

CurlLibrary const& curl_library() {
  static CurlLibrary const library = load();
  return library;
}

}  // namespace insighta::transfer
