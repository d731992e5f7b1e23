// Dice. Pure rooms get a Random& as an argument: the server passes the system's, the simulator a seeded one.
// Thread: each object belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

namespace carillon {

class Random {
 public:
  virtual ~Random() = default;
  virtual uint64_t next() = 0;

  uint64_t below(uint64_t bound);  // uniform in [0, bound); bound > 0
  bool chance(uint32_t percent) { return below(100) < percent; }
  void fill(std::span<uint8_t> bytes);
};

// xoshiro256** (Blackman, Vigna 2018): same seed, same sequence, on every machine. Not for secrets.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(uint64_t seed);
  uint64_t next() override;

 private:
  std::array<uint64_t, 4> state_;
};

// The kernel's generator through libsodium; for ids, tokens, keys.
class SystemRandom final : public Random {
 public:
  uint64_t next() override;
};

// n random bytes as base64url text without padding.
std::string random_token(Random& random, size_t bytes);

}  // namespace carillon
