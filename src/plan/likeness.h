// How much two texts are alike: a sketch of 64 bits finds candidates, pieces of five characters decide. Case,
// spaces, punctuation and the marks on links do not count. Pure, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace carillon::plan {

std::string plain_words(std::string_view text);
// Of a text as it is written; 0: there is nothing to compare.
uint64_t sketch(std::string_view text);

// Prints of the pieces of a text, in order: for whoever compares one with many.
using Pieces = std::vector<uint64_t>;
Pieces pieces_of(std::string_view text);
uint64_t sketch(std::span<const uint64_t> pieces);
double likeness(std::span<const uint64_t> one, std::span<const uint64_t> other);
// Bits in which two sketches differ; up to sketch_reach they may be alike.
int sketch_distance(uint64_t one, uint64_t other);
inline constexpr int sketch_reach = 22;  // texts that are 75 % alike differ in 11 bits or so, strangers in 32

// From 0 to 1: shared pieces of all pieces.
double likeness(std::string_view one, std::string_view other);
inline constexpr double nearly_same = 0.75;

}  // namespace carillon::plan
