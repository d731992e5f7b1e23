#include "api/reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/text.h"

namespace carillon::api {

namespace json = boost::json;

namespace {
std::string_view kind_name(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return "null";
    case json::kind::bool_: return "true or false";
    case json::kind::string: return "a text";
    case json::kind::array: return "a list";
    case json::kind::object: return "an object";
    default: return "a number";
  }
}
}  // namespace

Reader::Reader(const json::value& value, std::optional<Fault>& fault)
    : object_(value.if_object()), fault_(fault) {
  asked_.reserve(12);
  if (!object_)
    refuse("wrong_type", fmt::format("The body is {}, an object is needed.", kind_name(value)), "",
           "Send a JSON object: {...}.");
}

Reader::Reader(const json::value& value, Reader& up, std::string_view name, int index)
    : object_(value.if_object()), fault_(up.fault_), up_(&up), name_(name), index_(index) {
  asked_.reserve(8);
  if (!object_)
    refuse("wrong_type", fmt::format("This is {}, an object is needed.", kind_name(value)), "",
           "Send a JSON object: {...}.");
}

Reader::~Reader() {
  if (!object_ || fault_ || object_->size() == 0) return;
  for (const auto& member : *object_) {
    const std::string_view name(member.key());
    if (std::ranges::find(asked_, name) != asked_.end()) continue;
    const auto known = asked_.empty() ? std::string("none") : fmt::format("{}", fmt::join(asked_, ", "));
    refuse("unknown_member", fmt::format("There is no member \"{}\" here.", shortened(name, 60)),
           shortened(name, 60), "Remove it; known here: " + known + ".");
    return;
  }
}

std::string Reader::path(std::string_view name) const {
  std::string before = up_ ? up_->path(name_) : "";
  if (index_ >= 0) before += fmt::format("[{}]", index_);
  if (name.empty()) return before;
  return before.empty() ? std::string(name) : before + "." + std::string(name);
}

void Reader::refuse(std::string code, std::string text, std::string_view name, std::string remedy) {
  if (fault_) return;
  fault_ = Fault{.kind = FaultKind::invalid,
                 .code = std::move(code),
                 .text = std::move(text),
                 .field = path(name),
                 .remedy = std::move(remedy)};
}

const json::value* Reader::member(std::string_view name) {
  if (!object_) return nullptr;
  if (std::ranges::find(asked_, name) == asked_.end()) asked_.push_back(name);
  return object_->if_contains(name);
}

bool Reader::has(std::string_view name) {
  const json::value* found = member(name);
  return found && !found->is_null();
}

bool Reader::null(std::string_view name) {
  const json::value* found = member(name);
  return found && found->is_null();
}

void Reader::require(std::string_view name) {
  if (!has(name)) refuse("missing_member", fmt::format("\"{}\" is missing.", name), name, "Add it.");
}

void Reader::wrong_type(std::string_view name, std::string_view wanted) {
  const json::value* found = member(name);
  refuse("wrong_type",
         fmt::format("\"{}\" is {}, {} is needed.", name, found ? kind_name(*found) : "missing", wanted),
         name, fmt::format("Send {}.", wanted));
}

std::optional<std::string> Reader::checked(std::string_view name, const json::value& value, Length length) {
  const json::string* text = value.if_string();
  if (!text) {
    wrong_type(name, "a text");
    return std::nullopt;
  }
  const std::string_view seen(*text);
  if (seen.size() > length.max) {
    refuse("too_long",
           fmt::format("\"{}\" has {} bytes, at most {} are taken.", name, seen.size(), length.max), name,
           "Shorten it.");
  } else if (seen.size() < length.min) {
    refuse("too_short",
           fmt::format("\"{}\" has {} bytes, at least {} are needed.", name, seen.size(), length.min), name,
           length.min == 1 ? "Fill it in." : "Make it longer.");
  } else if (seen.find('\0') != std::string_view::npos) {
    refuse("control_character", fmt::format("\"{}\" contains a NUL character.", name), name, "Remove it.");
  } else {
    return std::string(seen);
  }
  return std::nullopt;
}

std::string Reader::text(std::string_view name, Length length) {
  if (object_) require(name);
  return maybe_text(name, length).value_or("");
}

std::optional<std::string> Reader::maybe_text(std::string_view name, Length length) {
  if (!has(name)) return std::nullopt;
  return checked(name, *member(name), length);
}

std::optional<bool> Reader::maybe_flag(std::string_view name) {
  if (!has(name)) return std::nullopt;
  if (const bool* flag = member(name)->if_bool()) return *flag;
  wrong_type(name, "true or false");
  return std::nullopt;
}

std::optional<int64_t> Reader::maybe_integer(std::string_view name, int64_t least, int64_t most) {
  if (!has(name)) return std::nullopt;
  boost::system::error_code inexact;
  const auto number = member(name)->to_number<int64_t>(inexact);
  if (inexact) {
    wrong_type(name, "a whole number");
    return std::nullopt;
  }
  if (number >= least && number <= most) return number;
  refuse("out_of_range", fmt::format("\"{}\" is {}, {} to {} is taken.", name, number, least, most), name,
         "Choose a number in that range.");
  return std::nullopt;
}

bool Reader::object(std::string_view name, const std::function<void(Reader&)>& read) {
  if (!has(name)) return false;
  Reader inner(*member(name), *this, name, -1);
  read(inner);
  return true;
}

bool Reader::objects(std::string_view name, size_t most, const std::function<void(Reader&)>& read) {
  if (!has(name)) return false;
  const json::array* list = member(name)->if_array();
  if (!list) return wrong_type(name, "a list"), true;
  if (list->size() > most) {
    refuse("too_many", fmt::format("\"{}\" has {} entries, at most {} are taken.", name, list->size(), most),
           name, "Send fewer.");
    return true;
  }
  for (size_t i = 0; i < list->size() && !fault_; ++i) {
    Reader inner((*list)[i], *this, name, static_cast<int>(i));
    read(inner);
  }
  return true;
}

std::optional<std::vector<std::string>> Reader::maybe_texts(std::string_view name, size_t most, Length each) {
  if (!has(name)) return std::nullopt;
  const json::array* list = member(name)->if_array();
  std::vector<std::string> texts;
  if (!list) {
    wrong_type(name, "a list of texts");
  } else if (list->size() > most) {
    refuse("too_many", fmt::format("\"{}\" has {} entries, at most {} are taken.", name, list->size(), most),
           name, "Send fewer.");
  } else {
    for (const json::value& entry : *list) {
      if (auto text = checked(name, entry, each)) texts.push_back(std::move(*text));
    }
  }
  return texts;
}

}  // namespace carillon::api
