# Completion of turnout-inspect for bash: commands, options, names of fields, and files.

# The command among the words before the one that is completed.
_turnout_inspect_command() {
  local word
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      request | response | exchange | field | relay | chain | connect | listen) echo "$word" && return ;;
    esac
  done
}

_turnout_inspect() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} choices=
  local command options='--json --paste --color --help --version'
  command=$(_turnout_inspect_command)
  case $command in
    field) options+=' --key' ;;
    relay) options+=' --allow' ;;
    chain) options+=' --request --list' ;;
    connect) options+=' --subprotocol --origin --header --insecure' ;;
    listen) options+=' --to --once' ;;
  esac
  # To bash, an equals sign is a word of its own.
  [[ $word = '=' ]] && word=
  [[ $before = '=' ]] && before=${COMP_WORDS[COMP_CWORD - 2]}

  if [[ $before = --color ]]; then
    choices='auto always never'
  elif [[ $before = --allow ]]; then
    choices='websocket h2c connect-udp connect-ip connect-tcp tcp TLS/1.2 TLS/1.3 SPDY/3.1'
  elif [[ $before = @(--key|--subprotocol|--origin|--header|-H|--to) ]]; then
    choices=
  elif [[ $word = -* ]]; then
    choices=$options
  elif [[ $before = listen ]]; then
    choices=
  elif [[ $before = field ]]; then
    choices='upgrade connection sec-websocket-protocol sec-websocket-version
      sec-websocket-extensions sec-websocket-key sec-websocket-accept alpn http2-settings
      capsule-protocol'
  elif [[ -z $command ]]; then
    choices='request response exchange field relay chain connect listen'
  elif [[ $command = chain && $before != --request ]]; then
    choices=$(turnout-inspect chain --list 2>/dev/null | cut -d ' ' -f 1)
  elif [[ $command = connect ]]; then
    choices='ws:// wss://'
  else
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    return
  fi
  mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word")
}

complete -F _turnout_inspect turnout-inspect
