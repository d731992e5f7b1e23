// What main() of the program does for its picture child: for tests, whose own programs have another main().
#include "media/pictures.h"

int main(int argc, char** argv) {
  return carillon::media::picture_main(argc, argv);
}
