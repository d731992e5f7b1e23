#include "api/saying.h"

#include <algorithm>

#include "plan/variables.h"
#include "store/phrasebook.h"
#include "store/said.h"

namespace carillon::api {

namespace {
const Content& written(const Post& post, const Target& target) {
  return target.content ? *target.content : post.content;
}

std::vector<std::string> names_in(const Content& content) {
  std::vector<std::string> names;
  const plan::Lookup note = [&names](std::string_view name) -> std::optional<std::string> {
    if (std::ranges::find(names, name) == names.end()) names.emplace_back(name);
    return "";
  };
  for (const ContentPart& part : content.parts) {
    plan::expand(part.text, note);
    plan::expand(part.link, note);
  }
  return names;
}
}  // namespace

std::vector<Spoken> Sayings::of(const Post& post, std::span<const Account> accounts) {
  std::vector<Spoken> all(post.targets.size());
  if (!plan::needs_wording(post)) return all;
  const auto frozen = store::frozen_of(unit_, post.workspace, post.id);
  for (size_t i = 0; i < all.size(); ++i) {
    const Target& target = post.targets[i];
    const auto kept = std::ranges::find(frozen, target.account, &store::Frozen::account);
    const auto account = std::ranges::find(accounts, target.account, &Account::id);
    std::optional<Content> said;
    if (kept != frozen.end()) {
      said = kept->content;
    } else if (account != accounts.end()) {
      if (!wording_) wording_ = store::Phrasebook(unit_).wording(post.workspace);
      said = plan::worded(post, target, *account, *wording_, post.due.value_or(post.updated)).content;
    }
    all[i].variables = names_in(written(post, target));
    if (said && *said != written(post, target)) all[i].content = std::move(said);
  }
  return all;
}

bool has_variables(const Post& post) {
  return plan::speaks_of_time(post);
}

std::optional<std::string> beginning(const Post& post, std::span<const Spoken> sayings,
                                     std::optional<AccountId> account) {
  if (sayings.empty()) return std::nullopt;
  const auto wanted = [&](const Target& t) { return account ? t.account == *account : !t.content; };
  const auto target = std::ranges::find_if(post.targets, wanted);
  const auto at = target == post.targets.end() ? 0 : static_cast<size_t>(target - post.targets.begin());
  const Spoken& saying = sayings[at];
  if (!saying.content || saying.content->parts.empty() || saying.variables.empty()) return std::nullopt;
  return saying.content->parts.front().text;
}

}  // namespace carillon::api
