#include "api/json_calls.hpp"
#include "commands/bookings/booking_output.hpp"
#include "commands/command.hpp"
#include "commands/commands.hpp"
#include "commands/profiles/query_flags.hpp"

#include <fmt/format.h>

namespace insighta::cli::commands {

namespace {

constexpr std::string_view plans_url = "/api/v1/plans";
constexpr std::string_view subscriptions_url = "/api/v1/subscriptions";

std::int64_t integer_of(json::Value const& row, std::string_view member) {
  auto const value = row.find(member);
  return value ? value->as_integer().value_or(0) : 0;
}

std::string price_words(json::Value const& plan) {
  auto const cents = integer_of(plan, "price_cents");
  return fmt::format("{}.{:02} {}{}", cents / 100, cents % 100, member_text(plan, "currency"),
                     member_text(plan, "period") == "month" ? " a month" : "");
}

std::string delta_words(json::Value const& entry) {
  return fmt::format("{:+}", integer_of(entry, "delta"));
}

std::vector<ListColumn> subscription_columns() {
  return {{"ID", "id"},
          {"TRAINER", "trainer_id"},
          {"STATUS", "status"},
          {"BALANCE", "balance"},
          time_column("USABLE UNTIL", "period_end"),
          {"", "plan_id"}};
}

std::vector<ListColumn> subscription_facts() {
  return {{"Subscription", "id"},
          {"Status", "status"},
          {"Balance", "balance", false,
           [](json::Value const& row) { return credit_words(integer_of(row, "balance")); }},
          {"Client", "client_id"},
          {"Trainer", "trainer_id"},
          {"Plan", "plan_id"},
          time_column("Period from", "period_start"),
          time_column("Usable until", "period_end"),
          {"Renews", "auto_renew"},
          time_column("Grace until", "grace_until"),
          {"Payment", "provider_ref"}};
}

/// A plan is named by its id or its name.
Result<std::string> plan_id_of(Connection& connection, std::string const& plan) {
  TRY(auto const answer, read_json(connection.api(), std::string{plans_url}));
  TRY(auto const data, data_of(answer));
  std::string known;
  for (auto const& row : data.items()) {
    auto const id = member_text(row, "id");
    auto const name = member_text(row, "name");
    if (id == plan || name == plan) return id;
    known += (known.empty() ? "" : ", ") + name;
  }
  return fail(not_found(fmt::format("there is no plan '{}'; there are: {}", plan, known)));
}

Result<void> plans(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      read_json(connection->api(), with_query(std::string{plans_url}, asked.fields.parameters())));
  return print_list(program, answer,
                    {{"NAME", "name", true},
                     {"CREDITS", "credits"},
                     {"PRICE", "price_cents", false, price_words},
                     {"", "currency"},
                     {"", "period"},
                     {"", "is_active"},
                     {"ID", "id"}},
                    "plans");
}

Result<void> list(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      read_json(connection->api(),
                with_query(std::string{subscriptions_url} + "/me", asked.fields.parameters())));
  return print_list(program, answer, subscription_columns(), "subscriptions");
}

Result<void> ledger(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      read_json(connection->api(), with_query(url_of(subscriptions_url, asked.id, "/ledger"),
                                              asked.fields.parameters())));
  return print_list(program, answer,
                    {time_column("AT", "at"),
                     {"WHAT", "kind"},
                     {"CREDITS", "delta", false, delta_words},
                     {"BALANCE", "balance"},
                     {"BOOKING", "booking_id"},
                     {"REASON", "reason", true},
                     {"", "actor"}},
                    "entries");
}

/// A new subscription; its plan was typed as a name or an id.
Result<void> subscribe(Program const& program, Asked const& asked) {
  TRY(auto const connection, Connection::make(program));
  auto fields = asked.fields;
  TRY(auto const plan, plan_id_of(*connection, fields.given("plan_id").value_or("")));
  fields.set("plan_id", plan);
  TRY(auto const answer,
      write_json(connection->api(), "POST", std::string{subscriptions_url}, fields.body()));
  return print_one(program, answer, subscription_facts());
}

Result<void> change(Program const& program, Asked const& asked, std::string const& rest) {
  TRY(auto const connection, Connection::make(program));
  TRY(auto const answer,
      write_json(connection->api(), "POST", url_of(subscriptions_url, asked.id, rest),
                 asked.fields.body()));
  return print_one(program, answer, subscription_facts());
}

void add_change(CLI::App& credits, Program& program, std::string const& verb,
                std::string const& rest, std::string const& help,
                std::function<void(CLI::App&, RequestFields&)> const& describe) {
  add_command(
      credits, program, verb, help,
      [&](CLI::App& command, Asked& asked) {
        asked.about(command, "subscription", "Id of the subscription");
        describe(command, asked.fields);
      },
      [rest](Program const& program, Asked const& asked) { return change(program, asked, rest); });
}

void add_purchases(CLI::App& credits, Program& program) {
  add_command(
      credits, program, "buy", "Ask for a plan with a trainer; it counts once it is paid",
      [](CLI::App& command, Asked& asked) {
        asked.fields.text(command, "trainer", "trainer_id", "Id of the trainer")->required();
        asked.fields.text(command, "--plan", "plan_id", "Name or id of the plan")->required();
      },
      subscribe);
  add_command(
      credits, program, "grant", "Give a client a plan that is paid; admins only",
      [](CLI::App& command, Asked& asked) {
        asked.fields.text(command, "--client", "client_id", "Id of the client")->required();
        asked.fields.text(command, "--trainer", "trainer_id", "Id of the trainer")->required();
        asked.fields.text(command, "--plan", "plan_id", "Name or id of the plan")->required();
        asked.fields.text(command, "--ref", "provider_ref", "What the payment is known by")
            ->required();
      },
      subscribe);
  add_change(
      credits, program, "pay", "/payments", "Record a payment; admins only",
      [](CLI::App& command, RequestFields& fields) {
        fields.text(command, "--ref", "provider_ref", "What the payment is known by")->required();
      });
}

void add_ledger(CLI::App& credits, Program& program) {
  add_command(
      credits, program, "ledger", "List every credit that came and went",
      [](CLI::App& command, Asked& asked) {
        asked.about(command, "subscription", "Id of the subscription");
        asked.fields.pages(command);
      },
      ledger);
  add_change(
      credits, program, "adjust", "/adjust", "Give or take credits; admins only",
      [](CLI::App& command, RequestFields& fields) {
        fields.number(command, "--delta", "delta", "How many, below zero to take")->required();
        fields.text(command, "--reason", "reason", "Why")->required();
      });
}

}  // namespace

void add_credits(CLI::App& root, Program& program) {
  auto& credits = add_noun(root, "credits", "Plans, subscriptions and what is left of them");
  add_command(
      credits, program, "plans", "List what can be bought",
      [](CLI::App& command, Asked& asked) {
        asked.fields.flag(command, "--all", "all", "Those that are sold no more too; admins only");
      },
      plans);
  add_command(
      credits, program, "list", "List your subscriptions with their balances",
      [](CLI::App& command, Asked& asked) {
        asked.fields.text(command, "--client", "client_id", "Those of this client; admins only");
        asked.fields.pages(command);
      },
      list);
  add_ledger(credits, program);
  add_purchases(credits, program);
  add_change(credits, program, "cancel", "/cancel",
             "End a subscription with its period; credits stay until then",
             [](CLI::App&, RequestFields&) {});
}

}  // namespace insighta::cli::commands
