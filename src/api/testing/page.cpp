// A page of two files, for the tests.
#include "api/page.h"

#include <array>

namespace carillon::api {

namespace {
std::span<const std::byte> bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}
}  // namespace

std::span<const Asset> embedded_assets() {
  static const std::array assets = {
      Asset{"/index.html", "text/html; charset=utf-8", "aaaa", false, bytes("<!doctype html>"), bytes("GZIP"),
            bytes("BR")},
      Asset{"/assets/app-1a2b.js", "text/javascript", "bbbb", true, bytes("run()"), {}, {}}};
  return assets;
}

}  // namespace carillon::api
