// The rows of a table beside each other, and beside what is planned already.
#include <algorithm>

#include "api/import_desk.h"
#include "api/words.h"
#include "plan/crowd.h"
#include "plan/wording_check.h"
#include "store/neighbours.h"

namespace carillon::api {

namespace {
struct Span {
  Instant from = Instant::never(), until;
};

bool goes_out(const JudgedRow& judged) {
  return judged.state == RowState::ready && judged.row.schedule && !judged.said.empty();
}

std::map<AccountId, Span> add_rows(plan::Crowd& crowd, std::span<const JudgedRow> rows) {
  std::map<AccountId, Span> spans;
  for (const JudgedRow& judged : rows) {
    if (!goes_out(judged)) continue;
    const Instant at = judged.row.schedule->at;
    for (const Saying& said : judged.said) {
      crowd.add({.account = said.account,
                 .at = at,
                 .title = judged.row.post.title,
                 .text = said.text,
                 .line = judged.row.line});
      Span& span = spans[said.account];
      span = {std::min(span.from, at), std::max(span.until, at)};
    }
  }
  return spans;
}

void add_planned(store::Unit& unit, WorkspaceId workspace, AccountId account, Span span, plan::Crowd& crowd) {
  for (const store::Utterance& one :
       store::Neighbours(unit).between(workspace, account, span.from, span.until)) {
    const auto read = [&unit, workspace, account, one] {
      return store::Neighbours(unit).read(workspace, account, one);
    };
    crowd.add(account, one.at, one.sketch, read);
  }
}

void warn(JudgedRow& judged, plan::Facts facts, plan::Crowd& crowd) {
  facts.schedule = judged.row.schedule;
  std::vector<plan::Finding> findings;
  for (const Saying& said : judged.said) {
    const Account* account = find_account(facts.accounts, said.account);
    const plan::Nearby nearby = crowd.around(said.account, facts.schedule->at, judged.row.line);
    if (account) plan::tell_neighbours(facts, nearby, plan::zone_of(*account, facts), "targets", findings);
  }
  for (const plan::Finding& finding : findings) add_warning(judged, finding);
}
}  // namespace

void warn_of_neighbours(store::Unit& unit, WorkspaceId workspace, const plan::Facts& facts,
                        std::span<JudgedRow> rows) {
  const Duration widest = std::max(facts.nearness.clash, facts.nearness.duplicate);
  if (widest <= Duration(0)) return;
  plan::Crowd crowd(facts.nearness);
  for (const auto& [account, span] : add_rows(crowd, rows))
    add_planned(unit, workspace, account, {span.from - widest, span.until + widest}, crowd);
  for (JudgedRow& judged : rows) {
    if (goes_out(judged)) warn(judged, facts, crowd);
  }
}

}  // namespace carillon::api
