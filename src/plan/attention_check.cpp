#include "plan/attention_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/check.h"
#include "plan/policy_words.h"

namespace carillon::plan {
namespace {

using channels::Severity;

struct Question {
  const char *id, *text, *fix, *answered;
};

Question question_of(Policy what) {
  switch (what) {
    case Policy::paid:
      return {"policy_paid",
              "Is this paid? “{}” sounds so, and the text does not say it: people must be told.",
              "Add {}, or confirm that nobody pays for it.", "You said that nobody pays for “{}”."};
    case Policy::claim:
      return {"policy_claim",
              "“{}” is a claim that must be provable, and may be forbidden for this kind of thing.",
              "Say it more carefully, or confirm that it holds.", "You said that “{}” holds."};
    case Policy::rights: break;
  }
  return {"policy_rights", "“{}” gives no right to show it: naming the owner is no permission.",
          "Use something that is yours, or confirm that you may show it.",
          "You said that you may show it (“{}”)."};
}

Finding asked(const PolicyWord& word, const Question& question, std::string field, bool confirmed) {
  Finding finding{.id = question.id,
                  .group = "content",
                  .severity = confirmed ? Severity::info : Severity::warning,
                  .field = std::move(field)};
  if (confirmed) {
    finding.text = fmt::format(fmt::runtime(question.answered), word.words);
    return finding;
  }
  finding.text = fmt::format(fmt::runtime(question.text), word.words);
  finding.fix = fmt::format(fmt::runtime(question.fix), word.mark);
  finding.action = word.mark.empty() ? "confirm" : "insert";
  finding.with = word.mark;
  finding.confirmable = true;
  return finding;
}

}  // namespace

void check_policy(const Attention& attention, const Content& content, const std::string& prefix,
                  std::vector<Finding>& findings) {
  std::string all;  // a thread is one post: what one part says counts for the others
  for (const ContentPart& part : content.parts) all += part.text + "\n";
  for (const PolicyWord& word : policy_words(all)) {
    const Question question = question_of(word.what);
    const bool confirmed = std::ranges::find(attention.confirmed, question.id) != attention.confirmed.end();
    findings.push_back(asked(word, question, prefix + "parts[0].text", confirmed));
  }
}

void check_preview(const Attention& attention, AccountId account, const std::string& network,
                   const std::string& field, std::vector<Finding>& findings) {
  if (!attention.seen || std::ranges::find(*attention.seen, account) != attention.seen->end()) return;
  findings.push_back({"preview_unseen", "content", Severity::info, field,
                      fmt::format("The preview for {} was not looked at yet.", network), "", "open_preview"});
}

}  // namespace carillon::plan
