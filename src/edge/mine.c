/* mine.c: see mine.h. */
#include "edge/mine.h"

#include "base/json.h"
#include "edge/clock.h"
#include "edge/page.h"
#include "edge/report.h"
#include "edge/store_mine.h"
#include "edge/term.h"

#define ANSWER_BYTES 1000

static enum status trouble(const struct err *err, enum status status)
{
	out_err(err);
	return status;
}

/* Sessions. */

static void put_session(struct page *page, const struct store_session *session)
{
	const char *between = page->plain ? ", " : " · ";
	struct strbuf when = {0};

	clock_minute(session->started, &when);
	page_begin(page, REPORT_MARGIN, REPORT_MARGIN + 7);
	page_addf(page, STYLE_BOLD, page->plain ? "%lld" : "%5lld", (long long)session->id);
	page_tab(page, REPORT_MARGIN + 7);
	page_add(page, STYLE_PLAIN, session->title);
	page_addf(page, STYLE_DIM, "%s%s%s%u turn%s%s", between, when.at, between, session->turns,
	          session->turns == 1 ? "" : "s", between);
	if (session->attempts > 1)
		page_addf(page, STYLE_DIM, "%u attempts%s", session->attempts, between);
	if (session->room)
		page_addf(page, STYLE_DIM, "room%s", between);
	if (!session->finished)
		page_addz(page, STYLE_DIM, "unfinished");
	else if (session->ending.len)
		report_id(page, STYLE_DIM, session->ending);
	else
		page_addz(page, STYLE_DIM, "left off");
	page_end(page);
	strbuf_release(&when);
}

/* As people write it, from their home. */
static void put_path(struct page *page, struct slice path)
{
	struct slice home = slice_of(getenv("HOME"));

	if (home.len > 1 && slice_starts(path, home) && path.len > home.len &&
	    path.at[home.len] == '/') {
		page_addz(page, STYLE_DIM, "~");
		path = slice_sub(path, home.len, path.len);
	}
	page_add(page, STYLE_DIM, path);
}

static void put_list(struct store *store, const struct store_session *sessions, size_t count,
                     bool more, bool plain)
{
	struct term_look look = term_look(1);
	struct page page = {.width = look.width, .colour = look.colour && !plain, .plain = plain};
	bool unfinished = false;
	size_t i;

	if (count == 0)
		page_textz(&page, REPORT_MARGIN, STYLE_PLAIN,
		           "Your practice log is empty. ‘rehearse play’ begins it.");
	for (i = 0; i < count; i++) {
		put_session(&page, &sessions[i]);
		unfinished |= !sessions[i].finished;
	}
	if (more)
		page_textz(&page, REPORT_MARGIN, STYLE_DIM, "… and older ones: --all lists them.");
	if (count) {
		page_gap(&page);
		page_begin(&page, REPORT_MARGIN, REPORT_MARGIN);
		page_addz(&page, STYLE_DIM, "All of it is in ");
		put_path(&page, store_path(store));
		page_addz(&page, STYLE_DIM, ".");
		if (unfinished)
			page_addz(
			        &page, STYLE_DIM,
			        " ‘rehearse play --resume’ goes on with the last unfinished one.");
		page_end(&page);
	}
	out_put(strbuf_slice(&page.out));
	page_release(&page);
}

static void add_text_or_null(struct json *object, const char *name, struct slice text)
{
	if (text.len)
		json_add_text(object, name, text);
	else
		json_add_null(object, name);
}

static struct json *attempts_json(const struct store_attempt *attempts, size_t count)
{
	struct json *list = json_array();
	struct arena arena;
	size_t i;
	size_t j;

	arena_init(&arena);
	for (i = 0; i < count; i++) {
		const struct store_attempt *attempt = &attempts[i];
		struct json *object = json_object();
		struct slice parent = SLICE("");

		for (j = 0; j < count; j++) {
			if (attempts[j].id == attempt->parent)
				parent = slice_format(&arena, "%lld.%u",
				                      (long long)attempts[j].session,
				                      attempts[j].number);
		}
		json_add_text(object, "attempt",
		              slice_format(&arena, "%lld.%u", (long long)attempt->session,
		                           attempt->number));
		json_add_real(object, "started", attempt->started);
		json_add_bool(object, "finished", attempt->ended != 0);
		add_text_or_null(object, "ending", attempt->ending);
		add_text_or_null(object, "branches_off", parent);
		json_add_int(object, "shared", attempt->shared);
		json_push(list, object);
	}
	arena_release(&arena);
	return list;
}

static bool put_json(struct store *store, const struct store_session *sessions, size_t count,
                     struct arena *arena, struct err *err)
{
	struct json *list = json_array();
	struct strbuf out = {0};
	bool good = true;
	size_t i;

	for (i = 0; good && i < count; i++) {
		const struct store_session *session = &sessions[i];
		struct json *object = json_object();
		struct store_attempt *attempts = NULL;
		size_t attempt_count = 0;

		good = store_attempts(store, session->id, arena, &attempts, &attempt_count, err);
		json_add_int(object, "session", (long)session->id);
		json_add_text(object, "scenario", session->scenario);
		add_text_or_null(object, "path", session->path);
		json_add_text(object, "title", session->title);
		json_add_text(object, "name", session->name);
		json_add_real(object, "started", session->started);
		json_add_bool(object, "room", session->room);
		json_add_int(object, "turns", session->turns);
		json_add_bool(object, "finished", session->finished);
		json_add(object, "attempts", attempts_json(attempts, attempt_count));
		json_push(list, object);
	}
	if (good) {
		json_print(list, &out);
		strbuf_addc(&out, '\n');
		out_put(strbuf_slice(&out));
	}
	strbuf_release(&out);
	json_free(list);
	return good;
}

enum status mine_sessions(const struct mine_list *request)
{
	size_t most = request->all || request->json ? 0 : MINE_SESSIONS + 1;
	struct store_session *sessions;
	struct store *store;
	struct arena arena;
	struct err err;
	size_t count;
	bool good;

	store = store_open(STORE_READ, &err);
	if (!store)
		return trouble(&err, STATUS_TROUBLE);
	arena_init(&arena);
	good = store_sessions(store, most, &arena, &sessions, &count, &err);
	if (good && request->json)
		good = put_json(store, sessions, count, &arena, &err);
	else if (good)
		put_list(store, sessions, most && count == most ? count - 1 : count,
		         most && count == most, request->plain);
	arena_release(&arena);
	store_close(store);
	return good ? STATUS_FINE : trouble(&err, STATUS_TROUBLE);
}

/* Export and forget. */

/* The number of a session that is there; false with words, and the status that goes with it. */
static bool find_session(struct store *store, struct slice which, struct store_session *session,
                         struct arena *arena, enum status *status, struct err *err)
{
	struct store_attempt attempt;

	*status = STATUS_USAGE;
	if (!store_find(store, which, arena, session, &attempt, err))
		return false;
	if (slice_find(which, SLICE(".")) == which.len)
		return true;
	err_set(err, "‘%.*s’ is one attempt; name its session: ‘%.*s’", SLICE_ARGS(which),
	        (int)slice_find(which, SLICE(".")), which.at);
	return false;
}

enum status mine_export(struct slice which, enum exporting_format format, bool wire)
{
	struct store_session session = {0};
	enum status status = STATUS_FINE;
	struct store *store;
	struct arena arena;
	struct err err;

	store = store_open(STORE_READ, &err);
	if (!store)
		return trouble(&err, STATUS_TROUBLE);
	arena_init(&arena);
	if (which.len && !find_session(store, which, &session, &arena, &status, &err)) {
		out_err(&err);
	} else {
		status = STATUS_FINE;
		if (!(wire ? exporting_wire : exporting_run)(store, session.id, format, &err))
			status = trouble(&err, STATUS_TROUBLE);
	}
	arena_release(&arena);
	store_close(store);
	return status;
}

static void put_question(struct term *term, const struct store_session *session, bool wire)
{
	struct term_look look = term_look(1);
	struct page page = {.width = look.width, .colour = look.colour};
	struct strbuf when = {0};

	page_begin(&page, REPORT_MARGIN, REPORT_MARGIN);
	if (wire) {
		page_addz(&page, STYLE_PLAIN,
		          "Remove all that was sent to an LLM and all that came back, and ask "
		          "again before anything is sent?");
	} else if (session->id) {
		clock_minute(session->started, &when);
		page_addf(&page, STYLE_PLAIN, "Remove session %lld (", (long long)session->id);
		page_add(&page, STYLE_PLAIN, session->title);
		page_addf(&page, STYLE_PLAIN, ", %s) for good, with all its attempts and notes?",
		          when.at);
	} else {
		page_addz(
		        &page, STYLE_PLAIN,
		        "Remove your whole practice log for good: every conversation, plan, note, "
		        "drill and figure?");
	}
	page_end(&page);
	term_write(term, strbuf_slice(&page.out));
	strbuf_release(&when);
	page_release(&page);
}

/* Whether the person at the terminal means it. */
static bool confirmed(const struct store_session *session, bool wire, bool *asked)
{
	struct term *term = term_open(false);
	struct strbuf line = {0};
	bool yes = false;

	*asked = term_is_live(term);
	if (*asked) {
		put_question(term, session, wire);
		yes = term_read(term, "  yes or no? ", "  Ctrl-C again to leave.", ANSWER_BYTES,
		                &line) == TERM_LINE &&
		      slice_is(slice_trim(strbuf_slice(&line)), "yes");
	}
	strbuf_release(&line);
	term_close(term);
	return yes;
}

static enum status forget(struct store *store, const struct mine_forget *request,
                          struct arena *arena)
{
	struct store_session session = {0};
	enum status status;
	bool asked = true;
	struct err err;

	if (request->which.len &&
	    !find_session(store, request->which, &session, arena, &status, &err))
		return trouble(&err, status);
	if (!request->sure && !confirmed(&session, request->wire, &asked)) {
		if (asked) {
			out_note(SLICE("Nothing was removed."));
			return STATUS_FINE;
		}
		err_set(&err, "nothing was removed: nobody is here to ask; ‘--yes’ says that you "
		              "are sure");
		return trouble(&err, STATUS_USAGE);
	}
	if (!(request->wire ? store_forget_wire(store, &err)
	                    : store_forget(store, session.id, &err)))
		return trouble(&err, STATUS_TROUBLE);
	out_note(SLICE("Removed."));
	return STATUS_FINE;
}

enum status mine_forget(const struct mine_forget *request)
{
	enum status status;
	struct store *store;
	struct arena arena;
	struct err err;

	store = store_open(STORE_READ, &err);
	if (!store)
		return trouble(&err, STATUS_TROUBLE);
	arena_init(&arena);
	status = forget(store, request, &arena);
	arena_release(&arena);
	store_close(store);
	return status;
}
