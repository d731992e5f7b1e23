// For tests: a small bucket on loopback that speaks the protocol of S3 strictly: it refuses a request whose
// signature, payload hash or parts are not right, and misbehaves as told. Forgets everything at its end. A
// thread of its own.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "model/bucket.h"
#include "net/listener.h"

namespace carillon::net::testing {

class BucketHouse {
 public:
  enum class Mood : uint8_t {
    works,
    is_down,       // closes every connection without a word
    is_busy,       // 503 SlowDown
    denies,        // 403 AccessDenied
    turns_at_end,  // the end of parts: a 200 that holds an error
  };
  explicit BucketHouse(std::string bucket = "bells");
  ~BucketHouse();

  BucketPlace place(const std::string& prefix = "media/") const;  // with the right keys
  void be(Mood mood, int requests = -1);                          // for so many; -1: until told otherwise
  std::vector<std::string> keys();
  std::string object(const std::string& key);
  void put(const std::string& key, std::string bytes, const std::string& sha256);  // by another hand
  void damage(const std::string& key);                                             // one byte
  size_t unfinished();               // uploads in parts that were never ended
  std::vector<std::string> asked();  // "PUT media/3f/…?partNumber=1…", since the last call
  // Called with "PUT media/3f/…" before a request is answered, on the house's thread; empty: nothing.
  void watch(std::function<void(const std::string& asked)> watcher);

 private:
  struct Object {
    std::string bytes, sha256;
  };
  struct Parts {
    std::string key, sha256;
    std::map<int, std::string> pieces;
  };
  struct Asked;
  boost::asio::awaitable<void> answer(Exchange& exchange);
  void tell(const std::string& asked);
  wire::Response judged(const Asked& asked);
  wire::Response done(const Asked& asked);
  wire::Response object_call(const Asked& asked);
  wire::Response parts_call(const Asked& asked);
  wire::Response end(const Asked& asked, Parts& parts);
  wire::Response list_parts();
  bool is_signed(const Asked& asked) const;

  std::string bucket_;
  std::mutex mutex_;
  Mood mood_ = Mood::works;
  int mood_left_ = -1;
  std::map<std::string, Object> objects_;
  std::map<std::string, Parts> parts_;
  std::vector<std::string> asked_;
  std::function<void(const std::string&)> watcher_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
  std::unique_ptr<Listener> listener_;
  uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace carillon::net::testing
