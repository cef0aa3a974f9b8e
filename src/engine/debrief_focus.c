/* debrief_focus.c: how the moves went that the mentor chose to practise. */
#include "engine/debrief_parts.h"

static void count_uses(const struct making *making, struct focus_count *count)
{
	struct focus_use *uses = ARENA_ARRAY(making->arena, struct focus_use, making->count);

	for (uint32_t turn = 0; turn < making->count; turn++) {
		const struct score_turn *one = &making->turns[turn];

		for (size_t i = 0; i < one->heard->count; i++) {
			const struct detection *found = &one->heard->items[i];

			if (found->move != count->move || one->struck[i])
				continue;
			uses[count->count++] = (struct focus_use){
			        turn + 1, slice_trim(slice_span(one->mentor, found->where))};
			break;
		}
	}
	count->uses = uses;
}

static void find_place(const struct making *making, struct focus_count *count)
{
	bool is_direction;

	if (debrief_is_unhelpful(count->move) ||
	    !debrief_place(making, count->move, count->count == 0, &count->could, &count->words)) {
		count->could = 0;
		return;
	}
	count->after =
	        debrief_short(debrief_shown(session_line_before(making->session, count->could),
	                                    making->arena, &is_direction),
	                      making->arena);
}

void debrief_focus(const struct making *making, struct debrief *out)
{
	const struct focus *focus = session_focus(making->session);
	struct focus_count *counts;

	if (!focus)
		return;
	counts = ARENA_ARRAY(making->arena, struct focus_count, focus->count);
	for (size_t i = 0; i < focus->count; i++) {
		counts[i].move = focus->moves[i];
		count_uses(making, &counts[i]);
		find_place(making, &counts[i]);
	}
	out->focus = counts;
	out->focus_count = focus->count;
}
