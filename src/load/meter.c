/* meter.c: see meter.h. */
#include "load/meter.h"

static const char *const names[METERS] = {"trust", "tension", "clarity", "ownership"};

const char *meter_name(enum meter meter)
{
	if ((unsigned)meter >= METERS)
		BUG("no meter %d", (int)meter);
	return names[meter];
}

enum meter meter_of(struct slice name)
{
	enum meter meter;

	for (meter = 0; meter < METERS; meter++) {
		if (slice_is(name, names[meter]))
			break;
	}
	return meter;
}

enum meter meter_read(struct slice name, struct place place, struct diags *diags)
{
	enum meter meter = meter_of(name);
	struct nearest nearest;
	int i;

	if (meter != METERS)
		return meter;
	nearest_init(&nearest, name);
	for (i = 0; i < METERS; i++)
		nearest_offer(&nearest, slice_of(names[i]));
	diag_error(diags, place, "unknown meter ‘%.*s’%s", SLICE_ARGS(name),
	           nearest.best.len ? nearest_hint(&nearest, &diags->arena)
	                            : "; there are trust, tension, clarity and ownership");
	return METERS;
}

int meter_clamp(int value)
{
	if (value < METER_MIN)
		return METER_MIN;
	return value > METER_MAX ? METER_MAX : value;
}

int meter_sign(enum meter meter)
{
	return meter == METER_TENSION ? -1 : +1;
}

int meter_goodness(const struct effects *effects)
{
	int good = 0;
	int i;

	for (i = 0; i < METERS; i++)
		good += effects->change[i] * meter_sign((enum meter)i);
	return good;
}
