#include "api/post_filter.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "api/answers.h"

namespace carillon::api {

namespace {
constexpr std::array<std::string_view, 10> states = {"draft",     "proposed", "expired", "scheduled", "publishing",
                                                     "delivered", "partly",   "failed",  "uncertain", "canceled"};

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = text.find(',');
    words.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
  }
  return words;
}

std::string asked(const Request& request, std::string_view name, size_t most) {
  return wire::field(request.query, name).value_or("").substr(0, most);
}

Result<std::vector<std::string>> read_states(std::string_view text) {
  auto words = split(text);
  for (const std::string& word : words) {
    if (std::ranges::find(states, word) != states.end()) continue;
    return refuse(invalid("unknown_state", fmt::format("There is no state \"{}\".", word.substr(0, 40)),
                          "state", fmt::format("Known: {}.", fmt::join(states, ", "))));
  }
  return words;
}

Result<std::optional<CampaignId>> read_campaign(const Request& request) {
  const auto text = wire::field(request.query, "campaign");
  if (!text || text->empty()) return std::optional<CampaignId>();
  if (const auto id = CampaignId::parse(*text)) return std::optional(*id);
  return refuse(invalid("not_an_id", "This is not an id: \"" + text->substr(0, 40) + "\".", "campaign",
                        "Give the id of a campaign."));
}

Result<std::optional<Instant>> read_time(const Request& request, std::string_view name) {
  const auto text = wire::field(request.query, name);
  if (!text || text->empty()) return std::optional<Instant>();
  const auto at = parse_instant(*text);
  if (at) return std::optional(*at);
  return refuse(
      invalid("not_a_time", at.error().text, std::string(name), "Give RFC 3339, 2026-11-20T09:30:00Z."));
}

Result<bool> read_order(const Request& request) {
  const auto order = wire::field(request.query, "order").value_or("oldest");
  if (order == "oldest" || order == "newest") return order == "newest";
  return refuse(invalid("unknown_order", "There is no order \"" + order.substr(0, 40) + "\".", "order",
                        "Use oldest or newest."));
}

Result<size_t> read_limit(const Request& request, size_t most) {
  const auto text = wire::field(request.query, "limit");
  if (!text) return std::min<size_t>(most, most > 200 ? most : 50);
  size_t limit = 0;
  const auto end = text->data() + text->size();
  const auto parsed = std::from_chars(text->data(), end, limit);
  if (parsed.ec == std::errc{} && parsed.ptr == end && limit >= 1 && limit <= most) return limit;
  return refuse(invalid("out_of_range", fmt::format("The limit is \"{}\"; 1 to {} is taken.", *text, most),
                        "limit", "Leave it out, or choose a number in that range."));
}

// "<due in microseconds or none>.<id>"
Result<void> read_position(const std::string& position, store::PostFilter& filter) {
  if (position.empty()) return {};
  const auto dot = position.find('.');
  const auto id = dot == std::string::npos ? std::nullopt : PostId::parse(position.substr(dot + 1));
  if (!id)
    return refuse(invalid("bad_cursor", "This cursor is damaged.", "cursor", "Start again without one."));
  filter.after = *id;
  int64_t due = 0;
  if (std::from_chars(position.data(), position.data() + dot, due).ec == std::errc{})
    filter.after_due = Instant{due};
  return {};
}

std::string position_of(const Post& post) {
  return post.due ? fmt::format("{}.{}", post.due->us, post.id.text()) : "." + post.id.text();
}
}  // namespace

Result<Wanted> read_wanted(const Request& request) {
  auto words = read_states(asked(request, "state", 200));
  auto accounts = accounts_of(request, "account");
  auto from = read_time(request, "from");
  auto until = read_time(request, "until");
  auto newest_first = read_order(request);
  auto campaign = read_campaign(request);
  if (!campaign) return refuse(std::move(campaign.error()));
  if (!words) return refuse(std::move(words.error()));
  if (!accounts) return refuse(std::move(accounts.error()));
  if (!from) return refuse(std::move(from.error()));
  if (!until) return refuse(std::move(until.error()));
  if (!newest_first) return refuse(std::move(newest_first.error()));
  return Wanted{{.states = std::move(*words),
                 .accounts = std::move(*accounts),
                 .text = asked(request, "text", 200),
                 .tag = asked(request, "tag", 50),
                 .campaign = *campaign,
                 .from = *from,
                 .until = *until,
                 .newest_first = *newest_first},
                asked(request, "network", 40)};
}

Result<void> read_page(const Request& request, const Desk& desk, size_t most, store::PostFilter& filter) {
  auto limit = read_limit(request, most);
  auto position = open_cursor(desk, request);
  if (!limit) return refuse(std::move(limit.error()));
  if (!position) return refuse(std::move(position.error()));
  filter.limit = *limit + 1;
  return read_position(*position, filter);
}

void narrow(Wanted& wanted, std::span<const Account> accounts) {
  if (wanted.network.empty()) return;
  const auto asked_for = std::exchange(wanted.filter.accounts, {});
  for (const Account& account : accounts) {
    const bool meant = asked_for.empty() || std::ranges::find(asked_for, account.id) != asked_for.end();
    if (meant && account.network == wanted.network) wanted.filter.accounts.push_back(account.id);
  }
  if (wanted.filter.accounts.empty()) wanted.filter.accounts.push_back(AccountId{});  // nobody's
}

std::optional<std::string> next_page(const Request& request, const Desk& desk,
                                     const store::PostFilter& filter, std::vector<Post>& posts) {
  if (posts.size() < filter.limit) return std::nullopt;
  posts.pop_back();
  return seal_cursor(desk, request, position_of(posts.back()));
}

void go_on_after(const Post& last, store::PostFilter& filter) {
  filter.after = last.id;
  filter.after_due = last.due;
}

}  // namespace carillon::api
