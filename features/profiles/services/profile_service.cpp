#include "profiles/services/profile_service.hpp"

#include "profiles/repositories/profile_repository.hpp"
#include "profiles/services/name_apis.hpp"

#include <algorithm>

namespace insighta::profiles {

namespace {

using identity::Permission;

Error no_profile() {
  return not_found("Profile not found", "PROFILE_NOT_FOUND");
}

template <class T>
void override_with(T& understood, T const& asked) {
  if (asked != T{}) understood = asked;
}

/// Explicit parameters win over words, one by one.
void override_with(Interpretation& meaning, Asked const& asked) {
  auto& filters = meaning.filters;
  override_with(filters.gender, asked.filters.gender);
  override_with(filters.age_groups, asked.filters.age_groups);
  override_with(filters.country_ids, asked.filters.country_ids);
  override_with(filters.min_age, asked.filters.min_age);
  override_with(filters.max_age, asked.filters.max_age);
  override_with(filters.min_gender_probability, asked.filters.min_gender_probability);
  override_with(filters.min_country_probability, asked.filters.min_country_probability);
  override_with(filters.name, asked.filters.name);
  override_with(filters.name_prefix, asked.filters.name_prefix);
  override_with(meaning.sort_by, asked.sort_by);
  override_with(meaning.is_descending, asked.is_descending);
}

}  // namespace

Task<Result<ProfilePage>> ProfileService::list(identity::Actor const& actor, Asked const& asked) {
  CO_TRY_VOID(actor.require(Permission::profiles_read));
  CO_TRY(auto query, to_list_query(asked));
  co_return co_await read_page(std::move(query));
}

Task<Result<FoundPage>> ProfileService::search(identity::Actor const& actor, Asked const& asked) {
  CO_TRY_VOID(actor.require(Permission::profiles_read));
  if (!asked.words) {
    auto missing = bad_request("Missing or empty parameter", "MISSING_FIELD");
    missing.fields = {{"q", "must not be empty"}};
    co_return fail(std::move(missing));
  }
  auto meaning = interpret(*asked.words);
  if (!meaning) co_return fail(bad_request("Unable to interpret query", "UNINTERPRETABLE_QUERY"));
  override_with(*meaning, asked);

  auto effective = asked;
  effective.filters = meaning->filters;
  effective.sort_by = meaning->sort_by;
  effective.is_descending = meaning->is_descending;
  CO_TRY(auto query, to_list_query(effective));
  query.at_most = meaning->at_most;
  co_return FoundPage{co_await read_page(std::move(query)), std::move(*meaning)};
}

Task<Result<Profile>> ProfileService::get(identity::Actor const& actor, std::string_view id) {
  CO_TRY_VOID(actor.require(Permission::profiles_read));
  auto const profile_id = ProfileId::parse(id);
  if (!profile_id) co_return fail(no_profile());
  auto profile = co_await repository_.find(*profile_id);
  if (!profile) co_return fail(no_profile());
  co_return std::move(*profile);
}

Task<Result<Stats>> ProfileService::stats(identity::Actor const& actor, Filters const& filters) {
  CO_TRY_VOID(actor.require(Permission::profiles_read));
  co_return co_await repository_.stats(filters);
}

Task<Result<ProfileExport>> ProfileService::open_export(identity::Actor const& actor,
                                                        Asked const& asked) {
  CO_TRY_VOID(actor.require(Permission::profiles_read));
  Sort const sort{asked.sort_by.value_or(SortField::created_at),
                  asked.is_descending.value_or(false)};
  co_return ProfileExport(co_await repository_.read_all(asked.filters, sort));
}

Task<Result<CreatedProfile>> ProfileService::create(identity::Actor const& actor,
                                                    std::string const& text) {
  CO_TRY_VOID(actor.require(Permission::profiles_write));
  CO_TRY(auto name, Name::from(text));
  if (auto existing = co_await repository_.find_by_name_key(name.key))
    co_return CreatedProfile{std::move(*existing), true};

  CO_TRY(auto facts, co_await name_apis_.ask(name.spelling));
  auto const now = clock_.now();
  NewProfile const profile{ProfileId::make(now),
                           name,
                           facts.gender,
                           facts.gender_probability,
                           facts.age,
                           facts.country_id,
                           facts.country_probability,
                           std::chrono::floor<std::chrono::seconds>(now)};
  if (co_await repository_.insert(profile)) co_return CreatedProfile{profile.as_stored(), false};

  // Somebody else was faster while we asked.
  auto existing = co_await repository_.find_by_name_key(name.key);
  if (!existing)
    co_return fail(unavailable("The profile was deleted meanwhile", std::chrono::seconds{1}));
  co_return CreatedProfile{std::move(*existing), true};
}

Task<Result<void>> ProfileService::remove(identity::Actor const& actor, std::string_view id) {
  CO_TRY_VOID(actor.require(Permission::profiles_delete));
  auto const profile_id = ProfileId::parse(id);
  if (!profile_id || !co_await repository_.remove(*profile_id)) co_return fail(no_profile());
  co_return Result<void>{};
}

Task<ProfilePage> ProfileService::read_page(ListQuery query) {
  ProfilePage page;
  page.page = query.page;
  page.limit = query.limit;
  auto const total = co_await repository_.count(query.filters);
  page.total = query.at_most ? std::min(total.matching, *query.at_most) : total.matching;

  auto const offset = query.offset();
  auto const left = page.total - offset;
  if (left <= 0) co_return page;
  page.profiles = co_await repository_.list(query, total);
  // The last page of "top N"; also rows stored since they were counted.
  if (std::ssize(page.profiles) > left)
    page.profiles.erase(page.profiles.begin() + left, page.profiles.end());
  auto const position = offset + static_cast<std::int64_t>(page.profiles.size());
  if (position < page.total && !page.profiles.empty()) {
    auto const& last = page.profiles.back();
    page.next_cursor = encode_cursor({sort_value_of(last, query.sort.field), last.id, position},
                                     query.filters, query.sort);
  }
  co_return page;
}

}  // namespace insighta::profiles
