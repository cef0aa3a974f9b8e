/* meter.h: the four numbers of the ECT's hidden state, 0 to 10. */
#ifndef LOAD_METER_H
#define LOAD_METER_H

#include "base/diag.h"

enum meter { METER_TRUST, METER_TENSION, METER_CLARITY, METER_OWNERSHIP, METERS };

#define METER_MIN 0
#define METER_MAX 10

/* Sum of changes, one per meter. */
struct effects {
	int change[METERS];
};

const char *meter_name(enum meter meter);
/* METERS when unknown. */
enum meter meter_of(struct slice name);
/* The same; METERS and an error when it is written there and unknown. */
enum meter meter_read(struct slice name, struct place place, struct diags *diags);
int meter_clamp(int value);
/* +1 where more of it is good (trust, clarity, ownership), -1 for tension. */
int meter_sign(enum meter meter);
/* Good of a change: trust, clarity and ownership up, tension down. */
int meter_goodness(const struct effects *effects);

#endif
