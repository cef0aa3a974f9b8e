# rehearse-scenario(5) lists every move and act of the shipped packs, and none that is not there.
# UPDATE=1 writes the list.
set -u
page=man/rehearse-scenario.5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for pack in rules/*.rules; do
	awk -v name="$(basename "$pack")" '
		function put(head, ids, count,   i, line) {
			if (!count)
				return
			if (head)
				print head
			line = ".Cm"
			for (i = 1; i <= count; i++) {
				if (length(line) + length(ids[i]) > 100) {
					print line
					line = ".Cm"
				}
				line = line " " ids[i] (i < count ? " ," : "")
			}
			print line
		}
		function keep() {
			if (id && quiet)
				acts[++act_count] = id
			else if (id)
				moves[++move_count] = id
			id = ""
		}
		/^[^ #]/ { keep() }
		/^move / { id = $2; quiet = 0 }
		/^  quiet *$/ { quiet = 1 }
		END {
			keep()
			if (move_count + act_count == 0)
				exit
			print ".It Pa " name
			put("", moves, move_count)
			put(move_count ? "and the acts" : "Acts:", acts, act_count)
		}' "$pack"
done >"$work/list"
if [ "${UPDATE:-}" = 1 ]; then
	awk -v list="$work/list" '
		/^\.\\" end of moves/ { skip = 0 }
		!skip
		/^\.\\" moves:/ { skip = 1; while ((getline line < list) > 0) print line }' "$page" >"$work/page"
	cp "$work/page" "$page"
fi
awk '/^\.\\" end of moves/ { on = 0 } on; /^\.\\" moves:/ { on = 1 }' "$page" >"$work/there"
if ! diff -u "$work/there" "$work/list"; then
	echo "write the list anew with UPDATE=1 tests/run claims/man-lists-moves"
	exit 1
fi
# Each can be named by a scenario.
grep '^\.Cm' "$work/list" | tr -d ',' | tr ' ' '\n' | grep '^[a-z]' >"$work/ids"
{
	printf 'temperament ids\n\n'
	while read -r id; do printf 'on %s when turn = %d\n  ECT: Hm.\n' "$id" 1; done <"$work/ids"
	printf 'otherwise\n  ECT: Hm.\n'
} >"$work/ids.temperament"
rehearse check "$work/ids.temperament"
