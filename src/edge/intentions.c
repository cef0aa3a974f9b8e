/* intentions.c: see intentions.h. */
#include "edge/intentions.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "edge/calendar.h"
#include "edge/clock.h"
#include "edge/report.h"
#include "edge/term.h"

#define AGAIN "  Ctrl-C again to leave; what you answered is kept."
#define QUOTE 400
#define GLANCE 60 /* columns */

/* What is noted for a conversation that was not held. */
#define NOT_HELD SLICE("It did not take place.")

static bool is_open(const struct store_intention *one, double now)
{
	return !one->outcome.len && one->note.due <= now;
}

static void set(struct page *page, const struct store_intention *one)
{
	struct strbuf day = {0};

	calendar_write(one->note.due, &day);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 2);
	page_addf(page, STYLE_DIM, "%s: ", day.at);
	report_quote(page, STYLE_PLAIN, one->note.text, QUOTE);
	if (one->title.len) {
		page_addz(page, STYLE_DIM, " (after ");
		page_add(page, STYLE_DIM, one->title);
		page_addf(page, STYLE_DIM, ", %lld.%u)", (long long)one->note.session,
		          one->attempt);
	}
	if (one->outcome.len) {
		page_addz(page, STYLE_PLAIN, "\n");
		page_add(page, STYLE_PLAIN, one->outcome);
	}
	page_end(page);
	strbuf_release(&day);
}

enum group { GROUP_DUE, GROUP_TO_COME, GROUP_ANSWERED };

static enum group group_of(const struct store_intention *one, double now)
{
	if (one->outcome.len)
		return GROUP_ANSWERED;
	return is_open(one, now) ? GROUP_DUE : GROUP_TO_COME;
}

static void list(struct page *page, const struct store_intention *all, size_t count, double now,
                 enum group group)
{
	static const char *const titles[] = {"How did it go?", "Still to come", "How it went"};
	bool any = false;
	size_t i;

	for (i = 0; i < count; i++) {
		if (group_of(&all[i], now) != group)
			continue;
		if (!any) {
			page_gap(page);
			page_heading(page, REPORT_MARGIN, slice_of(titles[group]));
		}
		any = true;
		set(page, &all[i]);
	}
}

static bool show(struct term *term, struct page *page)
{
	bool fine = term_write(term, strbuf_slice(&page->out));

	strbuf_clear(&page->out);
	page->width = term_look(1).width;
	return fine;
}

/* False to leave. */
static bool hear(struct term *term, struct page *page, struct strbuf *line)
{
	while (show(term, page)) {
		switch (term_read(term, page->plain ? "> " : "  > ", AGAIN, LIMIT_PLAN_BYTES,
		                  line)) {
		case TERM_LINE:
			if (utf8_invalid(strbuf_slice(line)) == line->len)
				return !slice_is(slice_trim(strbuf_slice(line)), "q");
			page_textz(page, REPORT_MARGIN, STYLE_DIM,
			           "That is not UTF-8 text; please write it again.");
			break;
		case TERM_LONG:
			page_textz(page, REPORT_MARGIN, STYLE_DIM,
			           "That is over 8 KiB; a few sentences are enough.");
			break;
		default:
			return false;
		}
	}
	return false;
}

static bool keep(struct store *store, const struct store_intention *one, struct slice text,
                 struct err *err)
{
	struct store_note note = {.session = one->note.session,
	                          .attempt = one->note.attempt,
	                          .kind = NOTE_OUTCOME,
	                          .text = text,
	                          .at = clock_now(),
	                          .about = one->note.id};

	return store_add_note(store, &note, err);
}

/* Each that is due, until the mentor has enough. */
static bool ask(struct store *store, struct term *term, struct page *page,
                const struct store_intention *all, size_t count, double now, struct err *err)
{
	struct strbuf line = {0};
	bool fine = true;
	size_t i;

	page_gap(page);
	page_heading(page, REPORT_MARGIN, SLICE("How did it go?"));
	page_textz(page, REPORT_MARGIN, STYLE_DIM,
	           "Enter asks again another day, - says that it did not take place, q leaves.");
	for (i = 0; fine && i < count; i++) {
		struct slice typed;

		if (!is_open(&all[i], now))
			continue;
		set(page, &all[i]);
		if (!hear(term, page, &line))
			break;
		typed = slice_trim(strbuf_slice(&line));
		if (slice_is(typed, "-"))
			typed = NOT_HELD;
		if (typed.len)
			fine = keep(store, &all[i], typed, err);
	}
	strbuf_release(&line);
	return fine;
}

bool intentions_run(struct store *store, struct term *term, struct page *page, double now,
                    struct err *err)
{
	struct store_intention *all = NULL;
	struct arena arena;
	size_t count = 0;
	size_t due = 0;
	size_t i;
	bool fine;

	arena_init(&arena);
	fine = store_intentions(store, &arena, &all, &count, err);
	if (fine && !count)
		page_textz(page, REPORT_MARGIN, STYLE_PLAIN,
		           "No intention is noted yet. After a debrief r asks for one; ‘rehearse "
		           "reflect’ does so later.");
	for (i = 0; i < count; i++)
		due += is_open(&all[i], now);
	if (fine) {
		list(page, all, count, now, GROUP_ANSWERED);
		list(page, all, count, now, GROUP_TO_COME);
		if (due && term_is_live(term))
			fine = ask(store, term, page, all, count, now, err);
		else
			list(page, all, count, now, GROUP_DUE);
	}
	arena_release(&arena);
	return fine;
}

static struct json *intention_json(const struct store_intention *one, double now)
{
	struct json *object = json_object();

	json_add_int(object, "session", (long)one->note.session);
	json_add_int(object, "attempt", one->attempt);
	json_add_text(object, "text", one->note.text);
	json_add_int(object, "at", (long)one->note.at);
	json_add_int(object, "day", (long)one->note.due);
	json_add_bool(object, "due", is_open(one, now));
	if (one->outcome.len)
		json_add_text(object, "outcome", one->outcome);
	else
		json_add_null(object, "outcome");
	return object;
}

static bool put_json(struct store *store, double now, struct err *err)
{
	struct store_intention *all;
	struct strbuf line = {0};
	struct arena arena;
	size_t count;
	size_t i;
	bool fine;

	arena_init(&arena);
	fine = store_intentions(store, &arena, &all, &count, err);
	if (fine) {
		struct json *object = json_object();
		struct json *list = json_array();

		for (i = 0; i < count; i++)
			json_push(list, intention_json(&all[i], now));
		json_add(object, "intentions", list);
		json_print(object, &line);
		strbuf_addc(&line, '\n');
		out_put(strbuf_slice(&line));
		json_free(object);
		strbuf_release(&line);
	}
	arena_release(&arena);
	return fine;
}

static bool at_terminal(struct store *store, bool plain, int *signal, struct err *err)
{
	struct term_look look = term_look(1);
	struct page page = {.width = look.width, .colour = look.colour && !plain, .plain = plain};
	struct term *term = term_open(false);
	bool fine = intentions_run(store, term, &page, clock_now(), err);

	term_write(term, strbuf_slice(&page.out));
	*signal = term_signal(term);
	page_release(&page);
	term_close(term);
	return fine;
}

enum status intentions_command(bool plain, bool json)
{
	struct store *store;
	int signal = 0;
	struct err err;
	bool fine;

	store = store_open(STORE_WRITE, &err);
	fine = store && (json ? put_json(store, clock_now(), &err)
	                      : at_terminal(store, plain, &signal, &err));
	store_close(store);
	if (!fine)
		out_err(&err);
	if (signal)
		return (enum status)(128 + signal);
	return fine ? STATUS_FINE : STATUS_TROUBLE;
}

/* As much of the first line as is read at a glance. */
static struct slice glance(struct slice text, struct arena *arena)
{
	struct slice line = {0};
	size_t columns = 0;
	size_t at = 0;

	slice_cut(&text, '\n', &line);
	while (at < line.len && columns < GLANCE) {
		uint32_t code;

		at += utf8_next(slice_sub(line, at, line.len), &code);
		columns += utf8_code_width(code);
	}
	return slice_format(arena, "%.*s%s", SLICE_ARGS(slice_sub(line, 0, at)),
	                    at < line.len || text.len ? "…" : "");
}

struct slice intentions_due(struct store *store, double now, struct arena *arena)
{
	struct slice first = {0};
	size_t count = store_due_intentions(store, now, arena, &first);

	if (!count)
		return SLICE("");
	if (count > 1)
		return slice_format(arena,
		                    "%zu things you meant to do: how did they go? ‘rehearse "
		                    "progress --intentions’",
		                    count);
	return slice_format(arena,
	                    "You meant to: “%.*s”. How did it go? ‘rehearse progress "
	                    "--intentions’",
	                    SLICE_ARGS(glance(first, arena)));
}
