set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(CARILLON_MUTANTS "Build the engine's deliberate bugs, switched by name (simulator oracle test)" OFF)
option(CARILLON_BENCH "Build the measurements (bench/README.md)" OFF)
option(CARILLON_PAGE "Build and embed the web page (needs node and npm)" ON)
set(CARILLON_SANITIZE "" CACHE STRING "address,undefined or thread; empty: none")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wno-unused-parameter
                    -Wno-missing-field-initializers -Wno-missing-designated-field-initializers
                    -fstack-protector-strong -fPIE)
add_link_options(-fuse-ld=lld-19 -pie -Wl,-z,relro,-z,now,-z,noexecstack)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-D_FORTIFY_SOURCE=2)
endif()
if(CARILLON_SANITIZE)
  add_compile_options(-fsanitize=${CARILLON_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CARILLON_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
