// Marks on links that tell a visitor's statistics where the visitor came from (utm_source and its kin). No
// branches here: how they get onto a link is plan/links.h's business.
#pragma once

#include <string>
#include <vector>

namespace carillon {

// What a post wants for its links. Values may hold variables: {{network}}.
struct Utm {
  bool off = false;                               // its links go out as they are
  std::string source, medium, campaign, content;  // empty: as the workspace has it
  bool operator==(const Utm&) const = default;
};

// What the workspace wants for the links of all posts.
struct UtmTemplate {
  bool on = false;
  bool in_text = false;  // addresses within texts, too
  std::string source = "{{network}}", medium = "social", campaign, content;
  std::vector<std::string> excluded;  // hosts whose links are never touched, with those below them
  bool operator==(const UtmTemplate&) const = default;
};

}  // namespace carillon
