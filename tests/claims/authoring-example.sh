# What AUTHORING.md shows stands in its example as it is shown there; the example is sound; each command exists.
cd "$TOP" || exit 1
status=0
rehearse check doc/examples/slow-start.scenario >/dev/null || status=1
rehearse check doc/examples/slow-start.scenario | grep -q ' 0 errors, 0 warnings' || {
	echo 'the example has warnings'
	status=1
}
awk '/^```sh$/ {skip = 1} /^```$/ {if (skip) skip = 0; else block = !block; next} block && !skip' doc/AUTHORING.md |
	while IFS= read -r line; do
		# A pattern may be shown shortened.
		case $line in topic*) line=${line%%|*} ;; esac
		grep -qF -- "$line" doc/examples/slow-start.scenario || echo "not in the example: $line"
	done >"${TMPDIR:-/tmp}/authoring.$$"
[ -s "${TMPDIR:-/tmp}/authoring.$$" ] && cat "${TMPDIR:-/tmp}/authoring.$$" && status=1
rm -f "${TMPDIR:-/tmp}/authoring.$$"
for command in $(sed -n 's/.*rehearse \([a-z][a-z]*\) .*/\1/p' doc/AUTHORING.md | sort -u); do
	rehearse "$command" --help >/dev/null 2>&1 || { echo "no command $command"; status=1; }
done
exit $status
