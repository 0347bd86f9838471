#!/usr/bin/env bash
# Builds shop.wasm, one component made of two guests in C, from the sources beside this script.
#
#   samples/real/build.sh [OUTPUT]      OUTPUT: samples/real/shop.wasm unless given
#
# Needs clang and wasm-ld with the wasm32 target (CLANG names another clang), and jco, which is taken from the
# variable JCO or from npx. README.md has the versions that give the committed bytes.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
output=$(realpath -m "${1:-$here/shop.wasm}")
clang=${CLANG:-clang}
read -ra jco <<<"${JCO:-npx --yes @bytecodealliance/jco@1.34.0}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# build NAME WIT [OPTION…]: from guest/NAME.c to the text of the component, in NAME.wat. WIT has the world NAME.
build() {
    local name=$1 wit=$2
    shift 2
    "$clang" --target=wasm32 -std=c11 -Os -mbulk-memory -ffreestanding -nostdlib -Wall -Wextra -Werror \
        -Wl,--no-entry -Wl,--strip-all -Wl,--stack-first -Wl,-z,stack-size=16384 \
        "$here/guest/$name.c" "$here/guest/memory.c" -o "$name.core.wasm"
    "${jco[@]}" embed "$name.core.wasm" --wit "$here/wit/$wit" --world-name "$name" "$@" -o "$name.typed.wasm"
    "${jco[@]}" new "$name.typed.wasm" -o "$name.wasm"
    # Which tools made it, and their versions, is of no use in a sample.
    "${jco[@]}" print "$name.wasm" | sed -e '/^ *(@producers$/,/^ *)$/d' -e "1s/^(component\$/(component \$$name/" >"$name.wat"
}

build warehouse deps/warehouse.wit
build shop . --string-encoding utf16

# The composition: what the shop imports is what the warehouse exports. The warehouse is exported too, since the
# types of the shop's functions are its types.
{
    echo '(component'
    cat warehouse.wat shop.wat
    cat <<'END'
  (instance $the-warehouse (instantiate $warehouse))
  (alias export $the-warehouse "sample:warehouse/stock@0.1.0" (instance $its-stock))
  (export $stock "sample:warehouse/stock@0.1.0" (instance $its-stock))
  (instance $the-shop (instantiate $shop (with "sample:warehouse/stock@0.1.0" (instance $stock))))
  (alias export $the-shop "sample:shop/checkout" (instance $checkout))
  (export "sample:shop/checkout" (instance $checkout))
)
END
} >composed.wat
"${jco[@]}" parse composed.wat -o composed.wasm
cp composed.wasm "$output"
