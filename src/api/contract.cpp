// ccache:disable (it does not know that the document below is part of this file)
#include "api/contract.h"

namespace carillon::api {

namespace {
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
constexpr char document[] = {
#embed "openapi.json"
};
#pragma clang diagnostic pop
}  // namespace

std::string_view contract() {
  return {document, sizeof document};
}

}  // namespace carillon::api
