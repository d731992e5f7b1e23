# Boost's Asio and Beast are compiled once.
add_library(carillon_boost STATIC ${PROJECT_SOURCE_DIR}/src/net/boost_impl.cc)
target_link_libraries(carillon_boost PUBLIC Boost::headers OpenSSL::SSL Threads::Threads)
get_target_property(net_kind carillon_net TYPE)
if(net_kind STREQUAL "INTERFACE_LIBRARY")
  target_link_libraries(carillon_net INTERFACE carillon_boost)
else()
  target_link_libraries(carillon_net PUBLIC carillon_boost)
endif()

if(EXISTS ${PROJECT_SOURCE_DIR}/src/main.cpp)
  add_executable(carillon ${PROJECT_SOURCE_DIR}/src/main.cpp)
  target_link_libraries(carillon PRIVATE carillon_cli ${allocator})
endif()

file(GLOB crossing CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/*.cmake)
foreach(file ${crossing})
  include(${file})
endforeach()

if(CARILLON_BENCH)
  include(${PROJECT_SOURCE_DIR}/bench/bench.cmake)
endif()
