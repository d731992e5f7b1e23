#include "api/post_input.h"

#include <algorithm>

#include "base/text.h"
#include "plan/variables.h"
#include "wire/url.h"

namespace carillon::api {

namespace {
MediaRef read_media_ref(Reader& in) {
  MediaRef ref{in.id<MediaId>("id"), in.maybe_text("alt", {0, 5000}).value_or("")};
  in.object("cover", [&](Reader& cover) {
    Cover chosen;
    if (const auto at = cover.maybe_integer("at_ms", 0, 86'400'000)) chosen.at = std::chrono::milliseconds(*at);
    chosen.picture = cover.maybe_id<MediaId>("picture");
    if (chosen.at || chosen.picture) ref.cover = chosen;
  });
  return ref;
}

Poll read_poll(Reader& in) {
  Poll poll;
  poll.options = in.maybe_texts("options", 40, {0, 1000}).value_or(std::vector<std::string>());
  if (const auto minutes = in.maybe_integer("minutes", 1, 527'040))
    poll.open = std::chrono::minutes(*minutes);
  poll.multiple = in.maybe_flag("multiple").value_or(false);
  return poll;
}

ContentPart read_part(Reader& in) {
  ContentPart part;
  part.text = in.text("text", {0, 100'000});
  part.link = in.maybe_text("link", {0, 2000}).value_or("");
  if (!part.link.empty() && !in.failed() && !wire::parse_url(part.link)) {
    in.refuse("not_a_url", "This is not a web address: \"" + shortened(part.link, 80) + "\".", "link",
              "Give one that begins with https:// or http://.");
  }
  in.object("poll", [&](Reader& poll) { part.poll = read_poll(poll); });
  part.comment = in.maybe_flag("comment").value_or(false);
  in.objects("media", 40, [&](Reader& ref) { part.media.push_back(read_media_ref(ref)); });
  return part;
}

Content read_content(Reader& in) {
  Content content;
  in.require("parts");
  in.objects("parts", 100, [&](Reader& part) { content.parts.push_back(read_part(part)); });
  if (content.parts.empty()) in.refuse("too_few", "There is no part.", "parts", "Write at least one.");
  if (!content.parts.empty() && content.parts[0].comment) {
    in.refuse("comment_first", "The first part is the post itself: it cannot be a comment.", "parts",
              "Send the post first and the comment after it.");
  }
  if (const auto* options = in.has("options") ? in.member("options") : nullptr) {
    if (options->is_object()) {
      content.options = boost::json::object(options->get_object(), boost::json::storage_ptr());
    } else {
      in.refuse("wrong_type", "The options are not an object.", "options", "Send {\"name\": \"value\"}.");
    }
  }
  return content;
}

LinkPlace read_link_place(Reader& in) {
  const auto word = in.maybe_text("link", {1, 20});
  if (!word) return LinkPlace::usual;
  const auto place = link_place_from(*word);
  if (!place) {
    in.refuse("unknown_place", "A link cannot go to \"" + shortened(*word, 30) + "\".", "link",
              "Use usual, text or comment.");
  }
  return place.value_or(LinkPlace::usual);
}

std::vector<Target> read_targets(Reader& in) {
  std::vector<Target> targets;
  in.objects("targets", 200, [&](Reader& one) {
    Target target;
    target.account = one.id<AccountId>("account");
    one.object("content", [&](Reader& content) { target.content = read_content(content); });
    target.link = read_link_place(one);
    if (std::ranges::find(targets, target.account, &Target::account) != targets.end()) {
      one.refuse("duplicate_target", "This account is there twice.", "account", "Name each account once.");
    }
    targets.push_back(std::move(target));
  });
  return targets;
}

LatePolicy read_late(Reader& in) {
  LatePolicy late;
  const auto then = in.text("then", {1, 20});
  if (const auto known = late_then_from(then)) {
    late.then = *known;
  } else {
    in.refuse("unknown_policy", "There is no late policy \"" + shortened(then, 30) + "\".", "then",
              "Use ask, skip or next_slot.");
  }
  const int64_t most = plan::longest_grace.count() / 1'000'000;
  if (const auto within = in.maybe_integer("within_s", 0, most)) late.within = std::chrono::seconds(*within);
  return late;
}

std::vector<std::string> tidy_tags(const std::vector<std::string>& given) {
  std::vector<std::string> tags;
  for (const auto& tag : given) {
    std::string clean(trimmed(tag));
    if (!clean.empty() && std::ranges::find(tags, clean) == tags.end()) tags.push_back(std::move(clean));
  }
  return tags;
}

void read_shared(Reader& in, PostInput& input) {
  input.title = in.maybe_text("title", {0, 200});
  in.object("content", [&](Reader& content) { input.content = read_content(content); });
  if (in.has("targets")) input.targets = read_targets(in);
  input.at = read_when(in, "at");
  in.object("late", [&](Reader& late) { input.late = read_late(late); });
  if (const auto tags = in.maybe_texts("tags", 20, {1, 50})) input.tags = tidy_tags(*tags);
  input.no_campaign = in.null("campaign");
  input.campaign = in.maybe_id<CampaignId>("campaign");
  if (in.null("utm")) input.utm = Utm{};
  in.object("utm", [&](Reader& utm) {
    input.utm = read_utm_words(utm);
    input.utm->off = utm.maybe_flag("off").value_or(false);
  });
}
}  // namespace

Utm read_utm_words(Reader& in) {
  const plan::Lookup built_in = [](std::string_view name) -> std::optional<std::string> {
    return plan::is_built_in(name) ? std::optional<std::string>("") : std::nullopt;
  };
  const auto word = [&](std::string_view name) {
    std::string text(trimmed(in.maybe_text(name, {0, 200}).value_or("")));
    if (const auto unknown = plan::expand(text, built_in).unknown; !unknown.empty()) {
      in.refuse("variable_unknown", "Marks on links know no variable \"" + unknown.front() + "\".", name,
                "Use built-in ones, such as {{network}}.");
    }
    return text;
  };
  Utm utm;
  utm.source = word("source");
  utm.medium = word("medium");
  utm.campaign = word("campaign");
  utm.content = word("content");
  return utm;
}

std::optional<When> read_when(Reader& in, std::string_view name) {
  std::optional<When> when;
  in.object(name, [&](Reader& at) {
    when = When{at.text("local", {1, 40}), at.maybe_text("zone", {1, 64}).value_or("")};
  });
  return when;
}

std::optional<QueuePick> read_queue(Reader& in) {
  const auto word = in.maybe_text("queue", {1, 20});
  if (!word) return std::nullopt;
  if (*word == "next") return QueuePick::next;
  if (*word != "best") {
    in.refuse("unknown_queue", "There is no such way to queue: \"" + shortened(*word, 30) + "\".", "queue",
              "Use next or best.");
  }
  return QueuePick::best;
}

namespace {
void check_times(Reader& in, const PostInput& input) {
  const bool draft = input.state == PostState::draft;
  if (input.queue && (input.now || input.at)) {
    in.refuse("two_times", "The queue and another time are given.", "queue", "Give one of them.");
  } else if (input.now && input.at) {
    in.refuse("two_times", "Both now and at are given.", "at", "Give one of them.");
  } else if (input.now && draft) {
    in.refuse("two_times", "A draft is not published now.", "now", "Leave out now, or the state.");
  } else if (input.queue && draft) {
    in.refuse("two_times", "A draft takes no slot.", "queue", "Leave out queue, or the state.");
  } else if (input.state == PostState::scheduled && !input.now && !input.at && !input.queue) {
    in.refuse("missing_member", "A scheduled post needs a time.", "at", "Give at, queue, or now: true.");
  }
}
}  // namespace

PostInput read_post(Reader& in) {
  PostInput input;
  in.require("content");
  read_shared(in, input);
  input.now = in.maybe_flag("now").value_or(false);
  input.queue = read_queue(in);
  if (const auto state = in.maybe_text("state", {1, 20})) {
    if (*state == "draft")
      input.state = PostState::draft;
    else if (*state == "scheduled")
      input.state = PostState::scheduled;
    else
      in.refuse("unknown_state", "A post cannot be made \"" + *state + "\".", "state",
                "Use draft or scheduled.");
  }
  check_times(in, input);
  return input;
}

PostInput read_post_edit(Reader& in) {
  PostInput input;
  input.no_time = in.null("at");
  read_shared(in, input);
  return input;
}

void apply(const PostInput& input, Post& post) {
  if (input.title) post.title = *input.title;
  if (input.content) post.content = *input.content;
  if (input.targets) post.targets = *input.targets;
  if (input.late) post.late = *input.late;
  if (input.tags) post.tags = *input.tags;
  if (input.campaign) post.campaign = input.campaign;
  if (input.no_campaign) post.campaign.reset();
  if (input.utm) post.utm = *input.utm;
  if (!input.no_time) return;
  post.local_time.clear();
  post.zone.clear();
  post.due.reset();
}

void put_time(Post& post, const plan::Schedule& schedule) {
  post.local_time = schedule.local;
  post.zone = schedule.zone;
  post.due = schedule.at;
}

}  // namespace carillon::api
