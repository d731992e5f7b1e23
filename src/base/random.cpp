#include "base/random.h"

#include <sodium.h>

#include <bit>
#include <utility>

#include "base/check.h"
#include "base/digest.h"
#include "base/sodium.h"

namespace carillon {

// Values below 2^64 mod bound would make small results more likely: they are thrown again.
uint64_t Random::below(uint64_t bound) {
  CHECK(bound > 0);
  const uint64_t threshold = (0 - bound) % bound;
  for (;;) {
    const uint64_t value = next();
    if (value >= threshold) return value % bound;
  }
}

// Lowest byte first, whatever the machine's order: a seed gives the same bytes everywhere.
void Random::fill(std::span<uint8_t> bytes) {
  uint64_t word = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i % 8 == 0) word = next();
    bytes[i] = static_cast<uint8_t>(word & 0xff);
    word >>= 8;
  }
}

// splitmix64 (Vigna) spreads the seed over the state, as the authors of xoshiro advise; never all zeros.
SeededRandom::SeededRandom(uint64_t seed) : state_{} {
  for (uint64_t& word : state_) {
    seed += 0x9e3779b97f4a7c15;
    uint64_t z = seed;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    word = z ^ (z >> 31);
  }
}

uint64_t SeededRandom::next() {
  auto& s = state_;
  const uint64_t result = std::rotl(s[1] * 5, 7) * 9;
  const uint64_t t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = std::rotl(s[3], 45);
  return result;
}

namespace {

// What the kernel gave in one go, for one thread. What was given out is wiped.
struct Drawn {
  std::array<uint64_t, 32> words{};
  size_t used = words.size();

  ~Drawn() { sodium_memzero(words.data(), sizeof words); }
  uint64_t take() {
    if (used == words.size()) {
      need_sodium();
      randombytes_buf(words.data(), sizeof words);
      used = 0;
    }
    return std::exchange(words[used++], 0);
  }
};

}  // namespace

uint64_t SystemRandom::next() {
  thread_local Drawn drawn;
  return drawn.take();
}

std::string random_token(Random& random, size_t bytes) {
  std::string raw(bytes, '\0');
  random.fill({reinterpret_cast<uint8_t*>(raw.data()), raw.size()});
  std::string token = to_base64url(raw);
  sodium_memzero(raw.data(), raw.size());
  return token;
}

}  // namespace carillon
