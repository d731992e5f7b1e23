#include "channels/found_list.h"

#include <algorithm>

#include "channels/json_answer.h"

namespace carillon::channels {

namespace {
constexpr const char* kept = "rest_of_list";
}  // namespace

std::string rest_of(const std::vector<Identity>& found) {
  return found.empty() ? "" : text_at(found.back().facts, {kept});
}

void add_found(std::vector<Identity> named, const std::string& rest, std::vector<Identity>& found) {
  if (!found.empty()) found.back().facts.erase(kept);
  const size_t before = found.size();
  for (Identity& one : named) {
    const bool known = std::ranges::find(found, one.external_id, &Identity::external_id) != found.end();
    if (!one.external_id.empty() && !known) found.push_back(std::move(one));
  }
  if (found.size() > before && !rest.empty()) found.back().facts[kept] = rest;
}

}  // namespace carillon::channels
