// A post of the API in words: where it stands, target by target. Any thread.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "cli/exit.h"
#include "cli/terminal.h"

namespace carillon::cli {

// "scheduled for 2026-11-20T09:30 Europe/Berlin", and a line per target.
std::string post_summary(const boost::json::value& post);
// With each attempt that was made.
std::string flight_record(const boost::json::value& delivery);
std::string post_row_time(const boost::json::value& post);
// The beginning of its text.
std::string post_text(const boost::json::value& post);

// Prints a readiness report. ok: ready; failure: something blocks.
Exit say_check(const Terminal& terminal, const boost::json::value& report);

// Nothing more can happen by itself: all is settled, or waits for a person (an answer, an approval, a
// release).
bool is_over(const boost::json::value& post);
double settled_share(const boost::json::value& post);
// ok: all delivered. failure: something failed, was skipped or canceled. temporary: a person has to say
// something first.
Exit outcome(const boost::json::value& post);

}  // namespace carillon::cli
