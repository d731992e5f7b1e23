#include "run/workshop.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "media/derive.h"
#include "media/stored_name.h"
#include "media/thumbnail.h"
#include "plan/fit.h"
#include "store/derivatives.h"

namespace carillon::run {
namespace {

constexpr size_t most_waiting = 100, most_kept = 300;
constexpr double told_step = 0.02;
constexpr uint64_t largest_made = uint64_t{8} << 30;

// "Cake (cropped to 4:5, JPEG).jpg"
std::string name_for(const store::MediaFile& origin, const Recipe& recipe) {
  const std::string& name = origin.name;
  const size_t dot = name.rfind('.');
  const std::string stem = shortened(name.substr(0, dot == 0 ? name.size() : dot), 120);
  const std::string_view ending = recipe.into == "video/mp4"   ? "mp4"
                                  : recipe.into == "image/png" ? "png"
                                                               : "jpg";
  return fmt::format("{} ({}).{}", stem, shortened(plan::in_words(recipe, origin.facts), 60), ending);
}

}  // namespace

std::string_view to_text(Conversion::State state) {
  constexpr std::array names = {"waiting", "working", "done", "failed", "canceled"};
  return names[static_cast<size_t>(state)];
}

Workshop::Workshop(Tools tools, std::function<void(const Conversion&)> changed)
    : tools_(std::move(tools)),
      changed_(std::move(changed)),
      thread_([this](const std::stop_token& closing) { work(closing); }) {}

Workshop::~Workshop() {
  close();
}

void Workshop::close() {
  thread_.request_stop();
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& order : orders_) order->stop.request_stop();
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Workshop::Order* Workshop::order_of(WorkspaceId workspace, ConversionId id) {
  const auto found = std::ranges::find_if(orders_, [&](const auto& order) {
    return order->conversion.workspace == workspace && order->conversion.id == id;
  });
  return found == orders_.end() ? nullptr : found->get();
}

void Workshop::forget_old() {
  while (orders_.size() > most_kept && orders_.front()->conversion.over()) orders_.pop_front();
}

Result<Conversion> Workshop::ask(const store::MediaFile& origin, const Recipe& recipe,
                                 std::function<void(const Conversion&)> over) {
  if (auto possible = media::can_derive(origin.facts, recipe); !possible) return refuse(possible.error());
  const std::scoped_lock lock(mutex_);
  const std::string print = carillon::print_of(recipe, origin.facts.sha256);
  size_t waiting = 0;
  for (const auto& order : orders_) {
    if (order->conversion.over()) continue;
    ++waiting;
    if (order->conversion.workspace != origin.workspace || order->conversion.print != print) continue;
    if (over) order->waiting.push_back(std::move(over));
    return order->conversion;
  }
  if (waiting >= most_waiting) {
    return refuse({.kind = FaultKind::throttled,
                   .code = "workshop_full",
                   .text = fmt::format("{} files are being converted already.", waiting),
                   .remedy = "Try again when some of them are done."});
  }
  auto order = std::make_unique<Order>();
  order->conversion = {.id = ConversionId::make(tools_.now(), tools_.random),
                       .workspace = origin.workspace,
                       .origin = origin.facts.id,
                       .recipe = recipe,
                       .print = print,
                       .asked = tools_.now()};
  order->origin = origin;
  if (over) order->waiting.push_back(std::move(over));
  orders_.push_back(std::move(order));
  forget_old();
  wake_.notify_all();
  return orders_.back()->conversion;
}

std::optional<Conversion> Workshop::find(WorkspaceId workspace, ConversionId id) {
  const std::scoped_lock lock(mutex_);
  const Order* order = order_of(workspace, id);
  return order == nullptr ? std::nullopt : std::optional(order->conversion);
}

// What is being made ends by itself soon; what waits is over at once.
std::optional<Conversion> Workshop::cancel(WorkspaceId workspace, ConversionId id) {
  const std::scoped_lock lock(mutex_);
  Order* order = order_of(workspace, id);
  if (order == nullptr) return std::nullopt;
  order->stop.request_stop();
  if (order->conversion.state == Conversion::State::waiting) {
    order->conversion.state = Conversion::State::canceled;
    changed_(order->conversion);
    for (const auto& tell : order->waiting) tell(order->conversion);
    order->waiting.clear();
  }
  return order->conversion;
}

void Workshop::work(const std::stop_token& closing) {
  while (true) {
    Order* next = nullptr;
    {
      std::unique_lock lock(mutex_);
      const auto first = [&] {
        const auto found = std::ranges::find_if(
            orders_, [](const auto& order) { return order->conversion.state == Conversion::State::waiting; });
        next = found == orders_.end() ? nullptr : found->get();
        return next != nullptr;
      };
      if (!wake_.wait(lock, closing, first)) return;
      next->conversion.state = Conversion::State::working;
    }
    make(*next);
  }
}

void Workshop::finish(Order& order, const std::function<void(Conversion&)>& put) {
  std::vector<std::function<void(const Conversion&)>> waiting;
  Conversion ended;
  {
    const std::scoped_lock lock(mutex_);
    put(order.conversion);
    ended = order.conversion;
    waiting.swap(order.waiting);
  }
  changed_(ended);
  for (const auto& tell : waiting) tell(ended);
}

void Workshop::report(Order& order, double share) {
  Conversion now;
  {
    const std::scoped_lock lock(mutex_);
    if (share < order.conversion.share + told_step) return;
    order.conversion.share = share;
    now = order.conversion;
  }
  changed_(now);
}

void Workshop::make(Order& order) {
  Result<MediaId> made;
  try {
    made = make_file(order);
  } catch (const std::exception& broken) {
    made = refuse({.kind = FaultKind::unavailable,
                   .code = "conversion_broken",
                   .text = "The copy could not be made: the server has a problem.",
                   .remedy = "Try again; if it stays, look at the server's log.",
                   .detail = broken.what()});
  }
  finish(order, [&](Conversion& conversion) {
    using State = Conversion::State;
    const bool canceled = !made && made.error().code == "canceled";
    conversion.state = made ? State::done : canceled ? State::canceled : State::failed;
    if (made) conversion.share = 1, conversion.made = *made;
    if (!made && !canceled) conversion.fault = made.error();
  });
}

Result<MediaId> Workshop::make_file(Order& order) {
  const std::string name = media::stored_name(order.origin.facts.id);
  const auto held = tools_.depot.bring_now(name);
  if (!held) return refuse(held.error());
  media::Intake intake = tools_.folder.receive(largest_made, tools_.random);
  const auto from = tools_.folder.path() / name;
  const media::Making making{[&](double share) { report(order, share); }, order.stop.get_token()};
  const Recipe& recipe = order.conversion.recipe;
  auto made =
      media::derive(from, order.origin.facts, recipe, intake.path(), tools_.folder.pictures(), making);
  if (made) made = intake.take_written();
  if (!made) return refuse(std::move(made.error()));
  auto facts = intake.finish();
  if (!facts) return refuse(std::move(facts.error()));
  return shelve(order, intake, std::move(*facts));
}

Result<MediaId> Workshop::shelve(const Order& order, media::Intake& intake, MediaFacts facts) {
  const MediaId id = facts.id = MediaId::make(tools_.now(), tools_.random);
  intake.keep(id);
  if (auto stored = tools_.depot.send_now(order.conversion.workspace, facts); !stored) {
    tools_.depot.remove(id);
    return refuse(std::move(stored.error()));
  }
  const Conversion& conversion = order.conversion;
  const store::MediaFile file{.facts = facts,
                              .workspace = conversion.workspace,
                              .name = name_for(order.origin, conversion.recipe),
                              .path = media::stored_name(id),
                              .thumbnail = media::thumbnail_name(id),
                              .created = tools_.now(),
                              .folder = order.origin.folder,
                              .tags = order.origin.tags,
                              .alt = order.origin.alt};
  MediaId kept = id;
  tools_.store.write_now([&](store::Unit& unit) {
    store::Derivatives derivatives(unit);
    const bool first =
        derivatives.add(conversion.workspace, {id, conversion.origin, conversion.print, conversion.recipe});
    if (first) store::MediaShelf(unit).add(file);
    kept = first ? id : derivatives.made(conversion.workspace, conversion.print).value_or(id);
  });
  kept == id ? tools_.depot.settled(id) : tools_.depot.remove(id);
  return kept;
}

}  // namespace carillon::run
