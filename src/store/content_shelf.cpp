#include "store/content_shelf.h"

#include "store/rows.h"

namespace carillon::store {

std::shared_ptr<const Content> ContentShelf::content(ContentId id, const Row& row, size_t column) {
  std::shared_ptr<const Content>& kept = contents_[id];
  if (!kept) kept = std::make_shared<const Content>(content_from(row.text(column)));
  return kept;
}

std::vector<MediaFacts> ContentShelf::media(WorkspaceId workspace, const Content& content, uint32_t part) {
  std::vector<MediaFacts> out;
  if (part >= content.parts.size()) return out;
  for (const MediaRef& medium : content.parts[part].media) {
    out.push_back(facts(workspace, medium.id));
    if (medium.cover && medium.cover->picture)
      out.back().cover = {facts(workspace, *medium.cover->picture)};
  }
  return out;
}

MediaFacts ContentShelf::facts(WorkspaceId workspace, MediaId id) {
  const auto found = media_.find(id);
  if (found != media_.end()) return found->second;
  const Rows rows =
      connection_("SELECT " MEDIA_COLUMNS " FROM media WHERE workspace = $1 AND id = $2", workspace, id);
  MediaFacts facts;
  if (rows.empty()) {
    facts.id = id;
  } else {
    facts = media_at(rows[0]);
  }
  return media_.emplace(id, std::move(facts)).first->second;
}

}  // namespace carillon::store
