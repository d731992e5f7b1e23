#include "delivery/testing/bell.h"

#include <algorithm>

#include "base/check.h"
#include "delivery/reasons.h"

namespace carillon::delivery::testing {
namespace {

Fault fault_of(int status) {
  const auto fault = [](FaultKind kind, const char* code) {
    return Fault{.kind = kind, .code = code, .text = code};
  };
  switch (status) {
    case 400: return fault(FaultKind::invalid, "invalid_request");
    case 401: return fault(FaultKind::unauthorized, "token_expired");
    case 403: return fault(FaultKind::unauthorized, "permission_missing");
    case 409: return fault(FaultKind::duplicate, "duplicate");
    case 423: return fault(FaultKind::closed, "window_closed");
    case 429: {
      Fault limit = fault(FaultKind::throttled, "rate_limited");
      limit.retry_after = 120s;
      return limit;
    }
    default: return fault(FaultKind::unavailable, "transient");
  }
}

}  // namespace

channels::Send BellChannel::publish() const {
  return {.request = {.method = "POST", .url = "https://bell.test/ring?now", .body = body_},
          .repeat = repeat_,
          .publishes = true,
          .lanes = {"post"},
          .then = {.step = "publish"}};
}

channels::Send BellChannel::look_up() const {
  return {.request = {.method = "GET", .url = "https://bell.test/rings"},
          .lanes = {"read"},
          .then = {.step = "look_up"}};
}

channels::Move BellChannel::step(const channels::Job& job, const Progress& progress,
                                 const channels::Event& event) const {
  if (std::holds_alternative<channels::Disproved>(event)) return publish();
  if (std::holds_alternative<channels::Due>(event)) return progress.step == "look_up" ? look_up() : publish();
  if (std::holds_alternative<channels::Vanished>(event)) {
    if (progress.step == "look_up" || repeat_ == channels::Repeat::probe) return look_up();
    if (repeat_ == channels::Repeat::safe && !job.only_ask) return publish();
    return channels::Unclear{"bells cannot be asked"};
  }
  const wire::Response& response = std::get<channels::Replied>(event).response;
  if (progress.step == "look_up" && response.status == 404) return channels::Absent{};
  if (progress.step == "look_up" && response.status == 206) return channels::Unclear{"not settled yet"};
  if (response.status == 202) return channels::Wait{5s, {.step = "publish"}};
  if (response.status == 200) return channels::Done{"ring-1", "https://bell.test/ring-1"};
  if (response.status == 204) return channels::Unclear{"it is taken", Progress{.step = "look_up"}};
  if (response.status == 203)
    return channels::Done{"ring-1", "https://bell.test/ring-1", "It rang, but softly."};
  return fault_of(response.status);
}

Stage::Stage(channels::Repeat repeat) : channel(repeat), tower(channel), engine(tower, random, policy) {
  account.id = AccountId::make(now, random);
  account.workspace = WorkspaceId::make(now, random);
  account.network = "bell";
  engine.know(account);
}

DeliveryId Stage::add(LatePolicy late) {
  Delivery d;
  d.id = DeliveryId::make(now, random);
  d.workspace = account.workspace;
  d.account = account.id;
  d.due = d.planned = now;
  d.reason = reason::scheduled;
  d.late = late;
  rows.push_back(d);
  engine.expect(account.workspace, account.id, Line::bulk, d.due);
  return d.id;
}

Delivery& Stage::row(DeliveryId id) {
  return *std::ranges::find(rows, id, &Delivery::id);
}

size_t Stage::published() const {
  return published_;
}

Saved Stage::write(const Save& save) {
  const Saved how = std::exchange(next_save, Saved::applied);
  if (how != Saved::applied) return how;
  row(save.delivery.id) = save.delivery;
  if (save.close) *std::ranges::find(attempts, save.close->id, &Attempt::id) = *save.close;
  if (save.open) attempts.push_back(*save.open);
  notices.insert(notices.end(), save.notices.begin(), save.notices.end());
  return how;
}

void Stage::carry_out(Effects effects) {
  for (Effect& effect : effects) {
    if (auto* save = std::get_if<Save>(&effect)) {
      carry_out(engine.saved(save->id, write(*save), now));
    } else if (auto* transmit = std::get_if<Transmit>(&effect)) {
      published_ += transmit->request.method == "POST" ? 1 : 0;
      sent.push_back(std::move(*transmit));
    } else {
      refreshes.push_back(std::get<Refresh>(effect));
    }
  }
}

std::vector<Claim> Stage::look() {
  for (;;) {
    Effects begun;
    auto claims = engine.claims(now, begun);
    if (begun.empty()) return claims;
    CHECK(claims.empty());  // one account: it begins or is read
    carry_out(std::move(begun));
  }
}

void Stage::run() {
  for (auto claims = look(); !claims.empty(); claims = look()) {
    for (const Claim& claim : claims) {
      ++reads_;
      std::vector<Ticket> tickets;
      std::optional<Instant> next;
      for (const Delivery& d : rows) {
        if (d.state >= DeliveryState::in_flight || d.line != claim.line) continue;
        if (d.due <= now && tickets.size() < claim.limit) {
          tickets.push_back({.delivery = d,
                             .content = std::make_shared<const Content>(Content{.parts = {{}}}),
                             .before = before});
        } else {
          next = next ? std::min(*next, d.due) : d.due;
        }
      }
      carry_out(engine.take(claim, std::move(tickets), next, now));
    }
  }
}

void Stage::pass(Duration span) {
  now = now + span;
  run();
}

void Stage::answer(int status, const std::string& body) {
  CHECK(!sent.empty());
  const Transmit first = sent.front();
  sent.erase(sent.begin());
  carry_out(engine.replied(first.id, {.status = status, .body = body}, now));
  run();
}

void Stage::lose() {
  CHECK(!sent.empty());
  const Transmit first = sent.front();
  sent.erase(sent.begin());
  carry_out(engine.lost(first.id, "timeout", now));
  run();
}

void Stage::refuse() {
  CHECK(!sent.empty());
  const Transmit first = sent.front();
  sent.erase(sent.begin());
  carry_out(engine.refused(first.id, "connection refused", now));
  run();
}

}  // namespace carillon::delivery::testing
