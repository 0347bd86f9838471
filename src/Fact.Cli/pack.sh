#!/usr/bin/env bash
# The tool as packages: one for each platform, and the small one that chooses among them, which is the one to install.
# Usage: pack.sh OUT [PLATFORM…]   with platforms, only what is for these: linux-x64, any …, or choice, the small one
set -euo pipefail
out=$(realpath -m "$1")
shift
cd "$(dirname "$0")"
all=(linux-x64 linux-arm64 linux-musl-x64 linux-musl-arm64 osx-x64 osx-arm64 win-x64 win-arm64 any choice)
[ $# -gt 0 ] && platforms=("$@") || platforms=("${all[@]}")

pack() { dotnet pack -c Release -p:ForPlatforms=true --nologo -v quiet -o "$out" "$@"; }

# What the projects need for whatever platform.
dotnet restore -p:ForPlatforms=true -v quiet

for platform in "${platforms[@]}"; do
  if [ "$platform" = choice ]; then
    pack
  elif [ "$platform" = any ]; then
    pack -r any -p:WithoutRuntimePacks=true
  elif dotnet restore -p:ForPlatforms=true -r "$platform" -v quiet >/dev/null; then
    pack -r "$platform"
  else
    echo "$platform: its runtime's packages cannot be had here, so its code is not compiled: the tool is the same, and starts slower"
    pack -r "$platform" -p:WithoutRuntimePacks=true
  fi
done
for package in "$out"/Fact.Cli*.nupkg; do
  # Names in an archive are as they are.
  engine=$(grep -aoE '(lib)?wasmtime\.(so|dylib|dll)' "$package" | sort -u | tr '\n' ' ' || true)
  echo "$(du -k "$package" | cut -f1) KiB $(basename "$package"): ${engine:-no engine}"
done
