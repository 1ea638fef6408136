# Another checksum than is pinned: in the cache, from the mirror, from the npm registry.
lay_out
pretend_built
copy_source fxdiv
copy_source pthreadpool
copy_source xnnpack
printf x >>"$desk/cache/downloads/source-xnnpack-$(pin xnnpack 3)"/*
expect "damaged cache, no network" 1 'no answer from the network; .* run the command again$' \
  "${offline[@]}" "${setup[@]}"
grep -q 'xnnpack in the cache has another checksum' "$desk/said" || {
  echo "tests/setup: the damaged file in the cache was not named"
  FAILURES=$((FAILURES + 1))
}

lay_out
pretend_built
tool apt-get 'case "$*" in *source*) echo tampered >xnnpack.orig.tar.xz ;; *targets*) echo Debian http://localhost/debian ;; esac'
expect "wrong checksum, Debian source" 1 \
  'xnnpack .* came with another checksum than tools/pins says; run the command again, .* don.t use the file' "${setup[@]}"

lay_out
pretend_built
pretend_unpacked
tampered_npm
expect "wrong checksum, npm package" 1 \
  'npm-ci failed: a file came with another checksum than is pinned; run the command again' "${setup[@]}"
