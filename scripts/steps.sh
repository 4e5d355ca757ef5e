# Sourced by the other scripts: strict mode, the root of the checkout, and steps that tell how long they took.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PATH:/opt/swift/usr/bin"

# step NAME COMMAND…: runs the command; a failure ends the script with its exit code and says which step it was.
step() {
  local name=$1 began=$SECONDS code=0
  shift
  echo "── $name"
  "$@" || code=$?
  if [ $code -ne 0 ]; then
    echo "── $name: failed (exit $code) after $((SECONDS - began)) s"
    exit $code
  fi
  echo "── $name: $((SECONDS - began)) s"
}

# last_step NAME COMMAND…: as step, but what the command prints last stays last.
last_step() {
  echo "── $1"
  shift
  "$@"
}
