# A port that is taken: said by tools/run before it builds, and by the server if it is too late for that.
is_taken() { (: <>"/dev/tcp/localhost/$1") 2>/dev/null; }
port=$((20000 + RANDOM))
while is_taken $port; do port=$((port + 1)); done

lay_out
mkdir "$desk/site"
printf '<meta http-equiv="Content-Security-Policy" content="default-src %s">\n' "'none'" >"$desk/site/index.html"
serve=(node "$ROOT/tools/serve.mjs" --port $port "$desk/site")
taken="^leukolens: port $port is taken; end what runs there, or use --port with another number$"
beside() { # COMMAND…: while the server runs
  local status=0
  "${serve[@]}" >/dev/null &
  for _ in {1..100}; do
    if is_taken $port; then break; fi
    sleep 0.1
  done
  "$@" || status=$?
  kill %%
  wait || true
  return $status
}
expect "port taken, tools/run" 1 "$taken" beside "${sandbox[@]}" "$desk/tree/tools/run" --port $port
expect "port taken, server" 1 "$taken" beside "${serve[@]}"
expect "Ctrl-C ends the server" 0 "^LeukoLens is at http://localhost:$port \\(Ctrl-C ends it\\)$" \
  ctrl_c "is_taken $port" "${serve[@]}"
