#include "wire/signature_v4.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/check.h"
#include "base/digest.h"
#include "base/text.h"
#include "wire/url.h"

namespace carillon::wire {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

std::string_view bytes_of(const Sha256& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// "20130524T000000Z"
std::string stamp_of(Instant at) {
  std::string text = to_text(Instant::from_seconds(at.seconds()));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text.substr(0, 15) + "Z";
}

std::string encoded_anew(std::string_view text) {
  const auto plain = percent_decode(text);
  return percent_encode(plain ? *plain : text);
}

// Sorted by name, then value; a name alone gets its "=".
std::string canonical_query(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> fields;
  while (!query.empty()) {
    const std::string_view field = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(field.size() + 1, query.size()));
    const std::string_view name = field.substr(0, field.find('='));
    const std::string_view value = field.substr(std::min(name.size() + 1, field.size()));
    fields.emplace_back(encoded_anew(name), encoded_anew(value));
  }
  std::ranges::sort(fields);
  std::string text;
  for (const auto& [name, value] : fields) text += (text.empty() ? "" : "&") + name + "=" + value;
  return text;
}

// Lower-case names, in order; values of one name joined.
std::map<std::string, std::string> signed_headers(const Request& request, const Url& url) {
  std::map<std::string, std::string> headers;
  headers["host"] = url.port.empty() ? url.host : url.host + ":" + url.port;
  for (const Header& header : request.headers) {
    std::string& value = headers[lowered(header.name)];
    value += (value.empty() ? "" : ",") + std::string(trimmed(header.value));
  }
  return headers;
}

Sha256 signing_key(const SigningKey& key, std::string_view day) {
  Sha256 chain = hmac_sha256("AWS4" + std::string(key.secret.reveal()), day);
  for (const std::string_view step :
       {std::string_view(key.region), std::string_view(key.service), std::string_view("aws4_request")}) {
    chain = hmac_sha256(bytes_of(chain), step);
  }
  return chain;
}

}  // namespace

void sign_v4(Request& request, const SigningKey& key, std::string_view payload, Instant at) {
  const auto url = parse_url(request.url);
  CHECK(url.has_value());
  const std::string stamp = stamp_of(at), day = stamp.substr(0, 8);
  request.headers.push_back({"x-amz-date", stamp});
  std::string lines, names;
  for (const auto& [name, value] : signed_headers(request, *url)) {
    lines += name + ":" + value + "\n";
    names += (names.empty() ? "" : ";") + name;
  }
  const std::string canonical = fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method, url->path,
                                            canonical_query(url->query), lines, names, payload);
  const std::string scope = fmt::format("{}/{}/{}/aws4_request", day, key.region, key.service);
  const std::string to_sign =
      fmt::format("{}\n{}\n{}\n{}", algorithm, stamp, scope, to_hex(sha256(canonical)));
  const std::string signature = to_hex(hmac_sha256(bytes_of(signing_key(key, day)), to_sign));
  request.headers.push_back(
      {"authorization", fmt::format("{} Credential={}/{},SignedHeaders={},Signature={}", algorithm,
                                    key.id.reveal(), scope, names, signature)});
}

}  // namespace carillon::wire
