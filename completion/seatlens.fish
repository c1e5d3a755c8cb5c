# Completion of seatlens for fish. In ~/.config/fish/config.fish: seatlens completion fish | source
# Or as ~/.config/fish/completions/seatlens.fish

function __seatlens_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    # As it is read, unless a quote is still open.
    set -l plain (string unescape -- $word); and set word $plain
    set -l lines (command seatlens __complete "--word=$word" $words[2..-1] 2>/dev/null </dev/null)
    set -l option (string match -r -- '^--[^=]*=' "$word")
    set -l path (string replace -r -- '^--[^=]*=' '' "$word")
    switch "$lines[1]"
        case files
            printf '%s\n' "$option"(__fish_complete_path "$path")
        case folders
            printf '%s\n' "$option"(__fish_complete_directories "$path" '')
    end
    printf '%s\n' $lines[2..-1]
end

complete -c seatlens -f -a '(__seatlens_complete)'
