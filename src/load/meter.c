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
