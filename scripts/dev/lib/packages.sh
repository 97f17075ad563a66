# shellcheck shell=bash
# Debian packages, by what needs them. Never name a libboost*1.74 package here: it removes 1.81.

packages=(
  # compiler and build
  clang-19 lld-19 clang-format-19 llvm-19 libclang-rt-19-dev
  cmake ninja-build ccache pkg-config git
  # libraries
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev
  libpq-dev libssl-dev libcurl4-openssl-dev zlib1g-dev
  libcli11-dev libhiredis-dev libspdlog-dev libfmt-dev libtomlplusplus-dev libctemplate-dev
  libutf8proc-dev libmimalloc-dev libhowardhinnant-date-dev prometheus-cpp-dev tzdata iso-codes
  # tests, lint and measurements
  libgtest-dev libgmock-dev librapidcheck-dev
  postgresql-15 postgresql-client-15 redis-server chromium shellcheck jq man-db wrk linux-perf
  python3-authlib python3-requests
  # what the scripts here call
  curl ca-certificates openssl procps util-linux
)

missing_packages() {
  local name
  for name in "${packages[@]}"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || echo "$name"
  done
  # Another vendor's nodejs brings an npm of its own and conflicts with Debian's.
  command -v npm >/dev/null || printf '%s\n' nodejs npm
}

# Runs a command as root; says what to do when there is no way.
as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "packages are missing: run ./dev setup as root, or install sudo"
  fi
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  say "Installing ${missing[*]}"
  # Debian's package starts a cluster on port 5432 unless it is told not to; ours are private.
  if [[ ! -e /etc/postgresql-common/createcluster.conf ]]; then
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' |
      as_root tee /etc/postgresql-common/createcluster.d/no-main.conf >/dev/null
  fi
  as_root apt-get -qq -o DPkg::Lock::Timeout=300 update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Use-Pty=0 install --yes --no-install-recommends "${missing[@]}" >/dev/null
}

install_node_modules() {
  cd "$INSIGHTA_ROOT" || return
  local -r stamp=node_modules/.installed-lock.json
  if [[ -x $(node_program) ]] && cmp -s package-lock.json "$stamp"; then return 0; fi
  say "Installing the packages of package-lock.json"
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json "$stamp"
}

# Does nothing, quickly, when all is there.
set_up() {
  install_packages
  install_node_modules
}
