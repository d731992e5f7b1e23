# The web page, built by Vite, compressed and embedded as read-only data (web/embed.mjs). Without CARILLON_PAGE the
# program answers "/" with a sentence that says so.
if(CARILLON_PAGE AND EXISTS ${PROJECT_SOURCE_DIR}/web/package.json)
  file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/src/* ${PROJECT_SOURCE_DIR}/web/public/*)
  set(page_out ${PROJECT_BINARY_DIR}/page)
  add_custom_command(
    OUTPUT ${page_out}/assets.S ${page_out}/assets.cpp
    COMMAND ${PROJECT_SOURCE_DIR}/scripts/page ${page_out}
    DEPENDS ${page_sources} ${PROJECT_SOURCE_DIR}/web/package-lock.json ${PROJECT_SOURCE_DIR}/web/index.html
            ${PROJECT_SOURCE_DIR}/web/vite.config.ts ${PROJECT_SOURCE_DIR}/web/embed.mjs
            ${PROJECT_SOURCE_DIR}/src/api/openapi.json
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}/web
    COMMENT "Building the page" VERBATIM)
  add_library(carillon_page STATIC ${page_out}/assets.S ${page_out}/assets.cpp)
else()
  add_library(carillon_page STATIC ${PROJECT_SOURCE_DIR}/cmake/no_page.cpp)
endif()
target_include_directories(carillon_page PUBLIC ${PROJECT_SOURCE_DIR}/src)
