#include "booking/wire/trainer_json.hpp"

#include "platform/json/writer.hpp"

namespace insighta::booking::wire {

namespace {

void write_terms(json::Writer& writer, TrainerTerms const& terms) {
  writer.member("time_zone", terms.time_zone)
      .member("session_minutes", terms.session_minutes)
      .member("slot_step", terms.slot_step)
      .member("gap_minutes", terms.gap_minutes)
      .member("min_notice_minutes", terms.min_notice_minutes)
      .member("max_advance_days", terms.max_advance_days)
      .member("bio", terms.bio);
  writer.key("specialisations").begin_array();
  for (auto const& word : terms.specialisations) writer.value(word);
  writer.end_array();
}

void write_rating(json::Writer& writer, Trainer const& trainer) {
  writer.key("rating").begin_object().key("average");
  if (trainer.rating_count > 0)
    writer.value(static_cast<double>(trainer.rating_sum) /
                 static_cast<double>(trainer.rating_count));
  else
    writer.null();
  writer.member("count", trainer.rating_count).end_object();
}

void write_trainer(json::Writer& writer, Trainer const& trainer,
                   std::optional<Instant> const& next_slot) {
  writer.begin_object()
      .member("id", trainer.id.to_string())
      .member("user_id", trainer.user_id.to_string())
      .member("name", trainer.name)
      .member("onboarding", to_string(trainer.onboarding))
      .member("is_available", trainer.is_available)
      .member("is_bookable", trainer.is_bookable());
  write_terms(writer, trainer.terms);
  write_rating(writer, trainer);
  writer.key("next_slot");
  if (next_slot)
    writer.value(to_rfc3339(*next_slot));
  else
    writer.null();
  writer.member("version", trainer.version)
      .member("created_at", to_rfc3339(trainer.created_at))
      .end_object();
}

}  // namespace

std::string trainer_answer(Trainer const& trainer) {
  return trainer_answer(ListedTrainer{trainer, {}});
}

std::string trainer_answer(ListedTrainer const& listed) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success").key("data");
  write_trainer(writer, listed.trainer, listed.next_slot);
  writer.end_object();
  return body;
}

std::string trainers_answer(TrainerList const& list, listing::ListPage const& page) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("status", "success");
  listing::write_page(writer, page);
  writer.key("data").begin_array();
  for (auto const& listed : list.trainers) write_trainer(writer, listed.trainer, listed.next_slot);
  writer.end_array().end_object();
  return body;
}

}  // namespace insighta::booking::wire
