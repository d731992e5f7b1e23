#include "run/upload_sweep.h"

#include <algorithm>

#include "store/media.h"

namespace carillon::run {

size_t sweep_uploads(store::Store& store, media::MediaFolder& folder, media::Parts& parts, Instant now,
                     Instant started) {
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
    if (!upload.done) folder.remove(upload.medium());  // kept, and killed before it was written down
  }
  parts.sweep(known, std::max(started, now - upload_lives));
  return old.size();
}

}  // namespace carillon::run
