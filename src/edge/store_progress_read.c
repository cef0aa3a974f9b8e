/* store_progress_read.c: what progress reads of the practice log, each by an index. */
#include "edge/store_parts.h"
#include "edge/store_progress.h"

static bool read_tallies(struct store *store, struct arena *arena,
                         struct store_conversation *conversation, struct err *err)
{
	struct table found = {0};
	struct query query;

	query_open(&query, store, "select kind, id, value, of from tally where attempt = ?1");
	query_put_int(&query, 1, conversation->attempt);
	while (query_row(&query)) {
		enum tally_kind kind;

		if (!tally_kind_of(query_text(&query, 0, arena), &kind))
			continue;
		*(struct tally *)table_add(arena, &found, sizeof(struct tally)) =
		        (struct tally){kind, query_text(&query, 1, arena), query_real(&query, 2),
		                       query_real(&query, 3)};
	}
	conversation->tallies = found.items;
	conversation->tally_count = found.count;
	return query_close(&query, err);
}

bool store_regrade(struct store *store, const struct store_attempt *attempt, double at,
                   struct err *err)
{
	struct store_conversation conversation = {.attempt = attempt->id};
	struct arena arena;
	bool good;

	arena_init(&arena);
	good = read_tallies(store, &arena, &conversation, err) &&
	       store_put_tallies(store, attempt, at, conversation.tallies, conversation.tally_count,
	                         err);
	arena_release(&arena);
	return good;
}

bool store_conversations(struct store *store, size_t most, int64_t except, struct arena *arena,
                         struct store_conversation **out, size_t *count, struct err *err)
{
	struct store_conversation *items = ARENA_ARRAY(arena, struct store_conversation, most);
	struct query query;
	size_t first = most;
	bool good;

	query_open(&query, store,
	           "select attempt.id, session.id, attempt.number, session.scenario,"
	           " session.title, attempt.started from tally"
	           " join attempt on attempt.id = tally.attempt"
	           " join session on session.id = attempt.session"
	           " where tally.kind = 'measure' and tally.id = 'turns'"
	           " and tally.attempt != ?2 order by tally.attempt desc limit ?1");
	query_put_int(&query, 1, (int64_t)most);
	query_put_int(&query, 2, except);
	while (first > 0 && query_row(&query))
		items[--first] =
		        (struct store_conversation){.attempt = query_int(&query, 0),
		                                    .session = query_int(&query, 1),
		                                    .number = (uint32_t)query_int(&query, 2),
		                                    .scenario = query_text(&query, 3, arena),
		                                    .title = query_text(&query, 4, arena),
		                                    .started = query_real(&query, 5)};
	good = query_close(&query, err);
	*out = items + first;
	*count = most - first;
	for (size_t i = 0; good && i < *count; i++)
		good = read_tallies(store, arena, &(*out)[i], err);
	return good;
}

bool store_streak(struct store *store, struct slice move, uint32_t most, int64_t except,
                  uint32_t *streak, struct err *err)
{
	struct query query;
	int64_t session = 0;

	*streak = 0;
	query_open(&query, store,
	           "select attempt.session, tally.value from tally"
	           " join attempt on attempt.id = tally.attempt"
	           " where tally.kind = 'move' and tally.id = ?1 and tally.attempt != ?3"
	           " order by tally.attempt desc limit ?2");
	query_put_text(&query, 1, move);
	query_put_int(&query, 2, most);
	query_put_int(&query, 3, except);
	/* Tries again within one session are one conversation: the last of them counts. */
	while (query_row(&query)) {
		if (query_int(&query, 0) == session)
			continue;
		session = query_int(&query, 0);
		if (query_real(&query, 1) <= 0)
			break;
		(*streak)++;
	}
	return query_close(&query, err);
}

bool store_best(struct store *store, enum tally_kind kind, struct slice id, bool lowest,
                struct tally *best, bool *any, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           lowest ? "select value, of from tally indexed by tally_best"
	                    " where kind = ?1 and id = ?2 order by value limit 1"
	                  : "select value, of from tally indexed by tally_best"
	                    " where kind = ?1 and id = ?2 order by value desc limit 1");
	query_put_text(&query, 1, slice_of(tally_kind_name(kind)));
	query_put_text(&query, 2, id);
	*any = query_row(&query);
	if (*any)
		*best = (struct tally){kind, id, query_real(&query, 0), query_real(&query, 1)};
	return query_close(&query, err);
}

bool store_played(struct store *store, struct arena *arena, struct store_played **out,
                  size_t *count, struct err *err)
{
	struct table found = {0};
	struct query query;

	query_open(&query, store,
	           "select id, times, ended, well, (select started from attempt where"
	           " attempt.id = last) from (select id, count(*) as times, sum(of) as ended,"
	           " sum(value) as well, max(attempt) as last from tally where kind = 'scenario'"
	           " group by id)");
	while (query_row(&query))
		*(struct store_played *)table_add(arena, &found, sizeof(struct store_played)) =
		        (struct store_played){.scenario = query_text(&query, 0, arena),
		                              .times = (uint32_t)query_int(&query, 1),
		                              .ended = (uint32_t)query_int(&query, 2),
		                              .well = (uint32_t)query_int(&query, 3),
		                              .last = query_real(&query, 4)};
	*out = found.items;
	*count = found.count;
	return query_close(&query, err);
}

static void widen(struct store_totals *totals, double at)
{
	if (totals->first == 0 || at < totals->first)
		totals->first = at;
	if (at > totals->last)
		totals->last = at;
}

bool store_totals(struct store *store, struct store_totals *out, struct err *err)
{
	struct query query;

	*out = (struct store_totals){0};
	query_open(&query, store,
	           "select number, (select started from attempt where id = first),"
	           " (select started from attempt where id = last) from (select count(*) as number,"
	           " min(attempt) as first, max(attempt) as last from tally"
	           " where kind = 'measure' and id = 'turns')");
	if (query_row(&query)) {
		out->conversations = (uint32_t)query_int(&query, 0);
		if (out->conversations) {
			widen(out, query_real(&query, 1));
			widen(out, query_real(&query, 2));
		}
	}
	if (!query_close(&query, err))
		return false;
	query_open(&query, store,
	           "select coalesce(sum(tries = 1), 0), coalesce(sum(hit and tries = 1), 0), "
	           "(select at from drill order by id"
	           " limit 1), (select at from drill order by id desc limit 1) from drill");
	if (query_row(&query) && !query_is_null(&query, 2)) {
		out->lines = (uint32_t)query_int(&query, 0);
		out->hits = (uint32_t)query_int(&query, 1);
		widen(out, query_real(&query, 2));
		widen(out, query_real(&query, 3));
	}
	return query_close(&query, err);
}

bool store_drilled(struct store *store, struct slice move, uint32_t *lines, uint32_t *hits,
                   double *last, struct err *err)
{
	struct query query;

	*lines = 0;
	*hits = 0;
	*last = 0;
	query_open(&query, store,
	           "select coalesce(sum(tries = 1), 0), coalesce(sum(hit and tries = 1), 0),"
	           " coalesce(max(at), 0) from drill where move = ?1");
	query_put_text(&query, 1, move);
	if (query_row(&query)) {
		*lines = (uint32_t)query_int(&query, 0);
		*hits = (uint32_t)query_int(&query, 1);
		*last = query_real(&query, 2);
	}
	return query_close(&query, err);
}
