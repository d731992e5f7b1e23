// A program or a person that uses the sandbox in tests: shorthand for requests and for reading answers. The
// clock is a value that the test moves.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/random.h"
#include "sandbox/world.h"
#include "wire/url.h"

namespace carillon::sandbox {

struct Heard {
  Answer answer;
  boost::json::value body;  // null when it is not JSON

  int status() const { return answer.response.status; }
  const std::string& text() const { return answer.response.body; }
  std::string header(std::string_view name) const;
  // A JSON pointer's value as text; "" when it is not there.
  std::string at(std::string_view pointer) const;
};

class Visitor {
 public:
  explicit Visitor(std::string base = "http://127.0.0.1:8071") : dice(7), world(dice, base) {}

  Heard send(wire::Request request);
  Heard get(std::string url, std::string_view token = {});
  Heard post_json(std::string url, std::string body, std::string_view token = {}, wire::Headers more = {});
  Heard post_form(std::string url, const wire::Fields& fields, wire::Headers headers = {});
  Heard call(std::string method, std::string url, std::string_view token = {});
  Heard post_parts(std::string url, std::vector<wire::Part> parts, std::string_view token = {});
  std::string credential(const Person& person, std::string_view name) const;
  // The parameters of the address somebody is sent back to.
  wire::Fields sent_back(const Heard& heard) const;

  SeededRandom dice;
  World world;
  Instant now = Instant::from_seconds(1'800'000'000);
};

// The first bytes of each kind of file, padded.
std::string png(size_t size = 64);
std::string jpeg(size_t size = 64);
wire::Part file_part(std::string name, std::string bytes, std::string filename = "a.png");
wire::Part slice_part(std::string name, uint64_t size, std::string type, std::string filename = "clip");
wire::Part text_part(std::string name, std::string value);
std::string s256(std::string_view verifier);

inline constexpr std::string_view verifier = "a-verifier-that-is-long-enough-for-rfc-7636-0123456789";

}  // namespace carillon::sandbox
