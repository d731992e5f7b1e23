// Marks on links (utm_source and its kin), and where addresses stand in a text. A mark that a link has
// already is never written twice; query and fragment stay. Pure, any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/utm.h"

namespace carillon::plan {

// Values as they are: no variables in them any more. Empty ones are left out. An address that is not http(s),
// or whose host is excluded, is given back as it is.
std::string marked(const std::string& url, const Utm& marks, const std::vector<std::string>& excluded);

// The addresses in a text, each replaced by what `change` makes of it. Punctuation after one is not part of
// it; one that runs into other letters than ASCII is left alone: nobody knows where it ends.
std::string change_links(std::string_view text, const std::function<std::string(const std::string&)>& change);
bool has_links(std::string_view text);

// "shop.example" and what is below it.
bool is_host_of(std::string_view host, std::string_view domain);

}  // namespace carillon::plan
