#include "sandbox/network.h"

#include <algorithm>
#include <array>

#include "sandbox/answers.h"

namespace carillon::sandbox {

Character character(size_t index) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> cast = {{
      {"Harbour Bakery", "harbourbakery"},
      {"Oak Street Library", "oakstreetlib"},
      {"Riverside Theatre", "riversidestage"},
      {"Northside Food Bank", "northsidefood"},
      {"Lantern Festival", "lanternfest"},
      {"Green Mile Cycling", "greenmilecycle"},
      {"Willow Animal Shelter", "willowshelter"},
      {"Old Town Museum", "oldtownmuseum"},
  }};
  const auto& [name, handle] = cast[index % cast.size()];
  const size_t round = index / cast.size();
  if (round == 0) return {std::string(name), std::string(handle)};
  const std::string number = std::to_string(round + 1);
  return {std::string(name) + " " + number, std::string(handle) + number};
}

std::string Snowflake::next(Instant now) {
  last_ = std::max(last_ + 1, std::max<int64_t>(now.millis() - epoch_ms_, 1) << shift_);
  return std::to_string(last_);
}

void Snowflake::seen(std::string_view id) {
  last_ = std::max(last_, to_number(id).value_or(0));
}

void Network::record(const Post& post, std::string_view account, std::string_view external_id) {
  ground_.ledger.record({.network = name_,
                         .account = std::string(account),
                         .external_id = external_id.empty() ? post.id : std::string(external_id),
                         .url = post.url,
                         .text = post.text,
                         .reply_to = post.reply_to,
                         .media = post.media.size(),
                         .at = post.at});
}

void Network::forget(const Effect& effect) {
  if (Post* post = shelf_.find(shelf_id(effect))) post->gone = true;
}

Reading Network::meter(const std::string& key, int64_t limit, Duration window, Instant now) {
  const Reading reading = meter_.take(key, limit, window, now);
  count(reading);
  return reading;
}

void Network::count(const Reading& reading) {
  ground_.counters.throttled += reading.over ? 1 : 0;
  ground_.counters.storms += reading.storm ? 1 : 0;
}

}  // namespace carillon::sandbox
