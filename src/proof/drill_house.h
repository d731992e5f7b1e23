// The stage of a drill: a temporary folder, the sandbox, the server, and the one who kills it. Thread: the
// drill's.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/random.h"
#include "proof/child.h"
#include "proof/drill.h"

namespace carillon::proof {

class DrillHouse {
 public:
  explicit DrillHouse(const DrillOptions& options);  // both run when this returns, but may not answer yet
  ~DrillHouse();

  void begin_killing();  // from now on, at random moments
  int64_t kills() const { return kills_; }
  bool done_killing() const { return kills_ >= wanted_; }
  bool failing() const { return failing_; }  // the server ended by itself: it should not
  void forget() { keep_ = false; }           // all went well: the folder may go

  const std::filesystem::path& folder() const { return folder_; }
  const std::string& server() const { return server_url_; }
  const std::string& sandbox() const { return sandbox_url_; }
  std::string setup_token() const;  // from the server's output; empty: not said yet

 private:
  void run_server();
  void live_and_die();
  bool rest(Duration span);  // false: the drill is over

  const DrillOptions& options_;
  const int64_t wanted_;
  SeededRandom dice_;
  std::filesystem::path folder_;
  bool keep_ = true;
  uint16_t server_port_, sandbox_port_;
  std::string server_url_, sandbox_url_;
  Child sandbox_, server_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool killing_ = false, over_ = false;
  std::atomic<int64_t> kills_ = 0;
  std::atomic<bool> failing_ = false;
  std::thread thread_;  // owns the server's process
};

}  // namespace carillon::proof
