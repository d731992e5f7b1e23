// Every handler of the route table, by noun. Each is one request's answer: read, work in one transaction,
// write. They run on the listener's io_context and wait for everything else.
#pragma once

#include "api/routes.h"

namespace carillon::api {

// setup.cpp
Answering get_setup(Request&, Desk&);
Answering set_up(Request&, Desk&);
// session.cpp, sessions.cpp
Answering get_session(Request&, Desk&);
Answering sign_in(Request&, Desk&);
Answering sign_out(Request&, Desk&);
Answering sign_out_others(Request&, Desk&);
Answering change_password(Request&, Desk&);
Answering list_sessions(Request&, Desk&);
Answering end_session(Request&, Desk&);
// users.cpp
Answering get_workspace(Request&, Desk&);
Answering edit_workspace(Request&, Desk&);
Answering list_users(Request&, Desk&);
Answering add_user(Request&, Desk&);
Answering get_user(Request&, Desk&);
Answering edit_user(Request&, Desk&);
// keys.cpp
Answering list_keys(Request&, Desk&);
Answering make_key(Request&, Desk&);
Answering remove_key(Request&, Desk&);
// networks.cpp, accounts.cpp, connect.cpp, choose.cpp
Answering list_networks(Request&, Desk&);
Answering list_accounts(Request&, Desk&);
Answering get_account(Request&, Desk&);
Answering edit_account(Request&, Desk&);
Answering disconnect_account(Request&, Desk&);
Answering refresh_account(Request&, Desk&);
Answering test_account(Request&, Desk&);
Answering hold_account(Request&, Desk&);
Answering release_account(Request&, Desk&);
Answering connect_account(Request&, Desk&);
Answering oauth_callback(Request&, Desk&);
Answering get_connect(Request&, Desk&);
Answering choose_identities(Request&, Desk&);
// practice.cpp
Answering connect_practice(Request&, Desk&);
// series.cpp
Answering repeat_post(Request&, Desk&);
Answering get_series(Request&, Desk&);
Answering list_series(Request&, Desk&);
Answering spread_post(Request&, Desk&);
Answering stop_series(Request&, Desk&);
// imports.cpp
Answering import_posts(Request&, Desk&);
// feeds.cpp
Answering list_feeds(Request&, Desk&);
Answering look_at_feed(Request&, Desk&);
Answering add_feed(Request&, Desk&);
Answering edit_feed(Request&, Desk&);
Answering remove_feed(Request&, Desk&);
Answering fetch_feed(Request&, Desk&);
// evergreen.cpp
Answering get_evergreen(Request&, Desk&);
Answering fill_evergreen(Request&, Desk&);
Answering put_evergreen(Request&, Desk&);
Answering remove_evergreen(Request&, Desk&);
Answering put_evergreen_account(Request&, Desk&);
Answering remove_evergreen_account(Request&, Desk&);
// plans.cpp
Answering list_plans(Request&, Desk&);
Answering preview_plan(Request&, Desk&);
Answering apply_plan(Request&, Desk&);
Answering export_plan(Request&, Desk&);
// queue.cpp
Answering get_slots(Request&, Desk&);
Answering put_slots(Request&, Desk&);
Answering reset_slots(Request&, Desk&);
Answering get_queue(Request&, Desk&);
Answering get_next_slot(Request&, Desk&);
Answering swap_posts(Request&, Desk&);
// hashtags.cpp, variables.cpp, planning.cpp, blackouts.cpp
Answering list_hashtag_groups(Request&, Desk&);
Answering make_hashtag_group(Request&, Desk&);
Answering edit_hashtag_group(Request&, Desk&);
Answering remove_hashtag_group(Request&, Desk&);
Answering suggest_hashtags(Request&, Desk&);
Answering list_variables(Request&, Desk&);
Answering put_variable(Request&, Desk&);
Answering remove_variable(Request&, Desk&);
Answering get_planning(Request&, Desk&);
Answering put_planning(Request&, Desk&);
Answering list_blackouts(Request&, Desk&);
Answering make_blackout(Request&, Desk&);
Answering edit_blackout(Request&, Desk&);
Answering remove_blackout(Request&, Desk&);
Answering list_blackout_days(Request&, Desk&);
// media.cpp, media_files.cpp
Answering list_media(Request&, Desk&);
Answering upload_media(Request&, Desk&);
Answering get_media(Request&, Desk&);
Answering remove_media(Request&, Desk&);
Answering get_media_file(Request&, Desk&);
Answering get_media_thumbnail(Request&, Desk&);
// media_library.cpp, media_folders.cpp
Answering edit_media(Request&, Desk&);
Answering change_media(Request&, Desk&);
Answering list_tags(Request&, Desk&);
Answering list_folders(Request&, Desk&);
Answering add_folder(Request&, Desk&);
Answering move_folder(Request&, Desk&);
Answering remove_folder(Request&, Desk&);
// uploads.cpp
Answering begin_upload(Request&, Desk&);
Answering list_uploads(Request&, Desk&);
Answering get_upload(Request&, Desk&);
Answering continue_upload(Request&, Desk&);
Answering finish_upload(Request&, Desk&);
Answering cancel_upload(Request&, Desk&);
// derivatives.cpp
Answering make_derivative(Request&, Desk&);
Answering list_derivatives(Request&, Desk&);
Answering get_conversion(Request&, Desk&);
Answering cancel_conversion(Request&, Desk&);
// media_public.cpp
Answering get_public_media(Request&, Desk&);
// posts.cpp, post_list.cpp, post_export.cpp, post_edit.cpp, post_actions.cpp, post_bulk.cpp
Answering list_posts(Request&, Desk&);
Answering list_calendar(Request&, Desk&);
Answering export_calendar(Request&, Desk&);
Answering export_table(Request&, Desk&);
Answering change_posts(Request&, Desk&);
Answering create_post(Request&, Desk&);
Answering check_post(Request&, Desk&);
Answering get_post(Request&, Desk&);
Answering edit_post(Request&, Desk&);
Answering remove_post(Request&, Desk&);
Answering schedule_post(Request&, Desk&);
Answering publish_post(Request&, Desk&);
Answering reschedule_post(Request&, Desk&);
Answering cancel_post(Request&, Desk&);
Answering retry_post(Request&, Desk&);
Answering duplicate_post(Request&, Desk&);
Answering pause_post(Request&, Desk&);
Answering resume_post(Request&, Desk&);
// approvals.cpp
Answering approve_post(Request&, Desk&);
Answering reject_post(Request&, Desk&);
// campaigns.cpp, campaign_switch.cpp
Answering list_campaigns(Request&, Desk&);
Answering make_campaign(Request&, Desk&);
Answering get_campaign(Request&, Desk&);
Answering edit_campaign(Request&, Desk&);
Answering remove_campaign(Request&, Desk&);
Answering stop_campaign(Request&, Desk&);
Answering resume_campaign(Request&, Desk&);
Answering end_campaign(Request&, Desk&);
Answering enable_account(Request&, Desk&);
Answering disable_account(Request&, Desk&);
Answering duplicate_campaign(Request&, Desk&);
// tasks.cpp
Answering list_tasks(Request&, Desk&);
Answering make_task(Request&, Desk&);
Answering get_task(Request&, Desk&);
Answering edit_task(Request&, Desk&);
Answering remove_task(Request&, Desk&);
Answering finish_task(Request&, Desk&);
Answering skip_task(Request&, Desk&);
Answering reopen_task(Request&, Desk&);
Answering export_tasks(Request&, Desk&);
// task_imports.cpp
Answering import_tasks(Request&, Desk&);
// readiness.cpp
Answering check_post_again(Request&, Desk&);
// deliveries.cpp
Answering get_delivery(Request&, Desk&);
Answering give_verdict(Request&, Desk&);
Answering send_late(Request&, Desk&);
// notices.cpp
Answering list_notices(Request&, Desk&);
Answering read_notices(Request&, Desk&);
Answering list_audit(Request&, Desk&);
// stream.cpp
Answering stream_events(Request&, Desk&);
// system.cpp
Answering get_system(Request&, Desk&);
Answering hold_system(Request&, Desk&);
Answering release_system(Request&, Desk&);
// mail.cpp
Answering get_mail(Request&, Desk&);
Answering put_mail(Request&, Desk&);
Answering remove_mail(Request&, Desk&);
Answering test_mail(Request&, Desk&);
Answering choose_mails(Request&, Desk&);
// system_log.cpp, storage_check.cpp
Answering get_system_log(Request&, Desk&);
Answering check_storage(Request&, Desk&);
// sandbox.cpp
Answering get_sandbox(Request&, Desk&);
Answering order_fault(Request&, Desk&);
Answering heal_sandbox(Request&, Desk&);
Answering remove_fault(Request&, Desk&);
// meta.cpp
Answering get_openapi(Request&, Desk&);
Answering get_livez(Request&, Desk&);
Answering get_readyz(Request&, Desk&);
Answering get_metrics(Request&, Desk&);

}  // namespace carillon::api
