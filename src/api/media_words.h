// What requests say about media: names, folders, tags, read strictly. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/reader.h"
#include "base/result.h"

namespace carillon::api {

// Its folders and control characters taken off, shortened; never empty. Fault: invalid, "bad_name" (no
// UTF-8).
Result<std::string> file_name(std::string_view text, std::string_view field);
// A path as people write it ("Summer / Cakes/"), tidied: no empty names, no spaces around them; empty: none.
// Fault: invalid, "bad_folder": too deep, too long, control characters, "." or "..".
Result<std::string> folder_path(std::string_view text, std::string_view field);
// Spaces around them and repetitions taken off. Fault: invalid, "bad_tag".
Result<std::vector<std::string>> tag_list(std::vector<std::string> tags, std::string_view field);

// What media/ refuses, with the codes of the contract: "too_large", "wrong_content_type".
Fault as_ours(Fault fault);

inline constexpr size_t most_tags = 20, longest_tag = 60, longest_alt = 5000;

}  // namespace carillon::api
