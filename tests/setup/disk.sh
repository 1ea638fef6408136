# A full disk: seen before, and met on the way.
small_cache() { # SIZE COMMAND…: with the cache on a disk of this size, filled with what is in cache/
  # shellcheck disable=SC2016
  "${apart[@]}" --mount sh -c '
    cp -a "$1/cache" "$1/kept" && mount -t tmpfs -o size="$2" none "$1/cache" &&
    cp -a "$1/kept/." "$1/cache/" && shift 2 && exec "$@"' small_cache "$desk" "$@"
}

if ! "${apart[@]}" --mount true 2>/dev/null; then
  echo "   full disk: not tried, this container lets nobody mount a small one"
  return
fi

lay_out
expect "small disk" 1 'only [0-9]+ MB are free in .*, 3000 MB are needed: free some or set LEUKOLENS_CACHE' \
  small_cache 16m "${setup[@]}"

lay_out
pretend_built
mkdir -p "$desk/cache/$(basename "$EMSCRIPTEN")"
copy_source xnnpack
expect "disk full on the way" 1 'the disk .*is full; free about 3 GB .*and run the command again$' \
  small_cache 12m "${setup[@]}"
