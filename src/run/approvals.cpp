#include "run/approvals.h"

#include <fmt/format.h>

#include "plan/standing.h"
#include "store/people.h"
#include "store/proposals.h"
#include "store/records.h"

namespace carillon::run {

namespace {
using store::WaitingPost;

std::string name_of(store::Unit& unit, const WaitingPost& waiting) {
  const auto user = store::People(unit).user(waiting.workspace, waiting.asked_by);
  if (!user) return "Somebody";
  return user->name.empty() ? user->email : user->name;
}

std::string called(store::Unit& unit, const WaitingPost& waiting) {
  return plan::quoted(store::Posts(unit).find(waiting.workspace, waiting.post).value_or(Post{}));
}

// Neighbours of one workspace and author: one notice for them.
std::vector<std::vector<WaitingPost>> together(std::vector<WaitingPost> waiting) {
  std::vector<std::vector<WaitingPost>> groups;
  for (WaitingPost& each : waiting) {
    const bool same = !groups.empty() && groups.back().back().workspace == each.workspace &&
                      groups.back().back().asked_by == each.asked_by;
    if (!same) groups.emplace_back();
    groups.back().push_back(std::move(each));
  }
  return groups;
}

Notice notice_of(const std::vector<WaitingPost>& group, std::string kind, std::string text, Instant now,
                 store::Minter& mint) {
  return {.id = mint.make<NoticeId>(),
          .workspace = group.front().workspace,
          .kind = std::move(kind),
          .text = std::move(text),
          .post = group.size() == 1 ? std::optional(group.front().post) : std::nullopt,
          .delivery = std::nullopt,
          .account = std::nullopt,
          .at = now,
          .person = std::nullopt};
}
}  // namespace

std::vector<Notice> tend_proposals(store::Unit& unit, Instant now, store::Minter& mint) {
  std::vector<Notice> notices;
  store::Proposals proposals(unit);
  for (const auto& group : together(proposals.untold())) {
    const std::string who = name_of(unit, group.front());
    const std::string what =
        group.size() == 1 ? called(unit, group.front()) : fmt::format("{} posts", group.size());
    notices.push_back(
        notice_of(group, approval_asked, fmt::format("{} asks for approval of {}.", who, what), now, mint));
  }
  for (const auto& group : together(proposals.expire(now))) {
    const std::string what = group.size() == 1
                                 ? fmt::format("The time of {} went by", called(unit, group.front()))
                                 : fmt::format("The times of {} posts went by", group.size());
    notices.push_back(notice_of(
        group, "approval_expired",
        what + " before anybody approved it. Approve it with a new time, or send it back.", now, mint));
  }
  store::Notices shelf(unit);
  for (const Notice& notice : notices) shelf.add(notice);
  return notices;
}

}  // namespace carillon::run
