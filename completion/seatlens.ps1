# Completion of seatlens for PowerShell. In $PROFILE: seatlens completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName seatlens -ScriptBlock {
    param($word, $ast, $cursor)
    $before = @($ast.CommandElements |
        Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursor } |
        ForEach-Object { if ($null -ne $_.Value) { [string]$_.Value } else { $_.Extent.Text } })
    $typed = $word.Trim('"', "'")
    $lines = @(& seatlens __complete "--word=$typed" @before 2> $null)
    $option = if ($typed -match '^--[^=]*=') { $Matches[0] } else { '' }
    $quoted = { param($text) if ($text -match '[^\w./\\:=@-]') { "'" + $text.Replace("'", "''") + "'" } else { $text } }
    if ($lines.Count -gt 0 -and $lines[0] -ne 'words') {
        $only = @{ Directory = $lines[0] -eq 'folders' }
        $path = $typed.Substring($option.Length)
        $folder = Split-Path -Path "${path}x"
        Get-ChildItem -Path "$path*" @only -ErrorAction SilentlyContinue | ForEach-Object {
            $name = if ($folder) { Join-Path $folder $_.Name } else { $_.Name }
            [System.Management.Automation.CompletionResult]::new((& $quoted "$option$name"), $_.Name, 'ProviderItem', $_.FullName)
        }
    }
    $lines | Select-Object -Skip 1 | ForEach-Object {
        $value, $meaning = $_ -split "`t", 2
        if ($value.StartsWith($typed, [System.StringComparison]::OrdinalIgnoreCase)) {
            if (-not $meaning) { $meaning = $value }
            [System.Management.Automation.CompletionResult]::new((& $quoted $value), $value, 'ParameterValue', $meaning)
        }
    }
}
