#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "talk/talk.h"

namespace carillon::talk {
namespace {

using channels::Move;
using channels::Repeat;
using channels::Send;

// The engine's side, as small as it can be, with its knowledge of what may be out there.
struct Walker {
  const Talk& talk;
  const channels::Channel& channel;
  const std::vector<Moment>& moments;
  SeededRandom dice;
  Instant now = talk.now;
  Progress progress;
  bool doubt = false;                // a publishing request of class probe or never was lost
  std::optional<Instant> key_since;  // a keyed one was lost: the server may have taken it then
  std::string story;
  bool over = false;

  Move ask(const channels::Event& event, const char* word) {
    Move move = channel.step(talk.job(now), progress, event);
    story += fmt::format("\n  {} -> {}", word, describe(move));
    return move;
  }

  wire::Response some_reply() {
    if (dice.chance(50)) return moments[dice.below(moments.size())].reply;
    static const int statuses[] = {200, 200, 201, 204, 400, 401, 403, 404, 422, 429, 500, 503};
    static const char* bodies[] = {"",
                                   "{}",
                                   "[]",
                                   "<html>",
                                   R"({"data":[]})",
                                   R"({"error":{"code":2}})",
                                   R"({"meta":{"result_count":0}})"};
    return {statuses[dice.below(std::size(statuses))], {}, bodies[dice.below(std::size(bodies))]};
  }

  // What the network promises; without a promise, an hour.
  Duration key_lives() const {
    const Duration said = channel.traits().key_lives;
    return said.count() > 0 ? said : Duration(std::chrono::hours(1));
  }

  void check_publishing(const Send& send) {
    if (!send.publishes) return;
    EXPECT_FALSE(doubt) << talk.file << ": published while nobody knew" << story;
    if (key_since)
      EXPECT_LT((now - *key_since).count(), key_lives().count())
          << talk.file << ": the key was used too long" << story;
    over = over || doubt || (key_since && now - *key_since >= key_lives());
  }

  void lost(const Send& send) {
    if (!send.publishes) return;
    if (send.repeat != Repeat::safe)
      doubt = true;
    else if (!key_since)
      key_since = now;
  }

  // One request is out; what becomes of it, and which move follows.
  Move answered(const Send& send) {
    now = now + Duration(static_cast<int64_t>(dice.below(90)) * 1'000'000);
    if (dice.chance(30)) {
      lost(send);
      return doubt || send.publishes ? ask(channels::Vanished{}, "silence")
                                     : ask(channels::Due{}, "silence, again");
    }
    const wire::Response reply = some_reply();
    Move move = ask(channels::Replied{reply}, fmt::format("reply {}", reply.status).c_str());
    const auto* fault = std::get_if<Fault>(&move);
    const bool unknown =
        send.publishes && (reply.status >= 500 || (fault && (fault->kind == FaultKind::unavailable ||
                                                             fault->kind == FaultKind::duplicate)));
    if (unknown) lost(send);
    const auto* next = std::get_if<Send>(&move);
    const bool asked = send.then.step == "look_up" && reply.status < 300;
    if (asked && next && next->then.step != "look_up")
      key_since.reset();  // it is not there: it is published anew, or uploaded for that
    return unknown ? ask(channels::Vanished{}, "unknown") : move;
  }

  // After a move that is no request: time passes, then the next event.
  Move go_on(const Move& move) {
    static const int64_t minutes[] = {0, 0, 1, 5, 30, 61, 180, 1500};
    now = now + std::chrono::minutes(minutes[dice.below(std::size(minutes))]);
    if (const auto* wait = std::get_if<channels::Wait>(&move)) progress = wait->then;
    if (std::holds_alternative<channels::Absent>(move)) {
      EXPECT_TRUE(doubt || key_since || progress.step == "look_up")
          << talk.file << ": absent, but nothing was lost" << story;
      doubt = false;
      key_since.reset();
      return ask(channels::Disproved{}, "disproved");
    }
    if (const auto* unclear = std::get_if<channels::Unclear>(&move)) {
      if (unclear->then && !doubt) progress = *unclear->then;
      doubt = true;
    }
    return doubt ? ask(channels::Vanished{}, "asked") : ask(channels::Due{}, "due");
  }

  void walk(int steps) {
    Move move = ask(channels::Due{}, "due");
    for (int i = 0; i < steps && !over && !std::holds_alternative<channels::Done>(move); ++i) {
      const auto* send = std::get_if<Send>(&move);
      if (send == nullptr) {
        move = go_on(move);
        continue;
      }
      check_publishing(*send);
      const Send kept = *send;
      progress = kept.then;
      move = answered(kept);
    }
  }
};

}  // namespace

void play_walks(const Talk& talk, const channels::Channel& channel, const std::vector<Moment>& moments) {
  if (moments.empty()) return;
  for (uint64_t seed = 0; seed < 150; ++seed) {
    Walker walker{.talk = talk, .channel = channel, .moments = moments, .dice = SeededRandom(seed)};
    walker.walk(40);
    if (testing::Test::HasFailure()) {
      ADD_FAILURE() << "seed " << seed;
      return;
    }
  }
}

}  // namespace carillon::talk
