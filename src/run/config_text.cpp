#include "run/config_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>

#include "base/text.h"

namespace carillon::run {
namespace {

std::unexpected<Fault> unreadable(const std::string& file, int number, std::string_view line) {
  return refuse(
      {.kind = FaultKind::invalid,
       .code = "config_line",
       .text = fmt::format("{}, line {}: \"{}\" is not a setting.", file, number, shortened(line, 60)),
       .remedy = "Write name = value, or begin the line with # to make it a comment."});
}

std::string_view unquoted(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t corner = row[0]++;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t changed = corner + (a[i] != b[j]);
      corner = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, corner + 1});
    }
  }
  return row.back();
}

}  // namespace

Result<std::vector<ConfigLine>> parse_config_lines(std::string_view text, const std::string& file) {
  std::vector<ConfigLine> lines;
  for (int number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    const size_t equals = line.find('=');
    const std::string_view name = trimmed(line.substr(0, equals));
    if (equals == std::string_view::npos || name.empty()) return unreadable(file, number, line);
    lines.push_back({number, std::string(name), std::string(unquoted(trimmed(line.substr(equals + 1))))});
  }
  return lines;
}

Result<Duration> parse_span(std::string_view text) {
  int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit = text.substr(static_cast<size_t>(end - text.data()));
  if (error == std::errc() && count >= 0 && count <= 1'000'000) {
    if (unit == "ms") return std::chrono::milliseconds(count);
    if (unit == "s") return std::chrono::seconds(count);
    if (unit == "min") return std::chrono::minutes(count);
    if (unit == "h") return std::chrono::hours(count);
    if (unit == "d") return std::chrono::hours(24 * count);
  }
  return refuse({.kind = FaultKind::invalid,
                 .code = "not_a_span",
                 .text = fmt::format("\"{}\" is not a span of time.", shortened(text, 40)),
                 .remedy = "Write a number and a unit: 90s, 15min, 2h, 1d."});
}

Result<uint64_t> parse_size(std::string_view text) {
  uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit = text.substr(static_cast<size_t>(end - text.data()));
  if (error == std::errc() && count <= 1'000'000) {
    if (unit == "MB") return count * 1'000'000;
    if (unit == "GB") return count * 1'000'000'000;
    if (unit == "TB") return count * 1'000'000'000'000;
  }
  return refuse({.kind = FaultKind::invalid,
                 .code = "not_a_size",
                 .text = fmt::format("\"{}\" is not a size.", shortened(text, 40)),
                 .remedy = "Write a number and a unit: 500MB, 10GB, 1TB."});
}

Result<std::vector<net::Permit>> parse_networks(std::string_view text) {
  std::vector<net::Permit> networks;
  while (!text.empty()) {
    const size_t comma = std::min(text.find(','), text.size());
    const auto network = net::parse_permit(trimmed(text.substr(0, comma)));
    if (!network) return refuse(network.error());
    networks.push_back(*network);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return networks;
}

bool is_address(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  uint16_t port = 0;
  const std::string_view digits = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const std::string_view host = text.substr(0, colon);
  const bool bare_v6 = host.contains(':') && (host.front() != '[' || host.back() != ']');
  return error == std::errc() && end == digits.data() + digits.size() && !bare_v6;
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

// Names of buckets: docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html (2026-11); other
// vendors take capitals and underscores too.
Result<BucketAddress> bucket_address(std::string_view text) {
  constexpr std::string_view scheme = "s3://";
  const std::string_view rest = text.starts_with(scheme) ? text.substr(scheme.size()) : "";
  const std::string_view name = rest.substr(0, rest.find('/'));
  const auto fits = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.' || c == '_';
  };
  if (name.size() < 3 || name.size() > 63 || !std::ranges::all_of(name, fits) || rest.contains("//")) {
    return refuse(
        {.kind = FaultKind::invalid,
         .code = "not_a_bucket",
         .text = fmt::format("\"{}\" is no address of a bucket.", shortened(text, 80)),
         .remedy = "Write s3://BUCKET or s3://BUCKET/PREFIX, or leave it out to keep media in a folder."});
  }
  BucketAddress address{std::string(name), std::string(rest.substr(std::min(name.size() + 1, rest.size())))};
  if (!address.prefix.empty() && !address.prefix.ends_with('/')) address.prefix += '/';
  return address;
}

std::string without_password(std::string_view url) {
  std::string shown(url);
  const size_t in_query = shown.find("password=");
  if (in_query != std::string::npos) {
    const size_t value = in_query + 9;
    shown.replace(value, std::min(shown.find('&', value), shown.size()) - value, "…");
  }
  const size_t scheme = shown.find("://");
  const size_t start = scheme == std::string::npos ? 0 : scheme + 3;
  const size_t at = shown.substr(0, shown.find('/', start)).rfind('@');
  const size_t colon = shown.find(':', start);
  if (at == std::string::npos || colon == std::string::npos || colon > at) return shown;
  return shown.replace(colon + 1, at - colon - 1, "…");
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known) {
  std::string_view best;
  size_t least = std::max<size_t>(2, word.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    const size_t far = distance(word, candidate);
    if (far < least) least = far, best = candidate;
  }
  return best;
}

}  // namespace carillon::run
