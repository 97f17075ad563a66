#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace insighta::profiles {

/// How many profiles there are of each kind.
struct Stats {
  struct AgeCount {
    int age;
    std::int64_t count;
  };
  struct CountryCount {
    std::string country_id;
    std::int64_t count;
  };
  struct DayCount {
    std::string date;  ///< YYYY-MM-DD, UTC
    std::int64_t count;
  };

  std::int64_t total = 0;
  std::array<std::int64_t, 2> gender{};     ///< by Gender
  std::array<std::int64_t, 4> age_group{};  ///< by AgeGroup
  std::vector<AgeCount> age;                ///< only ages that occur, ascending
  std::vector<CountryCount> country;        ///< only those that occur, by code
  std::vector<DayCount> created;            ///< only days that occur, ascending
};

}  // namespace insighta::profiles
