// The command line: everything a person can ask in a terminal. Reads the arguments, runs one command, gives
// the exit code of the process (cli/exit.h). Main thread.
#pragma once

namespace carillon::cli {

int run(int argc, char** argv);

}  // namespace carillon::cli
