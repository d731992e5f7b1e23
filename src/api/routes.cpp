#include "api/routes.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/handlers.h"

namespace carillon::api {

namespace {
using enum Permission;
using enum Method;

// clang-format off
constexpr auto table = std::to_array<Route>({
    {get,   "/api/v1/setup",                     open,           no_body,    get_setup},
    {post,  "/api/v1/setup",                     open,           small_json, set_up, Extra::costly},

    {get,   "/api/v1/session",                   session,        no_body,    get_session},
    {post,  "/api/v1/session",                   open,           small_json, sign_in},
    {del,   "/api/v1/session",                   session,        no_body,    sign_out},
    {patch, "/api/v1/session",                   session,        small_json, choose_mails},
    {del,   "/api/v1/session/others",            session,        no_body,    sign_out_others},
    {post,  "/api/v1/session/password",          session,        small_json, change_password, Extra::costly},
    {get,   "/api/v1/sessions",                  session,        no_body,    list_sessions},
    {del,   "/api/v1/sessions/{id}",             session,        no_body,    end_session},

    {get,   "/api/v1/workspace",                 posts_read,     no_body,    get_workspace},
    {patch, "/api/v1/workspace",                 people_manage,  small_json, edit_workspace},
    {get,   "/api/v1/users",                     people_manage,  no_body,    list_users},
    {post,  "/api/v1/users",                     people_manage,  small_json, add_user, Extra::keyed},
    {get,   "/api/v1/users/{id}",                people_manage,  no_body,    get_user},
    {patch, "/api/v1/users/{id}",                people_manage,  small_json, edit_user},
    {get,   "/api/v1/keys",                      keys_manage,    no_body,    list_keys},
    {post,  "/api/v1/keys",                      keys_manage,    small_json, make_key, Extra::costly},
    {del,   "/api/v1/keys/{id}",                 keys_manage,    no_body,    remove_key},

    {get,   "/api/v1/networks",                  accounts_read,  no_body,    list_networks},
    {get,   "/api/v1/accounts",                  accounts_read,  no_body,    list_accounts},
    {post,  "/api/v1/accounts/connect",          accounts_write, small_json, connect_account, Extra::costly},
    {get,   "/api/v1/accounts/connect/{ticket}", accounts_write, no_body,    get_connect},
    {post,  "/api/v1/accounts/choose",           accounts_write, small_json, choose_identities},
    {post,  "/api/v1/accounts/practice",         accounts_write, no_body,    connect_practice, Extra::costly},
    {get,   "/api/v1/accounts/{id}",             accounts_read,  no_body,    get_account},
    {patch, "/api/v1/accounts/{id}",             accounts_write, small_json, edit_account},
    {del,   "/api/v1/accounts/{id}",             accounts_write, no_body,    disconnect_account},
    {post,  "/api/v1/accounts/{id}/refresh",     accounts_write, no_body,    refresh_account, Extra::costly},
    {post,  "/api/v1/accounts/{id}/test",        accounts_write, no_body,    test_account, Extra::costly},
    {post,  "/api/v1/accounts/{id}/hold",        accounts_write, no_body,    hold_account},
    {post,  "/api/v1/accounts/{id}/release",     accounts_write, no_body,    release_account},
    {get,   "/api/v1/accounts/{id}/slots",       posts_read,     no_body,    get_slots},
    {put,   "/api/v1/accounts/{id}/slots",       posts_write,    small_json, put_slots},
    {del,   "/api/v1/accounts/{id}/slots",       posts_write,    no_body,    reset_slots},

    {get,   "/api/v1/queue",                     posts_read,     no_body,    get_queue},
    {get,   "/api/v1/queue/next",                posts_read,     no_body,    get_next_slot},
    {post,  "/api/v1/queue/swap",                posts_write,    small_json, swap_posts},

    {get,   "/api/v1/hashtags",                  posts_read,     no_body,    list_hashtag_groups},
    {post,  "/api/v1/hashtags",                  posts_write,    small_json, make_hashtag_group},
    {get,   "/api/v1/hashtags/suggestions",      posts_read,     no_body,    suggest_hashtags},
    {put,   "/api/v1/hashtags/{id}",             posts_write,    small_json, edit_hashtag_group},
    {del,   "/api/v1/hashtags/{id}",             posts_write,    no_body,    remove_hashtag_group},
    {get,   "/api/v1/variables",                 posts_read,     no_body,    list_variables},
    {put,   "/api/v1/variables/{name}",          posts_write,    json_body,  put_variable},
    {del,   "/api/v1/variables/{name}",          posts_write,    no_body,    remove_variable},
    {get,   "/api/v1/planning",                  posts_read,     no_body,    get_planning},
    {put,   "/api/v1/planning",                  posts_write,    small_json, put_planning},
    {get,   "/api/v1/blackouts",                 posts_read,     no_body,    list_blackouts},
    {post,  "/api/v1/blackouts",                 posts_write,    small_json, make_blackout},
    {get,   "/api/v1/blackouts/days",            posts_read,     no_body,    list_blackout_days},
    {put,   "/api/v1/blackouts/{id}",            posts_write,    small_json, edit_blackout},
    {del,   "/api/v1/blackouts/{id}",            posts_write,    no_body,    remove_blackout},

    {get,   "/api/v1/media",                     media_read,     no_body,    list_media},
    {post,  "/api/v1/media",                     media_write,    raw_body,   upload_media, Extra::keyed},
    {post,  "/api/v1/media/bulk",                media_write,    small_json, change_media, Extra::keyed},
    {get,   "/api/v1/media/tags",                media_read,     no_body,    list_tags},
    {get,   "/api/v1/media/folders",             media_read,     no_body,    list_folders},
    {post,  "/api/v1/media/folders",             media_write,    small_json, add_folder},
    {del,   "/api/v1/media/folders",             media_write,    no_body,    remove_folder},
    {post,  "/api/v1/media/folders/move",        media_write,    small_json, move_folder},
    {get,   "/api/v1/media/{id}",                media_read,     no_body,    get_media},
    {patch, "/api/v1/media/{id}",                media_write,    small_json, edit_media},
    {del,   "/api/v1/media/{id}",                media_write,    no_body,    remove_media},
    {get,   "/api/v1/media/{id}/file",           media_read,     no_body,    get_media_file},
    {get,   "/api/v1/media/{id}/thumbnail",      media_read,     no_body,    get_media_thumbnail},
    {get,   "/api/v1/media/{id}/derivatives",    media_read,     no_body,    list_derivatives},
    {post,  "/api/v1/media/{id}/derivatives",    media_write,    small_json, make_derivative},
    {get,   "/api/v1/conversions/{id}",          media_read,     no_body,    get_conversion},
    {del,   "/api/v1/conversions/{id}",          media_write,    no_body,    cancel_conversion},

    {get,   "/api/v1/uploads",                   media_write,    no_body,    list_uploads},
    {post,  "/api/v1/uploads",                   media_write,    small_json, begin_upload, Extra::keyed},
    {get,   "/api/v1/uploads/{id}",              media_write,    no_body,    get_upload},
    {patch, "/api/v1/uploads/{id}",              media_write,    raw_body,   continue_upload},
    {post,  "/api/v1/uploads/{id}/finish",       media_write,    no_body,    finish_upload},
    {del,   "/api/v1/uploads/{id}",              media_write,    no_body,    cancel_upload},

    {get,   "/api/v1/posts",                     posts_read,     no_body,    list_posts},
    {post,  "/api/v1/posts",                     posts_write,    json_body,  create_post, Extra::fused},
    {post,  "/api/v1/posts/check",               posts_read,     json_body,  check_post},
    {get,   "/api/v1/posts/calendar",            posts_read,     no_body,    list_calendar},
    {get,   "/api/v1/posts/calendar.ics",        posts_read,     no_body,    export_calendar},
    {get,   "/api/v1/posts/export.csv",          posts_read,     no_body,    export_table},
    {post,  "/api/v1/posts/bulk",                posts_write,    small_json, change_posts, Extra::keyed},
    {get,   "/api/v1/series",                    posts_read,     no_body,    list_series},
    {get,   "/api/v1/posts/{id}/series",         posts_read,     no_body,    get_series},
    {post,  "/api/v1/posts/{id}/repeat",         posts_write,    small_json, repeat_post},
    {post,  "/api/v1/posts/{id}/spread",         posts_write,    small_json, spread_post},
    {del,   "/api/v1/posts/{id}/repeat",         posts_write,    no_body,    stop_series},
    {post,  "/api/v1/posts/import",              posts_write,    table_body, import_posts},
    {get,   "/api/v1/feeds",                     posts_read,     no_body,    list_feeds},
    {post,  "/api/v1/feeds",                     posts_write,    small_json, add_feed},
    {post,  "/api/v1/feeds/look",                posts_write,    small_json, look_at_feed, Extra::costly},
    {patch, "/api/v1/feeds/{id}",                posts_write,    small_json, edit_feed},
    {del,   "/api/v1/feeds/{id}",                posts_write,    no_body,    remove_feed},
    {post,  "/api/v1/feeds/{id}/fetch",          posts_write,    no_body,    fetch_feed, Extra::costly},
    {get,   "/api/v1/evergreen",                 posts_read,     no_body,    get_evergreen},
    {post,  "/api/v1/evergreen/fill",            posts_write,    no_body,    fill_evergreen},
    {put,   "/api/v1/evergreen/{id}",            posts_write,    small_json, put_evergreen},
    {del,   "/api/v1/evergreen/{id}",            posts_write,    no_body,    remove_evergreen},
    {put,   "/api/v1/accounts/{id}/evergreen",   posts_write,    small_json, put_evergreen_account},
    {del,   "/api/v1/accounts/{id}/evergreen",   posts_write,    no_body,    remove_evergreen_account},
    {get,   "/api/v1/plans",                     posts_read,     no_body,    list_plans},
    {post,  "/api/v1/plans/preview",             posts_read,     table_body, preview_plan},
    {post,  "/api/v1/plans/apply",               posts_write,    table_body, apply_plan},
    {get,   "/api/v1/plans/export",              posts_read,     no_body,    export_plan},
    {get,   "/api/v1/posts/{id}",                posts_read,     no_body,    get_post},
    {get,   "/api/v1/posts/{id}/check",          posts_read,     no_body,    check_post_again},
    {patch, "/api/v1/posts/{id}",                posts_write,    json_body,  edit_post},
    {del,   "/api/v1/posts/{id}",                posts_write,    no_body,    remove_post},
    {post,  "/api/v1/posts/{id}/schedule",       posts_write,    small_json, schedule_post},
    {post,  "/api/v1/posts/{id}/publish",        posts_write,    no_body,    publish_post},
    {post,  "/api/v1/posts/{id}/reschedule",     posts_write,    small_json, reschedule_post},
    {post,  "/api/v1/posts/{id}/cancel",         posts_write,    no_body,    cancel_post},
    {post,  "/api/v1/posts/{id}/retry",          posts_write,    small_json, retry_post},
    {post,  "/api/v1/posts/{id}/approve",        posts_approve,  small_json, approve_post},
    {post,  "/api/v1/posts/{id}/reject",         posts_approve,  small_json, reject_post},
    {post,  "/api/v1/posts/{id}/duplicate",      posts_write,    no_body,    duplicate_post, Extra::keyed},
    {post,  "/api/v1/posts/{id}/pause",          posts_write,    no_body,    pause_post},
    {post,  "/api/v1/posts/{id}/resume",         posts_write,    no_body,    resume_post},

    {get,   "/api/v1/campaigns",                 posts_read,     no_body,    list_campaigns},
    {post,  "/api/v1/campaigns",                 posts_write,    small_json, make_campaign, Extra::keyed},
    {get,   "/api/v1/campaigns/{id}",            posts_read,     no_body,    get_campaign},
    {patch, "/api/v1/campaigns/{id}",            posts_write,    small_json, edit_campaign},
    {del,   "/api/v1/campaigns/{id}",            posts_write,    no_body,    remove_campaign},
    {post,  "/api/v1/campaigns/{id}/stop",       posts_write,    no_body,    stop_campaign},
    {post,  "/api/v1/campaigns/{id}/resume",     posts_write,    no_body,    resume_campaign},
    {post,  "/api/v1/campaigns/{id}/end",        posts_write,    no_body,    end_campaign},
    {post,  "/api/v1/campaigns/{id}/enable",     posts_write,    small_json, enable_account},
    {post,  "/api/v1/campaigns/{id}/disable",    posts_write,    small_json, disable_account},
    {post,  "/api/v1/campaigns/{id}/duplicate",  posts_write,    small_json, duplicate_campaign, Extra::keyed},

    {get,   "/api/v1/tasks",                     posts_read,     no_body,    list_tasks},
    {post,  "/api/v1/tasks",                     posts_write,    small_json, make_task, Extra::keyed},
    {get,   "/api/v1/tasks/export.csv",          posts_read,     no_body,    export_tasks},
    {post,  "/api/v1/tasks/import",              posts_write,    table_body, import_tasks},
    {get,   "/api/v1/tasks/{id}",                posts_read,     no_body,    get_task},
    {patch, "/api/v1/tasks/{id}",                posts_write,    small_json, edit_task},
    {del,   "/api/v1/tasks/{id}",                posts_write,    no_body,    remove_task},
    {post,  "/api/v1/tasks/{id}/done",           posts_write,    no_body,    finish_task},
    {post,  "/api/v1/tasks/{id}/skip",           posts_write,    no_body,    skip_task},
    {post,  "/api/v1/tasks/{id}/reopen",         posts_write,    no_body,    reopen_task},

    {get,   "/api/v1/deliveries/{id}",           posts_read,     no_body,    get_delivery},
    {post,  "/api/v1/deliveries/{id}/verdict",   posts_write,    small_json, give_verdict},
    {post,  "/api/v1/deliveries/{id}/send-late", posts_write,    small_json, send_late},

    {get,   "/api/v1/notices",                   notices_read,   no_body,    list_notices},
    {post,  "/api/v1/notices/read",              notices_read,   small_json, read_notices},
    {get,   "/api/v1/audit",                     audit_read,     no_body,    list_audit},
    {get,   "/api/v1/events",                    notices_read,   no_body,    stream_events},
    {get,   "/api/v1/system",                    system_read,    no_body,    get_system},
    {get,   "/api/v1/system/log",                system_manage,  no_body,    get_system_log},
    {get,   "/api/v1/system/mail",               system_manage,  no_body,    get_mail},
    {put,   "/api/v1/system/mail",               system_manage,  small_json, put_mail},
    {del,   "/api/v1/system/mail",               system_manage,  no_body,    remove_mail},
    {post,  "/api/v1/system/mail/test",          system_manage,  no_body,    test_mail, Extra::costly},
    {post,  "/api/v1/system/storage/test",       system_manage,  no_body,    check_storage, Extra::costly},
    {post,  "/api/v1/system/hold",               system_manage,  small_json, hold_system},
    {post,  "/api/v1/system/release",            system_manage,  no_body,    release_system},

    {get,   "/api/v1/sandbox",                   posts_write,    no_body,    get_sandbox},
    {post,  "/api/v1/sandbox/faults",            posts_write,    small_json, order_fault},
    {del,   "/api/v1/sandbox/faults",            posts_write,    no_body,    heal_sandbox},
    {del,   "/api/v1/sandbox/faults/{id}",       posts_write,    no_body,    remove_fault},

    {get,   "/api/openapi.json",                 open,           no_body,    get_openapi},
    {get,   "/oauth/callback",                   open,           no_body,    oauth_callback, Extra::costly},
    {get,   "/m/{token}",                        open,           no_body,    get_public_media},
    {get,   "/livez",                            open,           no_body,    get_livez},
    {get,   "/readyz",                           open,           no_body,    get_readyz},
    {get,   "/healthz",                          open,           no_body,    get_readyz},
    {get,   "/metrics",                          metrics,        no_body,    get_metrics},
});
// clang-format on

static_assert(std::ranges::none_of(table, [](const Route& route) { return route.permission == undeclared; }),
              "every route declares its permission");
static_assert(std::ranges::none_of(table, [](const Route& route) { return route.handler == nullptr; }),
              "every route has a handler");

// The patterns as a tree of path segments; one branch per node may be a name in braces.
struct Node {
  std::vector<std::pair<std::string_view, std::unique_ptr<Node>>> children;
  std::unique_ptr<Node> any;
  std::array<const Route*, 5> by_method{};
  std::string allowed;

  Node& child(std::string_view segment) {
    if (segment.starts_with('{')) return any ? *any : *(any = std::make_unique<Node>());
    const auto found = std::ranges::find(children, segment, [](const auto& entry) { return entry.first; });
    if (found != children.end()) return *found->second;
    return *children.emplace_back(segment, std::make_unique<Node>()).second;
  }
};

// Takes the next segment off: "/a/b" gives "a" and leaves "/b".
std::string_view next_segment(std::string_view& path) {
  const auto end = path.find('/', 1);
  const auto segment = path.substr(1, end == std::string_view::npos ? end : end - 1);
  path = end == std::string_view::npos ? "" : path.substr(end);
  return segment;
}

Node make_tree() {
  Node root;
  for (const Route& route : table) {
    Node* node = &root;
    for (std::string_view rest = route.pattern; !rest.empty();) node = &node->child(next_segment(rest));
    node->by_method[static_cast<size_t>(route.method)] = &route;
    node->allowed += (node->allowed.empty() ? "" : ", ") + std::string(to_text(route.method));
  }
  return root;
}

const Node& tree() {
  static const Node root = make_tree();
  return root;
}
}  // namespace

std::span<const Route> routes() {
  return table;
}

std::string_view to_text(Method method) {
  constexpr std::array<std::string_view, 5> names = {"GET", "POST", "PATCH", "PUT", "DELETE"};
  return names[static_cast<size_t>(method)];
}

Match find_route(std::string_view method, std::string_view path) {
  Match match;
  const Node* node = &tree();
  size_t captured = 0;
  if (!path.starts_with('/')) return match;
  for (std::string_view rest = path; !rest.empty();) {
    const auto segment = next_segment(rest);
    const auto& children = node->children;
    const auto found = std::ranges::find(children, segment, [](const auto& entry) { return entry.first; });
    if (found != children.end()) {
      node = found->second.get();
    } else if (node->any && !segment.empty() && captured < match.captured.size()) {
      match.captured[captured++] = segment;
      node = node->any.get();
    } else {
      return match;
    }
  }
  match.allowed = node->allowed;
  for (size_t i = 0; i < node->by_method.size(); ++i) {
    if (node->by_method[i] && to_text(static_cast<Method>(i)) == method) match.route = node->by_method[i];
  }
  return match;
}

}  // namespace carillon::api
