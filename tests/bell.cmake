# A network for tests that is one request (src/delivery/testing/bell.h), for rooms above delivery/.
add_library(carillon_bell STATIC ${PROJECT_SOURCE_DIR}/src/delivery/testing/bell.cpp)
target_link_libraries(carillon_bell PUBLIC carillon_delivery)
