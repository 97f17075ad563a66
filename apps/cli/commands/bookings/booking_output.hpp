#pragma once

#include "commands/listing.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Appointments as people read them.
namespace insighta::cli {

std::vector<ListColumn> booking_columns();
std::vector<ListColumn> booking_facts();
/// What happened, and what the booking was then.
std::vector<ListColumn> event_columns();
std::vector<ListColumn> session_facts();

/// A member that is an instant, in the machine's zone.
ListColumn time_column(std::string title, std::string const& member);
/// "client" or "trainer": the name where the API tells it, else the id.
ListColumn person_column(std::string title, std::string const& part);

/// "1 credit", "12 credits".
std::string credit_words(std::int64_t credits);
/// "12 credits left", of an answer that tells its balance; else nothing.
std::string balance_words(json::Value const& booking);
/// "in_time" as "cancelled in time"; a reason without words of its own keeps its own.
std::string reason_words(std::string_view reason);
/// What became of the credit of a booking that was cancelled: "1 credit back: cancelled in time, 12
/// credits left".
std::string refund_words(json::Value const& cancelled);
/// What would become of it, from the API's preview.
std::string preview_words(json::Value const& preview);

}  // namespace insighta::cli
