/* history.c: what a conversation's history says of a text: see detect.h. */
#include "engine/detect_parts.h"

struct echo history_echo(const struct history *history, struct detector *detector,
                         struct slice folded)
{
	return echo_measure(history->echo, detector_stemmer(detector), folded);
}
