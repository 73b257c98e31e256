# Sourced by the scripts that people start: makes sure that the packages a script needs are there.
#
#   need COMMAND-OR-FILE PACKAGE...   asks for packages, unless the command or the file is there
#   install_needed                    installs what was asked for, or says what to install

needed=

need() {
  case $1 in
    /*) [ -e "$1" ] && return ;;
    *) command -v "$1" >/dev/null && return ;;
  esac
  shift
  needed="$needed $*"
}

install_needed() {
  [ -n "$needed" ] || return 0
  if [ "$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi
  if ! command -v apt-get >/dev/null || ! command -v ${as_root:-true} >/dev/null; then
    echo "Please install these packages (named as in Debian) and start again:$needed" >&2
    exit 1
  fi
  echo "Installing:$needed"
  $as_root apt-get update -qq
  # env, because sudo hands no variables on.
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $needed >/dev/null
  needed=
}
