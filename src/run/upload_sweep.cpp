#include "run/upload_sweep.h"

#include <algorithm>

#include "store/media.h"

namespace carillon::run {

size_t sweep_uploads(store::Store& store, Depot& depot, media::Parts& parts, Instant now, Instant started) {
  std::vector<store::Upload> old;
  std::set<UploadId> known;
  store.write_now([&](store::Unit& unit) {
    store::Uploads uploads(unit);
    old = uploads.untouched_since(now - upload_lives);
    for (const store::Upload& upload : old) uploads.remove(upload.workspace, upload.id);
    const auto rest = uploads.all_unfinished();
    known = {rest.begin(), rest.end()};
  });
  for (const store::Upload& upload : old) {
    parts.drop(upload.id);
    if (!upload.done) depot.remove(upload.medium());  // kept, and killed before it was written down
  }
  parts.sweep(known, std::max(started, now - upload_lives));
  return old.size();
}

size_t sweep_doubts(store::Store& store, Depot& depot, Instant started) {
  size_t removed = 0;
  for (const Doubt& doubt : depot.old_doubts(started)) {
    bool stays = false, open = false;
    store.read_now([&](store::Unit& unit) {
      stays = store::MediaShelf(unit).find(doubt.workspace, doubt.media).has_value();
      const auto upload = store::Uploads(unit).find(doubt.workspace, UploadId{doubt.media.bytes});
      open = upload && !upload->done;  // its end may be asked for again
    });
    if (stays) depot.settled(doubt.media);
    if (stays || open) continue;
    depot.remove(doubt.media);
    ++removed;
  }
  return removed;
}

}  // namespace carillon::run
