// Built instead of the embedded page when CARILLON_PAGE is off.
#include "api/page.h"

namespace carillon::api {
std::span<const Asset> embedded_assets() { return {}; }
}  // namespace carillon::api
