#pragma once

#include "program.hpp"

#include <CLI/CLI.hpp>

/// Each adds one command, with its options, below its parent; parsing it sets `program.chosen`.
namespace insighta::cli::commands {

void add_login(CLI::App& root, Program& program);
void add_logout(CLI::App& root, Program& program);
void add_whoami(CLI::App& root, Program& program);
void add_completion(CLI::App& root, Program& program);
void add_sessions(CLI::App& root, Program& program);
void add_account(CLI::App& root, Program& program);
void add_apps(CLI::App& root, Program& program);
void add_users(CLI::App& root, Program& program);
void add_audit(CLI::App& root, Program& program);
void add_trainers(CLI::App& root, Program& program);
void add_slots(CLI::App& root, Program& program);
void add_client(CLI::App& root, Program& program);
void add_discovery(CLI::App& root, Program& program);
void add_bookings(CLI::App& root, Program& program);
void add_credits(CLI::App& root, Program& program);
void add_integrity(CLI::App& root, Program& program);

void add_profiles_list(CLI::App& profiles, Program& program);
void add_profiles_search(CLI::App& profiles, Program& program);
void add_profiles_get(CLI::App& profiles, Program& program);
void add_profiles_create(CLI::App& profiles, Program& program);
void add_profiles_delete(CLI::App& profiles, Program& program);
void add_profiles_import(CLI::App& profiles, Program& program);
void add_profiles_export(CLI::App& profiles, Program& program);
void add_profiles_stats(CLI::App& profiles, Program& program);

}  // namespace insighta::cli::commands
