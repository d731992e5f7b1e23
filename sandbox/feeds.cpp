// Posts as a person sees them.
#include <fmt/format.h>

#include "base/text.h"
#include "sandbox/answers.h"
#include "sandbox/pages.h"

namespace carillon::sandbox {
namespace {

constexpr size_t on_one_page = 100;

std::string act(std::string_view path, int64_t count, std::string_view label) {
  return fmt::format(
      R"(<span title="{2}"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="{0}"/></svg><span class="count">{1}</span></span>)",
      path, count, label);
}

std::string actions(const Post& post, std::string_view network, Instant now) {
  const Applause a = applause(post.id, post.at, now);
  const std::string replies = act("M4 5h16v11H9l-5 4z", a.replies, "Replies"),
                    shares = act("M4 9V6h13l-3-3M20 15v3H7l3 3", a.shares, "Shares"),
                    likes = act("M12 20s-8-5-8-11a4.5 4.5 0 0 1 8-2.8A4.5 4.5 0 0 1 20 9c0 6-8 11-8 11z",
                                a.likes, "Likes"),
                    views =
                        act("M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
                            a.views, "Views");
  const std::string time =
      fmt::format(R"(<time datetime="{}">{}</time>)", to_text(post.at), age(post.at, now));
  std::string all;
  for (const char which : look_of(network).counts)
    all += which == 'r'   ? replies
           : which == 's' ? shares
           : which == 'l' ? likes
           : which == 'v' ? views
                          : time;
  return fmt::format(R"(<div class="acts">{}</div>)", all);
}

std::string size_text(uint64_t bytes) {
  return bytes < 1'000'000 ? fmt::format("{} kB", (bytes + 999) / 1000)
                           : fmt::format("{:.1f} MB", double(bytes) / 1e6);
}

std::string figure(Network& network, const std::string& id) {
  const Medium* medium = network.gallery().find(id);
  if (!medium)
    return R"(<figure><div class="blank">A medium from before the sandbox was restarted</div></figure>)";
  const std::string alt = escape_html(medium->alt);
  const std::string badge = alt.empty() ? "" : fmt::format(R"(<span class="alt" title="{}">ALT</span>)", alt);
  if (!medium->bytes.empty())
    return fmt::format(R"(<figure><img src="/{}/media/{}" alt="{}" loading="lazy">{}</figure>)",
                       network.name(), id, alt, badge);
  const Medium* cover = medium->cover.empty() ? nullptr : network.gallery().find(medium->cover);
  if (cover && !cover->bytes.empty())
    return fmt::format(
        R"(<figure><img src="/{}/media/{}" alt="Cover of a video" loading="lazy"><span class="alt">▶ Video</span></figure>)",
        network.name(), cover->id);
  const std::string moment = medium->moment.empty() ? "" : fmt::format("<br>Cover at {}", medium->moment);
  const std::string_view kind = medium->kind() == "video" ? "▶ Video"
                                : medium->kind() == "gif" ? "GIF"
                                                          : "Picture";
  return fmt::format(R"(<figure><div class="blank"><b>{}</b>{}<br>{}{}</div>{}</figure>)", kind,
                     escape_html(medium->type), medium->size > 0 ? size_text(medium->size) : "by address",
                     moment, badge);
}

std::string figures(Network& network, const Post& post) {
  if (post.media.empty()) return "";
  std::string all;
  for (const std::string& id : post.media) all += figure(network, id);
  const std::string kind = post.media.size() > 4 ? "many" : fmt::format("n{}", post.media.size());
  return fmt::format(R"(<div class="media {}">{}</div>)", kind, all);
}

std::string content(Network& network, const Post& post) {
  std::string text = post.text.empty() ? ""
                                       : fmt::format(R"(<p class="text">{}</p>)",
                                                     rich_text(post.text, network.name() == "x"));
  if (!post.choices.empty()) {
    text += R"(<ul class="poll">)";
    for (const std::string& choice : post.choices) text += fmt::format("<li>{}</li>", escape_html(choice));
    text += "</ul>";
  }
  if (!post.link.empty()) {
    const auto url = wire::parse_url(post.link);
    text += fmt::format(
        R"(<a class="card" href="{0}" rel="nofollow noopener noreferrer" target="_blank"><small>{1}</small>{0}</a>)",
        escape_html(post.link), escape_html(url ? url->host : ""));
  }
  text += figures(network, post);
  if (post.spoiler.empty()) return text;
  return fmt::format(R"(<details class="cw"><summary>{}</summary>{}</details>)", escape_html(post.spoiler),
                     text);
}

std::string article(Network& network, const Post& post, Instant now) {
  const Character who = network.speaker(post);
  const std::string reply =
      post.reply_to.empty() ? "" : R"(<div class="note">In reply to an earlier post</div>)";
  const std::string hidden = post.visibility == "public" || post.visibility == "unlisted"
                                 ? ""
                                 : fmt::format(R"( <span>({})</span>)", post.visibility);
  return fmt::format(
      R"(<article class="post" id="p{0}"><img class="avatar" src="/{1}/avatar/{2}.svg" alt=""><div class="body"><div class="who"><b>{3}</b><span>@{4}</span><a href="{5}"><time datetime="{6}" title="{6}">{7}</time></a>{8}</div><div class="rest">{9}{10}{11}</div></div></article>)",
      escape_html(post.id), network.name(), post.person, escape_html(who.name), escape_html(who.handle),
      escape_html(post.url), to_text(post.at), age(post.at, now), hidden, reply, content(network, post),
      actions(post, network.name(), now));
}

std::string heading(const Network& network, std::string_view title) {
  return fmt::format(R"(<div class="head"><div class="mark" aria-hidden="true">{}</div><h1>{}</h1></div>)",
                     look_of(network.name()).label.substr(0, 1), escape_html(title));
}

}  // namespace

std::string feed_page(Network& network, Instant now) {
  const std::string label(look_of(network.name()).label);
  std::string body = heading(network, label + ", as people see it");
  size_t shown = 0;
  const auto& posts = network.shelf().posts();
  for (auto post = posts.rbegin(); post != posts.rend() && shown < on_one_page; ++post) {
    if (post->gone || !post->out) continue;
    body += article(network, *post, now);
    ++shown;
  }
  if (shown == 0)
    body += fmt::format(
        R"(<div class="empty"><b>Nothing has been published here yet.</b>When a post goes out to {}, it appears on this page by itself.</div>)",
        label);
  return page(network.name(), label + " feed", body, true);
}

std::string post_page(Network& network, const Post& post, Instant now) {
  std::string body = heading(network, fmt::format("Post on {}", look_of(network.name()).label));
  if (const Post* parent = network.shelf().find(post.reply_to)) body += article(network, *parent, now);
  body += article(network, post, now);
  for (const Post& other : network.shelf().posts())
    if (other.reply_to == post.id && !other.gone && other.out) body += article(network, other, now);
  return page(network.name(), network.speaker(post).name, body, true);
}

}  // namespace carillon::sandbox
