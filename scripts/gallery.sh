#!/usr/bin/env bash
# Takes pictures of all components, light and dark, 360 and 1280 wide: scripts/gallery.sh [FOLDER]
# Needs chromium and python3 with playwright (see scripts of the browser tests).
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-.build/gallery}
python=${PYTHON:-python3}
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -rf "$out/aset"; cp -r Sources/Web/public "$out/aset"
swift build --build-tests
SIGAP_GALLERY=$out swift test --skip-build --filter GalleryOutput
"$python" scripts/gallery.py "$out"
