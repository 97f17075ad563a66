# The compiler, the linker, the warnings and the sanitizers: one place for all of them.

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  message(FATAL_ERROR "g++ miscompiles co_await expressions this project relies on; "
                      "configure with a preset (cmake --preset dev), which selects clang-19.")
endif()
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
  message(FATAL_ERROR "clang 19 or newer is needed; run ./dev setup, then cmake --preset dev.")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

option(INSIGHTA_DEVELOPMENT "Build the development doors: emulator, settable clock" OFF)
option(INSIGHTA_PCH "Use precompiled headers" ON)
set(INSIGHTA_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
      CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                    -Wimplicit-fallthrough -Wextra-semi -Werror
                    -Wno-missing-designated-field-initializers -fcolor-diagnostics)
if(INSIGHTA_PCH)
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
endif()
add_link_options(-fuse-ld=lld)
# Debug information for our own frames; full -g would double the size of every object.
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -gline-tables-only")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
add_compile_options(-fstack-protector-strong)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-D_FORTIFY_SOURCE=2)
  add_link_options(-Wl,-z,relro,-z,now -Wl,--gc-sections)
endif()
if(INSIGHTA_SANITIZE)
  add_compile_options(-fsanitize=${INSIGHTA_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${INSIGHTA_SANITIZE})
endif()
if(INSIGHTA_DEVELOPMENT)
  add_compile_definitions(INSIGHTA_DEVELOPMENT)
endif()
add_compile_definitions(INSIGHTA_VERSION="${PROJECT_VERSION}" BOOST_ASIO_SEPARATE_COMPILATION
                        BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
