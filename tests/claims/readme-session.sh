# The session in the README is what the program says to those words.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk '/^<!-- session/ { on = 1; next } on && /^```/ { if (++fence == 2) exit; next } on' README.md >"$work/shown"
sed -n 's/^  you> \{0,1\}//p' "$work/shown" >"$work/typed"
[ "$(wc -l <"$work/typed")" -ge 6 ] || { echo "no session found in README.md"; exit 1; }
# What only a terminal shows is left out on both sides: the list, the prompt, the offer to try again.
sed -e '1,/Which one/d' -e '/^  you>/d' -e '/^  TRY IT/,$d' -e '/\/help for help/d' "$work/shown" >"$work/expected"
rehearse play same-three-hands --seed 1 <"$work/typed" | sed -e '/^  TRY IT/,$d' >"$work/given"
diff -u "$work/expected" "$work/given"
