// The words for every enum of the model, as they stand in JSON, in the CLI and in texts. Order is the enum's.
#include <array>

#include "model/account.h"
#include "model/campaign.h"
#include "model/delivery.h"
#include "model/mail.h"
#include "model/people.h"
#include "model/post.h"
#include "model/task.h"

namespace carillon {
namespace {

constexpr std::array<std::string_view, 7> hold_names = {
    "none", "refreshing", "reconnect", "permission", "restricted", "disabled", "disconnected"};
constexpr std::array<std::string_view, 7> state_names = {"waiting", "uncertain", "in_flight", "delivered",
                                                         "failed",  "canceled",  "skipped"};
constexpr std::array<std::string_view, 6> outcome_names = {"open",     "accepted", "refused",
                                                           "not_sent", "unknown",  "read"};
constexpr std::array<std::string_view, 3> line_names = {"ask", "inbox", "bulk"};
constexpr std::array<std::string_view, 6> wish_names = {"none",         "cancel",    "is_there",
                                                        "is_not_there", "ask_again", "send_late"};
constexpr std::array<std::string_view, 3> role_names = {"viewer", "editor", "owner"};
constexpr std::array<std::string_view, 5> post_state_names = {"draft", "scheduled", "canceled", "proposed",
                                                              "expired"};
constexpr std::array<std::string_view, 3> mail_security_names = {"starttls", "tls", "none"};
constexpr std::array<std::string_view, 3> wants_names = {"time", "now", "retry"};
constexpr std::array<std::string_view, 4> answer_names = {"none", "approved", "sent_back", "withdrawn"};
constexpr std::array<std::string_view, 3> link_place_names = {"usual", "text", "comment"};
constexpr std::array<std::string_view, 3> campaign_names = {"active", "stopped", "ended"};
constexpr std::array<std::string_view, 3> task_kind_names = {"message", "connect", "other"};
constexpr std::array<std::string_view, 3> task_state_names = {"open", "done", "skipped"};
constexpr std::array<std::string_view, 3> late_names = {"ask", "skip", "next_slot"};

template <class Names, class Enum>
std::string_view name(const Names& names, Enum value) {
  return names[static_cast<size_t>(value)];
}

template <class Enum, class Names>
std::optional<Enum> value_of(const Names& names, std::string_view text) {
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_text(Hold hold) {
  return name(hold_names, hold);
}
std::optional<Hold> hold_from(std::string_view text) {
  return value_of<Hold>(hold_names, text);
}

std::string_view to_text(DeliveryState state) {
  return name(state_names, state);
}
std::optional<DeliveryState> delivery_state_from(std::string_view text) {
  return value_of<DeliveryState>(state_names, text);
}

std::string_view to_text(Attempt::Outcome outcome) {
  return name(outcome_names, outcome);
}
std::optional<Attempt::Outcome> attempt_outcome_from(std::string_view text) {
  return value_of<Attempt::Outcome>(outcome_names, text);
}

std::string_view to_text(Line line) {
  return name(line_names, line);
}
std::optional<Line> line_from(std::string_view text) {
  return value_of<Line>(line_names, text);
}

std::string_view to_text(Wish wish) {
  return name(wish_names, wish);
}
std::optional<Wish> wish_from(std::string_view text) {
  return value_of<Wish>(wish_names, text);
}

std::string_view to_text(Role role) {
  return name(role_names, role);
}
std::optional<Role> role_from(std::string_view text) {
  return value_of<Role>(role_names, text);
}

std::string_view to_text(PostState state) {
  return name(post_state_names, state);
}
std::optional<PostState> post_state_from(std::string_view text) {
  return value_of<PostState>(post_state_names, text);
}

std::string_view to_text(MailSecurity security) {
  return name(mail_security_names, security);
}
std::optional<MailSecurity> mail_security_from(std::string_view text) {
  return value_of<MailSecurity>(mail_security_names, text);
}

std::string_view to_text(Proposal::Wants wants) {
  return name(wants_names, wants);
}
std::string_view to_text(Proposal::Answer answer) {
  return name(answer_names, answer);
}

std::string_view to_text(LinkPlace place) {
  return name(link_place_names, place);
}
std::optional<LinkPlace> link_place_from(std::string_view text) {
  return value_of<LinkPlace>(link_place_names, text);
}

std::string_view to_text(CampaignState state) {
  return name(campaign_names, state);
}
std::optional<CampaignState> campaign_state_from(std::string_view text) {
  return value_of<CampaignState>(campaign_names, text);
}

std::string_view to_text(TaskKind kind) {
  return name(task_kind_names, kind);
}
std::optional<TaskKind> task_kind_from(std::string_view text) {
  return value_of<TaskKind>(task_kind_names, text);
}

std::string_view to_text(TaskState state) {
  return name(task_state_names, state);
}
std::optional<TaskState> task_state_from(std::string_view text) {
  return value_of<TaskState>(task_state_names, text);
}

std::string_view to_text(LatePolicy::Then then) {
  return name(late_names, then);
}
std::optional<LatePolicy::Then> late_then_from(std::string_view text) {
  return value_of<LatePolicy::Then>(late_names, text);
}

}  // namespace carillon
