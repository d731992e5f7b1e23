// What main() of the program does for its picture child: for tests, whose own programs have another main().
#include "media/pictures.h"

// It draws with a library that the thread sanitizer cannot see into, and would be told of races that are none.
extern "C" const char* __tsan_default_options() {
  return "report_bugs=0";
}

int main(int argc, char** argv) {
  return carillon::media::picture_main(argc, argv);
}
