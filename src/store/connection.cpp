#include "store/connection.h"

namespace carillon::store {
namespace {

template <class Wanted>
const Wanted& as(const Value& value, const char* wanted) {
  if (const auto* held = std::get_if<Wanted>(&value)) return *held;
  throw StoreError(StoreError::Kind::broken,
                   std::string("The database holds something else where ") + wanted +
                       " was expected. The file may be damaged: run `carillon verify`.");
}

}  // namespace

int64_t Row::integer(size_t i) const {
  return as<int64_t>(values_[i], "a number");
}

const std::string& Row::text(size_t i) const {
  return as<std::string>(values_[i], "a text");
}

std::string_view Row::bytes(size_t i) const {
  if (const auto* id = std::get_if<IdBytes>(&values_[i])) return view(*id);
  return as<Bytes>(values_[i], "bytes").data;
}

}  // namespace carillon::store
