// Reads texts, each ended by a zero byte, and prints the length of each as X counts it, one number a line.
#include <iostream>
#include <string>

#include "channels/x/count.h"

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string text; std::getline(std::cin, text, '\0');) {
    std::cout << carillon::channels::x::weighted_length(text) << '\n';
  }
}
