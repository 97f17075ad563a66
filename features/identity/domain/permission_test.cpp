#include "identity/domain/permission.hpp"

#include "identity/domain/actor.hpp"

#include <gtest/gtest.h>

namespace insighta::identity {
namespace {

TEST(Permission, an_analyst_reads_and_nothing_else) {
  Roles const analyst{Role::analyst};
  EXPECT_TRUE(is_granted(Permission::profiles_read, analyst));
  for (auto const refused :
       {Permission::profiles_write, Permission::profiles_import, Permission::profiles_delete,
        Permission::users_read, Permission::users_write, Permission::audit_read})
    EXPECT_FALSE(is_granted(refused, analyst)) << to_string(refused);
}

TEST(Permission, an_admin_has_every_one) {
  EXPECT_EQ(permissions_of({Role::admin}).size(), 24u);
}

TEST(Permission, without_a_role_only_the_own_account_and_the_trainers_are_left) {
  EXPECT_EQ(permissions_of({}), (std::vector{Permission::account_read, Permission::account_write,
                                             Permission::trainers_read}));
}

TEST(Actor, needs_role_and_scope) {
  Actor actor{.roles = {Role::admin}, .scopes = {Scope::read}};
  EXPECT_TRUE(actor.may(Permission::profiles_read));
  EXPECT_EQ(actor.require(Permission::profiles_write).error().code, "INSUFFICIENT_SCOPE");
  actor.roles = {Role::analyst};
  EXPECT_EQ(actor.require(Permission::profiles_write).error().code, "FORBIDDEN");
}

TEST(Roles, the_first_follows_the_order_of_precedence) {
  EXPECT_EQ((Roles{Role::analyst, Role::trainer}).first(), "trainer");
  EXPECT_EQ(Roles{}.first(), "none");
}

}  // namespace
}  // namespace insighta::identity
