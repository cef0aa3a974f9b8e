# Every example in the format pages passes `check` as it stands on the page.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/stock"
for page in man/*.5; do
	# An example begins at a comment `.\" example NAME`; the page's escapes are undone.
	awk -v dir="$work" '
		/^\.\\" example / { file = dir "/" $3; next }
		/^\.Bd / && file { on = 1; next }
		/^\.Ed/ { on = 0; file = ""; next }
		on { gsub(/\\\(bu/, "·"); gsub(/\\e/, "\\"); print > file }' "$page"
done
count=$(find "$work" -type f | wc -l)
if [ "$count" -lt 6 ]; then
	echo "only $count examples found"
	exit 1
fi
status=0
for example in "$work"/*.rules "$work"/*.scenario "$work"/*.deck "$work"/*.mentor "$work"/stock/*; do
	if ! rehearse check "$example" >"$work/out" 2>&1; then
		cat "$work/out"
		status=1
	fi
	if grep -q "warning:" "$work/out"; then
		cat "$work/out"
		status=1
	fi
done
exit $status
