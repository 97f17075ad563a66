#pragma once

#include <iterator>

namespace insighta::api {

/// The routes of many handlers as one list.
template <class Routes, class... More>
Routes together(Routes all, More... more) {
  (all.insert(all.end(), std::make_move_iterator(more.begin()),
              std::make_move_iterator(more.end())),
   ...);
  return all;
}

}  // namespace insighta::api
