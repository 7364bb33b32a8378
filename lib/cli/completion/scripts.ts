import type { Shell } from './answer.ts';

/**
 * What a shell is taught. It knows nothing of the commands: at each Tab it asks the command that was typed, so that it is right for whichever
 * version that is. What cannot be answered proposes nothing.
 */
export const scripts: Readonly<Record<Shell, string>> = {
  // Of Bash 3.2, too, which macOS has: without mapfile and compopt.
  bash: String.raw`# Completion of steadfast in Bash. For this session: source <(steadfast completion bash)
_steadfast() {
  local kind prefix typed line
  COMPREPLY=()
  {
    IFS= read -r kind
    IFS= read -r prefix
    IFS= read -r typed
    while IFS= read -r line; do COMPREPLY+=("$line"); done
  } < <("${'$'}{1/#\~/$HOME}" complete --shell bash --breaks "$COMP_WORDBREAKS" -- "${'$'}{COMP_LINE:0:COMP_POINT}" 2>/dev/null)
  case $kind in
    files) kind=-f ;;
    folders) kind=-d ;;
    *) return ;;
  esac
  compopt -o filenames 2>/dev/null
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$kind" -- "$typed")
}
complete -o nosort -F _steadfast steadfast 2>/dev/null || complete -F _steadfast steadfast
`,
  zsh: String.raw`#compdef steadfast
# Completion of steadfast in Zsh. For this session: source <(steadfast completion zsh)
_steadfast() {
  local -a lines pairs
  local line
  lines=("${'$'}{(@f)$("${'$'}{${'$'}{(Q)words[1]}/#\~/$HOME}" complete --shell zsh -- "${'$'}{(@Q)words[2,CURRENT-1]}" "${'$'}{(Q)PREFIX}" 2>/dev/null)}")
  for line in "${'$'}{(@)lines[4,-1]}"; do
    [[ $line == *$'\t'* ]] || line+=$'\t'
    pairs+=("${'$'}{${'$'}{line%%$'\t'*}//:/\\:}:${'$'}{line#*$'\t'}")
  done
  (( $#pairs )) && _describe -V -t steadfast steadfast pairs
  case $lines[1] in
    files | folders)
      [[ -n $lines[2] ]] && compset -P '*='
      if [[ $lines[1] == folders ]]; then _files -/; else _files; fi
      ;;
  esac
}
if [[ $funcstack[1] == _steadfast ]]; then
  _steadfast "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _steadfast steadfast
fi
`,
  fish: String.raw`# Completion of steadfast in fish. For this session: steadfast completion fish | source
function __steadfast_complete
    set -l words (commandline -opc)
    set -l called (string replace -r '^~' $HOME -- $words[1])
    set -e words[1]
    set -l token (commandline -ct)
    set -l typed (string unescape -- "$token" 2>/dev/null)
    or set typed (string replace -r '^["\']' '' -- "$token")
    set -l lines ($called complete --shell fish -- $words "$typed" 2>/dev/null)
    test (count $lines) -gt 3; and printf '%s\n' $lines[4..]
    set -l paths
    switch "$lines[1]"
        case files
            set paths (__fish_complete_path "$lines[3]")
        case folders
            set paths (__fish_complete_directories "$lines[3]" '')
    end
    for path in $paths
        echo "$lines[2]$path"
    end
end
complete -c steadfast -k -f -a '(__steadfast_complete)'
`,
};
