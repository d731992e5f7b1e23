#include "api/meters.h"

#include <fmt/format.h>

namespace carillon::api {

void Meters::answered(std::string_view route, std::string_view method, int status, Duration took) {
  Histogram& histogram = requests_[{route, method, status}];
  const double seconds = static_cast<double>(took.count()) / 1e6;
  size_t bucket = 0;
  while (bucket < bounds.size() && seconds > bounds[bucket]) ++bucket;
  ++histogram.counts[bucket];
  histogram.sum += seconds;
}

std::string Meters::text() const {
  constexpr std::string_view name = "carillon_http_request_duration_seconds";
  std::string out;
  metric_head(out, name, "histogram", "Time from the request's head to its answer.");
  for (const auto& [key, histogram] : requests_) {
    const auto& [route, method, status] = key;
    const std::string labels = fmt::format("route=\"{}\",method=\"{}\",code=\"{}\"", route, method, status);
    uint64_t total = 0;
    for (size_t i = 0; i < histogram.counts.size(); ++i) {
      total += histogram.counts[i];
      const std::string bound = i < bounds.size() ? fmt::format("{}", bounds[i]) : "+Inf";
      out += fmt::format("{}_bucket{{{},le=\"{}\"}} {}\n", name, labels, bound, total);
    }
    out +=
        fmt::format("{}_sum{{{}}} {}\n{}_count{{{}}} {}\n", name, labels, histogram.sum, name, labels, total);
  }
  return more ? out + more() : out;
}

void metric_head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void metric(std::string& out, std::string_view name, std::string_view labels, double value) {
  out += fmt::format("{}{} {}\n", name, labels, value);
}

}  // namespace carillon::api
