# shellcheck shell=bash
# A private PostgreSQL. It listens on a socket only, in a short folder of its own: the path of a
# socket has at most 107 bytes, and the server refuses to run as root, so for root it runs as the
# system's user postgres, who may not be able to enter the checkout.

postgres_programs() {
  local folders=(/usr/lib/postgresql/*/bin)
  printf '%s\n' "${folders[@]}" | sort -V | tail -n 1
}

# Runs a program of PostgreSQL as the user that owns the cluster.
as_postgres() {
  local -r program=$1
  shift
  local drop_root=()
  ((EUID != 0)) || drop_root=(setpriv --reuid=postgres --regid=postgres --init-groups)
  (cd / && exec "${drop_root[@]}" env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 \
    "$(postgres_programs)/$program" "$@")
}

# make_cluster PARENT: prints the folder of a new cluster with superuser postgres; start it next.
# PARENT is /tmp, or /var/tmp for one that survives a restart of the machine.
make_cluster() {
  local folder
  folder=$(mktemp -d "$1/insighta-XXXXXX")
  mkdir "$folder/socket"
  chmod 700 "$folder" "$folder/socket"
  ((EUID != 0)) || chown -R postgres:postgres "$folder"
  as_postgres initdb -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 \
    --no-sync >/dev/null
  echo "$folder"
}

is_cluster_up() { [[ -d $1/data ]] && as_postgres pg_ctl -D "$1/data" status >/dev/null 2>&1; }

# start_cluster FOLDER [SETTING=VALUE]...
start_cluster() {
  local -r folder=$1
  shift
  local options="-c listen_addresses='' -c unix_socket_directories='$folder/socket'" setting round
  for setting in "$@"; do options+=" -c $setting"; done
  # After a kill the server's children hold its memory for a moment more.
  for ((round = 0; round < 20; round++)); do
    # The server must hold neither our pipes nor our locks; pg_ctl gives it a session of its own.
    if (
      [[ -z ${held:-} ]] || exec {held}>&-
      as_postgres pg_ctl -D "$folder/data" -l "$folder/log" -o "$options" -w -t 60 start
    ) >/dev/null 2>&1 </dev/null; then
      return 0
    fi
    tail -n 20 "$folder/log" | grep -q 'pre-existing shared memory' || break
    sleep 0.25
  done
  tail -n 20 "$folder/log" >&2
  return 1
}

stop_cluster() {
  [[ -e $1/data/postmaster.pid ]] || return 0
  as_postgres pg_ctl -D "$1/data" -m fast -w -t 60 stop >/dev/null 2>&1 ||
    as_postgres pg_ctl -D "$1/data" -m immediate -w -t 10 stop >/dev/null 2>&1 || true
}

# Only folders that make_cluster made.
remove_cluster() {
  [[ $1 == /tmp/insighta-?????? || $1 == /var/tmp/insighta-?????? ]] || return 0
  stop_cluster "$1"
  rm -rf "$1"
}
