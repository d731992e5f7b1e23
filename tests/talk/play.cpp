#include <fmt/format.h>
#include <gtest/gtest.h>

#include "talk/talk.h"

namespace carillon::talk {
namespace {

using channels::Event;
using channels::Move;

// Where a talk stands while it is played.
struct Player {
  const Talk& talk;
  const channels::Channel& channel;
  Instant now;
  Progress progress;
  std::optional<Event> event{channels::Due{}};
  std::optional<channels::Send> last;
  wire::Response reply;  // kept: Replied refers to it
  std::vector<Moment> moments;

  std::string place(const Step& step) const { return fmt::format("{}:{}: ", talk.file, step.head.number); }

  // true: the line tells what happens; false: it tells what must follow.
  bool happens(const Step& step) {
    const std::string& word = step.head.word;
    if (word == "<") {
      reply = read_response(step);
      event.emplace(channels::Replied{reply});
      if (last)
        moments.push_back({*last, reply, now});
      else
        ADD_FAILURE() << place(step) << "an answer, but nothing was asked";
    } else if (word == "vanished")
      event.emplace(channels::Vanished{});
    else if (word == "disproved")
      event.emplace(channels::Disproved{});
    else if (word == "due")
      event.emplace(channels::Due{});
    else if (word == "later")
      now = now + read_span(step.head.rest);
    else
      return false;
    return true;
  }

  void check_closed(const Step& step) const {
    const std::string lane = step.head.rest.substr(0, step.head.rest.find(' '));
    const Duration span = read_span(step.head.rest.substr(lane.size() + 1));
    for (const LaneNews& news :
         channel.limits_in(last ? last->lanes : std::vector<std::string>(), reply, now)) {
      if (news.lane != lane) continue;
      EXPECT_EQ((news.closed_until - now).count(), span.count()) << place(step) << "closed for another span";
      EXPECT_FALSE(news.why.empty()) << place(step);
      return;
    }
    ADD_FAILURE() << place(step) << "the lane " << lane << " is not closed";
  }
  using LaneNews = channels::LaneNews;

  bool follows(const Step& step) {
    if (step.head.word == "closes") return check_closed(step), true;
    const Move move = channel.step(talk.job(now), progress, *event);
    const std::string different = compare(step, move, talk);
    EXPECT_EQ(different, "") << place(step) << step.head.word << " " << step.head.rest;
    if (const auto* send = std::get_if<channels::Send>(&move)) {
      last = *send;
      progress = send->then;
    } else if (const auto* wait = std::get_if<channels::Wait>(&move)) {
      now = now + wait->span;
      progress = wait->then;
      event.emplace(channels::Due{});
    } else if (const auto* unclear = std::get_if<channels::Unclear>(&move); unclear && unclear->then) {
      progress = *unclear->then;  // what follows is asked in doubt
      event.emplace(channels::Vanished{});
    }
    return different.empty();
  }
};

// Moves that nobody may make after an answer was lost.
std::string forbidden_after_loss(const channels::Send& lost, const Move& move) {
  if (std::holds_alternative<channels::Unclear>(move)) return "";
  const auto* send = std::get_if<channels::Send>(&move);
  if (send == nullptr)
    return "after silence only a question, the same again or unclear may come, not " + describe(move);
  if (!send->publishes) return "";
  if (lost.repeat != channels::Repeat::safe)
    return "a publishing request again, though nobody knows about the first";
  return send->request == lost.request ? "" : "not the same request again";
}

struct Disturbance {
  const char* name;
  int status;
  std::string body;
  bool cut = false;  // the reply's own body, cut
};

std::vector<Disturbance> disturbances(const wire::Response& reply) {
  const std::string page = "<!DOCTYPE html><html><body><h1>Sorry</h1></body></html>";
  return {{"429", 429, "{}"},
          {"429 as a page", 429, page},
          {"500", 500, "{}"},
          {"500 as a page", 500, page},
          {"503 without a body", 503, ""},
          {"401", 401, "{}"},
          {"401 as a page", 401, page},
          {"403", 403, "{}"},
          {"403 as a page", 403, page},
          {"a page", 200, page},
          {"nothing", reply.status, ""},
          {"half", reply.status, "", true},
          {"a redirect", 302, ""}};
}

// What must not come of an answer that says nothing of the kind.
std::string forbidden_after(const Disturbance& what, const channels::Send& asked, const Move& move) {
  if (std::holds_alternative<channels::Done>(move)) return "taken for accepted";
  if (std::holds_alternative<channels::Absent>(move)) return "taken for proof of absence";
  const auto* send = std::get_if<channels::Send>(&move);
  if (send != nullptr && send->publishes) return "a publishing request follows";
  const auto* fault = std::get_if<Fault>(&move);
  if (fault == nullptr) return "";
  if (fault->text.empty() || fault->remedy.empty() || fault->code.empty())
    return "a fault without text, remedy or code";
  if (what.status == 429 && fault->kind != FaultKind::throttled) return "a limit is not taken for one";
  if (what.status >= 500 && fault->kind != FaultKind::unavailable) return "a breakdown is not taken for one";
  if (what.status >= 500 && fault->retry_after) return "a breakdown that names no time is given one";
  if (what.status < 300 && asked.publishes && fault->kind != FaultKind::unavailable)
    return "an unreadable answer is taken for a refusal";
  return "";
}

wire::Response disturbed(const wire::Response& reply, const Disturbance& what) {
  wire::Response response{what.status, {}, what.body};
  if (what.cut) response.body = reply.body.substr(0, reply.body.size() / 2);
  return response;
}

}  // namespace

std::vector<Moment> play(const Talk& talk, const channels::Channel& channel) {
  Player player{.talk = talk, .channel = channel, .now = talk.now};
  for (const Step& step : talk.steps) {
    if (player.happens(step)) continue;
    if (!player.follows(step)) break;
  }
  EXPECT_FALSE(talk.steps.empty()) << talk.file << " says nothing";
  return player.moments;
}

void play_restarts(const Talk& talk, const channels::Channel& channel, const std::vector<Moment>& moments) {
  for (const Moment& moment : moments) {
    for (const Duration later : {Duration(0), Duration(1s), Duration(20s)}) {
      const Move move = channel.step(talk.job(moment.now + later), moment.send.then, channels::Due{});
      const auto* again = std::get_if<channels::Send>(&move);
      ASSERT_NE(again, nullptr) << talk.file << ": " << moment.send.then.step << " made " << describe(move);
      EXPECT_TRUE(again->request == moment.send.request)
          << talk.file << ": another request from " << moment.send.then.step << ": " << describe(move);
      EXPECT_EQ(again->publishes, moment.send.publishes);
      EXPECT_EQ(again->then.step, moment.send.then.step);
    }
  }
}

void play_disturbed(const Talk& talk, const channels::Channel& channel, const std::vector<Moment>& moments) {
  for (const Moment& moment : moments) {
    const auto job = talk.job(moment.now);
    const std::string place =
        fmt::format("{}: {} {}: ", talk.file, moment.send.request.method, moment.send.request.url);
    const Move silence = channel.step(job, moment.send.then, channels::Vanished{});
    EXPECT_EQ(forbidden_after_loss(moment.send, silence), "") << place << "silence";
    for (const Disturbance& what : disturbances(moment.reply)) {
      if (what.cut && moment.reply.body.empty()) continue;
      const wire::Response response = disturbed(moment.reply, what);
      if (response == moment.reply) continue;
      const Move move = channel.step(job, moment.send.then, channels::Replied{response});
      EXPECT_EQ(forbidden_after(what, moment.send, move), "")
          << place << what.name << " gave " << describe(move);
      static_cast<void>(channel.limits_in(moment.send.lanes, response, moment.now));
    }
  }
}

}  // namespace carillon::talk
