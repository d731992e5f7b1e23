// What a post is, in one word: read off its deliveries. The list of words is the API's and the page's. Any
// thread.
#pragma once

#include <string_view>

#include "model/post.h"

namespace carillon::plan {

// draft | proposed | expired | scheduled | publishing | delivered | partly | failed | uncertain | canceled
std::string_view standing(const Post& post);

}  // namespace carillon::plan
