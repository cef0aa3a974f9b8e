# Rehearse: `make play` and `make test` do everything; see README.md.
#
# Sources are found, not listed: src/main.c is the program, the rest of src its library; tests/unit/*.c and
# tests/fuzz/*.c are a program each.

prefix ?= /usr/local
bindir ?= $(prefix)/bin
datadir ?= $(prefix)/share
libexecdir ?= $(prefix)/libexec
mandir ?= $(datadir)/man
DESTDIR ?=

CC = gcc
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
       -Wwrite-strings -Wvla -Wformat=2 -Wundef
BUILD ?= build
PROGRAM ?= rehearse
SECONDS ?= 300

# The one list of Debian packages: to build and run, to test, to check as .ci/run does.
PACKAGES_BUILD = gcc libc6-dev make libreadline-dev libpcre2-dev libcjson-dev libstemmer-dev libutf8proc-dev libsqlite3-dev libgettextpo-dev \
                 libcurl4-openssl-dev ca-certificates
PACKAGES_TEST = libcmocka-dev expect diffutils libhunspell-1.7-0 python3 openssl
PACKAGES_CHECK = strace clang libclang-rt-14-dev clang-format cppcheck mandoc git

ALL_CPPFLAGS = -Isrc -D_POSIX_C_SOURCE=200809L -DREHEARSE_DATADIR='"$(datadir)/rehearse"' \
               -DREHEARSE_LIBEXECDIR='"$(libexecdir)/rehearse"' $(CPPFLAGS)
ALL_CFLAGS = -std=c17 $(WARN) $(WERROR) $(CFLAGS)
LIBS = -lreadline -lpcre2-8 -lcjson -lstemmer -lutf8proc -lgettextpo -lsqlite3 -lm -pthread

# rehearse-llm alone knows the network, and libcurl.
LLM_SOURCES := src/llm/main.c src/llm/client.c
LLM_OBJECTS := $(LLM_SOURCES:%.c=$(BUILD)/%.o)
LIB_SOURCES := $(sort $(filter-out src/main.c $(LLM_SOURCES),$(wildcard src/*.c src/*/*.c)))
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o)
LIBRARY := $(BUILD)/librehearse.a
UNITS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,build/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
FORMATTED = $(wildcard src/*.[ch] src/*/*.[ch] tests/*/*.[ch])

all: $(PROGRAM) $(PROGRAM)-llm

# What a newcomer types. Dependencies are looked at first, so that a bare machine gets this far.
play: deps-build
	@$(MAKE) --no-print-directory -s $(PROGRAM) $(PROGRAM)-llm
	@./$(PROGRAM)

test: deps-build deps-test
	@$(MAKE) --no-print-directory -s $(PROGRAM) $(PROGRAM)-llm units
	@REHEARSE=./$(PROGRAM) UNIT=$(BUILD)/tests tests/run

asan: deps-build deps-test
	@$(MAKE) --no-print-directory -s BUILD=build/asan PROGRAM=build/asan/rehearse \
		CFLAGS='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' \
		build/asan/rehearse build/asan/rehearse-llm units
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 \
		REHEARSE=build/asan/rehearse UNIT=build/asan/tests tests/run

# make test-llm-real: against llama.cpp itself, which npm brings (once, some 60 MB), with a model made on the spot. Not in
# CI, which says so.
REAL = build/llm-real
test-llm-real: deps-build deps-test
	@if [ -n "$$CI" ] && [ ! -d $(REAL)/node_modules/node-llama-cpp ]; then \
		echo "skipped: llama.cpp is not set up here; make test-llm-real does so where CI is not set"; exit 0; fi; \
	if ! command -v npm >/dev/null; then echo "needs npm and Node.js 20, to bring llama.cpp"; exit 1; fi; \
	$(MAKE) --no-print-directory -s $(PROGRAM) $(PROGRAM)-llm units && mkdir -p $(REAL) && \
	{ [ -d $(REAL)/node_modules/node-llama-cpp ] || npm install --prefix $(REAL) --no-audit --no-fund --ignore-scripts \
		--omit=optional node-llama-cpp@3 @node-llama-cpp/linux-$$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')@3; } && \
	python3 tests/llm/real/gguf.py $(REAL)/random.gguf && \
	PATH="$$PWD:$$PATH" REHEARSE=./$(PROGRAM) UNIT=$(BUILD)/tests python3 -B tests/llm/real/run.py $(REAL)

$(PROGRAM): $(BUILD)/src/main.o $(LIBRARY)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(PROGRAM)-llm: $(LLM_OBJECTS) $(LIBRARY)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ -lcurl $(LIBS)

$(LIBRARY): $(LIB_OBJECTS)
	rm -f $@
	ar rcs $@ $^

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

units: $(UNITS) $(BUILD)/tests/ask

$(BUILD)/tests/%: $(BUILD)/tests/unit/%.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS)

# What tests/llm asks with.
$(BUILD)/tests/ask: $(BUILD)/tests/llm/ask.o $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# make eval: how well moves and verdicts are found, on conversations that people coded. GOLD=folder: others than those
# beside the checkout; it holds dev.jsonl and conversations-dev.jsonl.
GOLD_FOLDER = $(or $(GOLD),../shared/gold)
eval: deps-build
	@$(MAKE) --no-print-directory -s $(PROGRAM)
	@if [ -r $(GOLD_FOLDER)/dev.jsonl ]; then \
		./$(PROGRAM) eval --interval $(GOLD_FOLDER)/dev.jsonl && echo && \
		./$(PROGRAM) eval --verdicts $(GOLD_FOLDER)/conversations-dev.jsonl $(GOLD_FOLDER)/dev.jsonl; \
	else \
		echo "No coded conversations: put dev.jsonl and conversations-dev.jsonl (see rehearse(1), eval) in" \
			"$(GOLD_FOLDER), or say where they are: make eval GOLD=FOLDER"; \
	fi

# make library: each scenario that comes with the program, played by thousands of made-up mentors; see tests/library.
library: deps-build deps-test
	@$(MAKE) --no-print-directory -s $(PROGRAM)
	@REHEARSE=./$(PROGRAM) python3 -B tests/library/table.py

# make bench GOLD=turns.jsonl CORPUS=utterances.tsv: what a start and a turn cost, and hearing; without them the lines of
# tests/play and of the packs are said. Then what looking at ten thousand sessions costs.
BENCHES = $(BUILD)/bench $(BUILD)/hearing $(BUILD)/looking
bench: deps-build
	@$(MAKE) --no-print-directory -s $(BENCHES)
	@status=0; $(BUILD)/bench $(GOLD) || status=$$?; $(BUILD)/hearing $(CORPUS) || status=$$?; \
		$(BUILD)/looking || status=$$?; exit $$status

$(BENCHES): $(BUILD)/%: $(BUILD)/tests/bench/%.o $(LIBRARY)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# make fuzz SECONDS=20: every target in turn, from the seeds in tests/fuzz/seeds.
fuzz: deps-build deps-check $(FUZZERS)
	@for target in $(FUZZERS); do \
		name=$${target##*/fuzz_}; mkdir -p build/fuzz/corpus/$$name; \
		echo "fuzz $$name for $(SECONDS) s"; \
		$$target -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
			-artifact_prefix=build/fuzz/$$name- build/fuzz/corpus/$$name tests/fuzz/seeds/$$name || exit 1; \
	done

build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(LIB_SOURCES) $(wildcard src/*/*.h)
	@mkdir -p $(@D)
	$(MAKE) --no-print-directory -s CC=clang BUILD=build/fuzz/lib PROGRAM=build/fuzz/rehearse \
		CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' build/fuzz/lib/librehearse.a
	clang $(ALL_CPPFLAGS) -std=c17 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		-o $@ $< build/fuzz/lib/librehearse.a $(LIBS)

# Installs what is missing: without asking as root or in CI, else saying what it runs.
define need
	@command -v dpkg-query >/dev/null || { \
		echo "This is no Debian: please install what corresponds to $(1)"; exit 0; }; \
	missing=; for package in $(1); do \
		dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ]; then as=; else as=sudo; \
		echo "Rehearse needs$$missing. Running: sudo apt-get install -y --no-install-recommends$$missing"; fi; \
	log=$$(mktemp); \
	{ $$as apt-get update -q && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -q --no-install-recommends $$missing; } \
		>$$log 2>&1 || { cat $$log; rm -f $$log; echo "could not install$$missing; install them by hand and try again"; exit 1; }; \
	rm -f $$log
endef

deps: deps-build deps-test deps-check
deps-build:
	$(call need,$(PACKAGES_BUILD))
deps-test:
	$(call need,$(PACKAGES_TEST))
deps-check:
	$(call need,$(PACKAGES_CHECK))

format:
	clang-format -i $(FORMATTED)

format-check:
	clang-format --dry-run --Werror $(FORMATTED)

install: $(PROGRAM) $(PROGRAM)-llm
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(mandir)/man1 $(DESTDIR)$(mandir)/man5
	install -m 755 $(PROGRAM) $(DESTDIR)$(bindir)/rehearse
	install -d $(DESTDIR)$(libexecdir)/rehearse
	install -m 755 $(PROGRAM)-llm $(DESTDIR)$(libexecdir)/rehearse/rehearse-llm
	install -m 644 man/*.1 $(DESTDIR)$(mandir)/man1
	install -m 644 man/*.5 $(DESTDIR)$(mandir)/man5
	find rules scenarios editors doc/examples doc/AUTHORING.md -type f | while read -r file; do \
		install -D -m 644 "$$file" "$(DESTDIR)$(datadir)/rehearse/$$file" || exit 1; done

uninstall:
	rm -f $(DESTDIR)$(bindir)/rehearse $(addprefix $(DESTDIR)$(mandir)/man1/,$(notdir $(wildcard man/*.1))) \
		$(addprefix $(DESTDIR)$(mandir)/man5/,$(notdir $(wildcard man/*.5)))
	rm -rf $(DESTDIR)$(datadir)/rehearse $(DESTDIR)$(libexecdir)/rehearse

clean:
	rm -rf build rehearse rehearse-llm

-include $(LIB_OBJECTS:.o=.d) $(LLM_OBJECTS:.o=.d) $(BUILD)/src/main.d $(wildcard $(BUILD)/tests/bench/*.d $(BUILD)/tests/llm/*.d) \
         $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%.d,$(wildcard tests/unit/*.c))

.SECONDARY:
.PHONY: all play test test-llm-real asan units eval library bench fuzz deps deps-build deps-test deps-check format format-check install uninstall clean
