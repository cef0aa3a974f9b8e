# The session in the README is what the program says to those words: an attempt, back to the turn that mattered, and
# both beside each other.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk '/^<!-- session/ { on = 1; next } on && /^```/ { if (++fence == 2) exit; next } on' README.md >"$work/shown"
# What is typed stands behind a prompt; a prompt within columns is shown. Enter after the debrief goes to the turn it names.
awk '
	/Enter to go back to turn/ { turn = $0; sub(/.*to turn /, "", turn); sub(/ .*/, "", turn) }
	/│/ { next }
	/^  you>/ { sub(/^  you> ?/, ""); print }
	/^  > *$/ { print "/rewind " turn; next }
	/^  >/ { sub(/^  > /, ""); print $0 == "q" ? "/quit" : $0 }' "$work/shown" >"$work/typed"
[ "$(wc -l <"$work/typed")" -ge 9 ] || { echo "no session found in README.md"; exit 1; }
grep -q '^/rewind [0-9]' "$work/typed" && grep -q '^/compare' "$work/typed" ||
	{ echo "the session shows no second attempt"; exit 1; }
# The list above it is the list.
sed -n '/^  Level/,/^  Enter for/p' "$work/shown" | sed '$d' >"$work/expected"
rehearse list --shipped-only | sed '/^  New here/d' >"$work/given"
diff -u "$work/expected" "$work/given" || exit 1
# What only a terminal shows is left out on both sides: the list, the prompts, the offer to try again.
sed -e '1,/Which one/d' -e '/│/!{/^  you>/d;}' -e '/^  >/d' -e '/^  TRY IT/d' -e '/\/help for help/d' "$work/shown" >"$work/expected"
rehearse play same-three-hands --seed 1 <"$work/typed" | sed -e '/^  TRY IT/d' >"$work/given"
diff -u "$work/expected" "$work/given"
