/* store_plan.c: see store_plan.h. Tables plan and note. */
#include "edge/store_plan.h"

#include "edge/store_parts.h"

static void put_answers(struct query *query, int at, const struct plan *plan)
{
	struct json *answers = plan_json(plan);
	struct strbuf text = {0};

	json_print(answers, &text);
	json_free(answers);
	query_put_text(query, at, strbuf_slice(&text));
	strbuf_release(&text);
}

bool store_add_plan(struct store *store, struct store_plan *plan, struct err *err)
{
	struct query query;

	query_open(&query, store, "insert into plan (scenario, at, answers) values (?1, ?2, ?3)");
	query_put_text(&query, 1, plan->plan.scenario);
	query_put_real(&query, 2, plan->at);
	put_answers(&query, 3, &plan->plan);
	query_row(&query);
	plan->id = store_last_id(store);
	if (query_close(&query, err))
		return true;
	plan->id = 0;
	return false;
}

bool store_change_plan(struct store *store, const struct store_plan *plan, struct err *err)
{
	struct query query;

	query_open(&query, store, "update plan set at = ?2, answers = ?3 where id = ?1");
	query_put_int(&query, 1, plan->id);
	query_put_real(&query, 2, plan->at);
	put_answers(&query, 3, &plan->plan);
	query_row(&query);
	return query_close(&query, err);
}

/* The row of the query, if there is one. */
static bool read_plan(struct query *query, struct store *store, struct arena *arena,
                      struct store_plan *out, struct err *err)
{
	struct slice answers;
	struct err why;
	bool found;

	*out = (struct store_plan){0};
	found = query_row(query);
	if (found) {
		out->id = query_int(query, 0);
		out->plan.scenario = query_text(query, 1, arena);
		out->at = query_real(query, 2);
		answers = query_text(query, 3, arena);
	}
	if (!query_close(query, err))
		return false;
	if (!found || plan_parse(answers, arena, &out->plan, &why))
		return true;
	err_set(err, "the practice log ‘%.*s’ has a plan that no rehearse wrote",
	        SLICE_ARGS(store_path(store)));
	*out = (struct store_plan){0};
	return false;
}

bool store_latest_plan(struct store *store, struct slice scenario, struct arena *arena,
                       struct store_plan *out, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           "select id, scenario, at, answers from plan where scenario = ?1"
	           " order by id desc limit 1");
	query_put_text(&query, 1, scenario);
	return read_plan(&query, store, arena, out, err);
}

bool store_find_plan(struct store *store, int64_t id, struct arena *arena, struct store_plan *out,
                     struct err *err)
{
	struct query query;

	query_open(&query, store, "select id, scenario, at, answers from plan where id = ?1");
	query_put_int(&query, 1, id);
	return read_plan(&query, store, arena, out, err);
}

bool store_add_note(struct store *store, struct store_note *note, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           "insert into note (session, attempt, turn, kind, text, at, due, about)"
	           " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
	query_put_id(&query, 1, note->session);
	query_put_id(&query, 2, note->attempt);
	query_put_id(&query, 3, note->turn);
	query_put_text(&query, 4, note->kind);
	query_put_text(&query, 5, note->text);
	query_put_real(&query, 6, note->at);
	if (note->due != 0)
		query_put_real(&query, 7, note->due);
	query_put_id(&query, 8, note->about);
	query_row(&query);
	note->id = store_last_id(store);
	return query_close(&query, err);
}

bool store_change_note(struct store *store, const struct store_note *note, struct err *err)
{
	struct query query;

	query_open(&query, store, "update note set text = ?2, at = ?3, due = ?4 where id = ?1");
	query_put_int(&query, 1, note->id);
	query_put_text(&query, 2, note->text);
	query_put_real(&query, 3, note->at);
	if (note->due != 0)
		query_put_real(&query, 4, note->due);
	query_row(&query);
	return query_close(&query, err);
}

bool store_drop_note(struct store *store, int64_t id, struct err *err)
{
	struct query query;

	query_open(&query, store, "delete from note where id = ?1");
	query_put_int(&query, 1, id);
	query_row(&query);
	return query_close(&query, err);
}

#define NOTE_COLUMNS                                                                               \
	"note.id, note.session, note.attempt, note.turn, note.kind, note.text, note.at, note.due," \
	" note.about"

static void read_note(const struct query *query, struct arena *arena, struct store_note *out)
{
	*out = (struct store_note){
	        .id = query_int(query, 0),
	        .session = query_int(query, 1),
	        .attempt = query_int(query, 2),
	        .turn = (uint32_t)query_int(query, 3),
	        .kind = query_text(query, 4, arena),
	        .text = query_text(query, 5, arena),
	        .at = query_real(query, 6),
	        .due = query_real(query, 7),
	        .about = query_int(query, 8),
	};
}

bool store_notes(struct store *store, int64_t attempt, struct arena *arena, struct store_note **out,
                 size_t *count, struct err *err)
{
	struct query query;
	struct table found = {0};

	query_open(&query, store,
	           "select " NOTE_COLUMNS " from note where attempt = ?1 order by id");
	query_put_int(&query, 1, attempt);
	while (query_row(&query))
		read_note(&query, arena, table_add(arena, &found, sizeof(struct store_note)));
	*out = found.items;
	*count = found.count;
	return query_close(&query, err);
}

bool store_intentions(struct store *store, struct arena *arena, struct store_intention **out,
                      size_t *count, struct err *err)
{
	struct query query;
	struct table found = {0};

	query_open(&query, store,
	           "select " NOTE_COLUMNS ", session.name, session.title, attempt.number,"
	           " last.text, last.at from note"
	           " left join session on session.id = note.session"
	           " left join attempt on attempt.id = note.attempt"
	           " left join note last on last.id = (select max(id) from note answer"
	           "  where answer.about = note.id and answer.kind = 'intention_outcome')"
	           " where note.kind = 'intention' order by note.due, note.id");
	while (query_row(&query)) {
		struct store_intention *one = table_add(arena, &found, sizeof(*one));

		read_note(&query, arena, &one->note);
		one->name = query_text(&query, 9, arena);
		one->title = query_text(&query, 10, arena);
		one->attempt = (uint32_t)query_int(&query, 11);
		one->outcome = query_text(&query, 12, arena);
		one->outcome_at = query_real(&query, 13);
	}
	*out = found.items;
	*count = found.count;
	return query_close(&query, err);
}

size_t store_due_intentions(struct store *store, double now, struct arena *arena,
                            struct slice *first)
{
	struct query query;
	struct err err;
	size_t count = 0;

	query_open(&query, store,
	           "select text from note where kind = 'intention' and due <= ?1 and not exists"
	           " (select 1 from note answer where answer.about = note.id) order by due, id");
	query_put_real(&query, 1, now);
	while (query_row(&query)) {
		if (count++ == 0 && first)
			*first = query_text(&query, 0, arena);
	}
	return query_close(&query, &err) ? count : 0;
}

bool store_last_attempt(struct store *store, int64_t *attempt, struct err *err)
{
	return store_number(store, "select id from attempt order by id desc limit 1", 0, attempt,
	                    err);
}
