// Contents and media facts of one reading, each parsed once: many deliveries share one content.
#pragma once

#include <memory>
#include <unordered_map>

#include "model/content.h"
#include "store/connection.h"

namespace carillon::store {

class ContentShelf {
 public:
  explicit ContentShelf(Connection& connection) : connection_(connection) {}

  // The content whose body stands in that column.
  std::shared_ptr<const Content> content(ContentId id, const Row& row, size_t column);
  // Of every medium of that part, in its order; of one that is gone, its id alone.
  std::vector<MediaFacts> media(WorkspaceId workspace, const Content& content, uint32_t part);

 private:
  MediaFacts facts(WorkspaceId workspace, MediaId id);

  Connection& connection_;
  std::unordered_map<ContentId, std::shared_ptr<const Content>> contents_;
  std::unordered_map<MediaId, MediaFacts> media_;
};

}  // namespace carillon::store
