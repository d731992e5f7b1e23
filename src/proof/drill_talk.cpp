#include "proof/drill_talk.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <stdexcept>

namespace carillon::proof {
namespace {

constexpr auto patience = std::chrono::minutes(2);

const boost::json::value* find(const boost::json::value& object, std::string_view member) {
  return object.is_object() ? object.get_object().if_contains(member) : nullptr;
}

bool may_pass(const Fault& fault) {
  return fault.kind == FaultKind::unavailable || fault.kind == FaultKind::throttled ||
         fault.kind == FaultKind::closed;
}

}  // namespace

boost::json::value DrillTalk::insist(const std::string& method, const std::string& path,
                                     const boost::json::value& body, const wire::Headers& headers) {
  const Instant until = now_() + patience;
  for (;;) {
    auto said = client_.json(method, path, body, headers);
    if (said) return std::move(*said);
    if (may_pass(said.error()) && now_() < until) {
      client_.pause(50ms);
      continue;
    }
    Fault fault = said.error();
    fault.text = fmt::format("{} {}: {} {}", method, path, fault.text, fault.field);
    give_up(fault);
  }
}

void give_up(const Fault& fault) {
  throw std::runtime_error(fmt::format("The drill cannot go on. {} {}", fault.text, fault.remedy));
}

std::string text_of(const boost::json::value& object, std::string_view member) {
  const boost::json::value* found = find(object, member);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

bool flag_of(const boost::json::value& object, std::string_view member) {
  const boost::json::value* found = find(object, member);
  return found != nullptr && *found == true;
}

}  // namespace carillon::proof
