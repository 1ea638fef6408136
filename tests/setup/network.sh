# No network: apt and npm meet it in their own ways.
again='no answer from the network; check the connection .* and run the command again$'

lay_out
pretend_built
expect "no network, Debian sources" 1 "failed: $again" "${apart[@]}" --net "${setup[@]}"

lay_out
pretend_built
pretend_unpacked
expect "no network, npm packages" 1 "^leukolens: npm-ci failed: $again" "${apart[@]}" --net "${setup[@]}"
