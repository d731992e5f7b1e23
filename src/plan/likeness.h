// How much two texts are alike: a sketch of 64 bits finds candidates, pieces of five characters decide. Case,
// spaces, punctuation and the marks on links do not count. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace carillon::plan {

std::string plain_words(std::string_view text);
// Of a text as it is written; 0: there is nothing to compare.
uint64_t sketch(std::string_view text);
// Bits in which two sketches differ; up to sketch_reach they may be alike.
int sketch_distance(uint64_t one, uint64_t other);
inline constexpr int sketch_reach = 22;  // texts that are 75 % alike differ in 11 bits or so, strangers in 32

// From 0 to 1: shared pieces of all pieces.
double likeness(std::string_view one, std::string_view other);
inline constexpr double nearly_same = 0.75;

}  // namespace carillon::plan
