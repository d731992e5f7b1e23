// Posts for other programs: a calendar file and a table, with the filters of the list, written page by page
// while they are read: a hundred thousand posts take no more memory than one page.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "api/answers.h"
#include "api/awaited.h"
#include "api/csv.h"
#include "api/handlers.h"
#include "api/icalendar.h"
#include "api/post_filter.h"
#include "api/words.h"
#include "base/text.h"
#include "plan/parts_text.h"
#include "plan/standing.h"
#include "store/accounts.h"
#include "store/campaigns.h"
#include "store/people.h"

namespace carillon::api {

namespace {
constexpr size_t page_posts = 500;
constexpr size_t title_bytes = 90;

struct Exported {
  Post post;
  std::vector<Delivery> deliveries;  // of a post that was scheduled
};

struct Page {
  std::string workspace;  // its name
  std::vector<Account> accounts;
  std::vector<Campaign> campaigns;
  std::vector<Exported> posts;
};

Page read_next(store::Unit& unit, WorkspaceId workspace, Wanted wanted) {
  Page page;
  page.accounts = store::Accounts(unit).list(workspace);
  if (const auto found = store::People(unit).workspace(workspace)) page.workspace = found->name;
  page.campaigns = store::Campaigns(unit).list(workspace);
  narrow(wanted, page.accounts);
  store::Posts posts(unit);
  for (Post& post : posts.list(workspace, wanted.filter)) {
    const bool planned = post.state != PostState::draft;
    auto deliveries = planned ? posts.deliveries(workspace, post.id) : std::vector<Delivery>{};
    std::erase_if(deliveries, [](const Delivery& delivery) { return delivery.superseded; });
    page.posts.push_back({std::move(post), std::move(deliveries)});
  }
  return page;
}

std::string whole_text(const Post& post) {
  std::string text;
  for (const ContentPart& part : post.content.parts) text += (text.empty() ? "" : "\n\n") + part.text;
  return text;
}

// "Corner Shop (mastodon)", in the order of the targets.
std::vector<std::string> whom(const Post& post, std::span<const Account> accounts) {
  std::vector<std::string> names;
  for (const Target& target : post.targets) {
    if (const Account* account = find_account(accounts, target.account))
      names.push_back(fmt::format("{} ({})", account->name, account->network));
  }
  return names;
}

std::vector<std::string> links(const Exported& one) {
  std::vector<std::string> urls;
  for (const Delivery& delivery : one.deliveries) {
    if (!delivery.url.empty() && delivery.part == 0) urls.push_back(delivery.url);
  }
  return urls;
}

std::vector<std::string> troubles(const Exported& one, std::span<const Account> accounts) {
  std::vector<std::string> said;
  for (const Delivery& delivery : one.deliveries) {
    const bool failed = delivery.state == DeliveryState::failed;
    if (!failed && delivery.state != DeliveryState::uncertain) continue;
    const Account* account = find_account(accounts, delivery.account);
    const std::string why =
        failed && delivery.fault ? delivery.fault->text : std::string(reason_text(delivery));
    said.push_back(fmt::format("{}: {}", account ? account->name : "", why));
  }
  return said;
}

// What a browser can open; a file that is sent without an address of our own has no link.
std::string page_of(const Post& post, const Settings& settings) {
  return settings.public_url.empty() ? "" : settings.public_url + "/posts/" + post.id.text();
}

std::string_view status_in_calendar(std::string_view standing) {
  if (standing == "canceled") return "CANCELLED";
  return standing == "draft" ? "TENTATIVE" : "CONFIRMED";
}

std::string event_of(const Exported& one, const Page& page, const Settings& settings) {
  namespace ics = icalendar;
  const Post& post = one.post;
  if (!post.due) return {};
  const auto standing = plan::standing(post);
  const std::string text = whole_text(post);
  std::string about =
      fmt::format("{}\n\n{}\nState: {}", text, fmt::join(whom(post, page.accounts), ", "), standing);
  for (const std::string& url : links(one)) about += "\n" + url;
  for (const std::string& trouble : troubles(one, page.accounts)) about += "\n" + trouble;
  std::string out = ics::line("BEGIN", "VEVENT") + ics::line("UID", post.id.text() + "@carillon");
  out += ics::line("DTSTAMP", ics::moment(post.updated)) + ics::line("DTSTART", ics::moment(*post.due));
  out +=
      ics::line("LAST-MODIFIED", ics::moment(post.updated)) + ics::line("CREATED", ics::moment(post.created));
  out += ics::line("SEQUENCE", std::to_string(post.revision));
  const std::string& head = post.title.empty() ? text : post.title;
  out += ics::text_line("SUMMARY", shortened(head.substr(0, head.find('\n')), title_bytes));
  out += ics::text_line("DESCRIPTION", about);
  out += ics::line("STATUS", status_in_calendar(standing)) + ics::line("TRANSP", "TRANSPARENT");
  std::string tags;
  for (const std::string& tag : post.tags) tags += (tags.empty() ? "" : ",") + ics::escaped(tag);
  if (!tags.empty()) out += ics::line("CATEGORIES", tags);
  if (const auto url = page_of(post, settings); !url.empty()) out += ics::line("URL", url);
  return out + ics::line("END", "VEVENT");
}

// What the import reads (plan/import.h), and what only tells.
const std::vector<std::string> columns = {
    "id",   "state",    "local",    "zone",  "utc",        "title",      "text",         "accounts",
    "tags", "links",    "troubles", "parts", "page",       "link",       "media",        "alt",
    "late", "campaign", "link_in",  "utm",   "utm_source", "utm_medium", "utm_campaign", "utm_content"};

std::vector<std::string> media_words(const ContentPart& part, bool alts) {
  std::vector<std::string> words;
  for (const MediaRef& ref : part.media) words.push_back(alts ? ref.alt : ref.id.text());
  return words;
}

// Where the link goes, when it is the same for all.
std::string link_place_of(const Post& post) {
  if (post.targets.empty()) return "";
  const LinkPlace first = post.targets.front().link;
  const bool same = std::ranges::all_of(post.targets, [&](const Target& t) { return t.link == first; });
  return same && first != LinkPlace::usual ? std::string(carillon::to_text(first)) : "";
}

std::string campaign_of(const Post& post, const Page& page) {
  const auto found = std::ranges::find(page.campaigns, post.campaign, &Campaign::id);
  return found == page.campaigns.end() ? "" : found->name;
}

std::string row_of(const Exported& one, const Page& page, const Settings& settings) {
  const Post& post = one.post;
  const ContentPart& first = post.content.parts.front();
  const std::vector<std::string> fields = {post.id.text(),
                                           std::string(plan::standing(post)),
                                           post.local_time,
                                           post.zone,
                                           post.due ? to_text(*post.due) : "",
                                           post.title,
                                           plan::parts_text(post.content.parts),
                                           fmt::format("{}", fmt::join(whom(post, page.accounts), "; ")),
                                           fmt::format("{}", fmt::join(post.tags, "; ")),
                                           fmt::format("{}", fmt::join(links(one), " ")),
                                           fmt::format("{}", fmt::join(troubles(one, page.accounts), "; ")),
                                           std::to_string(post.content.parts.size()),
                                           page_of(post, settings),
                                           first.link,
                                           fmt::format("{}", fmt::join(media_words(first, false), "; ")),
                                           fmt::format("{}", fmt::join(media_words(first, true), " | ")),
                                           std::string(carillon::to_text(post.late.then)),
                                           campaign_of(post, page),
                                           link_place_of(post),
                                           post.utm.off ? "off" : "",
                                           post.utm.source,
                                           post.utm.medium,
                                           post.utm.campaign,
                                           post.utm.content};
  return csv::record(fields);
}

// How a file begins, what each post becomes, how it ends.
struct Form {
  std::string_view type, name;
  std::string (*opening)(const Page&);
  std::string (*each)(const Exported&, const Page&, const Settings&);
  std::string (*closing)();
};

wire::Headers headers_of(const Form& form) {
  wire::Headers headers = file_headers(form.type, form.name);
  headers.insert(headers.end(),
                 {{"Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'"},
                  {"X-Content-Type-Options", "nosniff"},
                  {"Referrer-Policy", "no-referrer"},
                  {"Cross-Origin-Resource-Policy", "same-origin"}});
  return headers;
}

Answering send(Request& request, Desk& desk, const Form& form) {
  auto wanted = read_wanted(request);
  if (!wanted) co_return refuse(std::move(wanted.error()));
  wanted->filter.limit = page_posts;
  bool open = true, more = true;
  while (open && more) {
    auto look = [&](store::Unit& unit) { return read_next(unit, request.caller.workspace, *wanted); };
    const Page page = co_await seen(desk.store, std::move(look));
    std::string text;
    if (!request.begun) {
      request.begun = true;
      open = co_await request.exchange.begin(200, headers_of(form));
      if (request.exchange.method() == "HEAD") co_return wire::Response{};
      text = form.opening(page);
    }
    for (const Exported& one : page.posts) text += form.each(one, page, desk.settings);
    more = page.posts.size() == page_posts;
    if (more) go_on_after(page.posts.back().post, wanted->filter);
    if (!more) text += form.closing();
    if (open) open = co_await request.exchange.write(text);
  }
  co_return wire::Response{};
}
}  // namespace

Answering export_calendar(Request& request, Desk& desk) {
  static constexpr Form form{"text/calendar; charset=utf-8", "carillon.ics",
                             [](const Page& page) { return icalendar::opening(page.workspace); }, event_of,
                             icalendar::closing};
  return send(request, desk, form);
}

Answering export_table(Request& request, Desk& desk) {
  static constexpr Form form{csv_type, "carillon-posts.csv", [](const Page&) { return csv::record(columns); },
                             row_of, [] { return std::string(); }};
  return send(request, desk, form);
}

}  // namespace carillon::api
