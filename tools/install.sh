# Sourced by the scripts that people start: makes sure that the packages a script needs are there.
#
#   need COMMAND-OR-FILE PACKAGE...   asks for packages, unless the command or the file is there; each
#                                     is written like a dependency: 'NAME (>= VERSION) | OTHER-NAME'
#   install_needed                    installs what was asked for, or says what to install

needed=

need() {
  case $1 in
    /*) [ -e "$1" ] && return ;;
    *) command -v "$1" >/dev/null && return ;;
  esac
  shift
  for package; do needed="$needed${needed:+, }$package"; done
}

# Reads what apt-get tells other programs, and prints each tenth of the way. Fails if apt-get did.
show_progress() {
  shown=
  while IFS=: read -r kind _ percent _; do
    case $kind,$percent in
      failed,*) return 1 ;;
      dlstatus,[0-9]*.*) now="  ${percent%[0-9].*}0 % downloaded" ;;
      pmstatus,[0-9]*.*) now="  ${percent%[0-9].*}0 % installed" ;;
      *) continue ;;
    esac
    [ "$now" = "$shown" ] || echo "$now"
    shown=$now
  done
}

install_needed() {
  [ -n "$needed" ] || return 0
  if [ "$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi
  if ! command -v apt-get >/dev/null || ! command -v ${as_root:-true} >/dev/null; then
    echo "Please install these packages (named as in Debian) and start again: $needed" >&2
    exit 1
  fi
  # env, because sudo hands no variables on; another program that installs is waited for.
  apt="env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -o DPkg::Lock::Timeout=120"
  install="$apt satisfy --no-install-recommends"
  echo "Installing: $needed"
  $as_root $apt update -qq
  $as_root $install --assume-no "$needed" 2>/dev/null |
    grep -E 'newly installed|^Need to get|^After this' || :
  # What it installs can't write to the file that it reports progress to, so that is not standard output.
  { $as_root sh -c 'exec "$@" 3>&1 >/dev/null' sh $install --yes -o APT::Status-Fd=3 "$needed" ||
      echo failed; } | show_progress
  needed=
}
