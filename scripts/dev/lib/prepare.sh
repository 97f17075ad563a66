# shellcheck shell=bash
# What an instance needs before its programs start: secrets, configuration, a database.
#
# shellcheck disable=SC2154  # variables of instance.sh

# secret NAME: makes secrets/NAME once; base64url of 32 random bytes.
secret() {
  local -r file=$run_dir/secrets/$1
  [[ -s $file ]] || (
    umask 077
    mkdir -p "$run_dir/secrets"
    openssl rand -base64 32 | tr '+/' '-_' | tr -d '=\n' >"$file.new"
    mv "$file.new" "$file"
  )
}

# A text as TOML writes it.
quoted() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

secret_file() { quoted "$run_dir/secrets/$1"; }

write_configuration() {
  local role
  for role in owner api portal; do
    (
      umask 077
      printf '%s password=%s\n' "$(database_of "insighta_$role")" \
        "$(cat "$run_dir/secrets/password_$role")" >"$run_dir/secrets/database_$role"
    )
  done
  cat >"$run_dir/api.toml" <<TOML
env = "dev"

[api]
port = $api_port
issuer = "$api_url"

[database]
url_file = $(secret_file database_api)
owner_url_file = $(secret_file database_owner)
migrations = $(quoted "$INSIGHTA_ROOT/database/migrations")

[github]
client_id = "insighta-dev"
client_secret = "insighta-dev-secret"
web_base = "$emulator_url"
api_base = "$emulator_url"

[bootstrap]
admin_github_ids = [1001]

[auth]
key_encryption_key_file = $(secret_file key_encryption_key)

[portal]
url = "$portal_url"
client_secret_file = $(secret_file portal_client_secret)

[genderize]
base_url = "$emulator_url/genderize"

[agify]
base_url = "$emulator_url/agify"

[nationalize]
base_url = "$emulator_url/nationalize"
TOML
  cat >"$run_dir/portal.toml" <<TOML
env = "dev"

[api]
issuer = "$api_url"

[portal]
url = "$portal_url"
port = $portal_port
client_secret_file = $(secret_file portal_client_secret)
session_key_file = $(secret_file portal_session_key)
database_url_file = $(secret_file database_portal)
TOML
}

superuser_psql() {
  psql -X -q -v ON_ERROR_STOP=1 -d "host=$1/socket user=postgres dbname=postgres" "${@:2}"
}

# Roles with the instance's passwords; only the owner of the cluster gets in without one.
fill_cluster() {
  local -r cluster=$1
  local role
  superuser_psql "$cluster" -f "$INSIGHTA_ROOT/database/roles.sql"
  for role in owner api portal; do
    printf "alter role insighta_%s password '%s';\n" "$role" \
      "$(cat "$run_dir/secrets/password_$role")"
  done | superuser_psql "$cluster" -f -
  superuser_psql "$cluster" -c 'create database insighta owner insighta_owner'
  printf 'local all postgres trust\nlocal all all scram-sha-256\n' |
    if ((EUID == 0)); then
      setpriv --reuid=postgres --regid=postgres --clear-groups tee "$cluster/data/pg_hba.conf"
    else
      tee "$cluster/data/pg_hba.conf"
    fi >/dev/null
  as_postgres pg_ctl -D "$cluster/data" reload >/dev/null
}

# The instance's cluster, made when there is none, running afterwards. The link to it is what says
# that it is complete: a run that died half-way leaves none, and the next one starts afresh.
start_instance_cluster() {
  local cluster
  cluster=$(cluster_of_instance)
  if [[ -n $cluster && -d $cluster ]]; then
    [[ -x $cluster/socket ]] || die "$cluster belongs to another user: ./dev reset as that user"
    is_cluster_up "$cluster" || start_cluster "$cluster" "${cluster_settings[@]}"
    return
  fi
  rm -f "$run_dir/postgres"
  cluster=$(make_cluster /var/tmp)
  if start_cluster "$cluster" "${cluster_settings[@]}" && fill_cluster "$cluster"; then
    ln -s "$cluster" "$run_dir/postgres"
  else
    remove_cluster "$cluster"
    return 1
  fi
}

cluster_settings=(max_connections=200 shared_buffers=256MB max_wal_size=2GB)
