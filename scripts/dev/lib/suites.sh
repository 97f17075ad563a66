# shellcheck shell=bash
# Runs suites and keeps count. A suite that crashes, or runs no test, counts as failed.

results=$(mktemp -d)
: >"$results/table"

forget_results() { rm -rf "$results"; }

# record NAME PASSED FAILED SKIPPED SECONDS
record() { printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$results/table"; }

# suite NAME COUNTER COMMAND...: runs the command with $report naming the file for its report;
# COUNTER then prints "passed failed skipped" from that file.
suite() {
  local -r name=$1 counter=$2
  shift 2
  local status=0 passed=0 failed=0 skipped=0
  local -r started=$SECONDS
  report=$results/$name.report
  printf '\n== %s\n' "$name"
  "$@" </dev/null || status=$?
  if [[ -s $report ]]; then
    read -r passed failed skipped < <("$counter" "$report") || true
  fi
  if ((status != 0 && failed == 0)); then
    say "$name: ended with status $status"
    failed=1
  elif ((passed + failed == 0)); then
    say "$name: no test ran"
    failed=1
  fi
  record "$name" "$passed" "$failed" "$skipped" $((SECONDS - started))
}

count_googletest() {
  jq -r '[.tests - .failures - .disabled, .failures,
    ([.testsuites[].testsuite[] | select(.result == "SKIPPED")] | length)]
    | "\(.[0] - .[2]) \(.[1]) \(.[2])"' "$1" 2>/dev/null
}

count_node() {
  awk '/^# (pass|fail|cancelled|skipped|todo) [0-9]+$/ { n[$2] = $3 }
    END { print n["pass"] + 0, n["fail"] + n["cancelled"] + 0, n["skipped"] + n["todo"] + 0 }' "$1"
}

# A stage that is not a suite, such as a build: its failure is one failed test.
stage() {
  local -r name=$1
  shift
  local -r started=$SECONDS
  printf '\n== %s\n' "$name"
  if "$@" </dev/null; then
    record "$name" 0 0 0 $((SECONDS - started))
  else
    record "$name" 0 1 0 $((SECONDS - started))
    return 1
  fi
}

# The table, then the one line that tools read; the exit status says whether all is well.
summarise() {
  printf '\n%-24s %8s %8s %8s %8s\n' '' passed failed skipped seconds
  awk -F'\t' '{ printf "%-24s %8d %8d %8d %8d\n", $1, $2, $3, $4, $5 }' "$results/table"
  local passed failed skipped
  read -r passed failed skipped < <(
    awk -F'\t' '{ p += $2; f += $3; s += $4 } END { print p + 0, f + 0, s + 0 }' "$results/table")
  ((passed > 0)) || ((failed > 0)) || failed=1
  local line="$passed passed, $failed failed"
  ((skipped == 0)) || line+=", $skipped skipped"
  printf '\n%s\n' "$line"
  ((failed == 0))
}
