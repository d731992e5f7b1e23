// The numbers of WhatsApp, each with its document and date; and that it takes no posts.
#include "channels/finding.h"
#include "channels/whatsapp/whatsapp.h"

namespace carillon::channels::whatsapp {
namespace {

constexpr const char* sending =
    "https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages "
    "(2026-09)";

Traits make() {
  Traits traits;
  traits.network = "whatsapp";
  traits.label = "WhatsApp";
  traits.max_text = 4096;
  traits.unit = "characters";
  traits.lanes = {{LaneRule::Scope::account, "message", 80, std::chrono::seconds(1), sending}};
  traits.post_lanes = {"message"};
  traits.recovery = "Nothing is published there.";
  traits.connect_by = ConnectBy::token;
  traits.connect_fields = {
      {"token", "Access token",
       "Of a system user with WhatsApp permissions. It is sealed on the server and never shown again.",
       "EAAG…", true},
      {"phone", "Phone number id", "From the WhatsApp Manager: the number's id, not the number itself.",
       "106540352242922"}};
  traits.scopes = {{"whatsapp_business_messaging", "to send messages from this number"},
                   {"whatsapp_business_management", "to read its name, quality and templates"}};
  traits.home = {"https://www.facebook.com", "https://graph.facebook.com"};
  traits.connect_help =
      "In Meta's business settings make a system user, give it the WhatsApp account, and generate a token "
      "with both "
      "permissions. The phone number's id stands in the WhatsApp Manager. Messages are sent by message "
      "campaigns; "
      "WhatsApp has no public posts.";
  traits.source = sending;
  return traits;
}

Fault takes_no_posts() {
  return {.kind = FaultKind::invalid,
          .code = "no_posts",
          .text = "WhatsApp has no public posts: it carries messages to people.",
          .remedy = "Take this account out of the post; write to people with a message campaign."};
}

}  // namespace

const Traits& whatsapp_traits() {
  static const Traits traits = make();
  return traits;
}

const Traits& WhatsappChannel::traits() const {
  return whatsapp_traits();
}

std::vector<LaneNews> WhatsappChannel::limits_in(const std::vector<std::string>&,
                                                 const wire::Response& response, Instant now) const {
  return graph_limits(whatsapp_traits(), response, now, "message", "message");
}

CheckReport WhatsappChannel::check(const Account&, const ContentPart&, uint32_t index, const Content&,
                                   const std::vector<MediaFacts>&) const {
  CheckReport report;
  report.unit = whatsapp_traits().unit;
  const Fault fault = takes_no_posts();
  if (index == 0) block(report, fault.code, "", fault.text, fault.remedy);
  return report;
}

Move WhatsappChannel::due(const Job&, const Progress&) const {
  return takes_no_posts();
}

Move WhatsappChannel::replied(const Job&, const Progress&, const wire::Response&) const {
  return takes_no_posts();
}

Move WhatsappChannel::vanished(const Job&, const Progress&) const {
  return Unclear{"WhatsApp has no public posts, so there is nothing to look for."};
}

Move WhatsappChannel::disproved(const Job&, const Progress&) const {
  return takes_no_posts();
}

const WhatsappChannel channel;
const WhatsappAuth auth;

}  // namespace carillon::channels::whatsapp
