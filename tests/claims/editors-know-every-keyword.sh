#!/bin/sh
# The highlighting for Vim and VS Code knows every keyword of every file there is.
cd "$TOP" || exit 1
status=0
for word in $(sed -n 's/^        {"\([a-z]*\)", .*/\1/p' src/load/*_words.c src/load/deck*.c 2>/dev/null | sort -u); do
	for file in editors/vim/syntax/rehearse.vim editors/vscode/syntaxes/rehearse.tmLanguage.json; do
		grep -Eq "[(|^]$word[|)\\\\]" "$file" || { echo "$file does not know ‘$word’"; status=1; }
	done
done
exit $status
