/* store_drill.c: see store_drill.h. */
#include "edge/store_drill.h"

#include "base/limits.h"
#include "edge/store_parts.h"

bool store_drill_round(struct store *store, int64_t *round, struct err *err)
{
	return store_number(store, "select coalesce(max(round), 0) + 1 from drill", 1, round, err);
}

bool store_add_drill(struct store *store, struct store_drill *drill, struct err *err)
{
	struct query query;

	query_open(&query, store,
	           "insert into drill (round, at, deck, prompt, move, utterance, hit, tries, "
	           "seconds) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
	query_put_int(&query, 1, drill->round);
	query_put_real(&query, 2, drill->at);
	query_put_text(&query, 3, drill->deck);
	query_put_text(&query, 4, drill->prompt);
	query_put_text(&query, 5, drill->move);
	query_put_text(&query, 6, drill->utterance);
	query_put_int(&query, 7, drill->hit);
	query_put_int(&query, 8, drill->tries);
	query_put_real(&query, 9, drill->seconds);
	query_row(&query);
	if (!query_close(&query, err))
		return false;
	drill->id = store_last_id(store);
	return true;
}

bool store_accept_drill(struct store *store, int64_t id, struct err *err)
{
	struct query query;

	query_open(&query, store, "update drill set hit = 1 where id = ?1");
	query_put_int(&query, 1, id);
	query_row(&query);
	return query_close(&query, err);
}

bool store_skills(struct store *store, struct arena *arena, struct store_skill **out, size_t *count,
                  struct err *err)
{
	struct table skills = {0};
	struct query query;

	/* Both kinds of practice count alike: a line answered, and a conversation that called for
	 * the move. */
	query_open(&query, store,
	           "with tried(move, hit) as ("
	           " select move, hit from (select move, hit, row_number() over"
	           "  (partition by move order by id desc) as ago from drill where tries = 1)"
	           " where ago <= ?1"
	           " union all"
	           " select id, value > 0 from (select id, value, row_number() over"
	           "  (partition by id order by attempt desc) as ago from tally"
	           "  where kind = 'move' and of > 0) where ago <= ?1)"
	           " select move, count(*), sum(hit) from tried group by move order by move");
	query_put_int(&query, 1, STORE_DRILL_RECENT);
	while (query_row(&query)) {
		struct store_skill *skill = table_add(arena, &skills, sizeof(*skill));

		skill->move = query_text(&query, 0, arena);
		skill->tries = (uint32_t)query_int(&query, 1);
		skill->hits = (uint32_t)query_int(&query, 2);
	}
	*out = skills.items;
	*count = skills.count;
	return query_close(&query, err);
}

bool store_practised(struct store *store, struct arena *arena, struct store_practised **out,
                     size_t *count, struct err *err)
{
	struct table rows = {0};
	struct query query;

	query_open(&query, store,
	           "select deck, prompt, move, max(id) from drill group by deck, prompt, move");
	while (query_row(&query)) {
		struct store_practised *row = table_add(arena, &rows, sizeof(*row));

		row->deck = query_text(&query, 0, arena);
		row->prompt = query_text(&query, 1, arena);
		row->move = query_text(&query, 2, arena);
		/* In the order of answers: clocks go backwards. */
		row->order = query_int(&query, 3);
	}
	*out = rows.items;
	*count = rows.count;
	return query_close(&query, err);
}
