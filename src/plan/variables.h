// Variables in texts: {{shop_hours}} becomes what the name stands for. A backslash before the braces lets
// them stand; backslashes before braces are doubled to mean themselves. What a variable stands for is not
// looked through again. Refuses to know where variables are kept. Pure, any thread.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "model/account.h"
#include "model/words.h"

namespace carillon::plan {

// What a name stands for; none: nobody knows it.
using Lookup = std::function<std::optional<std::string>(std::string_view name)>;

struct Expanded {
  std::string text;
  std::vector<std::string> unknown;  // names that stay as they were written, each once
};
Expanded expand(std::string_view text, const Lookup& lookup);
bool has_variables(std::string_view text);
// The text that expands to this one.
std::string escaped_variables(std::string_view text);

// Small letters, digits, "_", "-", "." (and ":" before a language), 1 to 60 of them.
bool is_variable_name(std::string_view name);

// What one account's texts can speak of: the workspace's variables, and what is always there.
struct Vocabulary {
  std::span<const Variable> variables;
  const Account& account;
  std::string zone;  // of the account's wall clock
  Instant at;        // when it goes out

  std::optional<std::string> operator()(std::string_view name) const;
};

struct BuiltIn {
  std::string_view name, help, example;
};
std::span<const BuiltIn> built_ins();
bool is_built_in(std::string_view name);

// The known name that was most likely meant; none: none is near.
std::optional<std::string> nearest_name(std::string_view name, std::span<const Variable> variables);

}  // namespace carillon::plan
