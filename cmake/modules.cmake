# add_module(<area>/<name> [USES ...] [HIDES ...])
#
# One folder of sources becomes one library. USES are modules and libraries that its headers name
# (a public link), HIDES those that only its .cpp files name (a private link). A module sees its
# own folder and what it links, nothing else: each gets an include root in the build tree that
# holds a single link to its folder, so a forbidden include is a compile error.
#
# Beside the code: x_test.cpp is pure and goes into unit_tests, x_pgtest.cpp needs PostgreSQL and
# goes into pg_tests. Both are compiled with their own module's view, and so is x_fuzz.cpp: with
# AddressSanitizer it becomes the program x_fuzz, and its module is compiled so that libFuzzer sees
# which branches an input took.

set(INSIGHTA_INCLUDE_ROOTS ${CMAKE_BINARY_DIR}/include)

function(module_target name result)
  string(REPLACE "/" "_" target ${name})
  set(${result} ${target} PARENT_SCOPE)
endfunction()

# A name with '::' is an imported library, any other is a module of ours.
function(module_links result)
  set(links)
  foreach(name IN LISTS ARGN)
    if(NOT name MATCHES "::")
      module_target(${name} name)
    endif()
    list(APPEND links ${name})
  endforeach()
  set(${result} ${links} PARENT_SCOPE)
endfunction()

function(use_precompiled_headers target)
  if(INSIGHTA_PCH)
    target_precompile_headers(${target} REUSE_FROM precompiled)
  endif()
endfunction()

if(INSIGHTA_PCH)
  file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp "")
  add_library(precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_precompile_headers(precompiled PRIVATE
    <algorithm> <array> <atomic> <chrono> <coroutine> <cstdint> <deque> <expected> <functional>
    <map> <memory> <mutex> <optional> <set> <span> <string> <string_view> <unordered_map> <utility>
    <variant> <vector> <fmt/format.h>)
endif()

function(add_test_objects name kind sources links)
  if(NOT sources)
    return()
  endif()
  module_target(${name} target)
  add_library(${target}_${kind} OBJECT EXCLUDE_FROM_ALL ${sources})
  use_precompiled_headers(${target}_${kind})
  target_link_libraries(${target}_${kind} PRIVATE ${links} GTest::gtest GTest::gmock rapidcheck
                        rapidcheck_gtest)
  # What tests share without a database is in headers.
  target_include_directories(${target}_${kind} PRIVATE ${INSIGHTA_INCLUDE_ROOTS}/platform_testing)
  if(kind STREQUAL pgtest)
    target_link_libraries(${target}_${kind} PRIVATE platform_testing platform_postgres)
  endif()
  set_property(GLOBAL APPEND PROPERTY INSIGHTA_${kind}_OBJECTS ${target}_${kind})
endfunction()

function(add_fuzzers name sources links)
  if(NOT sources OR NOT INSIGHTA_SANITIZE MATCHES address)
    return()
  endif()
  module_target(${name} target)
  target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  # The precompiled ones were compiled without that flag.
  set_target_properties(${target} PROPERTIES DISABLE_PRECOMPILE_HEADERS ON)
  foreach(source IN LISTS sources)
    get_filename_component(program ${source} NAME_WE)
    add_executable(${program} EXCLUDE_FROM_ALL ${source})
    target_link_libraries(${program} PRIVATE ${target} ${links})
    target_include_directories(${program} PRIVATE ${INSIGHTA_INCLUDE_ROOTS}/platform_testing)
    target_compile_options(${program} PRIVATE -fsanitize=fuzzer-no-link)
    target_link_options(${program} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzzers ${program})
  endforeach()
endfunction()

add_custom_target(fuzzers)

function(add_module name)
  cmake_parse_arguments(ARG "" "" "USES;HIDES" ${ARGN})
  module_target(${name} target)
  get_filename_component(folder ${name} NAME)
  set(source_dir ${CMAKE_CURRENT_SOURCE_DIR}/${folder})

  set(include_root ${INSIGHTA_INCLUDE_ROOTS}/${target})
  get_filename_component(area ${name} DIRECTORY)
  file(MAKE_DIRECTORY ${include_root}/${area})
  file(CREATE_LINK ${source_dir} ${include_root}/${name} SYMBOLIC)

  file(GLOB sources CONFIGURE_DEPENDS ${source_dir}/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS ${source_dir}/*_test.cpp)
  file(GLOB pgtests CONFIGURE_DEPENDS ${source_dir}/*_pgtest.cpp)
  file(GLOB fuzzers CONFIGURE_DEPENDS ${source_dir}/*_fuzz.cpp)
  list(REMOVE_ITEM sources ${tests} ${pgtests} ${fuzzers} "")

  module_links(uses ${ARG_USES})
  module_links(hides ${ARG_HIDES})
  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${include_root})
    target_link_libraries(${target} PUBLIC ${uses} fmt::fmt PRIVATE ${hides})
    use_precompiled_headers(${target})
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${include_root})
    target_link_libraries(${target} INTERFACE ${uses} fmt::fmt)
  endif()
  add_test_objects(${name} test "${tests}" "${target};${uses};${hides}")
  add_test_objects(${name} pgtest "${pgtests}" "${target};${uses};${hides}")
  add_fuzzers(${name} "${fuzzers}" "${uses};${hides}")
endfunction()

# add_app(<program> LINKS ...): the folder that calls it becomes one program and is its own include
# root. All but main.cpp goes into the library app_<folder>, so that tests beside the code can link it.
function(add_app program)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  file(GLOB_RECURSE tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp)
  file(GLOB_RECURSE pgtests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_pgtest.cpp)
  list(REMOVE_ITEM sources ${tests} ${pgtests} ${CMAKE_CURRENT_SOURCE_DIR}/main.cpp)
  module_links(links ${ARG_LINKS})
  add_library(app_${folder} STATIC ${sources})
  target_include_directories(app_${folder} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(app_${folder} PUBLIC ${links} fmt::fmt)
  use_precompiled_headers(app_${folder})
  add_executable(${program} ${CMAKE_CURRENT_SOURCE_DIR}/main.cpp)
  # No precompiled header: an executable's own sources are compiled with -fPIE, libraries with -fPIC.
  target_link_libraries(${program} PRIVATE app_${folder})
  add_test_objects(app/${folder} test "${tests}" "app_${folder}")
  add_test_objects(app/${folder} pgtest "${pgtests}" "app_${folder}")
endfunction()

# The two test programs; called once every module is known.
function(add_test_programs)
  foreach(kind test pgtest)
    get_property(objects GLOBAL PROPERTY INSIGHTA_${kind}_OBJECTS)
    if(objects)
      set(program unit_tests)
      if(kind STREQUAL pgtest)
        set(program pg_tests)
      endif()
      add_executable(${program} EXCLUDE_FROM_ALL)
      target_link_libraries(${program} PRIVATE ${objects} GTest::gmock_main)
    endif()
  endforeach()
endfunction()
