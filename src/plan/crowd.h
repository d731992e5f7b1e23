// Many posts of a table beside each other and beside what is planned already: which are close in time, which
// say nearly the same. Each text is cut into pieces once. Refuses to know where posts are kept. Pure, one
// thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "plan/likeness.h"
#include "plan/neighbours.h"

namespace carillon::plan {

class Crowd {
 public:
  explicit Crowd(Nearness nearness) : nearness_(nearness) {}

  // One that is there already: its words are read when they are needed.
  void add(AccountId account, Instant at, uint64_t sketch, std::function<Neighbour()> read);
  // A row of the table, by its line.
  void add(Neighbour row);

  // What is nearest to a row that was added. Valid until something is added.
  Nearby around(AccountId account, Instant at, size_t row);

 private:
  struct Text {
    Pieces pieces;
    uint64_t sketch = 0;
  };
  struct One {
    Instant at;
    uint64_t sketch = 0;
    Neighbour who;
    const Text* text = nullptr;       // none: not read yet
    std::function<Neighbour()> read;  // none: it is known
  };
  struct Line {  // of an account, by time once anybody asks
    std::vector<One> all;
    std::vector<uint64_t> sketches;  // theirs, close together: most are looked at and left
  };

  const Text& text_of(const std::string& words);
  void meet(One& one);
  void sort();
  void find_close(Line& line, size_t mine, Nearby& nearby);
  void find_alike(Line& line, size_t mine, Nearby& nearby);

  Nearness nearness_;
  std::unordered_map<std::string, Text> texts_;
  std::map<AccountId, Line> lines_;
  bool sorted_ = true;
};

}  // namespace carillon::plan
