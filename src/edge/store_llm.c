/* store_llm.c: see store_llm.h. */
#include "edge/store_llm.h"

#include "edge/store_parts.h"

bool store_add_wire(struct store *store, const struct store_wire *wire, struct err *err)
{
	struct query query;

	query_open(
	        &query, store,
	        "insert into wire (attempt, turn, at, host, use, sent, received, outcome, seconds)"
	        " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
	query_put_id(&query, 1, wire->attempt);
	query_put_id(&query, 2, wire->turn);
	query_put_real(&query, 3, wire->at);
	query_put_text(&query, 4, wire->host);
	query_put_text(&query, 5, wire->use);
	query_put_text(&query, 6, wire->sent);
	query_put_text(&query, 7, wire->received);
	query_put_text(&query, 8, wire->outcome);
	query_put_real(&query, 9, wire->seconds);
	query_row(&query);
	return query_close(&query, err);
}

bool store_consented(struct store *store, struct slice host)
{
	struct arena arena;
	bool given;

	arena_init(&arena);
	given = store_setting(store, slice_format(&arena, STORE_CONSENT "%.*s", SLICE_ARGS(host)),
	                      &arena)
	                .at != NULL;
	arena_release(&arena);
	return given;
}

bool store_consent(struct store *store, struct slice host, double at, struct err *err)
{
	struct arena arena;
	bool kept;

	arena_init(&arena);
	kept = store_set(store, slice_format(&arena, STORE_CONSENT "%.*s", SLICE_ARGS(host)),
	                 slice_format(&arena, "%.0f", at), err);
	arena_release(&arena);
	return kept;
}
