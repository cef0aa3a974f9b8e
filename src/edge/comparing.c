/* comparing.c: see comparing.h. */
#include "edge/comparing.h"

#include "edge/clock.h"
#include "edge/record.h"
#include "edge/report.h"
#include "edge/report_compare.h"
#include "edge/term.h"

/* One of the two. */
struct side {
	struct record record;
	struct slice label; /* "12.1" */
	struct session *session;
	struct debrief debrief;
};

struct comparing {
	const struct comparing_request *request;
	struct library *library;
	struct store *store;
	struct arena arena;
	struct scenario_file *file;
	struct side sides[2];
};

/* In a session's attempts: the later of two worth comparing, at `*second`, and the earlier; false
 * when there are no two. The earlier is the last finished one before, else the one it branched off,
 * else the one before. */
static bool choose_pair(const struct store_attempt *attempts, size_t count, size_t second,
                        size_t *first)
{
	size_t i;

	for (i = second; i-- > 0;) {
		if (attempts[i].ended != 0) {
			*first = i;
			return true;
		}
	}
	for (i = second; i-- > 0;) {
		if (attempts[i].id == attempts[second].parent) {
			*first = i;
			return true;
		}
	}
	*first = second - 1;
	return count > 1 && second > 0;
}

static struct slice name_attempt(struct comparing *comparing, const struct store_attempt *attempt)
{
	return slice_format(&comparing->arena, "%lld.%u", (long long)attempt->session,
	                    attempt->number);
}

/* The names of two attempts of one session: those of `number`, or its last when that is 0. */
static bool pair_of(struct comparing *comparing, int64_t session, uint32_t number,
                    struct slice names[2], struct err *err)
{
	struct store_attempt *attempts;
	size_t count;
	size_t first;
	size_t second;

	if (!store_attempts(comparing->store, session, &comparing->arena, &attempts, &count, err))
		return false;
	second = count ? count - 1 : 0;
	while (number && second > 0 && attempts[second].number != number)
		second--;
	if (count < 2 || !choose_pair(attempts, count, second, &first)) {
		err_set(err,
		        "session %lld has nothing before that to compare with; /redo or /rewind "
		        "in a conversation begin another attempt",
		        (long long)session);
		return false;
	}
	names[0] = name_attempt(comparing, &attempts[first]);
	names[1] = name_attempt(comparing, &attempts[second]);
	return true;
}

/* The newest session with more than one attempt. */
static bool newest_pair(struct comparing *comparing, struct slice names[2], struct err *err)
{
	struct store_session *sessions;
	size_t count;
	size_t i;

	if (!store_sessions(comparing->store, 0, &comparing->arena, &sessions, &count, err))
		return false;
	for (i = 0; i < count; i++) {
		if (sessions[i].attempts > 1)
			return pair_of(comparing, sessions[i].id, 0, names, err);
	}
	err_set(err, "there are no two attempts to compare yet; in a conversation, /redo or "
	             "/rewind begin another, and so does Enter after its debrief");
	return false;
}

static bool find_names(struct comparing *comparing, struct slice names[2], struct err *err)
{
	const struct comparing_request *request = comparing->request;
	struct store_session session;
	struct store_attempt attempt;
	bool dotted = slice_find(request->second, SLICE(".")) < request->second.len;

	names[0] = request->first;
	names[1] = request->second;
	if (request->first.len)
		return true;
	if (request->second.len == 0)
		return newest_pair(comparing, names, err);
	return store_find(comparing->store, request->second, &comparing->arena, &session, &attempt,
	                  err) &&
	       pair_of(comparing, session.id, dotted ? attempt.number : 0, names, err);
}

static bool load(struct comparing *comparing, struct err *err)
{
	struct slice names[2];
	int i;

	if (!find_names(comparing, names, err))
		return false;
	for (i = 0; i < 2; i++) {
		struct side *side = &comparing->sides[i];

		if (!record_load(comparing->store, names[i], &side->record, err))
			return false;
		side->label = name_attempt(comparing, &side->record.attempt);
	}
	if (slice_eq(comparing->sides[0].record.session.scenario,
	             comparing->sides[1].record.session.scenario))
		return true;
	err_set(err, "%.*s and %.*s are of different scenarios; compare attempts at one",
	        SLICE_ARGS(comparing->sides[0].label), SLICE_ARGS(comparing->sides[1].label));
	return false;
}

/* The scenario as it is now. */
static enum status load_scenario(struct comparing *comparing)
{
	const struct library_scenario *found;
	enum library_state state = library_ready(comparing->library);
	struct slice name = record_scenario(&comparing->sides[1].record);
	struct err err;

	if (state != LIBRARY_SOUND)
		return library_status(state);
	found = library_find(comparing->library, name, &err);
	if (!found) {
		out_err(&err);
		return library_find_status(name);
	}
	comparing->file = library_play(comparing->library, found, &state);
	return library_status(state);
}

static bool fold_side(struct comparing *comparing, struct side *side, struct err *err)
{
	struct library *library = comparing->library;
	const struct scenario *scenario = scenario_of(comparing->file);
	const struct store_attempt *attempt = &side->record.attempt;
	struct err why;

	side->session = session_new(scenario, library->ruleset, library->detector, attempt->seed);
	if (session_replay(side->session, side->record.events.items, side->record.events.count,
	                   &why)) {
		debrief_make(side->session, &comparing->arena, &side->debrief);
		return true;
	}
	err_set(err,
	        "%.*s does not fit its scenario as that is now (%s); ‘rehearse export’ still has "
	        "its words",
	        SLICE_ARGS(side->label), why.text);
	return false;
}

/* What was played then may read differently now. */
static void tell_changes(const struct comparing *comparing)
{
	const struct scenario *scenario = scenario_of(comparing->file);
	struct strbuf line = {0};
	int i;

	for (i = 0; i < 2; i++) {
		const struct store_attempt *attempt = &comparing->sides[i].record.attempt;
		bool rules = attempt->rules_hash != comparing->library->ruleset->hash;

		if (attempt->scenario_hash == scenario->hash && !rules)
			continue;
		strbuf_clear(&line);
		strbuf_addf(&line, "note: since %.*s %s changed; it is judged by what they are now",
		            SLICE_ARGS(comparing->sides[i].label),
		            attempt->scenario_hash == scenario->hash ? "the rules have"
		            : rules ? "the scenario and the rules have"
		                    : "the scenario has");
		out_note(strbuf_slice(&line));
	}
	strbuf_release(&line);
}

static void put_json(const struct comparison *comparison, const struct report_labels *labels)
{
	struct json *object = report_compare_json(comparison, labels);
	struct strbuf out = {0};

	json_print(object, &out);
	strbuf_addc(&out, '\n');
	out_put(strbuf_slice(&out));
	strbuf_release(&out);
	json_free(object);
}

static void put_page(const struct comparing *comparing, const struct comparison *comparison,
                     const struct report_labels *labels)
{
	const struct store_session *session = &comparing->sides[1].record.session;
	bool plain = comparing->request->plain;
	struct term_look look = term_look(1);
	struct page page = {.width = look.width, .colour = look.colour && !plain, .plain = plain};
	struct strbuf when = {0};

	clock_minute(session->started, &when);
	page_gap(&page);
	page_heading(&page, REPORT_MARGIN, session->title);
	page_begin(&page, REPORT_MARGIN, REPORT_MARGIN);
	page_addf(&page, STYLE_DIM, "With %.*s, %s. Attempts %.*s and %.*s.",
	          SLICE_ARGS(session->name), when.at, SLICE_ARGS(labels->first),
	          SLICE_ARGS(labels->second));
	page_end(&page);
	page_gap(&page);
	report_compare(&page, comparison, labels);
	out_put(strbuf_slice(&page.out));
	strbuf_release(&when);
	page_release(&page);
}

static enum status compare(struct comparing *comparing)
{
	struct side *sides = comparing->sides;
	struct report_labels labels = {sides[0].label, sides[1].label};
	struct comparison comparison;
	struct err err;

	if (!fold_side(comparing, &sides[0], &err) || !fold_side(comparing, &sides[1], &err)) {
		out_err(&err);
		return STATUS_FINDINGS;
	}
	tell_changes(comparing);
	compare_make(&sides[0].debrief, &sides[1].debrief, &comparing->arena, &comparison);
	if (comparing->request->json)
		put_json(&comparison, &labels);
	else
		put_page(comparing, &comparison, &labels);
	return STATUS_FINE;
}

enum status comparing_run(struct library *library, const struct comparing_request *request)
{
	struct comparing comparing = {.request = request, .library = library};
	enum status status = STATUS_FINE;
	struct err err;
	int i;

	comparing.store = store_open(STORE_READ, &err);
	if (!comparing.store) {
		out_err(&err);
		status = STATUS_TROUBLE;
	} else if (!load(&comparing, &err)) {
		out_err(&err);
		status = STATUS_USAGE;
	} else {
		status = load_scenario(&comparing);
	}
	if (status == STATUS_FINE)
		status = compare(&comparing);
	for (i = 0; i < 2; i++) {
		session_free(comparing.sides[i].session);
		record_release(&comparing.sides[i].record);
	}
	scenario_free(comparing.file);
	arena_release(&comparing.arena);
	store_close(comparing.store);
	return status;
}
