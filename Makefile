# Rehearse: `make play` and `make test` do everything; see README.md.
#
# Sources are found, not listed: src/main.c and src/cmd make the program, the rest of src the library.

prefix ?= /usr/local
bindir ?= $(prefix)/bin
datadir ?= $(prefix)/share
mandir ?= $(datadir)/man
DESTDIR ?=

CC ?= gcc
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
       -Wwrite-strings -Wvla -Wformat=2 -Wundef
BUILD ?= build
PROGRAM ?= rehearse

ALL_CPPFLAGS = -Isrc -D_POSIX_C_SOURCE=200809L -DREHEARSE_DATADIR='"$(datadir)/rehearse"' $(CPPFLAGS)
ALL_CFLAGS = -std=c17 $(WARN) $(WERROR) $(CFLAGS)
LIBS = -lreadline -lpcre2-8 -lcjson -lstemmer -lutf8proc -lm

LIB_SOURCES := $(sort $(filter-out src/main.c,$(wildcard src/*.c src/*/*.c)))
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o)
OBJECTS := $(LIB_OBJECTS) $(BUILD)/src/main.o

all: $(PROGRAM)

$(PROGRAM): $(BUILD)/src/main.o $(BUILD)/librehearse.a
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/librehearse.a: $(LIB_OBJECTS)
	rm -f $@
	ar rcs $@ $^

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

clean:
	rm -rf build rehearse

-include $(OBJECTS:.o=.d)

.PHONY: all clean
