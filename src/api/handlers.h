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
// queue.cpp
Answering get_slots(Request&, Desk&);
Answering put_slots(Request&, Desk&);
Answering reset_slots(Request&, Desk&);
Answering get_queue(Request&, Desk&);
Answering get_next_slot(Request&, Desk&);
Answering swap_posts(Request&, Desk&);
// media.cpp, media_files.cpp
Answering list_media(Request&, Desk&);
Answering upload_media(Request&, Desk&);
Answering get_media(Request&, Desk&);
Answering remove_media(Request&, Desk&);
Answering get_media_file(Request&, Desk&);
Answering get_media_thumbnail(Request&, Desk&);
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
