#include "site/visit.hpp"

#include "backend/api_client.hpp"
#include "session/session_store.hpp"

namespace insighta::portal {

Task<Result<void>> Visit::load_person() {
  CO_TRY(auto answer, co_await backend.api.get("/auth/me", token()));
  person = decode_person(answer);
  co_return Result<void>{};
}

Task<Result<void>> Visit::require_admin() {
  CO_TRY_VOID(co_await load_person());
  if (!person.is_admin()) co_return fail(forbidden("Only admins may do this."));
  co_return Result<void>{};
}

Task<http::Response> Visit::leave_for(std::string target, std::string message, bool is_failure) {
  auto const path = target.substr(0, target.find('?'));
  co_await backend.store.add_flash(session->id_hash, path, {is_failure, std::move(message)},
                                   site.clock.now());
  co_return http::redirect(std::move(target));
}

}  // namespace insighta::portal
