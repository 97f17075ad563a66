# shellcheck shell=bash
# Runs the fuzzers beside the code, two side by side. What a run has learned stays in build/asan/fuzz,
# and so does an input that broke something; the seeds are in tests/fuzz/corpus.

# run_fuzzer NAME: for INSIGHTA_FUZZ_SECONDS.
run_fuzzer() {
  local -r name=$1 folder=build/asan/fuzz/$1
  mkdir -p "$folder/corpus"
  if "build/asan/bin/$name" -max_total_time="${INSIGHTA_FUZZ_SECONDS:-30}" -max_len=4096 -timeout=25 \
    -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$folder/" \
    "$folder/corpus" "tests/fuzz/corpus/$name" >"$folder/log" 2>&1; then
    printf 'ok      %s: %d inputs\n' "$name" \
      "$(awk '/^stat::number_of_executed_units:/ { print $2 }' "$folder/log")"
  else
    printf 'not ok  %s\n' "$name"
    tail -n 40 "$folder/log" | sed 's/^/    /'
    return 1
  fi
}

# run_fuzzers REPORT: one passed or failed test for each, in the form that count_node reads.
run_fuzzers() {
  local names name running=0 passed=0 failed=0
  mapfile -t names < <(find apps features platform -name '*_fuzz.cpp' -printf '%f\n' | sort)
  for name in "${names[@]%.cpp}" ''; do
    while ((running >= 2 || (running > 0 && ${#name} == 0))); do
      if wait -n; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
      running=$((running - 1))
    done
    [[ -n $name ]] || break
    run_fuzzer "$name" &
    running=$((running + 1))
  done
  printf '# pass %d\n# fail %d\n' "$passed" "$failed" >"$1"
  ((failed == 0))
}
