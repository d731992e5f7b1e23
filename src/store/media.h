// The media library: files with their folders, tags and words, who uses them; and uploads on their way in.
// Refuses to know the bytes (media/). Storage threads.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/content.h"
#include "store/unit.h"

namespace carillon::store {

struct MediaFile {
  MediaFacts facts;
  WorkspaceId workspace;
  std::string name;       // as uploaded or renamed, for people
  std::string path;       // below the media folder
  std::string thumbnail;  // below the media folder; empty: none
  Instant created;
  std::string folder;  // of the library: "Summer/Cakes"; empty: none
  std::vector<std::string> tags;
  std::string alt;  // what it shows; the composer begins with it
};

enum class MediaOrder : uint8_t { newest, oldest, name, largest };

// Where a page of a list ended: the file's value in the list's order, and its id.
struct MediaPlace {
  std::string name;  // folded; of the order "name"
  int64_t bytes = 0;
  MediaId id;
};

struct MediaFilter {
  std::string text;                   // part of name, tag or alternative text, without case
  std::string mime;                   // how its type begins: "image/"
  bool unused = false;                // only what no post refers to
  bool originals = false;             // only what was not made from another file
  std::optional<std::string> folder;  // in it; none: everywhere
  bool below = false;                 // and in the folders within
  std::string tag;
  MediaOrder order = MediaOrder::newest;
};

class MediaShelf {
 public:
  explicit MediaShelf(Unit& unit) : unit_(unit) {}
  void add(const MediaFile& file);
  std::optional<MediaFile> find(WorkspaceId workspace, MediaId id);
  std::vector<MediaFile> list(WorkspaceId workspace, std::optional<MediaPlace> after, size_t limit,
                              const MediaFilter& filter = {});
  static MediaPlace place_of(const MediaFile& file);
  struct Copies {
    int64_t files = 0, uses = 0;  // made from it; posts that refer to it or to one of them
  };
  Copies copies(WorkspaceId workspace, MediaId id);
  // Writes name, folder, tags and alternative text.
  void describe(const MediaFile& file);
  int64_t uses(WorkspaceId workspace, MediaId id);                             // posts that refer to it
  std::vector<PostId> users(WorkspaceId workspace, MediaId id, size_t limit);  // those posts, newest first
  void remove(WorkspaceId workspace, MediaId id);
  std::vector<std::pair<std::string, int64_t>> tags(WorkspaceId workspace);  // with their files, by name

 private:
  Unit& unit_;
};

// Folders are paths; those above one are there with it. A folder is there because somebody made it or because
// a file is in it.
class MediaFolders {
 public:
  explicit MediaFolders(Unit& unit) : unit_(unit) {}
  struct Folder {
    std::string path;
    int64_t files = 0;  // in it, not below
  };
  std::vector<Folder> list(WorkspaceId workspace);  // sorted by path, parents before children
  bool has(WorkspaceId workspace, const std::string& path);
  void add(WorkspaceId workspace, const std::string& path);
  // With everything below. `to` is not below `from`.
  void move(WorkspaceId workspace, const std::string& from, const std::string& to);
  int64_t files(WorkspaceId workspace, const std::string& path);  // in it and below
  void remove(WorkspaceId workspace,
              const std::string& path);  // with the folders below; files are not touched

 private:
  Unit& unit_;
};

// A file that arrives in pieces. Its medium, once there is one, has the same sixteen bytes as id.
struct Upload {
  UploadId id;
  WorkspaceId workspace;
  UserId person;
  std::string name, folder;
  std::string sha256;  // that it shall have; empty: not said
  uint64_t bytes = 0, received = 0;
  std::string hash;  // Sha256Stream::kept() of what was received; empty: nothing yet
  bool done = false;
  Instant created, touched;
  MediaId medium() const { return {id.bytes}; }
};

class Uploads {
 public:
  explicit Uploads(Unit& unit) : unit_(unit) {}
  void add(const Upload& upload);
  std::optional<Upload> find(WorkspaceId workspace, UploadId id);
  std::vector<Upload> unfinished(WorkspaceId workspace);  // newest first
  // Only when it stands at `from`: whoever was overtaken changes nothing.
  bool advance(const Upload& upload, uint64_t from);
  void finish(WorkspaceId workspace, UploadId id, Instant now);
  void remove(WorkspaceId workspace, UploadId id);
  std::vector<Upload> untouched_since(Instant then);  // of every workspace
  std::vector<UploadId> all_unfinished();             // of every workspace

 private:
  Unit& unit_;
};

}  // namespace carillon::store
