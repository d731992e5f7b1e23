# prelude(TARGET headers...): headers that are read once for a whole target (cmake/prelude/), which halves the time of a
# build. Nothing may depend on it: -DCARILLON_PRELUDE=OFF builds every file from what it includes itself.
option(CARILLON_PRELUDE "Read common headers once per target instead of once per file" ON)
if(CARILLON_PRELUDE)
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")  # a compiler cache compares contents, not times
endif()

function(prelude target)
  if(NOT CARILLON_PRELUDE)
    return()
  endif()
  list(TRANSFORM ARGN PREPEND ${PROJECT_SOURCE_DIR}/cmake/prelude/)
  list(TRANSFORM ARGN APPEND .h)
  target_precompile_headers(${target} PRIVATE ${ARGN})
endfunction()
