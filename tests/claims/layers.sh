# A file includes only from its own layer or below, and each library has one home.
rank() {
	case $1 in
	base) echo 0 ;; load) echo 1 ;; engine) echo 2 ;; edge) echo 3 ;; llm) echo 1 ;; cmd | repl* | main*) echo 4 ;; *) echo 9 ;;
	esac
}
status=0
for file in src/*/*.[ch] src/*.[ch]; do
	[ -e "$file" ] || continue
	layer=${file#src/}
	mine=$(rank "${layer%%/*}")
	if [ "$mine" = 9 ]; then echo "$file: in no layer"; status=1; fi
	for header in $(sed -n 's/^#include "\([^"]*\)".*/\1/p' "$file"); do
		theirs=$(rank "${header%%/*}")
		if [ "$theirs" -gt "$mine" ]; then
			echo "$file: includes $header from a higher layer"
			status=1
		fi
	done
done
home() { # header files that may include it
	grep -lE "^#include <$1" src/*.[ch] src/*/*.[ch] | grep -vE "$2" && status=1
}
home pcre2 '^src/load/regex'
home readline '^src/edge/term'
home cjson '^src/base/json'
home utf8proc '^src/(base/utf8|load/fold)'
home libstemmer '^src/base/stem'
home sqlite3 '^src/edge/store\.c'
home pthread '^src/edge/simulating\.c'
home dlfcn '^src/edge/spelling\.c'
home curl '^src/llm/client'
home gettext-po '^src/edge/po'
# L0 to L2 touch no file, clock, environment or terminal; only mem.c may write to stderr.
grep -nE '\b(fopen|open|getenv|time|clock_gettime|isatty|printf|puts|fprintf|rand|getline)\(' \
	src/base/*.c src/load/*.c src/engine/*.c | grep -v '^src/base/mem.c' && status=1
# Only main.c exits.
grep -nE '\b_?exit\(' src/*/*.c src/[!m]*.c && status=1
exit $status
