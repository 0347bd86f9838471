#!/usr/bin/env bash
# Makes the API reference of what the Release build has made, in artifacts/api/site. The tool comes from a registry: without one, this says so and ends well.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! dotnet tool restore >/dev/null 2>&1; then
  echo "the API reference was not built: docfx cannot be restored (no network, or no registry of packages)"
  exit 0
fi
rm -rf artifacts/api
dotnet docfx docs/api/docfx.json --warningsAsErrors false --logLevel warning
[ -s artifacts/api/site/api/Fact.ComponentCompiler.html ] || { echo "the API reference has no page of ComponentCompiler"; exit 1; }
echo "artifacts/api/site/index.html"
