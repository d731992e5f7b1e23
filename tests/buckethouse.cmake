# The little bucket for tests of other rooms than its own.
add_library(carillon_buckethouse STATIC ${PROJECT_SOURCE_DIR}/src/net/testing/bucket_house.cpp)
target_link_libraries(carillon_buckethouse PUBLIC carillon_net)
