// Puts the house together: everything a person can ask on the command line is in cli/.
#include <string_view>

#include "cli/commands.h"
#include "media/pictures.h"

int main(int argc, char** argv) {
  if (argc > 1 && argv[1] == carillon::media::picture_word) return carillon::media::picture_main(argc, argv);
  return carillon::cli::run(argc, argv);
}
