# No network: apt and npm meet it in their own ways.
again='no answer from the network; check the connection .* and run the command again$'

lay_out
pretend_built
expect "no network, Debian sources" 1 "failed: $again" "${offline[@]}" "${setup[@]}"

lay_out
pretend_built
pretend_unpacked
expect "no network, npm packages" 1 "^leukolens: npm-ci failed: $again" "${offline[@]}" "${setup[@]}"

lay_out
pretend_built
pretend_unpacked
tampered_npm
mkdir "$desk/tls"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
  -keyout "$desk/tls/key.pem" -out "$desk/tls/cert.pem" 2>/dev/null
expect "certificate of somebody else" 1 \
  "npm-ci failed: the network shows a certificate that isn't trusted here; .* run the command again" \
  env REGISTRY_TLS="$desk/tls" "${setup[@]}"
