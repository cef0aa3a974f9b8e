/* options.c: see options.h. */
#include "edge/options.h"

#include "edge/page.h"

/* Help is the same wherever it is read. */
#define HELP_WIDTH 80
#define HELP_COLUMN 24

const struct option options_common[] = {
        {"rules", "PATH", "add a rule pack or a folder of them; may be repeated", 0},
        {"scenarios", "PATH", "add a scenario or a folder of them; may be repeated", 0},
        {"shipped-only", NULL, "leave out your own packs and scenarios", 0},
        {"language", "ID", "the language of packs, and of scenarios listed: ‘en’ (usual), ‘fr’", 0},
        {"plain", NULL, "no colour, columns or symbols: for screen readers", 0},
        {"help", NULL, "this help", 'h'},
        {0},
};

static const struct option *find(const struct option *table, struct slice name)
{
	for (; table && table->name; table++) {
		if (slice_is(name, table->name))
			return table;
	}
	return NULL;
}

static const struct option *find_letter(const struct option *table, char letter)
{
	for (; table && table->name; table++) {
		if (table->letter == letter)
			return table;
	}
	return NULL;
}

static bool unknown(const struct option *own, struct slice name, struct arena *arena,
                    struct err *err)
{
	const struct option *const tables[] = {own, options_common};
	struct nearest nearest;
	size_t i;

	nearest_init(&nearest, name);
	for (i = 0; i < 2; i++) {
		const struct option *option = tables[i];

		for (; option && option->name; option++)
			nearest_offer(&nearest, slice_of(option->name));
	}
	if (nearest.best.len)
		nearest.best = slice_format(arena, "--%.*s", SLICE_ARGS(nearest.best));
	name = slice_sub(name, 0, 60);
	err_set(err, "unknown option ‘--%.*s’%s", SLICE_ARGS(name), nearest_hint(&nearest, arena));
	return false;
}

/* What is being read, and how far. */
struct reading {
	const struct option *own;
	const char *const *args;
	size_t count;
	size_t at;
	struct arena *arena;
	struct options *out;
	struct err *err;
};

static void use(struct reading *reading, const struct option *option, struct slice value)
{
	struct options *out = reading->out;

	out->uses = arena_grow(reading->arena, out->uses, &out->use_cap, out->use_count + 1,
	                       sizeof(*out->uses));
	out->uses[out->use_count++] = (struct option_use){option, value};
}

static bool read_long(struct reading *reading, struct slice arg)
{
	struct slice value = slice_sub(arg, 2, arg.len);
	struct slice name = {value.at, 0};
	bool given = slice_find(value, SLICE("=")) < value.len;
	const struct option *option;

	slice_cut(&value, '=', &name);
	option = find(reading->own, name);
	if (!option)
		option = find(options_common, name);
	if (!option)
		return unknown(reading->own, name, reading->arena, reading->err);
	if (!option->value) {
		if (given) {
			err_set(reading->err, "‘--%s’ takes no value", option->name);
			return false;
		}
		use(reading, option, SLICE(""));
		return true;
	}
	if (!given && option->value[0] == '[') {
		use(reading, option, SLICE(""));
		return true;
	}
	if (!given) {
		if (reading->at >= reading->count) {
			err_set(reading->err, "‘--%s’ needs its %s after it", option->name,
			        option->value);
			return false;
		}
		value = slice_of(reading->args[reading->at++]);
	}
	if (value.len == 0 && option->value[0] == '[') {
		err_set(reading->err, "nothing stands after ‘--%s=’", option->name);
		return false;
	}
	if (value.len == 0) {
		err_set(reading->err, "the %s of ‘--%s’ is empty", option->value, option->name);
		return false;
	}
	use(reading, option, value);
	return true;
}

static bool read_letters(struct reading *reading, struct slice arg)
{
	size_t i;

	for (i = 1; i < arg.len; i++) {
		const struct option *option = find_letter(reading->own, arg.at[i]);

		if (!option)
			option = find_letter(options_common, arg.at[i]);
		if (!option) {
			arg = slice_sub(arg, 0, 60);
			err_set(reading->err, "unknown option ‘%.*s’", SLICE_ARGS(arg));
			return false;
		}
		use(reading, option, SLICE(""));
	}
	return true;
}

static void add_word(struct reading *reading, struct slice word)
{
	struct options *out = reading->out;

	out->words = arena_grow(reading->arena, out->words, &out->word_cap, out->word_count + 1,
	                        sizeof(*out->words));
	out->words[out->word_count++] = word;
}

bool options_read(const struct option *own, const char *const *args, size_t count,
                  struct arena *arena, struct options *out, struct err *err)
{
	struct reading reading = {own, args, count, 0, arena, out, err};
	bool ended = false;

	*out = (struct options){0};
	while (reading.at < count) {
		struct slice arg = slice_of(args[reading.at++]);

		if (ended || arg.len < 2 || arg.at[0] != '-')
			add_word(&reading, arg);
		else if (slice_is(arg, "--"))
			ended = true;
		else if (arg.at[1] == '-' ? !read_long(&reading, arg)
		                          : !read_letters(&reading, arg))
			return false;
	}
	return true;
}

bool options_have(const struct options *options, const char *name)
{
	return options_value(options, name).at != NULL;
}

struct slice options_value(const struct options *options, const char *name)
{
	size_t i;

	for (i = options->use_count; i > 0; i--) {
		if (strcmp(options->uses[i - 1].option->name, name) == 0)
			return options->uses[i - 1].value;
	}
	return (struct slice){NULL, 0};
}

size_t options_values(const struct options *options, const char *name, struct arena *arena,
                      struct slice **values)
{
	size_t count = 0;
	size_t i;

	*values = ARENA_ARRAY(arena, struct slice, options->use_count);
	for (i = 0; i < options->use_count; i++) {
		if (strcmp(options->uses[i].option->name, name) == 0)
			(*values)[count++] = options->uses[i].value;
	}
	return count;
}

int options_choice(const struct options *options, const char *name, const char *const *choices,
                   struct err *err)
{
	struct slice value = options_value(options, name);
	struct strbuf list = {0};
	int i;

	if (!value.at)
		return 0;
	for (i = 0; choices[i]; i++) {
		if (slice_is(value, choices[i]))
			return i;
	}
	for (i = 0; choices[i]; i++)
		strbuf_addf(&list, "%s%s",
		            i == 0           ? ""
		            : choices[i + 1] ? ", "
		                             : " or ",
		            choices[i]);
	value = slice_sub(value, 0, 60);
	err_set(err, "‘--%s %.*s’ is not known; choose %s", name, SLICE_ARGS(value), list.at);
	strbuf_release(&list);
	return -1;
}

bool options_number(const struct options *options, const char *name, long min, long max,
                    long *number, struct err *err)
{
	struct slice value = options_value(options, name);

	if (value.len == 0 || slice_int(value, min, max, number))
		return true;
	value = slice_sub(value, 0, 60);
	err_set(err, "‘--%s %.*s’ makes no sense; give a whole number from %ld to %ld", name,
	        SLICE_ARGS(value), min, max);
	return false;
}

void options_help(const struct option *table, struct strbuf *out)
{
	struct page page = {.width = HELP_WIDTH};

	for (; table && table->name; table++) {
		const char *value = table->value ? table->value : "";
		bool optional = value[0] == '[';

		page_begin(&page, 2, HELP_COLUMN);
		page_addf(&page, STYLE_PLAIN, "--%s%s%s", table->name,
		          optional ? "[="
		          : *value ? " "
		                   : "",
		          value + (optional ? 1 : 0));
		if (table->letter)
			page_addf(&page, STYLE_PLAIN, ", -%c", table->letter);
		page_tab(&page, HELP_COLUMN);
		page_addz(&page, STYLE_PLAIN, table->help);
		page_end(&page);
	}
	strbuf_add(out, strbuf_slice(&page.out));
	page_release(&page);
}
