# shellcheck shell=bash
# One running copy of everything, told apart by its run directory:
#
#   api.toml portal.toml   what the programs are told     secrets/   what only they may know
#   *.pid logs/ clock      what runs                      ports      where it listens
#   postgres               a link to the cluster's folder
#
# shellcheck disable=SC2034  # the verbs read the variables

source "$INSIGHTA_ROOT/scripts/dev/lib/postgres.sh"
run_dir=${INSIGHTA_RUN_DIR:-.run}
[[ $run_dir == /* ]] || run_dir=$INSIGHTA_ROOT/$run_dir
preset=${INSIGHTA_PRESET:-dev}
bin=$INSIGHTA_ROOT/build/$preset/bin
programs=(emulator api portal)
login_names='ada (admin), alan (analyst), tara, theo, cleo, carl, user1 ... user999'

# The ports of a running instance are those it was started with, else the environment's.
set_addresses() {
  api_port=${INSIGHTA_API_PORT:-8080}
  portal_port=${INSIGHTA_PORTAL_PORT:-3000}
  emulator_port=${INSIGHTA_EMULATOR_PORT:-9090}
  if [[ -r $run_dir/ports ]]; then
    read -r api_port portal_port emulator_port <"$run_dir/ports"
  fi
  local port
  for port in "$api_port" "$portal_port" "$emulator_port"; do
    [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -lt 65536 ]] || die "'$port' is no port"
  done
  api_url=http://localhost:$api_port
  portal_url=http://127.0.0.1:$portal_port
  emulator_url=http://127.0.0.2:$emulator_port
}

print_addresses() {
  say "  portal    $portal_url"
  say "  api       $api_url   ($api_url/docs)"
  say "  emulator  $emulator_url   (signs in as $login_names)"
  say "  logs      $run_dir/logs"
}

# One verb at a time changes an instance; `held` is the descriptor of the lock.
lock_instance() {
  mkdir -p "$run_dir"
  exec {held}>"$run_dir/lock"
  flock -w 300 "$held" || die "another ./dev is busy with $run_dir"
}

# A process is named by its id and the moment it began: ids are used again.
began_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

is_running() {
  local pid began
  [[ -r $run_dir/$1.pid ]] || return 1
  read -r pid began <"$run_dir/$1.pid"
  [[ -n $pid && -n $began && $(began_at "$pid") == "$began" ]] &&
    [[ $(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null) != Z* ]]
}

is_up() {
  local name
  is_cluster_up "$(cluster_of_instance)" || return 1
  for name in "${programs[@]}"; do is_running "$name" || return 1; done
}

# start_program NAME ARGUMENTS...: in the background, in a session of its own so that a Ctrl-C in
# the terminal is the script's to handle.
start_program() {
  local -r name=$1
  shift
  local pid
  mkdir -p "$run_dir/logs"
  INSIGHTA_ENV=dev setsid "$bin/insighta-$name" "$@" \
    >>"$run_dir/logs/$name.log" 2>&1 </dev/null {held}>&- &
  pid=$!
  echo "$pid $(began_at "$pid")" >"$run_dir/$name.pid"
}

stop_programs() {
  local name pid round
  for name in portal api emulator; do
    if is_running "$name"; then
      read -r pid _ <"$run_dir/$name.pid"
      kill -TERM "$pid" 2>/dev/null || true
    fi
  done
  for name in portal api emulator; do
    for ((round = 0; round < 150; round++)); do
      is_running "$name" || break
      sleep 0.1
    done
    if is_running "$name"; then
      read -r pid _ <"$run_dir/$name.pid"
      kill -KILL "$pid" 2>/dev/null || true
      while is_running "$name"; do sleep 0.05; done
    fi
    rm -f "$run_dir/$name.pid"
  done
}

cluster_of_instance() { readlink "$run_dir/postgres" || true; }

stop_instance() {
  local cluster
  stop_programs
  cluster=$(cluster_of_instance)
  [[ -z $cluster ]] || stop_cluster "$cluster"
  rm -f "$run_dir/ports"
}

# The connection string of a role of the instance; the password goes apart.
database_of() { echo "host=$(cluster_of_instance)/socket dbname=insighta user=$1"; }

require_up() {
  is_up || die "nothing runs for $run_dir; start it with ./dev up"
}
