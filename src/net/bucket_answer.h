// What a bucket answers, read: elements of its small XML documents, and its refusals in words with what to
// do. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "model/bucket.h"
#include "net/client.h"

namespace carillon::net {

// The text of the first element of that name; empty: there is none.
std::string element(std::string_view xml, std::string_view name);
// The insides of all elements of that name, which do not contain each other.
std::vector<std::string_view> elements(std::string_view xml, std::string_view name);

// May the same request be sent again soon?
bool is_passing(const Outcome& outcome);
Fault storage_stopped();
// Why an outcome is not what was asked for.
Fault bucket_fault(const Outcome& outcome, const BucketPlace& place);

}  // namespace carillon::net
