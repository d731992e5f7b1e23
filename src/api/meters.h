// Counts of answers for /metrics: requests by route, method and status, and how long they took. Labels are
// from the route table, never from a request. Thread: the listener's.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "base/instant.h"

namespace carillon::api {

class Meters {
 public:
  void answered(std::string_view route, std::string_view method, int status, Duration took);
  std::string text() const;  // Prometheus exposition format 0.0.4

  // More lines from elsewhere (attempts, lanes), appended as they are.
  std::function<std::string()> more;

 private:
  static constexpr std::array<double, 10> bounds{0.0005, 0.001, 0.0025, 0.005, 0.01,
                                                 0.025,  0.1,   0.5,    2.5,   10};
  struct Histogram {
    std::array<uint64_t, bounds.size() + 1> counts{};
    double sum = 0;
  };
  std::map<std::tuple<std::string_view, std::string_view, int>, Histogram> requests_;
};

// One metric with its head; `labels` like {state="waiting"} or empty.
void metric_head(std::string& out, std::string_view name, std::string_view type, std::string_view help);
void metric(std::string& out, std::string_view name, std::string_view labels, double value);

}  // namespace carillon::api
