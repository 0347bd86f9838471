#!/usr/bin/env bash
# Builds components of the sources beside this script, one for each NAME that is given: hello, cat, ls (commands in C), greeter (a library in JavaScript).
#
#   samples/command/build.sh OUTPUT NAME…      OUTPUT: the folder for NAME.wasm
#
# C needs clang and wasm-ld with the wasm32 target (CLANG names another clang), and wasi-libc (SYSROOT: its place; on Debian the package wasi-libc with /usr).
# jco is taken from the variable JCO or from npx. JavaScript needs node, and the folder of componentize-js in the variable COMPONENTIZE_JS.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
output=$(realpath -m "$1")
shift
clang=${CLANG:-clang}
read -ra jco <<<"${JCO:-npx --yes @bytecodealliance/jco}"
mkdir -p "$output"

for name in "$@"; do
    if [ -e "$here/$name.js" ]; then
        node --input-type=module -e '
            const [library, source, world, name, output] = process.argv.slice(1);
            const { componentize } = await import(library + "/src/componentize.js");
            const { readFile, writeFile } = await import("node:fs/promises");
            const { component } = await componentize(await readFile(source, "utf8"),
                { witWorld: await readFile(world, "utf8"), worldName: name, disableFeatures: ["http", "fetch-event"] });
            await writeFile(output, component);
        ' "$(realpath "${COMPONENTIZE_JS:?}")" "$here/$name.js" "$here/$name.wit" "$name" "$output/$name.wasm"
    else
        "$clang" --target=wasm32-wasi --sysroot="${SYSROOT:-/usr}" -isystem "${SYSROOT:-/usr}/include/wasm32-wasi" -O2 -Wall -Wextra -Werror \
            "$here/$name.c" -o "$output/$name.core.wasm"
        "${jco[@]}" new --wasi-command "$output/$name.core.wasm" -o "$output/$name.wasm"
        rm "$output/$name.core.wasm"
    fi
done
