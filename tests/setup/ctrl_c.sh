# Ctrl-C: one sentence, however many commands it reaches, exit 130, and nothing left running.
ctrl_c() { # READY COMMAND…: when READY is true
  local ready=$1 job
  shift
  set -m
  # Where this runs behind another program, SIGINT may be ignored, which no shell can undo.
  env --default-signal=INT "$@" &
  job=$!
  set +m
  for _ in {1..100}; do
    if eval "$ready"; then break; fi
    sleep 0.1
  done
  kill -INT -- -$job
  local status=0
  wait $job || status=$?
  for _ in {1..20}; do
    kill -0 -- -$job 2>/dev/null || return $status
    sleep 0.1
  done
  echo "what Ctrl-C reached is still running"
  return 99
}

lay_out
pretend_built
# Like the programs that end themselves when told to.
tool apt-get "case \"\$*\" in *targets*) echo Debian http://localhost/debian; exit ;; esac
trap 'kill \$!; exit 1' INT
touch $desk/waiting
sleep 60 &
wait"
expect "Ctrl-C" 130 '^leukolens: stopped; what is done is kept, run the command again to go on$' \
  ctrl_c '[ -f "$desk/waiting" ]' "${sandbox[@]}" "$desk/tree/tools/run" --build-only
[ "$(grep -c '^leukolens:' "$desk/said")" = 1 ] || {
  echo "tests/setup: more than one sentence after Ctrl-C:"
  cat "$desk/said"
  FAILURES=$((FAILURES + 1))
}
