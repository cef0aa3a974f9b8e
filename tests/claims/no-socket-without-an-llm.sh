# The program links nothing that knows the network, and with the LLM off opens no socket, nor do those it starts.
status=0
if ldd "$REHEARSE" | grep -E 'curl|ssl|crypto|nghttp|ssh|ldap|krb5|gssapi|idn|psl|rtmp|resolv|libnss'; then
	echo "rehearse links the network"
	status=1
fi
# So that the line above is no claim about nothing.
ldd "$REHEARSE-llm" | grep -q curl || { echo "rehearse-llm does not link libcurl?"; status=1; }
# Nor could it open one by itself: of all the calls for that, it knows none.
if command -v nm >/dev/null; then
	if nm -D --undefined-only "$REHEARSE" | grep -wE 'socket|socketpair|connect|sendto|sendmsg|getaddrinfo|gethostbyname' |
		grep -v asan; then
		echo "rehearse calls the network"
		status=1
	fi
fi
if ! command -v strace >/dev/null || ! strace -qq -e trace=none true 2>/dev/null; then
	echo "skipped: no socket is opened, as strace would see (strace is not there, or may not look)"
	[ $status -eq 0 ] || exit 1
	exit 0
fi
folder=$(mktemp -d) || exit 3
trap 'rm -rf "$folder"' EXIT
# An address is set, and nothing but --llm turns it on.
export REHEARSE_LLM_URL=http://127.0.0.1:9 REHEARSE_LLM_KEY=sk-test XDG_CONFIG_HOME="$folder"
# LeakSanitizer cannot work under strace.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
quiet() { # command: no call for the network
	strace -f -qq -e trace=network -e signal=none -o "$folder/calls" "$@" >"$folder/out" 2>&1 <"$folder/in"
	if [ -s "$folder/calls" ]; then
		echo "the network was called for by: $*"
		head -n 5 "$folder/calls"
		status=1
	fi
}
printf 'hello sam\nhow did it feel?\n\n' >"$folder/in"
quiet "$REHEARSE" play same-three-hands
grep -q . "$folder/out" || { echo "nothing was played"; status=1; }
quiet "$REHEARSE" sessions
quiet "$REHEARSE" export
quiet "$REHEARSE" doctor
quiet "$REHEARSE" list
quiet "$REHEARSE" review "$TOP/README.md"
# And strace does see one.
: >"$folder/calls"
strace -f -qq -e trace=network -o "$folder/calls" "$REHEARSE" doctor --consent 127.0.0.1:9 >/dev/null 2>&1 </dev/null
grep -q 'socket(' "$folder/calls" || { echo "strace sees no socket even with an LLM"; status=1; }
exit $status
