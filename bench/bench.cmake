# Measurements (bench/README.md): programs that measure the rooms below the server. bench/run starts them.
add_executable(echo_server ${PROJECT_SOURCE_DIR}/bench/echo_server.cpp)
target_link_libraries(echo_server PRIVATE carillon_net)

file(GLOB bench_parts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/house/*.cpp)
add_library(carillon_bench STATIC ${bench_parts})
target_include_directories(carillon_bench PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(carillon_bench PUBLIC carillon_run)
foreach(name delivery_path lateness million)
  add_executable(${name} ${PROJECT_SOURCE_DIR}/bench/${name}.cpp)
  target_link_libraries(${name} PRIVATE carillon_bench ${allocator})
endforeach()
