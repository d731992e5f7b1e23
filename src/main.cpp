// Puts the house together: everything a person can ask on the command line is in cli/.
#include "cli/commands.h"

int main(int argc, char** argv) { return carillon::cli::run(argc, argv); }
