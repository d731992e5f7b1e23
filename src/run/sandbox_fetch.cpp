#include "run/sandbox_fetch.h"

#include <charconv>

#include "base/text.h"
#include "net/waiting_client.h"

namespace carillon::run {
namespace {

constexpr size_t most = 1 << 20;  // bytes that are looked at

uint64_t number(std::string_view text) {
  uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Of the whole file: "bytes 0-1048575/9000000" says it, else the length of what came.
uint64_t size_of(const wire::Response& response) {
  const auto range = wire::header(response.headers, "content-range");
  const size_t slash = range ? range->find('/') : std::string_view::npos;
  return slash == std::string_view::npos ? response.body.size() : number(range->substr(slash + 1));
}

}  // namespace

sandbox::Fetched fetch_beginning(const std::string& url) {
  net::WaitingClient client("");
  net::Outcome outcome = client.send({.method = "GET",
                                      .url = url,
                                      .headers = {{"Range", "bytes=0-1048575"}},
                                      .timeout = std::chrono::seconds(10)});
  auto* response = std::get_if<wire::Response>(&outcome);
  if (response == nullptr) return {};
  sandbox::Fetched fetched{.status = response->status, .size = size_of(*response)};
  fetched.type = wire::header(response->headers, "content-type").value_or("");
  fetched.beginning = std::move(response->body);
  fetched.beginning.resize(std::min(fetched.beginning.size(), most));
  return fetched;
}

}  // namespace carillon::run
