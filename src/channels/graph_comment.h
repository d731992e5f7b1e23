// A comment under one's own post through a Graph API: POST /{post}/comments, and the list of them when its
// answer was lost (developers.facebook.com/docs/graph-api/reference/object/comments, 2026-09). Pure, any
// thread.
#pragma once

#include "channels/channel.h"
#include "channels/graph_answer.h"

namespace carillon::channels {

// What differs between the networks.
struct CommentWay {
  const Traits& traits;
  GraphTable table;
  wire::Request (*request)(const Account& account, std::string method, const std::string& path);
  std::string_view text;  // the field that has it in the list: "message", "text"
  std::string_view time;  // "created_time", "timestamp"
  std::vector<std::string> lanes;
};

bool is_comment_step(std::string_view step);  // "comment", "look_up_comment"
Send comment(const CommentWay& way, const Job& job, boost::json::object facts);
Move comment_due(const CommentWay& way, const Job& job, const Progress& progress);
Move comment_replied(const CommentWay& way, const Job& job, const Progress& progress,
                     const wire::Response& response);
Move comment_vanished(const CommentWay& way, const Job& job, const Progress& progress);

}  // namespace carillon::channels
