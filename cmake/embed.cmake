# add_embedded(<target> <file> <name>): the bytes of a text file as `std::string_view
# insighta::embedded::<name>()`.

function(add_embedded target file name)
  set(input ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  set(output ${CMAKE_BINARY_DIR}/embedded/${target}/embedded_${name}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DOUTPUT=${output} "-DINPUT=${input}"
            -P ${CMAKE_SOURCE_DIR}/cmake/generate_embedded.cmake
    DEPENDS ${input} ${CMAKE_SOURCE_DIR}/cmake/generate_embedded.cmake
    COMMENT "embedding ${file}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
