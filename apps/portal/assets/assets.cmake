# The files a browser fetches: our own, htmx from npm, and the world map, which is drawn here. Each
# is compiled into the program raw and gzipped, under a name that holds its hash.

find_program(NPM npm REQUIRED)
find_program(NODE NAMES node nodejs REQUIRED)
set(assets_source ${CMAKE_CURRENT_SOURCE_DIR}/assets)
set(assets_build ${CMAKE_BINARY_DIR}/assets)
set(iso_3166 /usr/share/iso-codes/json/iso_3166-1.json)
file(MAKE_DIRECTORY ${assets_build})

add_custom_command(
  OUTPUT ${assets_build}/installed
  COMMAND ${CMAKE_COMMAND} -E copy ${assets_source}/package.json ${assets_source}/package-lock.json
          ${assets_build}
  COMMAND ${NPM} ci --prefer-offline --ignore-scripts --no-audit --no-fund --loglevel=error
  COMMAND ${CMAKE_COMMAND} -E touch ${assets_build}/installed
  DEPENDS ${assets_source}/package.json ${assets_source}/package-lock.json
  WORKING_DIRECTORY ${assets_build}
  COMMENT "browser assets from npm" VERBATIM)

add_custom_command(
  OUTPUT ${assets_build}/world.svg ${assets_build}/htmx.js
  COMMAND ${CMAKE_COMMAND} -E copy ${assets_source}/draw_world.mjs ${assets_build}
  COMMAND ${NODE} ${assets_build}/draw_world.mjs ${iso_3166} ${assets_build}/world.svg
  COMMAND ${CMAKE_COMMAND} -E copy ${assets_build}/node_modules/htmx.org/dist/htmx.min.js
          ${assets_build}/htmx.js
  DEPENDS ${assets_build}/installed ${assets_source}/draw_world.mjs
  WORKING_DIRECTORY ${assets_build}
  COMMENT "world map" VERBATIM)

set(assets ${assets_source}/style.css ${assets_source}/portal.js ${assets_source}/favicon.svg
           ${assets_build}/htmx.js ${assets_build}/world.svg)
add_custom_command(
  OUTPUT ${assets_build}/assets_embedded.cpp
  COMMAND ${CMAKE_COMMAND} "-DFILES=${assets}" -DOUTPUT=${assets_build}/assets_embedded.cpp
          -P ${assets_source}/embed_assets.cmake
  DEPENDS ${assets} ${assets_source}/embed_assets.cmake
  COMMENT "embedding browser assets" VERBATIM)
target_sources(app_portal PRIVATE ${assets_build}/assets_embedded.cpp)
