# add_queries(<feature>/<layer> <namespace>): every queries/<name>.sql beside the module's sources
# becomes `inline constexpr postgres::Query <name>` in the generated header <feature>/queries.hpp,
# which only that module's .cpp files see. The file's name is the name in the code, in the log and
# in pg_stat_statements. An app gives its own folder: add_queries(app/portal portal FOLDER .).

function(add_queries name namespace)
  cmake_parse_arguments(ARG "" "FOLDER" "" ${ARGN})
  module_target(${name} target)
  get_filename_component(folder ${name} NAME)
  if(ARG_FOLDER)
    set(folder ${ARG_FOLDER})
  endif()
  set(source_dir ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/queries)
  file(GLOB files CONFIGURE_DEPENDS ${source_dir}/*.sql)
  set(output_root ${CMAKE_BINARY_DIR}/queries/${target})
  set(output ${output_root}/${namespace}/queries.hpp)
  # A file that was renamed keeps its age: the list of names must count as well.
  file(CONFIGURE OUTPUT ${output}.files CONTENT "${files}")
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DNAMESPACE=${namespace} -DOUTPUT=${output} "-DSOURCE_DIR=${source_dir}"
            -P ${CMAKE_SOURCE_DIR}/cmake/generate_queries.cmake
    DEPENDS ${files} ${output}.files ${CMAKE_SOURCE_DIR}/cmake/generate_queries.cmake
    COMMENT "queries of ${name}" VERBATIM)
  add_custom_target(${target}_queries DEPENDS ${output})
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    return()
  endif()
  add_dependencies(${target} ${target}_queries)
  target_include_directories(${target} PRIVATE ${output_root})
endfunction()
