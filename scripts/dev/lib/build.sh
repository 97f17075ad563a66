# shellcheck shell=bash

# build PRESET TARGET...: configures when needed, then builds into build/PRESET.
build() {
  local -r preset=$1
  shift
  cd "$INSIGHTA_ROOT" || return
  if [[ ! -f build/$preset/build.ninja ]]; then
    mkdir -p build
    cmake --preset "$preset" >"build/configure-$preset.log" 2>&1 || {
      cat "build/configure-$preset.log" >&2
      return 1
    }
  fi
  cmake --build "build/$preset" --target "$@" -- --quiet
}
