/* banned.h: functions this project does not call, because they do not know the size of their
 * buffer, keep hidden state, or hide errors. Included by str.h, and so by everything. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets localtime atoi

#endif
