#include "proof/plot.h"

#include <fmt/format.h>

namespace carillon::proof {

Troubles Troubles::draw(Random& dice) {
  Troubles t;
  for (bool* trouble :
       {&t.crashes, &t.take_overs, &t.refusals, &t.lost_requests, &t.lost_answers, &t.slow, &t.limits,
        &t.server_errors, &t.garbage, &t.expiry, &t.clock, &t.people, &t.burst, &t.late}) {
    *trouble = dice.chance(28);
  }
  return t;
}

std::string mark(int number, size_t part) {
  return fmt::format("p{}k{}", number, part);
}

Content written(int number, int version, size_t parts, bool link, const std::vector<MediaRef>& media) {
  Content content;
  for (size_t k = 0; k < parts; ++k) {
    ContentPart part;
    part.text = fmt::format("{}v{} The bells ring at noon – Grüße 🔔", mark(number, k), version);
    if (link && k == 0) part.link = fmt::format("https://shop.example/offers/{}", number);
    if (k == 0) part.media = media;
    content.parts.push_back(std::move(part));
  }
  return content;
}

}  // namespace carillon::proof
