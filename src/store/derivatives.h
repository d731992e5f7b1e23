// Which stored files were made from which, and how: so that the same recipe over the same file is never made
// twice. Storage threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/recipe.h"
#include "store/unit.h"

namespace carillon::store {

struct Derivative {
  MediaId media, origin;
  std::string print;  // print_of(recipe, original)
  Recipe recipe;
};

class Derivatives {
 public:
  explicit Derivatives(Unit& unit) : unit_(unit) {}
  // False: somebody made the same meanwhile; nothing is added.
  bool add(WorkspaceId workspace, const Derivative& derivative);
  // How this file was made; none: it is an original, or what it was made from is gone.
  std::optional<Derivative> find(WorkspaceId workspace, MediaId media);
  std::optional<MediaId> made(WorkspaceId workspace, const std::string& print);
  // What was made from this file, oldest first.
  std::vector<Derivative> of(WorkspaceId workspace, MediaId origin);
  // Forgets how a file was made and what was made from it; files that were made stay, as files of their own.
  void remove(WorkspaceId workspace, MediaId media);

 private:
  Unit& unit_;
};

}  // namespace carillon::store
