// Posts written as a plan's file (plan_file.h): reading it again gives the same posts. Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "model/account.h"
#include "model/post.h"
#include "plan/plan_diff.h"

namespace carillon::plan {

struct WrittenPost {
  std::string key;
  std::optional<PostId> id;  // written when the post does not belong to the plan
  const Post* post = nullptr;
  PlanForm form;
};

// The head of the file; the list of posts follows.
std::string plan_opening(std::string_view name);
// accounts: of the workspace; they are named so that nobody else is meant.
std::string plan_post(const WrittenPost& written, std::span<const Account> accounts);

}  // namespace carillon::plan
