// A text that must not be seen: no formatter, no stream operator, no comparison; wiped when it dies.
// Whoever needs the characters says so by name. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace carillon {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text);
  Secret(const Secret&) = default;
  Secret(Secret&&) noexcept = default;
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&&) noexcept = default;
  ~Secret();

  bool empty() const { return text_.empty(); }
  std::string_view reveal() const { return text_; }

 private:
  std::string text_;
};

}  // namespace carillon
