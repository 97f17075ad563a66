#include "imports/import_report.hpp"
#include "imports/import_store.hpp"
#include "platform/testing/postgres_test.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace insighta::portal {
namespace {

using namespace std::chrono_literals;

class ImportStoreTest : public testing::PostgresTest {
 protected:
  ImportStoreTest() {
    postgres::Settings settings;
    settings.connection_string = connection_string("insighta_portal");
    database_.emplace(loop(), settings);
    store_.emplace(*database_);
  }
  ~ImportStoreTest() override { loop().run_until_done(database_->close()); }

  std::optional<ImportState> found() { return await(store_->find(id_, owner_, now_)); }

  Instant const now_ = *parse_rfc3339("2026-11-23T12:00:00Z");
  Uuid const id_ = Uuid::v7(now_);
  Uuid const owner_ = Uuid::v7(now_);
  std::optional<postgres::Database> database_;
  std::optional<ImportStore> store_;
};

TEST_F(ImportStoreTest, an_id_is_used_once) {
  EXPECT_TRUE(await(store_->insert(id_, owner_, 1'000, now_)));
  EXPECT_FALSE(await(store_->insert(id_, owner_, 1'000, now_)));
}

TEST_F(ImportStoreTest, only_the_owner_sees_it_and_for_a_day) {
  await(store_->insert(id_, owner_, {}, now_));
  EXPECT_TRUE(found());
  EXPECT_FALSE(await(store_->find(id_, Uuid::v7(now_), now_)));
  EXPECT_FALSE(await(store_->find(id_, owner_, now_ + 24h)));
  await(store_->remove_expired(now_ + 24h));
  EXPECT_FALSE(found());
}

TEST_F(ImportStoreTest, progress_is_seen_until_the_end_which_stays) {
  await(store_->insert(id_, owner_, 1'000, now_));
  ImportState state;
  state.phase = "receiving";
  state.bytes_received = 400;
  state.file_name = "people.csv";
  await(store_->update(id_, state));
  EXPECT_EQ(found()->bytes_received, 400);
  EXPECT_EQ(found()->file_name, "people.csv");
  EXPECT_EQ(found()->bytes_expected, 1'000);
  state.phase = "done";
  state.summary = "{}";
  await(store_->finish(id_, state));
  state.phase = "storing";
  await(store_->update(id_, state));
  EXPECT_EQ(found()->phase, "done");
}

TEST_F(ImportStoreTest, one_that_fell_silent_has_failed) {
  await(store_->insert(id_, owner_, {}, now_));
  execute("update portal.imports set heard_at = clock_timestamp() - interval '31 s'");
  EXPECT_EQ(found()->phase, "failed");
  EXPECT_FALSE(found()->failure.empty());
}

TEST_F(ImportStoreTest, a_report_becomes_csv_whatever_pieces_it_comes_in) {
  await(store_->insert(id_, owner_, {}, now_));
  ImportReport report{*store_, id_};
  std::string const text =
      "{\"line\":2,\"reason\":\"invalid_age\",\"field\":\"age\"}\n"
      "{\"line\":7,\"reason\":\"duplicate_name\",\"field\":\"name\"}\n"
      "{\"summary\":{\"total_rows\":9,\"inserted\":7,\"skipped\":2}}\n";
  for (char const c : text) await(report.take(std::string(1, c)));
  await(report.finish());
  EXPECT_EQ(report.rejected_rows(), 2);
  EXPECT_NE(report.summary().find("\"total_rows\":9"), std::string::npos);
  EXPECT_EQ(await(store_->find_report_piece(id_, 0)),
            "2,invalid_age,age\r\n7,duplicate_name,name\r\n");
  EXPECT_FALSE(await(store_->find_report_piece(id_, 1)));
}

TEST_F(ImportStoreTest, a_report_that_breaks_off_has_no_summary) {
  await(store_->insert(id_, owner_, {}, now_));
  ImportReport report{*store_, id_};
  await(report.take("{\"line\":2,\"reason\":\"invalid_age\",\"field\":\"age\"}\n{\"summ"));
  await(report.finish());
  EXPECT_TRUE(report.summary().empty());
  EXPECT_EQ(report.rejected_rows(), 1);
}

}  // namespace
}  // namespace insighta::portal
