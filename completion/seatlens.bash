# Completion of seatlens for Bash, 3.2 of macOS included. In ~/.bashrc: eval "$(seatlens completion bash)"

_seatlens() {
  local word=${COMP_WORDS[1]} part=${COMP_WORDS[1]} i line
  local -a before=() lines=()
  # Bash splits words at = and :. Put them together again.
  for ((i = 2; i <= COMP_CWORD; i++)); do
    part=${COMP_WORDS[i]}
    if [[ $part =~ ^[=:]+$ || (${COMP_WORDS[i - 1]} =~ ^[=:]+$ && $i -gt 2) ]]; then
      word+=$part
    else
      before+=("$word")
      word=$part
    fi
  done
  # Of the word, Bash replaces what is behind the last = or :.
  [[ $part =~ ^[=:]+$ ]] && part=
  local kept=${word%"$part"} quote=
  [[ $part == [\"\']* ]] && quote=${part:0:1} part=${part:1}
  [[ -z $quote ]] && part=${part//\\/}
  word=$kept$part

  COMPREPLY=()
  while IFS= read -r line; do lines+=("$line"); done < <(
    command seatlens __complete "--word=$word" ${before[@]+"${before[@]//[\\\"\']/}"} 2> /dev/null < /dev/null
  )
  for line in ${lines[@]+"${lines[@]:1}"}; do
    line=${line%%$'\t'*}
    [[ $line == "$word"* ]] || continue
    line=${line#"$kept"}
    [[ -n $quote ]] || printf -v line %q "$line"
    COMPREPLY+=("$line")
  done
  case ${lines[0]-} in
    files) compopt -o bashdefault -o default 2> /dev/null || COMPREPLY+=($(compgen -f -- "$part")) ;;
    folders) compopt -o dirnames -o filenames 2> /dev/null || COMPREPLY+=($(compgen -d -- "$part")) ;;
  esac
}

complete -F _seatlens seatlens
