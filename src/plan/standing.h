// What a post is, in one word: read off its deliveries. The list of words is the API's and the page's. And
// what people call it. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "model/post.h"

namespace carillon::plan {

// draft | proposed | expired | scheduled | publishing | delivered | partly | failed | uncertain | canceled
std::string_view standing(const Post& post);

// On the schedule or asked for, and nothing of it was begun.
bool still_waits(const Post& post);

// What people call it: its title, else how it begins, shortened to so many bytes. Empty: it has no words.
std::string called(const Post& post, size_t most);
// The same within a sentence: “Plum cake”, or "a post".
std::string quoted(const Post& post);

}  // namespace carillon::plan
