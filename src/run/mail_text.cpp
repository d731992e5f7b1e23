#include "run/mail_text.h"

#include <fmt/format.h>

#include <map>

#include "wire/url.h"

namespace carillon::run {
namespace {

std::string title_of(const std::string& kind) {
  static const std::map<std::string, std::string> titles = {
      {"delivery_failed", "A post failed"},         {"account_held", "An account needs you"},
      {"delivery_uncertain", "Did a post go out?"}, {"late", "A post missed its time"},
      {"approval_asked", "A post needs approval"},  {"approval_expired", "A post was not approved in time"},
      {"post_approved", "Your post was approved"},  {"post_sent_back", "Your post was sent back"}};
  const auto found = titles.find(kind);
  return found == titles.end() ? "Something needs you" : found->second;
}

std::string link_to(const Notice& notice, const std::string& url) {
  if (notice.post && notice.delivery)
    return fmt::format("{}/posts/{}?target={}", url, notice.post->text(), notice.delivery->text());
  if (notice.post) return fmt::format("{}/posts/{}", url, notice.post->text());
  if (notice.account) return url + "/accounts";
  return notice.kind == approval_asked || notice.kind == "approval_expired" ? url + "/posts?view=approval"
                                                                            : url + "/notifications";
}

std::string host_of(const std::string& url) {
  const auto parsed = wire::parse_url(url);
  return parsed ? parsed->host : "carillon.invalid";
}

std::string footer(const std::string& url) {
  return fmt::format("\n-- \nCarillon at {}\nWhat you are told by mail: {}/members?tab=you\n", url, url);
}

}  // namespace

wire::Letter letter_about(const store::Bundle& bundle, const std::string& from, const std::string& url,
                          Instant now) {
  const size_t count = bundle.notices.size();
  const std::string subject =
      count == 1 ? title_of(bundle.notices.front().kind)
                 : fmt::format("{} things to know: {}, …", count, title_of(bundle.notices.front().kind));
  std::string text;
  for (const Notice& notice : bundle.notices) {
    if (count > 1) text += title_of(notice.kind) + "\n";
    text += fmt::format("{}\n{}\n\n", notice.text, link_to(notice, url));
  }
  return {.from = from,
          .to = bundle.email,
          .name = "Carillon",
          .subject = subject,
          .text = text + footer(url),
          .id = fmt::format("{}.{}@{}", bundle.notices.front().id.text(), bundle.person.text(), host_of(url)),
          .at = now};
}

wire::Letter trial_letter(const std::string& to, const std::string& from, const std::string& url,
                          Instant now) {
  return {.from = from,
          .to = to,
          .name = "Carillon",
          .subject = "A test from Carillon",
          .text = "Mail works: this one arrived.\n" + footer(url),
          .id = fmt::format("test.{}@{}", now.us, host_of(url)),
          .at = now};
}

}  // namespace carillon::run
