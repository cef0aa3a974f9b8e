# Whoever reads the README finds every conversation there is, by what it is for.
set -u
status=0
rehearse list --shipped-only --format jsonl | sed 's/.*"title":"\([^"]*\)".*"name":"\([^"]*\)".*/\2, *\1*/' >"$HOME/named"
[ "$(wc -l <"$HOME/named")" -ge 18 ] || { echo "no list of scenarios"; exit 1; }
while read -r line; do
	grep -qF "$line" "$TOP/README.md" || { echo "README.md does not name $line"; status=1; }
done <"$HOME/named"
exit $status
