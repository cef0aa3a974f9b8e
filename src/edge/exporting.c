/* exporting.c: see exporting.h. */
#include "edge/exporting.h"

#include "base/utf8.h"
#include "edge/clock.h"
#include "edge/record.h"

/* Handed over when it has grown this large. */
#define PIECE_BYTES 65536u

struct exporting {
	struct strbuf out;
	const char *table; /* of the row before */
};

static void hand_over(struct exporting *exporting, size_t least)
{
	if (exporting->out.len < least)
		return;
	out_put(strbuf_slice(&exporting->out));
	strbuf_clear(&exporting->out);
}

static void put_jsonl(void *context, const char *table, const struct store_value *values,
                      size_t count)
{
	struct exporting *exporting = context;

	record_put_row(&exporting->out, table, values, count);
	hand_over(exporting, PIECE_BYTES);
}

/* A cell, in quotes where RFC 4180 wants them. */
static void put_cell(struct strbuf *out, struct slice text)
{
	struct strbuf clean = {0};
	size_t i;
	bool quote = false;

	utf8_clean(&clean, text, true);
	for (i = 0; i < clean.len; i++)
		quote |= strchr(",\"\n\r", clean.at[i]) != NULL;
	if (!quote) {
		strbuf_add(out, strbuf_slice(&clean));
	} else {
		strbuf_addc(out, '"');
		for (i = 0; i < clean.len; i++) {
			if (clean.at[i] == '"')
				strbuf_addc(out, '"');
			strbuf_addc(out, clean.at[i]);
		}
		strbuf_addc(out, '"');
	}
	strbuf_release(&clean);
}

static void put_csv(void *context, const char *table, const struct store_value *values,
                    size_t count)
{
	struct exporting *exporting = context;
	struct strbuf *out = &exporting->out;
	size_t i;

	if (table != exporting->table) {
		strbuf_addz(out, exporting->table ? "\r\ntable" : "table");
		for (i = 0; i < count; i++)
			strbuf_addf(out, ",%s", values[i].column);
		strbuf_addz(out, "\r\n");
		exporting->table = table;
	}
	strbuf_addz(out, table);
	for (i = 0; i < count; i++) {
		strbuf_addc(out, ',');
		put_cell(out, values[i].text);
	}
	strbuf_addz(out, "\r\n");
	hand_over(exporting, PIECE_BYTES);
}

/* Text. */

static void put_clean(struct strbuf *out, struct slice text)
{
	utf8_clean(out, text, true);
}

static void put_speech(struct strbuf *out, struct slice who, struct slice words)
{
	put_clean(out, who);
	strbuf_addz(out, words.len ? ": " : ":");
	put_clean(out, words);
	strbuf_addc(out, '\n');
}

static void put_event(struct strbuf *out, const struct event *event, struct slice name)
{
	switch (event->kind) {
	case EVENT_HEAR:
		put_speech(out, SLICE("Mentor"), event->text);
		break;
	case EVENT_REPLY:
		put_speech(out, name, event->text);
		break;
	case EVENT_STRIKE:
		strbuf_addf(out, "[you disputed that turn %u had ", event->number);
		put_clean(out, event->text);
		strbuf_addz(out, "]\n");
		break;
	case EVENT_HINT:
		strbuf_addz(out, "[a hint: ");
		put_clean(out, event->text);
		strbuf_addz(out, "]\n");
		break;
	case EVENT_END:
		strbuf_addz(out, "[you ended it]\n");
		break;
	case EVENT_BEGIN:
		strbuf_addz(out, "[begun at ");
		put_clean(out, event->text);
		strbuf_addz(out, "]\n");
		break;
	case EVENT_SET:
		strbuf_addz(out, "[");
		put_clean(out, event->text);
		strbuf_addf(out, " set to %u]\n", event->number);
		break;
	}
}

static void put_attempt_head(struct strbuf *out, const struct store_attempt *attempt,
                             const struct store_attempt *attempts, size_t count)
{
	size_t i;

	strbuf_addf(out, "\nAttempt %lld.%u, ", (long long)attempt->session, attempt->number);
	clock_minute(attempt->started, out);
	if (attempt->ended != 0) {
		strbuf_addz(out, " to ");
		clock_minute(attempt->ended, out);
	} else {
		strbuf_addz(out, ", unfinished");
	}
	for (i = 0; i < count; i++) {
		if (attempts[i].id != attempt->parent)
			continue;
		strbuf_addf(out, ", %s attempt %lld.%u", attempt->shared ? "as" : "anew after",
		            (long long)attempts[i].session, attempts[i].number);
		if (attempt->shared)
			strbuf_addf(out, " up to turn %u", attempt->shared);
	}
	if (attempt->ending.len) {
		strbuf_addz(out, ", ending ");
		put_clean(out, attempt->ending);
	}
	if (attempt->focus.len) {
		strbuf_addz(out, ", focus ");
		put_clean(out, attempt->focus);
	}
	strbuf_addf(out, "\n(rehearse %.*s, seed %llu, scenario %016llx, rules %016llx)\n",
	            SLICE_ARGS(attempt->program), (unsigned long long)attempt->seed,
	            (unsigned long long)attempt->scenario_hash,
	            (unsigned long long)attempt->rules_hash);
}

static bool put_attempts(struct exporting *exporting, struct store *store,
                         const struct store_session *session, struct arena *arena, struct err *err)
{
	struct store_attempt *attempts;
	struct store_events events;
	size_t count;
	size_t i;
	size_t j;

	if (!store_attempts(store, session->id, arena, &attempts, &count, err))
		return false;
	for (i = 0; i < count; i++) {
		if (!store_load_events(store, attempts[i].id, arena, &events, err))
			return false;
		put_attempt_head(&exporting->out, &attempts[i], attempts, count);
		if (attempts[i].opening.len)
			put_speech(&exporting->out, session->name, attempts[i].opening);
		for (j = 0; j < events.count; j++)
			if (event_stands(events.items, events.count, j))
				put_event(&exporting->out, &events.items[j], session->name);
		if (attempts[i].closing.len)
			put_speech(&exporting->out, session->name, attempts[i].closing);
		hand_over(exporting, PIECE_BYTES);
	}
	return true;
}

static bool put_sessions(struct exporting *exporting, struct store *store, int64_t only,
                         struct err *err)
{
	struct store_session *sessions;
	struct arena arena;
	struct arena each;
	bool good;
	size_t count;
	size_t i;

	arena_init(&arena);
	arena_init(&each);
	good = store_sessions(store, 0, &arena, &sessions, &count, err);
	/* Oldest first: as it came about. */
	for (i = good ? count : 0; good && i-- > 0;) {
		if (only && sessions[i].id != only)
			continue;
		strbuf_addf(&exporting->out, "Session %lld: ", (long long)sessions[i].id);
		put_clean(&exporting->out, sessions[i].title);
		strbuf_addz(&exporting->out, " (");
		put_clean(&exporting->out,
		          sessions[i].path.len ? sessions[i].path : sessions[i].scenario);
		strbuf_addz(&exporting->out, sessions[i].room ? "), a room with " : "), with ");
		put_clean(&exporting->out, sessions[i].name);
		strbuf_addz(&exporting->out, ", ");
		clock_minute(sessions[i].started, &exporting->out);
		strbuf_addc(&exporting->out, '\n');
		good = put_attempts(exporting, store, &sessions[i], &each, err);
		strbuf_addc(&exporting->out, '\n');
		arena_clear(&each);
	}
	arena_release(&each);
	arena_release(&arena);
	return good;
}

/* What is no conversation, nor a figure that follows from one: "column: value" lines, a blank line
 * between rows. */
static void put_text(void *context, const char *table, const struct store_value *values,
                     size_t count)
{
	static const char *const elsewhere[] = {"session", "attempt", "event", "tally", "grade"};
	struct exporting *exporting = context;
	size_t i;

	for (i = 0; i < sizeof(elsewhere) / sizeof(elsewhere[0]); i++) {
		if (slice_is(slice_of(table), elsewhere[i]))
			return;
	}
	strbuf_addf(&exporting->out, "%s\n", table);
	for (i = 0; i < count; i++) {
		if (values[i].type == STORE_NULL)
			continue;
		strbuf_addf(&exporting->out, "  %s: ", values[i].column);
		put_clean(&exporting->out, values[i].text);
		strbuf_addc(&exporting->out, '\n');
	}
	strbuf_addc(&exporting->out, '\n');
	hand_over(exporting, PIECE_BYTES);
}

static store_visit *const visits[] = {put_jsonl, put_csv, put_text};

struct wire_only {
	store_visit *visit;
	struct exporting *exporting;
};

/* What went over the network, and nothing else. */
static void put_wire(void *context, const char *table, const struct store_value *values,
                     size_t count)
{
	struct wire_only *only = context;

	if (slice_is(slice_of(table), "wire"))
		only->visit(only->exporting, table, values, count);
}

bool exporting_wire(struct store *store, int64_t session, enum exporting_format format,
                    struct err *err)
{
	struct exporting exporting = {0};
	struct wire_only only = {visits[format], &exporting};
	bool good = store_export(store, session, put_wire, &only, err);

	hand_over(&exporting, 0);
	strbuf_release(&exporting.out);
	return good;
}

bool exporting_run(struct store *store, int64_t session, enum exporting_format format,
                   struct err *err)
{
	struct exporting exporting = {0};
	bool good = true;

	if (format == EXPORT_TEXT)
		good = put_sessions(&exporting, store, session, err);
	good = good && store_export(store, session, visits[format], &exporting, err);
	hand_over(&exporting, 0);
	strbuf_release(&exporting.out);
	return good;
}
