// Objects of one bucket that speaks the protocol of Amazon S3: written whole or in parts, read in ranges,
// looked at, removed. Each call waits for its answer and repeats what broke off: every one of these requests
// may be sent twice. What a bucket refuses is told with what to do about it. Refuses to know what the objects
// are. Any thread but a client's; blocks.
// docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html (2026-11)
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "model/bucket.h"
#include "net/client.h"

namespace carillon::net {

struct BucketPace {
  size_t whole_bytes = 16 << 20;  // a larger file goes in parts
  size_t part_bytes = 8 << 20;    // at least 5 MiB, says the protocol
  Duration pause =
      std::chrono::milliseconds(300);  // before what broke off is sent again; then five times that
  int tries = 3;
};

class Bucket {
 public:
  // now: the wall clock, for signatures.
  Bucket(BucketPlace place, std::function<Instant()> now, BucketPace pace = {});
  ~Bucket();  // stops; nobody may be inside any more

  struct Object {
    uint64_t bytes = 0;
    std::string sha256;  // as it was given to put(); empty: somebody else wrote it
  };

  // Fault of all: unavailable with code "storage_unreachable" (no answer), "storage_refused" (key, rights,
  // region), "storage_stopped"; gone, "object_gone".
  // The prefix is put before each key. sha256: of the whole, in hexadecimal; kept with the object.
  Result<void> put(const std::string& key, std::string bytes, const std::string& sha256);
  // A file, read as it is sent: one part in memory. Throws std::system_error when it cannot be read.
  Result<void> put_file(const std::string& key, const std::filesystem::path& file, const std::string& sha256);
  Result<Object> look(const std::string& key);
  struct Piece : Object {  // of the whole object, and
    std::string body;
  };
  Result<Piece> read(const std::string& key, uint64_t offset, uint64_t length);  // length: at least 1
  Result<void> remove(const std::string& key);                                   // also when it is not there
  // Gives up what was begun in parts before `then` below the prefix and never ended. How many.
  Result<size_t> sweep_parts(Instant then);
  // Writes a small object, reads it back: do address, keys and rights fit?
  Result<void> check(const std::string& mark);

  void stop();  // what waits ends with "storage_stopped", and what begins after this
  const BucketPlace& place() const { return place_; }

 private:
  struct Line;
  struct Call {
    std::string method, key;
    std::string query;  // "uploads="; encoded
    wire::Headers headers;
    std::string body;
    Duration timeout = std::chrono::seconds(20);
  };
  Result<wire::Response> ask(const Call& call);
  std::optional<Outcome> once(const Call& call);  // none: it stops
  std::string url_of(const Call& call) const;
  Result<void> put_parts(const std::string& key, const File& file, uint64_t bytes, const std::string& sha256);
  Result<std::string> send_parts(const std::string& key, const File& file, uint64_t bytes,
                                 const std::string& upload);
  Result<void> end_parts(const std::string& key, const std::string& upload, std::string list);

  BucketPlace place_;
  std::function<Instant()> now_;
  BucketPace pace_;
  std::unique_ptr<Line> line_;
};

}  // namespace carillon::net
