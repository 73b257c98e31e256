# Completion of turnout-probe for bash: commands, options, tags, and files.

# The command among the words before the one that is completed.
_turnout_probe_command() {
  local word
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      server | client | proxy) echo "$word" && return ;;
    esac
  done
}

_turnout_probe() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} choices=
  local command options='--list --only --cases --json --junit --seed --rate --parallel --patience
    --color --help --version'
  command=$(_turnout_probe_command)
  case $command in
    server) options+=' --header --insecure' ;;
    client) options+=' --listen' ;;
    proxy) options+=' --listen --to' ;;
  esac
  # To bash, an equals sign is a word of its own.
  [[ $word = '=' ]] && word=
  [[ $before = '=' ]] && before=${COMP_WORDS[COMP_CWORD - 2]}

  case $before in
    --color) choices='auto always never' ;;
    --only) choices='CONNECT content extensions grammar h2c hop-by-hop host interim list smuggling
      target version' ;;
    --seed | --rate | --parallel | --patience | --header | -H | --listen | --to) ;;
    --cases | --junit)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$word")
      return
      ;;
    *)
      if [[ $word = -* ]]; then
        choices=$options
      elif [[ -z $command ]]; then
        choices='server client proxy'
      elif [[ $command = server ]]; then
        choices='ws:// wss:// http:// https://'
      elif [[ $command = client ]]; then
        mapfile -t COMPREPLY < <(compgen -c -- "$word")
        return
      fi
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word")
}

complete -F _turnout_probe turnout-probe
