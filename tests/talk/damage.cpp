// Answers with a value of another kind somewhere in them: APIs change, and nothing may break by that.
#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <functional>

#include "talk/talk.h"

namespace carillon::talk {
namespace {

namespace json = boost::json;

const std::vector<json::value>& wrong_values() {
  static const std::vector<json::value> values = {
      nullptr, true, -7, 1e300, "", "text", json::array{1, "a"}, json::object{{"k", 1}}};
  return values;
}

// Calls `use` with the document in which one value after the other is replaced by each wrong one.
void with_each_damage(json::value& document, json::value& at,
                      const std::function<void(const json::value&)>& use) {
  const json::value kept = at;
  for (const json::value& wrong : wrong_values()) {
    at = wrong;
    use(document);
  }
  at = kept;
  if (auto* object = at.if_object()) {
    for (auto& entry : *object) with_each_damage(document, entry.value(), use);
  } else if (auto* array = at.if_array()) {
    for (json::value& one : *array) with_each_damage(document, one, use);
  }
}

}  // namespace

void play_damaged(const Talk& talk, const channels::Channel& channel, const std::vector<Moment>& moments) {
  for (const Moment& moment : moments) {
    json::error_code failed;
    json::value document = json::parse(moment.reply.body, failed);
    if (failed) continue;
    with_each_damage(document, document, [&](const json::value& damaged) {
      const wire::Response response{moment.reply.status, moment.reply.headers, json::serialize(damaged)};
      const auto move = channel.step(talk.job(moment.now), moment.send.then, channels::Replied{response});
      const auto* send = std::get_if<channels::Send>(&move);
      const bool answered = moment.send.publishes && moment.reply.status < 300;  // not refused
      EXPECT_FALSE(send != nullptr && send->publishes && answered)
          << talk.file << ": published again after " << response.body;
      const auto* done = std::get_if<channels::Done>(&move);
      EXPECT_FALSE(done != nullptr && done->external_id.empty())
          << talk.file << ": done without an id after " << response.body;
      static_cast<void>(channel.limits_in(moment.send.lanes, response, moment.now));
    });
  }
}

}  // namespace carillon::talk
