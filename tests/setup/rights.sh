# Neither root nor sudo, and a cache of somebody else.
nobody=()
[ "$(id -u)" != 0 ] || nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)

packages_are ''
mkdir "$desk/programs"
ln -s /usr/bin/* "$desk/programs/"
rm -f "$desk/programs/sudo" "$desk/first/sudo" "$desk/cache/$(basename "$EMSCRIPTEN")"
mkdir -p "$desk/cache/$(basename "$EMSCRIPTEN")"
chmod -R a+rwX "$desk/tree" "$desk/cache"
expect "neither root nor sudo" 1 'this is neither root nor is sudo there; run as root: apt-get install g\+\+ cmake ' \
  "${nobody[@]}" env DPKG_ADMINDIR="$desk/dpkg" LEUKOLENS_CACHE="$desk/cache" PATH="$desk/first:$desk/programs" \
  "$desk/tree/tools/setup" run

lay_out
chmod a-w "$desk/cache"
expect "cache of somebody else" 1 "can't write to .*/cache/inner; set LEUKOLENS_CACHE to a folder of yours" \
  "${nobody[@]}" env LEUKOLENS_CACHE="$desk/cache/inner" "$desk/tree/tools/setup" run
chmod u+w "$desk/cache"
