# add_templates(<target> <folder> <name>): embeds every *.html below <folder> into <target> as
# `insighta::templates::<name>()`, a list of {path, text} that platform/html loads at start.

function(add_templates target folder name)
  set(source_dir ${CMAKE_CURRENT_SOURCE_DIR}/${folder})
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${source_dir}/*.html)
  set(output_root ${CMAKE_BINARY_DIR}/templates/${target})
  set(output ${output_root}/templates_${name}.cpp)
  file(MAKE_DIRECTORY ${output_root})
  # A file that was renamed keeps its age: the list of names must count as well.
  file(CONFIGURE OUTPUT ${output}.files CONTENT "${files}")
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DOUTPUT=${output} "-DSOURCE_DIR=${source_dir}"
            -P ${CMAKE_SOURCE_DIR}/cmake/generate_templates.cmake
    DEPENDS ${files} ${output}.files ${CMAKE_SOURCE_DIR}/cmake/generate_templates.cmake
    COMMENT "templates of ${name}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
